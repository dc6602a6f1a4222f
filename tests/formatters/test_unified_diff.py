"""The diff of a file: nothing in it acts on the terminal, and what differs is seen."""

from __future__ import annotations

from credit_plan.formatters import Screen, unified_diff


def test_a_diff_says_what_cannot_be_seen() -> None:
    shown = unified_diff.format_diff("x.yaml", "\ufeffa\r\n\x1b[31m\nb", "a\nb\n", Screen())
    assert shown.splitlines() == [
        "--- a/x.yaml",
        "+++ b/x.yaml",
        "@@ -1,3 +1,2 @@",
        r"-\ufeffa\r",
        r"-\x1b[31m",
        "-b",
        "\\ No newline at end of file",
        "+a",
        "+b",
    ]


def test_a_diff_tells_of_another_encoding_where_the_text_is_the_same() -> None:
    shown = unified_diff.format_diff(
        "x.yaml", "a\n", "a\n", Screen(), encodings=("not UTF-8", "UTF-8")
    )
    assert shown == "--- a/x.yaml (not UTF-8)\n+++ b/x.yaml (UTF-8)\n"


def test_a_diff_is_coloured_only_where_colours_are_seen() -> None:
    coloured = unified_diff.format_diff("x.yaml", "a\n", "b\n", Screen(coloured=True))
    assert "\x1b[31m-a\x1b[0m\n\x1b[32m+b\x1b[0m\n" in coloured
    assert "\x1b[36m@@" in coloured
    assert "\x1b" not in unified_diff.format_diff("x.yaml", "a\n", "b\n", Screen())
