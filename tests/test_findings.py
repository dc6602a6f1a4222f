"""Findings in every format: what people, editors, GitHub and build servers are shown of them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from credit_plan import render
from credit_plan.diagnostic import Diagnostic, Severity, Verdict
from credit_plan.render.excerpt import excerpt
from credit_plan.render.screen import Screen

DAY = date(2023, 12, 31)
COLOURED = Screen(width=80, styled=True, coloured=True)
STYLED = Screen(width=80, styled=True)
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
LONG = "推进信用信息共享，" * 50

UNKNOWN = Diagnostic(
    "data/measures/13.yaml",
    8,
    12,
    "unknown-unit",
    Severity.ERROR,
    "“市交通运输厅” is not in the registry of units",
    "did you mean “市交通运输局”?",
    18,
    "    lead: [市交通运输厅]",
)


def at(source: str, value: str, column: int = 0) -> Diagnostic:
    """A finding about the first place of a value in a line."""
    column = column or source.index(value) + 1
    return replace(UNKNOWN, column=column, end_column=column + len(value), source=source)


def shown(it: Diagnostic, width: int | None = None) -> list[str]:
    """The lines of the text that are the excerpt."""
    text = render.diagnostics(Verdict((it,)), "text", DAY, Screen(width=width))
    return text.splitlines()[1:-1]


def many(count: int) -> tuple[Diagnostic, ...]:
    """One notice, one warning, and errors, in the order of their lines."""
    severities = (Severity.NOTICE, Severity.WARNING, *(Severity.ERROR,) * (count - 2))
    return tuple(
        replace(UNKNOWN, line=line, severity=severity)
        for line, severity in enumerate(severities, 1)
    )


def test_text_has_a_line_to_jump_to_the_value_and_the_hint() -> None:
    found = (UNKNOWN, replace(UNKNOWN, related="data/units.yaml:3:5", source=""))
    written = render.diagnostics(Verdict(found, "2 errors"), "text", DAY, Screen())
    header = f"data/measures/13.yaml:8:12: error[unknown-unit] {UNKNOWN.message}"
    assert written.splitlines() == [
        header,
        "      lead: [市交通运输厅]",
        "             ^^^^^^^^^^^^",
        "    hint: did you mean “市交通运输局”?",
        header,
        "    also: data/units.yaml:3:5",
        "    hint: did you mean “市交通运输局”?",
        "2 errors",
    ]
    assert render.diagnostics(Verdict(()), "text", DAY, Screen()) == ""


@pytest.mark.parametrize(
    ("it", "lines"),
    [
        (at("  text: a\tb", "\t"), ["text: a b", "       ^"]),
        (at("\ttext: a", "\t"), [" text: a", "^"]),
        (at("text: 甲\u200b乙", "\u200b"), ["text: 甲\\u200b乙", "        ^^^^^^"]),
        (at("text: 甲e\u0301乙", "e\u0301"), ["text: 甲e\\u0301乙", "        ^^^^^^^"]),
        (at("text: 甲\x1b[31m乙", "乙"), ["text: 甲\\x1b[31m乙", "                ^^"]),
        (at("text: 甲\u3000乙", "\u3000"), ["text: 甲\u3000乙", "        ^^"]),
        (at("  target:", "", 10), ["target:", "       ^"]),
        (at("  target:", "x", 99), ["target:", "       ^"]),
        (at("  target: 甲", "甲"), ["target: 甲", "        ^^"]),
        (replace(at("  target: 甲", "甲"), end_column=99), ["target: 甲", "        ^^"]),
        (replace(at("  target: 甲", "甲"), end_column=0), ["target: 甲", "        ^"]),
        (at("   ", " ", 2), ["  ", "^"]),
        (at("𠀀甲", "甲"), ["𠀀甲", "  ^^"]),
    ],
)
def test_the_carets_stand_under_the_value(it: Diagnostic, lines: list[str]) -> None:
    assert [line[6:] for line in shown(it)] == lines


@pytest.mark.parametrize(
    ("source", "value", "lines"),
    [
        (f"text: 错字{LONG}", "错字", ["text: 错字推进信用信息共享，推进…", "      ^^^^"]),
        (
            f"text: {LONG}错字{LONG}",
            "错字",
            ["…信用信息共享，错字推进信用信息共…", f"{' ' * 15}^^^^"],
        ),
        (f"text: {LONG}错字", "错字", ["…信息共享，推进信用信息共享，错字", f"{' ' * 29}^^^^"]),
        (f"text: {LONG}", LONG, ["text: 推进信用信息共享，推进信用…", f"{' ' * 6}{'^' * 26}"]),
        (
            f"{LONG}：{LONG}",
            f"：{LONG}",
            ["…息共享，：推进信用信息共享，推进…", f"{' ' * 9}{'^' * 24}"],
        ),
    ],
)
def test_a_long_line_is_cut_around_the_value(source: str, value: str, lines: list[str]) -> None:
    assert [line[6:] for line in shown(at(source, value), 40)] == lines


@pytest.mark.parametrize("width", [1, 30, 40, 80, 100, 160, None])
@given(
    st.text(alphabet="市营商局信用，“”A1 \t\u200b\u0301\x1b\U0001f600\ue000", max_size=200),
    st.integers(1, 210),
    st.integers(0, 210),
)
def test_an_excerpt_fits_and_its_carets_point_at_something(
    width: int | None, source: str, column: int, end: int
) -> None:
    it = replace(UNKNOWN, column=column, end_column=end, source=f"a{source}")
    line, carets = shown(it, width)
    assert max(cell_len(line), cell_len(carets)) <= max(width or 100, 30)
    assert cell_len(carets) <= max(cell_len(line), cell_len(line.rstrip("…")) + 1)
    found = excerpt(it, 94)
    assert found.carets.strip() == "^" * max(1, cell_len(found.value))


def test_the_first_line_and_the_hint_are_never_cut() -> None:
    it = replace(UNKNOWN, message=LONG, hint=LONG)
    lines = render.diagnostics(Verdict((it,)), "text", DAY, Screen(width=40)).splitlines()
    assert lines[0].endswith(LONG)
    assert lines[-1] == f"    hint: {LONG}"


def test_colours_are_for_screens_that_have_them() -> None:
    verdict = Verdict(many(3), "closing")
    plain = render.diagnostics(verdict, "text", DAY, Screen(width=80))
    coloured = render.diagnostics(verdict, "text", DAY, COLOURED)
    styled = render.diagnostics(verdict, "text", DAY, STYLED)
    assert "\x1b" not in plain
    assert ESCAPES.sub("", coloured) == ESCAPES.sub("", styled) == plain
    header, _line, carets, hint, *_others = coloured.splitlines()
    assert header.startswith(
        "\x1b[1mdata/measures/13.yaml:1:12\x1b[0m: \x1b[1;36mnotice\x1b[0m[unknown-unit] “"
    )
    assert carets == f"\x1b[1;36m{' ' * 13}{'^' * 12}\x1b[0m"
    assert hint.startswith("\x1b[2m    hint: ")
    assert "\x1b[1;33mwarning" in coloured
    assert "\x1b[1;31merror" in coloured
    assert set(ESCAPES.findall(styled)) == {"\x1b[1m", "\x1b[2m", "\x1b[0m"}


def test_json_has_the_end_and_the_other_place() -> None:
    found = (UNKNOWN, replace(UNKNOWN, related="data/units.yaml:3:5"))
    document = json.loads(render.diagnostics(Verdict(found), "json", DAY, COLOURED))
    assert document["schema"] == "credit-plan/check@1"
    assert document["as_of"] == "2023-12-31"
    assert document["rows"][0] == {
        "rule": "unknown-unit",
        "severity": "error",
        "file": "data/measures/13.yaml",
        "line": 8,
        "column": 12,
        "end_column": 18,
        "message": "“市交通运输厅” is not in the registry of units",
        "hint": "did you mean “市交通运输局”?",
        "related": None,
    }
    assert document["rows"][1]["related"] == "data/units.yaml:3:5"
