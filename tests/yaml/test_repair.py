"""A repair changes marks between values, and never a value, a key or a comment (attack X4)."""

from __future__ import annotations

import pytest

from credit_plan.diagnostics import Location
from credit_plan.yaml.parse import parse
from credit_plan.yaml.repair import repair


@pytest.mark.parametrize(
    "text",
    [
        'a: {b: "c，d：e"}\n',
        "a: {b: 'c，d：it''s，e:f'}\n",
        'a: {b: "c\\"，d：e"}\n',
        'a: {b： "c，d：e｝", "f"：g｝\n',
        '－ {a： "c，d：e\n   ，d：e\n\n　 f：g"}\n',
        "a：|\n  　　b：c\n  －d\ne: f\n",
        "－ >-\n  　　b：c\n  {d：e\n",
    ],
)
def test_texts_in_quotes_and_below_a_bar_are_not_looked_at(text: str) -> None:
    """What they hold is left out, also where the rest is no YAML."""
    for written in (text, f"{text}[\n", text.replace("\n", "\r\n")):
        repaired = repair(written).text
        for part in ("c，d：e", "it''s，e:f", "　　b：c", "－d", "{d：e", "　 f：g"):
            assert (part in repaired) == (part in written)


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("a：1\nb: {c: 2}  # {，d：e}\n", "a: 1\nb: {c: 2}  # {，d：e}\n"),
        ("a：1\nb: {c: d  # 甲，d：e\n }\n", "a: 1\nb: {c: d  # 甲，d：e\n }\n"),
        ("a：1\nb: [c]  # d】\n", "a: 1\nb: [c]  # d】\n"),
        ("a：1\nb: c\n  {d：e｝\n  f\n", "a: 1\nb: c\n  {d：e｝\n  f\n"),
        ("a：他说\n  “{d：e｝”\n\n  －f\n", "a: 他说\n  “{d：e｝”\n\n  －f\n"),
        ('a：b\nc: d, "e\n  {d：e｝"\n', 'a: b\nc: d, "e\n  {d：e｝"\n'),
    ],
)
def test_an_edit_inside_a_value_or_a_comment_is_dropped(text: str, repaired: str) -> None:
    """The tree of the repaired text tells; what is dropped is not reported either."""
    parsed = parse(text)
    assert parsed.repaired.text == repaired
    assert [(it.line, it.column) for it in parsed.diagnostics] == [(1, 2)]


def test_where_a_repair_stays_wrong_nothing_is_repaired(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("credit_plan.yaml.parse._MAX_REPAIRS", 1)
    text = "a：1\nb: {c: 2}  # {，d：e}\n"
    parsed = parse(text)
    assert parsed.repaired.text == text
    assert not any(it.fixable for it in parsed.diagnostics)


def test_a_line_that_continues_a_value_is_left_alone() -> None:
    parsed = parse("a: {b: 2，c：3}\nd: e\n  {f：g\n")
    assert parsed.data == {"a": {"b": "2", "c": "3"}, "d": "e {f：g"}


def test_marks_at_the_end_of_a_line_of_windows_are_repaired() -> None:
    assert repair("a: ｛b：c｝\r\nd: [e】\r\n").text == "a: {b: c}\r\nd: [e]\r\n"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a：b，{c", [(1, 1), (2, 2), (3, 3), (4, 3), (5, 4)]),
        ("\ta: b", [(1, 1), (2, 2), (3, 2), (4, 3), (6, 5)]),
        ("　a：b", [(1, 1), (2, 2), (3, 2), (4, 3), (5, 4), (6, 4)]),
    ],
)
def test_a_place_in_the_repaired_line_is_one_in_the_file(
    text: str, places: list[tuple[int, int]]
) -> None:
    repaired = repair(text)
    for column, original in places:
        location = repaired.original(Location(1, column, column))
        assert (location.column, location.end_column) == (original, original)


def test_a_line_with_many_marks_is_repaired_in_one_pass() -> None:
    """Half a million braces, and ten thousand edits of a line, take no time to speak of."""
    assert repair("a: " + "{" * 500_000 + "，a：").edits
    text = "a: {" + "，".join(f"{chr(97 + n % 26)}：1" for n in range(10_000)) + "}"
    repaired = repair(text)
    assert len(repaired.edits[1]) == 19_999
    assert repaired.original(Location(1, len(repaired.text), len(repaired.text))).column == len(
        text
    )
