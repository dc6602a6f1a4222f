"""The shipped plan, of which nothing was reported: every question is answered, and says so."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Run

NOTHING = (
    "No reports were recorded by 2024-06-30; later ones do not count for that day. "
    "To add one: “credit-plan record”, in a workspace, which “credit-plan init DIR” creates."
)
BEGIN = (NOTHING,)
DAY = ("--as-of", "2024-06-30")


@pytest.mark.parametrize(
    "question",
    [
        ("status",),
        ("status", "--by", "unit"),
        ("overdue",),
        ("stale", "--days", "30"),
        ("missing",),
        ("missing", "--since", "2024"),
        ("history", "1", "14"),
        ("indicators",),
        ("indicators", "ranking"),
    ],
    ids=" ".join,
)
def test_a_question_about_reports_says_that_there_are_none_and_how_to_begin(
    run: Run, question: tuple[str, ...]
) -> None:
    answer = run(*question, *DAY)
    assert answer.code == 0
    assert tuple(answer.err.splitlines()) == BEGIN
    assert answer.out


@pytest.mark.parametrize(
    ("question", "count"),
    [
        (("due", "--after", "2022"), 264),
        (("list",), 228),
        (("unit", "市住建局"), 4),
        (("chapter", "4"), 21),
        (("search", "信易贷"), 8),
        (("overdue",), 22),
        (("stale",), 228),
        (("indicators",), 43),
    ],
    ids=lambda it: " ".join(it) if isinstance(it, tuple) else str(it),
)
def test_everything_is_not_reported(run: Run, question: tuple[str, ...], count: int) -> None:
    answer = run(*question, *DAY, "--format", "json")
    assert answer.code == 0
    rows = json.loads(answer.out)["rows"]
    assert len(rows) == count
    assert {row["state"] for row in rows} == {"not-reported"}
    # The deadlines of 2022 and of 2023 have passed.
    assert all((row["light"] == "red") == (row["days"] > 0) for row in rows)


def test_status_and_missing_count_everything(run: Run) -> None:
    status = json.loads(run("status", *DAY, "--format", "json").out)["rows"]
    states = {row["state"]: row["count"] for row in status if row["table"] == "states"}
    assert states.pop("not-reported") == 228
    assert set(states.values()) == {0}
    missing = json.loads(run("missing", *DAY, "--format", "json").out)["rows"]
    assert len(missing) == 41


@pytest.mark.parametrize(
    "question",
    [
        ("due", "--after", "2022"),
        ("list",),
        ("unit", "市住建局"),
        ("chapter", "4"),
        ("search", "信易贷"),
        ("show", "4.2"),
    ],
    ids=" ".join,
)
def test_the_other_questions_are_answered_as_ever(run: Run, question: tuple[str, ...]) -> None:
    answer = run(*question, *DAY)
    assert (answer.code, answer.err) == (0, "")
    for word in ("State", "not reported", "红 ", "黄 ", "绿 "):
        assert word not in answer.out


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (("history", "99"), "unknown task “99”"),
        (("history", "4.9"), "task 4 has no measure “4.9”"),
        (("indicators", "rankin-g"), "unknown indicator “rankin-g”"),
        (("indicators", "覆盖率"), "matches"),
        (("overdue", "--unit", "市住健局"), "unknown unit “市住健局”"),
        (("missing", "--chapter", "11"), "unknown chapter “11”"),
        (("stale", "--days", "0"), "0 is not in the range"),
        (("status", "--by", "town"), "“town” is not one of: chapter (章节), unit (单位)"),
        (("list", "--state", "late"), "'late' is not one of"),
        (("list", "--open", "--state", "done-late"), "--open excludes what is done"),
        (("list", "--within", "-1"), "-1 is not in the range"),
    ],
    ids=lambda it: " ".join(it) if isinstance(it, tuple) else "",
)
def test_a_mistyped_question_is_no_empty_answer(
    run: Run, question: tuple[str, ...], said: str
) -> None:
    answer = run(*question)
    assert answer.code == 2
    assert answer.out == ""
    assert said in " ".join(answer.err.split())
