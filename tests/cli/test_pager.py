"""The pager, on a real terminal: when it is started, and how it may end."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_screens import in_a_terminal
from tests.conftest import Run

MARK = "sed 's/^/paged: /'"


def test_what_is_longer_than_the_screen_is_paged() -> None:
    shown = in_a_terminal(80, "list", PAGER=MARK)
    assert "paged: " in shown
    assert "228 of 228 measures" in shown
    assert "\x1b[36m" in shown
    assert "paged: " not in in_a_terminal(80, "chapters", PAGER=MARK)
    assert "paged: " in in_a_terminal(80, "list", "--limit", "20", "-f", "markdown", PAGER=MARK)


@pytest.mark.parametrize(
    ("words", "environment"),
    [
        (("list", "--no-pager"), {"PAGER": MARK}),
        (("--no-pager", "list"), {"PAGER": MARK}),
        (("list",), {"PAGER": ""}),
        (("list",), {"PAGER": "cat"}),
        (("list",), {"PAGER": MARK, "TERM": "dumb"}),
        (("list", "--format", "csv"), {"PAGER": MARK}),
        (("list", "--format", "json"), {"PAGER": MARK}),
    ],
    ids=str,
)
def test_nobody_gets_a_pager_who_wants_none(
    words: tuple[str, ...], environment: dict[str, str]
) -> None:
    shown = in_a_terminal(80, *words, **environment)
    assert "paged: " not in shown
    assert "79.9" in shown


def test_a_pipe_and_a_file_are_never_paged(run: Run, tmp_path: Path) -> None:
    assert "paged: " not in run("list", PAGER=MARK).out
    file = tmp_path / "list.txt"
    assert "paged: " not in in_a_terminal(80, "list", "-o", str(file), PAGER=MARK)
    assert "paged: " not in file.read_text(encoding="utf-8")


def test_less_gets_what_git_gives_it() -> None:
    shown = in_a_terminal(80, "list", PAGER='cat > /dev/null; echo "LESS=$LESS, LV=$LV"', LESS="")
    assert shown == "LESS=, LV=-c\r\n"
    assert in_a_terminal(80, "list", PAGER='cat > /dev/null; echo "LESS=$LESS"') == "LESS=FRX\r\n"


def test_a_pager_may_be_left_early() -> None:
    assert in_a_terminal(80, "list", PAGER="head -n 1").count("\n") == 1
    assert in_a_terminal(80, "list", PAGER="true") == ""
    assert in_a_terminal(80, "list", PAGER="exit 3") == ""


def test_where_no_pager_can_be_started_nothing_is_lost() -> None:
    shown = in_a_terminal(80, "list", PAGER="/no/such/pager")
    assert "228 of 228 measures" in shown


def test_ctrl_c_is_for_the_pager() -> None:
    interrupting = "cat > /dev/null; kill -INT $PPID; sleep 0.1; echo still here"
    assert in_a_terminal(80, "list", PAGER=interrupting) == "still here\r\n"
