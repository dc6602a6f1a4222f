"""A workspace made by `init`, with reports over four years, answers as the table by hand says."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from rich.cells import cell_len

from credit_plan import formatters
from credit_plan.filters import parse_filters
from credit_plan.formatters import Screen
from credit_plan.plan import ObligationKind, Plan
from credit_plan.questions import due, history, measures, show, stale
from credit_plan.status import LastStatus, Timing
from tests.conftest import Run
from tests.story import ANSWERS, NEW, Line, Standing, cut, plan_of, rows, table

TABLE: Final = table()
FULL: Final = tuple(
    date.fromisoformat(day)
    for day in (
        "2022-12-31",
        "2023-01-15",
        "2023-12-31",
        "2024-06-30",
        "2024-12-31",
        "2025-12-10",
        "2026-02-28",
        "2026-11-22",
    )
)
"""The days on which the table by hand has a line for each of its measures and each figure."""

LATE: Final = tuple(line for line in TABLE if line.known_by)
"""The lines about two clocks."""

MIDWAY: Final = date(2024, 6, 30)
LAST: Final = FULL[-1]

SILENT: Final = {
    2022: "7.1 7.3 11.3 11.6 19.1 20.8 33.6 61 75.3",
    2023: "7.1 7.8 8.10 8.15 9.3 18.5 20.7 33.1 35.2 36.2 37.1 37.2 39.4 45 60",
    2024: "7.5 8.7 9.3 11.4 28.5 28.6 75.4",
}
"""Measures with a deadline or milestone at the end of a year on which nobody ever reports.

They are in the order of the table. What recurs is not among them.
"""


def standings(answer: list[dict[str, Any]], due: str, *keys: str) -> dict[str, Standing]:
    """How each row of an answer stands, by the values of some keys; `due` is that of its date."""
    return {
        "@".join(row[key] for key in keys): Standing(
            row["status"], row["timing"], row[due], row["days"], row["light"]
        )
        for row in answer
    }


def everything(told: Plan, day: date, known_by: date | None = None) -> dict[str, Standing]:
    """How each measure, figure, milestone and occurrence stands, by the names of the table."""
    return (
        standings(rows(ANSWERS["list"](told, day, known_by)), "timing_date", "id")
        | standings(rows(ANSWERS["indicators"](told, day, known_by)), "by", "indicator", "by")
        | standings(rows(ANSWERS["milestones"](told, day, known_by)), "date", "id", "date")
        | standings(rows(ANSWERS["recurring"](told, day, known_by)), "date", "id", "period")
    )


def clocks(line: Line) -> tuple[date, date | None]:
    return line.as_of, line.known_by


def lines_of(day: date) -> dict[str, Standing]:
    """Return what the table by hand says of a day, with all that is known today."""
    return {line.what: line.standing for line in TABLE if clocks(line) == (day, None)}


def ids(answer: list[dict[str, Any]]) -> list[str]:
    return [row["id"] for row in answer]


# The table by hand


@pytest.mark.parametrize(("day", "known_by"), sorted(set(map(clocks, TABLE)), key=str), ids=str)
def test_everything_stands_as_the_table_by_hand_says(
    told: Plan, day: date, known_by: date | None
) -> None:
    found = everything(told, day, known_by)
    wrong = {
        line.what: (found[line.what], line.standing)
        for line in TABLE
        if clocks(line) == (day, known_by) and found[line.what] != line.standing
    }
    assert wrong == {}


@pytest.mark.parametrize("day", FULL, ids=str)
def test_of_what_the_table_does_not_name_nothing_was_reported(told: Plan, day: date) -> None:
    named = lines_of(day)
    others = [row for row in rows(ANSWERS["list"](told, day)) if row["id"] not in named]
    assert len(others) == 228 - 48
    first: dict[str, date] = {}
    for it in told.obligations:
        first[it.measure.id] = min(it.date, first.get(it.measure.id, it.date))
    for row in others:
        due = first[row["id"]]
        timing, light = timing_of_what_is_not_done(due, day)
        assert (row["status"], row["reported_on"]) == ("not-reported", None), row["id"]
        assert (row["timing"], row["light"]) == (timing, light), row["id"]
        assert (row["timing_date"], row["days"]) == (str(due), (day - due).days), row["id"]


def timing_of_what_is_not_done(due: date, day: date) -> tuple[str, str]:
    if due < day:
        return "overdue", "red"
    return "due-soon" if due <= day + timedelta(30) else "open", "yellow"


def test_the_table_has_every_figure_on_every_day_and_the_story_everything(told: Plan) -> None:
    promised = {f"{it.id}@{target.by}" for it in told.indicators for target in it.targets}
    assert len(promised) == 43
    assert len({(*clocks(line), line.what) for line in TABLE}) == len(TABLE)
    for day in FULL:
        assert promised <= lines_of(day).keys()
        assert len(lines_of(day)) == 48 + 43 + 29 + 45
    of_measures = [line.standing for line in TABLE if "@" not in line.what]
    assert {it.status for it in of_measures} == set(LastStatus)
    assert {it.timing for it in of_measures} == set(Timing) - {Timing.STANDING}


def test_every_indicator_is_met_once_and_missed_once(told: Plan) -> None:
    timings: dict[str, set[str]] = {}
    for line in TABLE:
        timings.setdefault(line.what.partition("@")[0], set()).add(line.standing.timing)
    for indicator in told.indicators:
        assert "overdue" in timings[indicator.id], indicator.id
        assert timings[indicator.id] & {"done-on-time", "done-late"}, indicator.id


def test_a_figure_that_what_recurs_quotes_is_no_second_obligation(told: Plan) -> None:
    """Of 68.3, each year falls due, and the deadline; its figures are those of the years."""
    found = [(it.kind, str(it.date)) for it in told.obligations if it.measure.id == "68.3"]
    years = [(ObligationKind.RECURRING, f"{year}-12-31") for year in range(2022, 2026)]
    assert sorted(found) == [(ObligationKind.DEADLINE, "2025-12-31"), *years]


def test_everything_that_falls_due_was_counted_by_hand(told: Plan) -> None:
    """264 deadlines and milestones; 10 and 4.2 of years, 2 of half-years, 3 of quarters; task 22.

    The last year of 39.4 is 2023. The day of 22.3 in 2022 is a milestone.
    """
    kinds = Counter(it.kind for it in told.obligations)
    of_task_22 = 4 + 3 + 3 * 4 + 7 * 4 + 4
    of_periods = 11 * 4 + 2 + 2 * 2 * 4 + 3 * 4 * 4
    assert kinds[ObligationKind.RECURRING] == of_task_22 + of_periods
    assert kinds[ObligationKind.DEADLINE] == 228
    assert kinds[ObligationKind.MILESTONE] == 36


def test_what_was_entered_late_changes_what_was_known(told: Plan) -> None:
    """Most lines about two clocks differ from what is known today of the same day."""
    known = {(line.as_of, line.what): everything(told, line.as_of)[line.what] for line in LATE}
    differing = [line for line in LATE if known[line.as_of, line.what] != line.standing]
    assert len(differing) > 60
    assert {"@" in line.what and line.what[0].isalpha() for line in differing} == {True, False}


@pytest.mark.parametrize("command", ["list", "due", "indicators"])
def test_the_command_line_says_the_same(run: Run, workspace: Path, command: str) -> None:
    more = ("--kind", "milestone", "--after", "2022") if command == "due" else ()
    answer = run(command, *more, "--as-of", "2024-06-30", "--format", "json", cwd=workspace)
    late = "4 reports were entered after 2024-06-30; to leave them out: --known-by 2024-06-30"
    assert (answer.code, answer.err) == (0, f"{late}\n")
    found = json.loads(answer.out)
    assert found["as_of"] == "2024-06-30"
    due, *keys = {
        "list": ("timing_date", "id"),
        "due": ("date", "id", "date"),
        "indicators": ("by", "indicator", "by"),
    }[command]
    stands = standings(found["rows"], due, *keys)
    lines = lines_of(MIDWAY)
    common = stands.keys() & lines.keys()
    assert len(common) == {"list": 48, "due": 29, "indicators": 43}[command]
    assert {what: stands[what] for what in common} == {what: lines[what] for what in common}


def test_the_command_line_leaves_out_what_was_entered_later(run: Run, workspace: Path) -> None:
    """Of 2024-06-30, 1 is overdue or open by what was known on the first or the second day."""
    asked = ("list", "--task", "1", "--as-of", "2024-06-30", "--format", "json", "--known-by")
    found: list[Standing] = []
    for day in ("2024-06-30", "2024-08-02"):
        answer = run(*asked, day, cwd=workspace)
        assert answer.code == 0
        found += standings(json.loads(answer.out)["rows"], "timing_date", "id").values()
    assert found == [line.standing for line in LATE if (line.what, line.as_of) == ("1", MIDWAY)]


def test_the_story_is_sound(run: Run, workspace: Path) -> None:
    answer = run("check", cwd=workspace)
    assert answer.code == 0, answer.out
    assert "153 reports: no errors" in answer.out
    (said,) = (line for line in answer.out.splitlines() if line.startswith("data/progress"))
    # 每年: the campaign of January 2026 is none of 2025, as `indicators` has it, too.
    assert said.startswith("data/progress/68.yaml:62:13: warning[done-without-figure]")
    assert said.endswith("“打击侵权盗版专项行动” is at 0次")


# Counts, by hand from the table and the deadlines of the measures on which nobody reports

STATUSES: Final = ("not-reported", "not-started", "in-progress", "blocked", "done")
TIMINGS: Final = ("overdue", "due-soon", "open", "done-late", "done-on-time")
LIGHTS: Final = ("red", "yellow", "green")
COUNTS: Final = {
    # Day: measures of each status, of each timing, and of each light.
    "2022-12-31": ((205, 3, 17, 1, 2), (9, 26, 191, 0, 2), (9, 205, 14)),
    "2023-01-15": ((205, 3, 17, 1, 2), (34, 0, 192, 0, 2), (34, 180, 14)),
    "2023-12-31": ((193, 1, 26, 2, 6), (30, 22, 170, 1, 5), (30, 182, 16)),
    "2024-06-30": ((189, 1, 26, 3, 9), (51, 0, 169, 2, 6), (51, 159, 18)),
    "2024-12-31": ((189, 1, 23, 4, 11), (45, 9, 164, 3, 7), (45, 164, 19)),
    "2025-12-10": ((189, 0, 22, 4, 13), (54, 162, 0, 4, 8), (54, 166, 8)),
    "2026-02-28": ((189, 0, 16, 1, 22), (211, 0, 0, 7, 10), (211, 7, 10)),
    "2026-11-22": ((189, 0, 8, 1, 30), (204, 0, 0, 14, 10), (204, 14, 10)),
}


def _numbers(counts: Mapping[str, int], names: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(counts.get(name, 0) for name in names)


@pytest.mark.parametrize("day", COUNTS)
def test_everything_counts_as_was_counted_by_hand(told: Plan, day: str) -> None:
    statuses, timings, lights = COUNTS[day]
    listed = rows(ANSWERS["list"](told, date.fromisoformat(day)))
    assert len(listed) == 228
    assert _numbers(Counter(row["status"] for row in listed), STATUSES) == statuses
    assert _numbers(Counter(row["timing"] for row in listed), TIMINGS) == timings
    assert _numbers(Counter(row["light"] for row in listed), LIGHTS) == lights
    missed = rows(ANSWERS["status"](told, date.fromisoformat(day)).only("indicators"))
    assert {f"{row['indicator']}@{row['by']}" for row in missed} == {
        what
        for what, stands in lines_of(date.fromisoformat(day)).items()
        if stands.light == "red" and what[0].isalpha()
    }
    for dimension in ("chapter", "year"):
        parts = rows(ANSWERS[f"status --by {dimension}"](told, date.fromisoformat(day)))
        summed = Counter[str]()
        for part in parts:
            summed.update(part["lights"])
        assert _numbers(summed, LIGHTS) == lights


def test_status_by_year_and_by_unit(told: Plan) -> None:
    by_year = {row["year"]: row for row in rows(ANSWERS["status --by year"](told, MIDWAY))}
    assert [by_year[year]["measures"] for year in (2022, 2023, 2024, 2025)] == [7, 15, 5, 201]
    assert by_year[2022]["lights"] == {"red": 3, "yellow": 2, "green": 2}
    assert by_year[2023]["lights"] == {"red": 13, "yellow": 0, "green": 2}
    assert by_year[2024]["lights"] == {"red": 0, "yellow": 4, "green": 1}
    assert by_year[2025]["lights"] == {"red": 35, "yellow": 153, "green": 13}
    by_unit = {row["unit"]: row for row in rows(ANSWERS["status --by unit"](told, MIDWAY))}
    # 4.2 alone; 20.9 alone; and of the towns 7.7 alone.
    assert by_unit["市总工会"]["lights"] == {"red": 1, "yellow": 0, "green": 0}
    assert by_unit["市工商联"]["lights"] == {"red": 0, "yellow": 0, "green": 1}
    assert by_unit["市工商联"]["done"] == by_unit["市工商联"]["measures"] == 1
    assert by_unit["阜宁镇"]["lights"] == by_unit["绥芬河镇"]["lights"]
    assert by_unit["阜宁镇"]["lights"] == {"red": 0, "yellow": 1, "green": 0}


def test_what_is_next_leaves_out_what_is_done(told: Plan) -> None:
    coming = rows(ANSWERS["status"](told, date(2025, 12, 10)).only("next"))
    ending = {it.id for it in told.measures if it.deadline == date(2025, 12, 31)}
    day = date(2025, 12, 10)
    done = {what for what, it in lines_of(day).items() if it.timing.startswith("done")}
    # 75.1 was done in 2024, and is overdue because of the half-years before.
    left = ending - done - {"75.1"}
    # Of what recurs, that of 4.2, 15 and 75.1 is settled.
    last_periods = "7.3 7.5 7.6 7.11 8.5 8.7 8.16 11.1 35.1 41 68.3 73.3 79.5"
    expected = Counter((*left, *last_periods.split()))
    assert ids(coming) == [it.id for it in told.measures for _ in range(expected[it.id])]
    assert {row["date"] for row in coming} == {"2025-12-31"}


@pytest.mark.parametrize("day", FULL, ids=str)
def test_the_page_is_one_screen_of_40_lines(told: Plan, day: date) -> None:
    screen = Screen(width=80, height=24, styled=True, boxed=True)
    shown = formatters.format_answer(ANSWERS["status"](told, day), "table", screen)
    assert len(shown.splitlines()) <= 40


def test_people_see_the_first_three_and_how_many_there_are(told: Plan) -> None:
    answer = ANSWERS["status"](told, date(2025, 12, 10))
    (table,) = (it for it in answer.tables if it.name == "next")
    shown = formatters.format_answer(
        answer._replace(tables=(table,)), "table", Screen()
    ).splitlines()
    assert len(table.rows) > len(table.visible_rows()) == 3
    assert len(shown) == 1 + 3 + 1
    assert shown[-1].startswith(f"3 of {len(table.rows)} still to be done")


# What is late, stale, silent; what was said


@pytest.mark.parametrize(
    ("day", "reported", "silent", "recurring"),
    [
        # Days: 22.1, 22.4, 22.5, 22.6. Quarters and half-years: 35.1, 41, 73.3 without one, 75.1.
        ("2022-12-31", "22.3", (), (1 + 3 + 7 + 1) + (3 + 3 + 2 + 1)),
        # What ended with 2022: three quarters and 75.1; the year of 7.3, 7.5, 7.6, 7.11, 8.5, 8.7,
        # 8.16, 15, 39.4 and 79.5.
        ("2023-01-15", "22.3 8.1 18.3 20.9 73.2 79.1-1 79.1-4 79.6", (2022,), 21 + 4 + 10),
        # Days of 2023, of 22.4 two. Quarters of 41, one of 73.3; half-years of 11.1 and 75.1.
        ("2023-12-31", "20.9 73.2 79.1-4 73.3 35.1", (2022,), 35 + (1 + 2 + 7 + 1) + (3 + 1 + 2)),
        # The end of 2023: nine of the ten years; 73.3, 11.1, 75.1. Then days, with 22.3; a quarter.
        (
            *("2024-06-30", "79.1-4 73.3 35.1 2 4.2 4.3 11.9 14 16 68.1 73.1 79.3", (2022, 2023)),
            52 + (9 + 1 + 2) + (1 + 2 + 4 + 1) + 3,
        ),
        # 2024: quarters, 11.1, days; years without 39.4, but with 15 and 68.3. 2025: days; three
        # quarters, of which one of 73.3 and one of 41 are settled; 11.1.
        (
            *("2025-12-10", "42 79.1-4 73.3 35.1 11.9 16 4.3 8.13 17 79.1-1", (2022, 2023, 2024)),
            75 + (9 + 2) + (1 + 3 + 1) + (8 + 1 + 1) + (1 + 1 + 3 + 7 + 1) + (3 + 2 + 2) + 1,
        ),
    ],
)
def test_overdue_lists_the_latest_first_and_then_what_nobody_reported(
    told: Plan, day: str, reported: str, silent: tuple[int, ...], recurring: int
) -> None:
    """Each obligation by itself: 7.1 and 9.3 owe two milestones or deadlines."""
    answer = rows(ANSWERS["overdue"](told, date.fromisoformat(day)))
    heard = [row["id"] for row in answer if row["status"] != "not-reported"]
    assert ids(answer[: len(heard)]) == heard == reported.split()
    unheard = answer[len(heard) :]
    once = [row["id"] for row in unheard if row["kind"] != "recurring"]
    assert once == " ".join(SILENT[year] for year in silent).split()
    assert len(unheard) - len(once) == recurring
    assert all(row["timing"] == "overdue" and row["days"] > 0 for row in answer)


def test_overdue_gives_the_date_of_each_obligation(told: Plan) -> None:
    answer = rows(ANSWERS["overdue"](told, date(2025, 12, 10)))
    dates = [(row["id"], row["date"][:7]) for row in answer if row["status"] != "not-reported"]
    assert dates == [
        *(("42", "2022-12"), ("79.1-4", "2022-12"), ("73.3", "2023-03"), ("35.1", "2023-09")),
        *(("11.9", "2023-12"), ("16", "2023-12"), ("4.3", "2024-12"), ("8.13", "2024-12")),
        *(("17", "2024-12"), ("79.1-1", "2024-12")),
    ]


def test_stale_lists_the_longest_silent_first(told: Plan) -> None:
    answer = rows(ANSWERS["stale"](told, MIDWAY))
    # Never reported, in the order of the table; then by the day on which they were last heard.
    # Of 16 there is a report of April for its milestone, so it is not among them; the report on 17
    # of this day, recorded on 2024-07-02, is one of this day; that on 68.3 of 2023-12-29 one of
    # then. Of 11.1 there are reports for half-years alone.
    assert [row["reported_on"] for row in answer[:188]] == [None] * 188
    assert ids(answer)[:3] == ["3.3", "4.1", "5"]
    assert (
        " ".join(ids(answer)[188:])
        == "79.1-4 10.2 11.1 18.3 73.3 3.2 22.4 11.9 14 68.3 41 79.1-1 68.1 73.1 4.3 35.1 1 3.1 15"
        " 79.3 22.3 13 4.2"
    )


def test_a_correction_of_an_earlier_day_is_news(told: Plan) -> None:
    """Measure 2: a report of 2024-05-20, and one recorded on 2024-07-15 about 2023-12-31."""
    found = {}
    for day in (date(2024, 10, 13), date(2024, 10, 14)):
        filters = parse_filters(told, tasks=["2"], day=day)
        found[day.day] = ids(rows(stale.answer(told, filters, day, 90)))
    assert found == {13: [], 14: ["2"]}


NEVER_HEARD: Final = (
    *("市委组织部", "市直机关工委", "市纪委监委", "市工信科技局", "市民宗局", "市司法局"),
    *("市人社局", "市住建局", "市农业农村局", "市商务局", "市卫健局", "市退役军人事务局"),
    *("市统计局", "市医保局", "制度创新局", "市金融服务中心", "海关", "市税务局"),
)
"""Units that lead a measure and never report, in the order of the registry."""


def test_missing_names_the_units_that_were_never_heard(told: Plan) -> None:
    answer = rows(ANSWERS["missing"](told, MIDWAY))
    assert [row["unit"] for row in answer] == list(NEVER_HEARD)
    assert all(row["last"] is None for row in answer)
    found = {row["unit"]: (row["open"], row["late"], row["next_due"]) for row in answer}
    assert found["市税务局"] == (4, 2, "2025-12-31")
    assert found["市统计局"] == (2, 2, "2024-12-31")
    assert found["市工信科技局"] == (7, 2, "2025-12-31")
    # 市民宗局 leads 4.3 alone, which is done by then.
    silent = [row["unit"] for row in rows(ANSWERS["missing"](told, LAST))]
    assert silent == [name for name in NEVER_HEARD if name != "市民宗局"]


def test_missing_since_a_day_adds_those_who_fell_silent(told: Plan) -> None:
    answer = rows(ANSWERS["missing --since 2024"](told, MIDWAY))
    assert [(row["unit"], row["last"]) for row in answer if row["last"]] == [
        ("市委宣传部", "2023-12-29"),
        ("市委编办", "2023-12-04"),
        ("市发改局", "2022-11-03"),
        ("市检察院", "2023-12-31"),
        ("人民银行", "2023-12-06"),
        ("阜宁镇", "2023-06-02"),
        ("团市委", "2023-04-25"),
    ]
    assert len(answer) == 18 + 7


def test_a_unit_that_reports_by_an_alias_was_heard(told: Plan) -> None:
    answer = rows(ANSWERS["missing"](told, date(2023, 1, 15)))
    silent = {row["unit"] for row in answer}
    assert len(silent) == 28
    # They reported as 市委网络安全和信息化委员会办公室 and 市发展和改革局.
    assert not {"市委网信办", "市发改局"} & silent


def test_history_lists_what_was_entered_last_first(told: Plan) -> None:
    answer = rows(history.answer(told, parse_filters(told, day=LAST), LAST, ["2"]))
    assert [(row["on"], row["recorded"][:10]) for row in answer] == [
        ("2025-03-31", "2025-04-07"),
        ("2024-11-30", "2024-12-05"),
        ("2023-12-31", "2024-07-15"),
        ("2024-05-20", "2024-05-22"),
        ("2023-12-31", "2023-12-31"),
        ("2023-11-30", "2023-12-05"),
        ("2022-12-30", "2022-12-30"),
    ]
    end = date(2023, 12, 31)
    until_then = parse_filters(told, day=end)
    assert len(rows(history.answer(told, until_then, end, ["2"]))) == 4
    known_then = parse_filters(told, day=end, known_by=end)
    before = rows(history.answer(told, known_then, end, ["2"]))
    assert [row["on"] for row in before] == ["2023-11-30", "2022-12-30"]
    assert before[0]["values"] == {"publicity-compliance": 98, "publicity-concealment": 0}


def test_history_shows_the_evidence(run: Run, workspace: Path) -> None:
    answer = run("history", "22.3", "14", "--as-of", "2026", cwd=workspace)
    assert (answer.code, answer.err) == (0, "")
    assert "evidence/integrity-report-2022.txt" in answer.out
    assert "https://credit.example.org/commitments/2025" in answer.out
    assert answer.out.splitlines()[-1] == (
        "12 reports · 2 measures · tasks 14, 22 · as of 2026-12-31"
    )


def test_history_says_which_milestone_a_report_is_about(run: Run, workspace: Path) -> None:
    answer = run("history", "8.1", "--as-of", "2026", cwd=workspace)
    assert (answer.code, answer.err) == (0, "")
    shown = [re.split(r"  +", line) for line in answer.out.splitlines()]
    assert [row[1] for row in shown[1:-1]] == ["2023-08-31", "2023-03-31", "2022-06-30"]
    assert ["for 2022-12-31" in row[-1] for row in shown] == [False, False, True, False, False]


def test_due_shows_the_last_report_on_a_milestone_and_no_brackets(told: Plan) -> None:
    filters = parse_filters(told, tasks=["8", "16", "39", "62"], day=MIDWAY, before=MIDWAY)
    found = due.answer(told, filters, MIDWAY, ObligationKind.MILESTONE)
    of_story = {
        row["id"]: (row["timing"], row["status"], row["reported_on"])
        for row in rows(found)
        if row["status"] != "not-reported"
    }
    assert of_story == {
        "8.1": ("done-late", "done", "2023-03-31"),
        "39.3": ("done-on-time", "done", "2022-12-30"),
        "16": ("overdue", "in-progress", "2024-03-31"),
        "62": ("done-on-time", "done", "2023-06-30"),
    }
    assert "red overdue 182 d" in formatters.format_answer(found, "table", Screen(width=160))


def test_a_measure_with_a_report_on_its_milestone_alone_is_not_reported(told: Plan) -> None:
    listed = {row["id"]: row for row in rows(ANSWERS["list"](told, date(2023, 7, 31)))}
    assert (listed["62"]["status"], listed["62"]["reported_on"]) == ("not-reported", None)
    # 23 of January, 7.7 and 3.2 since, and this one: it was heard of. So were 11.1, 22.4 and 35.1,
    # of which there are reports for half-years, days and quarters alone.
    assert sum(row["recorded_on"] is not None for row in listed.values()) == 26 + 3


# Filters


OVERDUE_MIDWAY: Final = (
    "2 4.2 4.3 7.1 7.3 7.5 7.6 7.8 7.11 8.5 8.7 8.10 8.15 8.16 9.3 11.1 11.3 11.6 11.9 14 15"
    " 16 18.5 19.1 20.7 20.8 22.1 22.3 22.4 22.5 22.6 33.1 33.6 35.1 35.2 36.2 37.1 37.2 39.4"
    " 41 45 60 61 68.1 73.1 73.3 75.1 75.3 79.1-4 79.3 79.5"
)
BY_REPORT: Final = [LastStatus.IN_PROGRESS, LastStatus.BLOCKED]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (
            {"timings": [Timing.OVERDUE]},
            OVERDUE_MIDWAY,
        ),
        (
            {"timings": [Timing.OVERDUE], "statuses": BY_REPORT},
            "2 4.2 4.3 11.9 14 15 16 22.3 22.4 35.1 41 68.1 73.1 73.3 79.1-4 79.3",
        ),
        ({"statuses": [LastStatus.BLOCKED, LastStatus.NOT_STARTED]}, "7.7 8.13 10.2 79.1-4"),
        ({"statuses": [LastStatus.DONE]}, "8.1 20.9 42 59.3 62 73.2 75.1 75.2 79.6"),
        ({"timings": [Timing.DONE_LATE]}, "73.2 79.6"),
        ({"tasks": ["8"], "statuses": [LastStatus.DONE, LastStatus.IN_PROGRESS]}, "8.1 8.9"),
        ({"tasks": ["73"], "only_open": True}, "73.1 73.3"),
        ({"tasks": ["73"], "only_open": True, "timings": list(Timing)}, "73.1 73.3"),
    ],
)
def test_filters_by_status_and_timing(told: Plan, filters: dict[str, Any], found: str) -> None:
    asked = parse_filters(told, day=MIDWAY, **filters)
    assert " ".join(ids(rows(measures.answer(told, asked, MIDWAY)))) == found


def test_what_was_reported_as_done_can_be_overdue(told: Plan) -> None:
    day = date(2026, 2, 28)
    asked = parse_filters(
        told, day=day, statuses=[LastStatus.DONE], timings=[Timing.OVERDUE], only_open=True
    )
    assert " ".join(ids(rows(measures.answer(told, asked, day)))) == "3.2 22.3 41 68.3 75.1"


@pytest.mark.parametrize(
    ("day", "within", "timings"),
    [
        # The deadline of 2 and of 4.2 is 46 days away; then 30, and 31.
        ("2023-11-15", 45, ["open", "open"]),
        ("2023-11-15", 46, ["due-soon", "due-soon"]),
        ("2023-11-15", 60, ["due-soon", "due-soon"]),
        ("2023-12-01", 30, ["due-soon", "due-soon"]),
        ("2023-11-30", 30, ["open", "open"]),
        ("2023-12-31", 0, ["due-soon", "due-soon"]),
    ],
)
def test_within_moves_what_is_due_soon(
    told: Plan, day: str, within: int, timings: list[str]
) -> None:
    as_of = date.fromisoformat(day)
    asked = parse_filters(told, tasks=["2", "4"], day=as_of, within=within)
    stands = {row["id"]: row["timing"] for row in rows(measures.answer(told, asked, as_of))}
    assert [stands["2"], stands["4.2"]] == timings


def test_the_command_line_narrows_by_status_and_timing(run: Run, workspace: Path) -> None:
    """One day, each filter: several values, what is not done, another meaning of soon."""
    asked = ("--as-of", "2023-11-15", "--format", "json")
    soon = ("list", "--timing", "due-soon", "--within", "60", "--status")
    begun = run(*soon, "in-progress", *asked, cwd=workspace)
    assert " ".join(ids(json.loads(begun.out)["rows"])) == "1 2 14 16 68.1 68.3 79.1-1 79.3"
    blocked = run(*soon, "blocked", *asked, cwd=workspace)
    assert ids(json.loads(blocked.out)["rows"]) == ["4.2"]
    done = run("list", "--task", "8", "--open", *asked, cwd=workspace)
    assert "8.1" not in ids(json.loads(done.out)["rows"])
    assert len(json.loads(done.out)["rows"]) == 15
    mistyped = run("list", "--timing", "late", cwd=workspace)
    assert mistyped.code == 2
    assert "overdue" in mistyped.err


# The same command gives the same answer for ever


@pytest.mark.parametrize("day", ["2022-12-31", "2023-12-31", "2024-07-14"])
def test_what_is_recorded_later_changes_no_answer_about_what_was_known(
    told: Plan, workspace: Path, tmp_path: Path, day: str
) -> None:
    """The files as they were on a day answer as all files do by what was known on that day."""
    end = date.fromisoformat(day)
    earlier = tmp_path / "workspace"
    shutil.copytree(workspace, earlier)
    cut(earlier, end)
    until_then = plan_of(earlier)
    assert 0 < len(until_then.reports) < len(told.reports)
    for name, answer in ANSWERS.items():
        for as_of in FULL:
            assert answer(until_then, as_of, end) == answer(told, as_of, end), (name, as_of)
        shown = [
            formatters.format_answer(answer(it, end, end), "table", Screen())
            for it in (until_then, told)
        ]
        assert shown[0] == shown[1], name
    assert ANSWERS["list"](until_then, end) != ANSWERS["list"](told, end)


def test_the_command_line_gives_the_same_bytes_for_ever(
    run: Run, workspace: Path, tmp_path: Path
) -> None:
    earlier = tmp_path / "workspace"
    shutil.copytree(workspace, earlier)
    cut(earlier, MIDWAY)
    asked = ("status", "--as-of", "2024-06-30", "--known-by", "2024-06-30")
    before, after = run(*asked, cwd=earlier), run(*asked, cwd=workspace)
    assert before == after
    assert before.code == 0


# How it looks


HEADED: Final = ("due", "unit", "chapter", "list", "search")


@pytest.mark.parametrize("name", HEADED)
def test_the_columns_of_progress_come_with_the_first_report(told: Plan, name: str) -> None:
    """The first report is about 2022-05-20."""
    for form in ("table", "markdown"):
        silent, spoken = (
            formatters.format_answer(ANSWERS[name](told, date(2022, 5, day)), form, Screen())
            for day in (19, 20)
        )
        assert "not reported" not in silent
        assert "not reported" in spoken
    for day in (19, 20):
        found = rows(ANSWERS[name](told, date(2022, 5, day)))
        assert all({"status", "timing", "light"} <= row.keys() for row in found)


def test_show_says_how_what_was_reported_stands(told: Plan) -> None:
    filters = parse_filters(told, day=MIDWAY)
    shown = formatters.format_answer(
        show.answer(told, filters, MIDWAY, ["4.2"]), "table", Screen(width=80)
    )
    assert "red overdue 182 d" in shown
    assert "in progress" in shown
    silent = rows(show.answer(told, filters, MIDWAY, ["3.3"]))
    assert [(row["status"], row["reported_on"]) for row in silent] == [("not-reported", None)]


def test_on_a_narrow_screen_what_is_overdue_stands_under_its_heading_as_well(told: Plan) -> None:
    """Where rows become records, what was reported and what was not are still told apart."""
    shown = formatters.format_answer(
        ANSWERS["overdue"](told, MIDWAY), "table", Screen(width=40)
    ).splitlines()
    overdue, silent = (
        shown.index(title) for title in ("Reported, but not as done", "Not reported")
    )
    assert shown[overdue + 1 : overdue + 3] == ["ID", "  79.1-4"]
    assert shown[silent + 1 : silent + 3] == ["ID", "  22.1"]
    assert overdue == 0 < silent


@pytest.mark.parametrize("name", NEW)
@pytest.mark.parametrize("width", [40, 80, 160])
def test_no_line_is_wider_than_the_screen(told: Plan, name: str, width: int) -> None:
    for day in (MIDWAY, LAST):
        answer = ANSWERS[name](told, day)
        for boxed in (False, True):
            screen = Screen(width=width, boxed=boxed)
            shown = formatters.format_answer(answer, "table", screen)
            assert max(map(cell_len, shown.splitlines())) <= width


@pytest.mark.parametrize("name", NEW)
def test_every_answer_has_every_format(told: Plan, name: str) -> None:
    answer = ANSWERS[name](told, MIDWAY)
    found = rows(answer)
    assert found
    assert json.loads(formatters.format_answer(answer, "json", Screen()))["schema"] == (
        f"credit-plan/{name.partition(' ')[0]}@1"
    )
    in_csv = list(csv.DictReader(io.StringIO(formatters.format_answer(answer, "csv", Screen()))))
    assert len(in_csv) == len(found)
    days = [str(row.get("days", "")) for row in found]
    assert [row.get("days", "") for row in in_csv] == days
    markdown = formatters.format_answer(answer, "markdown", Screen()).splitlines()
    assert any(line.startswith("| --") for line in markdown)
    piped = formatters.format_answer(answer, "table", Screen())
    assert "\x1b" not in piped
    assert answer.as_of == MIDWAY
