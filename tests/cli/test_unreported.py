"""The shipped plan, of which nothing was reported: every question is answered, and says so."""

from __future__ import annotations

import json
import re

import pytest

from tests.conftest import Run

NOTHING = (
    "No reports as of this day. "
    "To begin: “credit-plan record” in a workspace, which “credit-plan init DIR” creates."
)
BEGIN = (NOTHING,)
DAY = ("--as-of", "2024-06-30")
LIGHT = r"\b(?:red|yellow|green)\b"


@pytest.mark.english
@pytest.mark.parametrize(
    "question",
    [
        ("status",),
        ("status", "--by", "unit"),
        ("due",),
        ("due", "--before", "2023"),
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


@pytest.mark.english
def test_what_was_recorded_later_is_another_reason_for_no_reports(run: Run) -> None:
    answer = run("overdue", *DAY, "--known-by", "2024-07-15")
    assert answer.err == "No report as of this day was entered by 2024-07-15.\n"


@pytest.mark.english
@pytest.mark.parametrize(
    ("question", "day", "counts"),
    [
        (
            ("due", "--after", "2022"),
            "2024-06-30",
            "dates passed: 143, within 30 days: 5, later: 277",
        ),
        (
            ("due", "--after", "2022"),
            "2024-12-15",
            "dates passed: 156, within 30 days: 28, later: 241",
        ),
        (("indicators",), "2024-06-30", "dates passed: 19, within 30 days: 0, later: 24"),
        (("status",), "2024-06-30", "date has passed"),
        (("status", "--by", "year"), "2024-06-30", "Date passed"),
    ],
    ids=lambda it: " ".join(it) if isinstance(it, tuple) else "",
)
def test_before_anything_was_reported_dates_are_counted_and_nothing_is_coloured(
    run: Run, question: tuple[str, ...], day: str, counts: str
) -> None:
    answer = run(*question, "--as-of", day, COLUMNS="160")
    assert counts in answer.out
    assert not re.search(rf"{LIGHT}|\x1b", answer.out)


@pytest.mark.parametrize(
    ("question", "count"),
    [
        (("due", "--after", "2022"), 425),
        (("list",), 228),
        (("unit", "市住建局"), 4),
        (("chapter", "4"), 21),
        (("search", "信易贷"), 8),
        (("overdue",), 143),
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
    assert {row["status"] for row in rows} == {"not-reported"}
    # Half of 2024 has passed, and its second quarter ends on the day.
    for row in rows:
        passed = row["days"] > 0
        ahead = "due-soon" if row["days"] >= -30 else "open"
        assert row["timing"] == ("overdue" if passed else ahead)
        assert row["light"] == ("red" if passed else "yellow")


def test_status_and_missing_count_everything(run: Run) -> None:
    (totals,) = json.loads(run("status", *DAY, "--format", "json").out)["rows"]
    assert totals == {
        "table": "totals",
        "red": 64,
        "yellow": 228 - 64,
        "green": 0,
        "measures": 228,
        "done": 0,
        "done_percent": 0,
        "reported": 0,
        "overdue_obligations": 143,
    }
    page = ("status", *DAY, "--table", "timings", "--format", "json")
    counts = {row["timing"]: row["not-reported"] for row in json.loads(run(*page).out)["rows"]}
    assert {timing: count for timing, count in counts.items() if count} == {
        "overdue": 64,
        "open": 228 - 64,
    }
    missing = json.loads(run("missing", *DAY, "--format", "json").out)["rows"]
    assert len(missing) == 41


@pytest.mark.english
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
    silent = () if question[0] != "due" else BEGIN
    assert (answer.code, tuple(answer.err.splitlines())) == (0, silent)
    assert not re.search(rf"{LIGHT}|Timing|Status|not reported", answer.out)


@pytest.mark.english
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
        (("status", "--by", "town"), "“town” is not one of: chapter (章), unit (单位)"),
        (("list", "--status", "late"), "“late” is not one of: not-reported (未报送), not-started"),
        (("list", "--timing", "done"), "“done” is not one of: overdue (逾期), due-soon (临期)"),
        (("list", "--open", "--timing", "done-late"), "--open excludes what is done"),
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
