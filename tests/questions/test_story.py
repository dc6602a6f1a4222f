"""A workspace made by `init`, with reports over four years, answers as the table by hand says."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from rich.cells import cell_len

from credit_plan import formatters
from credit_plan.filters import parse_filters
from credit_plan.formatters import Screen
from credit_plan.plan import ObligationKind, Plan
from credit_plan.questions import due, history, measures, show, stale
from credit_plan.status import State
from tests.conftest import Run
from tests.story import ANSWERS, NEW, cut, plan_of, rows, table, tell

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

MIDWAY: Final = date(2024, 6, 30)
LAST: Final = FULL[-1]

SILENT_OF_2023: Final = (
    *("7.1", "8.15", "18.5", "20.7", "33.1"),
    *("35.2", "36.2", "37.1", "37.2", "39.4"),
)
"""Measures due by 2023-12-31 on which nobody reports, in the order of the table."""


@pytest.fixture(scope="session")
def workspace(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("story") / "workspace"
    made = run("init", str(folder))
    assert made.code == 0, made.err
    tell(folder)
    return folder


@pytest.fixture(scope="session")
def told(workspace: Path) -> Plan:
    return plan_of(workspace)


def standing(answer: list[dict[str, Any]], *keys: str) -> dict[str, tuple[str, int, str]]:
    """How each row of an answer stands, by the values of some keys."""
    return {
        "@".join(row[key] for key in keys): (row["state"], row["days"], row["light"])
        for row in answer
    }


def everything(told: Plan, day: date) -> dict[str, tuple[str, int, str]]:
    """How each measure, figure and milestone stands on a day, by the names of the table."""
    return (
        standing(rows(ANSWERS["list"](told, day)), "id")
        | standing(rows(ANSWERS["indicators"](told, day)), "indicator", "by")
        | standing(rows(ANSWERS["milestones"](told, day)), "id", "date")
    )


def ids(answer: list[dict[str, Any]]) -> list[str]:
    return [row["id"] for row in answer]


# The table by hand


@pytest.mark.parametrize("day", sorted({line.as_of for line in TABLE}), ids=str)
def test_everything_stands_as_the_table_by_hand_says(told: Plan, day: date) -> None:
    lines = [line for line in TABLE if line.as_of == day]
    found = everything(told, day)
    wrong = {
        line.what: (found[line.what], line[2:])
        for line in lines
        if found[line.what] != (line.state, line.days, line.light)
    }
    assert wrong == {}


@pytest.mark.parametrize("day", FULL, ids=str)
def test_of_what_the_table_does_not_name_nothing_was_reported(told: Plan, day: date) -> None:
    named = {line.what for line in TABLE if line.as_of == day}
    others = [row for row in rows(ANSWERS["list"](told, day)) if row["id"] not in named]
    assert len(others) == 228 - 42
    for row in others:
        late = date.fromisoformat(row["deadline"]) < day
        light = "red" if late else "yellow"
        assert (row["state"], row["light"]) == ("not-reported", light), row["id"]
        assert (row["reported_status"], row["reported_on"]) == (None, None)


def test_the_table_has_every_figure_on_every_day_and_the_story_all_states(told: Plan) -> None:
    promised = {f"{it.id}@{target.by}" for it in told.indicators for target in it.targets}
    assert len(promised) == 43
    for day in FULL:
        lines = [line for line in TABLE if line.as_of == day]
        named = {line.what for line in lines}
        assert promised <= named
        assert len(named) == len(lines)
    of_measures = {line.state for line in TABLE if "@" not in line.what}
    assert of_measures == set(State)


def test_every_indicator_is_met_once_and_missed_once(told: Plan) -> None:
    states: dict[str, set[str]] = {}
    for line in TABLE:
        states.setdefault(line.what.partition("@")[0], set()).add(line.state)
    for indicator in told.indicators:
        assert "overdue" in states[indicator.id], indicator.id
        assert states[indicator.id] & {"done-on-time", "done-late"}, indicator.id


@pytest.mark.parametrize("command", ["list", "due", "indicators"])
def test_the_command_line_says_the_same(run: Run, workspace: Path, command: str) -> None:
    more = ("--kind", "milestone", "--after", "2022") if command == "due" else ()
    answer = run(command, *more, "--as-of", "2024-06-30", "--format", "json", cwd=workspace)
    assert (answer.code, answer.err) == (0, "")
    found = json.loads(answer.out)
    assert found["as_of"] == "2024-06-30"
    keys = {"list": ("id",), "due": ("id", "date"), "indicators": ("indicator", "by")}[command]
    stands = standing(found["rows"], *keys)
    lines = {line.what: line[2:] for line in TABLE if line.as_of == MIDWAY}
    common = stands.keys() & lines.keys()
    assert len(common) == {"list": 42, "due": 11, "indicators": 43}[command]
    assert {what: stands[what] for what in common} == {what: lines[what] for what in common}


def test_the_story_is_sound(run: Run, workspace: Path) -> None:
    answer = run("check", cwd=workspace)
    assert answer.code == 0, answer.out
    assert "141 reports: no errors" in answer.out
    (said,) = (line for line in answer.out.splitlines() if line.startswith("data/progress"))
    # 每年: the campaign of January 2026 is none of 2025, as `indicators` has it, too.
    assert said.startswith("data/progress/68.yaml:62:13: warning[done-without-figure]")
    assert said.endswith("“打击侵权盗版专项行动” is at 0次")


# Counts, by hand from the table and the deadlines of the measures on which nobody reports

COUNTS: Final = {
    # Day: not reported, done on time, done late, overdue, due soon, in progress, blocked, not yet
    # due; and red, yellow, green.
    "2022-12-31": ((209, 2, 0, 0, 2, 12, 0, 3), (0, 211, 17)),
    "2023-01-15": ((205, 3, 0, 2, 0, 15, 0, 3), (4, 203, 21)),
    "2023-12-31": ((198, 5, 1, 2, 2, 18, 1, 1), (4, 200, 24)),
    "2024-06-30": ((192, 6, 2, 4, 0, 21, 2, 1), (16, 184, 28)),
    "2024-12-31": ((192, 7, 3, 3, 2, 19, 1, 1), (15, 186, 27)),
    "2025-12-10": ((192, 9, 4, 5, 18, 0, 0, 0), (20, 199, 9)),
    "2026-02-28": ((192, 12, 8, 16, 0, 0, 0, 0), (208, 8, 12)),
    "2026-11-22": ((192, 13, 16, 7, 0, 0, 0, 0), (199, 16, 13)),
}
_COUNTED: Final = (
    "not-reported",
    "done-on-time",
    "done-late",
    "overdue",
    "due-soon",
    "in-progress",
    "blocked",
    "not-yet-due",
)


@pytest.mark.parametrize("day", COUNTS)
def test_status_counts_as_was_counted_by_hand(told: Plan, day: str) -> None:
    states, lights = COUNTS[day]
    answer = rows(ANSWERS["status"](told, date.fromisoformat(day)))
    counted = {row["state"]: row["count"] for row in answer if row["table"] == "states"}
    assert counted == dict(zip(_COUNTED, states, strict=True))
    missed = [row for row in answer if row["table"] == "indicators"]
    assert {f"{row['indicator']}@{row['by']}" for row in missed} == {
        line.what
        for line in TABLE
        if (str(line.as_of), line.light) == (day, "red") and line.what[0].isalpha()
    }
    for dimension in ("chapter", "year"):
        name = f"status --by {dimension}"
        parts = rows(ANSWERS[name](told, date.fromisoformat(day)))
        summed = tuple(sum(it["lights"][key] for it in parts) for key in ("red", "yellow", "green"))
        assert summed == lights
        assert tuple(sum(it[state] for it in parts) for state in _COUNTED) == states


def test_status_by_year_and_by_unit(told: Plan) -> None:
    by_year = {row["year"]: row for row in rows(ANSWERS["status --by year"](told, MIDWAY))}
    assert [by_year[year]["measures"] for year in (2022, 2023, 2024, 2025)] == [7, 15, 5, 201]
    assert by_year[2022]["lights"] == {"red": 3, "yellow": 2, "green": 2}
    assert by_year[2023]["lights"] == {"red": 13, "yellow": 0, "green": 2}
    assert by_year[2024]["lights"] == {"red": 0, "yellow": 4, "green": 1}
    by_unit = {row["unit"]: row for row in rows(ANSWERS["status --by unit"](told, MIDWAY))}
    # 4.2 alone; 20.9 alone; and of the towns 7.7 alone.
    assert by_unit["市总工会"]["lights"] == {"red": 1, "yellow": 0, "green": 0}
    assert by_unit["市工商联"]["done-on-time"] == by_unit["市工商联"]["measures"] == 1
    assert by_unit["阜宁镇"]["blocked"] == by_unit["绥芬河镇"]["blocked"] == 1


def test_what_is_next_leaves_out_what_is_done(told: Plan) -> None:
    answer = rows(ANSWERS["status"](told, date(2025, 12, 10)))
    coming = [row for row in answer if row["table"] == "next"]
    ending = {it.id for it in told.measures if it.deadline.year == 2025}
    day = date(2025, 12, 10)
    done = {it.what for it in TABLE if it.as_of == day and it.state.startswith("done")}
    assert [row["id"] for row in coming] == [
        it.id for it in told.measures if it.id in ending - done
    ]
    assert {row["date"] for row in coming} == {"2025-12-31"}


def test_people_see_the_first_ten_and_how_many_there_are(told: Plan) -> None:
    answer = ANSWERS["status"](told, date(2025, 12, 10))
    (table,) = (it for it in answer.tables if it.name == "next")
    shown = formatters.format_answer(
        replace(answer, tables=(table,)), "table", Screen()
    ).splitlines()
    assert len(table.rows) > len(table.visible_rows()) == 10
    assert len(shown) == 1 + 1 + 10 + 1
    assert shown[-1].startswith(f"10 of {len(table.rows)} open obligations")


# What is late, stale, silent; what was said


@pytest.mark.parametrize(
    ("day", "overdue", "silent"),
    [
        ("2022-12-31", [], []),
        ("2023-01-15", ["79.1-4", "79.6"], ["11.3", "75.3"]),
        ("2023-12-31", ["73.2", "79.1-4"], ["11.3", "75.3"]),
        ("2024-06-30", ["79.1-4", "2", "4.2", "11.9"], ["11.3", "75.3", *SILENT_OF_2023]),
        (
            "2025-12-10",
            ["42", "79.1-4", "11.9", "8.13", "17"],
            ["11.3", "75.3", *SILENT_OF_2023, "11.4", "28.5", "28.6"],
        ),
    ],
)
def test_overdue_lists_the_latest_first_and_then_what_nobody_reported(
    told: Plan, day: str, overdue: list[str], silent: list[str]
) -> None:
    answer = rows(ANSWERS["overdue"](told, date.fromisoformat(day)))
    assert ids(answer) == overdue + silent
    assert [row["state"] for row in answer] == ["overdue"] * len(overdue) + ["not-reported"] * len(
        silent
    )
    assert all(row["days"] > 0 for row in answer)


def test_stale_lists_the_longest_silent_first(told: Plan) -> None:
    answer = rows(ANSWERS["stale"](told, MIDWAY))
    # Never reported, in the order of the table; then by the day on which they were last heard.
    # Of 16 there is a report of April for its milestone, so it is not among them.
    assert [row["reported_on"] for row in answer[:192]] == [None] * 192
    assert ids(answer)[:3] == ["3.3", "4.1", "5"]
    assert (
        " ".join(ids(answer)[192:])
        == "73.3 79.1-4 10.2 17 18.3 3.2 68.3 11.9 14 41 79.1-1 68.1 73.1 4.3 1 3.1 15 79.3"
        " 22.3 13 4.2"
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
    *("市统计局", "市医保局", "制度创新局", "人民银行", "市金融服务中心", "海关", "市税务局"),
)
"""Units that lead a measure and never report, in the order of the registry."""


def test_missing_names_the_units_that_were_never_heard(told: Plan) -> None:
    answer = rows(ANSWERS["missing"](told, MIDWAY))
    assert [row["unit"] for row in answer] == list(NEVER_HEARD)
    assert all(row["last"] is None for row in answer)
    found = {row["unit"]: (row["open"], row["late"], row["next_due"]) for row in answer}
    assert found["市税务局"] == (4, 2, "2025-12-31")
    assert found["市统计局"] == (2, 0, "2025-12-31")
    assert found["市工信科技局"] == (7, 2, "2025-12-31")
    # 市民宗局 leads 4.3 alone, which is done by then.
    silent = [row["unit"] for row in rows(ANSWERS["missing"](told, LAST))]
    assert silent == [name for name in NEVER_HEARD if name != "市民宗局"]


def test_missing_since_a_day_adds_those_who_fell_silent(told: Plan) -> None:
    answer = rows(ANSWERS["missing --since 2024"](told, MIDWAY))
    assert [(row["unit"], row["last"]) for row in answer if row["last"]] == [
        ("市委宣传部", "2023-12-22"),
        ("市委编办", "2023-12-04"),
        ("市发改局", "2022-11-03"),
        ("市财政局", "2023-12-28"),
        ("市检察院", "2023-12-31"),
        ("阜宁镇", "2023-06-02"),
        ("团市委", "2023-04-25"),
    ]
    assert len(answer) == 19 + 7


def test_a_unit_that_reports_by_an_alias_was_heard(told: Plan) -> None:
    answer = rows(ANSWERS["missing"](told, date(2023, 1, 15)))
    silent = {row["unit"] for row in answer}
    assert len(silent) == 29
    # They reported as 市委网络安全和信息化委员会办公室 and 市发展和改革局.
    assert not {"市委网信办", "市发改局"} & silent


def test_history_is_in_the_order_of_the_days_and_of_a_day_in_that_of_recording(
    told: Plan,
) -> None:
    answer = rows(history.answer(told, ["2"], LAST))
    assert [(row["on"], row["recorded"][:10]) for row in answer] == [
        ("2022-12-30", "2022-12-30"),
        ("2023-11-30", "2023-12-05"),
        ("2023-12-31", "2023-12-31"),
        ("2023-12-31", "2024-07-15"),
        ("2024-05-20", "2024-05-22"),
        ("2024-11-30", "2024-12-05"),
        ("2025-03-31", "2025-04-07"),
    ]
    before = rows(history.answer(told, ["2"], date(2023, 12, 31)))
    assert [row["on"] for row in before] == ["2022-12-30", "2023-11-30"]
    assert before[1]["values"] == {"publicity-compliance": 98, "publicity-concealment": 0}


def test_history_shows_the_evidence(run: Run, workspace: Path) -> None:
    answer = run("history", "22.3", "14", "--as-of", "2026", cwd=workspace)
    assert (answer.code, answer.err) == (0, "")
    assert "evidence/integrity-report-2022.txt" in answer.out
    assert "https://credit.example.org/commitments/2025" in answer.out
    assert answer.out.splitlines()[-1] == "12 reports on 14, 22.3 · as of 2026-12-31"


def test_history_says_which_milestone_a_report_is_about(run: Run, workspace: Path) -> None:
    answer = run("history", "8.1", "--as-of", "2026", cwd=workspace)
    assert (answer.code, answer.err) == (0, "")
    shown = [re.split(r"  +", line) for line in answer.out.splitlines()]
    assert [pair[1] for pair in shown if pair[0] == "As of"] == [
        "2022-06-30",
        "2023-03-31",
        "2023-08-31",
    ]
    assert [pair[1] for pair in shown if pair[0] == "For"] == ["2022-12-31"]


def test_due_shows_the_last_report_on_a_milestone_and_no_brackets(told: Plan) -> None:
    filters = parse_filters(told, tasks=["8", "16", "39", "62"], day=MIDWAY, before=MIDWAY)
    found = due.answer(told, filters, MIDWAY, ObligationKind.MILESTONE)
    of_story = {
        row["id"]: (row["state"], row["reported_status"], row["reported_on"])
        for row in rows(found)
        if row["reported_status"]
    }
    assert of_story == {
        "8.1": ("done-late", "done", "2023-03-31"),
        "39.3": ("done-on-time", "done", "2022-12-30"),
        "16": ("overdue", "in-progress", "2024-03-31"),
        "62": ("done-on-time", "in-progress", "2023-06-30"),
    }
    assert "红 overdue 182 d" in formatters.format_answer(found, "table", Screen(width=80))


def test_a_measure_with_a_report_on_its_milestone_alone_is_not_reported(told: Plan) -> None:
    day = date(2023, 7, 31)
    shown = formatters.format_answer(show.answer(told, ["62"], day), "table", Screen(width=80))
    assert "State            黄 not reported" in shown
    assert "Reported as" not in shown
    (states, *_others) = ANSWERS["status"](told, day).tables
    # 23 of January, 7.7 and 3.2 since, and this one.
    assert states.caption.startswith("26 of 228 measures have a report")


# Filters


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"states": [State.OVERDUE]}, "2 4.2 11.9 79.1-4"),
        ({"states": [State.BLOCKED, State.NOT_YET_DUE]}, "7.7 8.13 10.2"),
        ({"states": [State.DONE_LATE]}, "73.2 79.6"),
        ({"tasks": ["8"], "states": [State.DONE_ON_TIME, State.IN_PROGRESS]}, "8.1 8.9"),
        ({"tasks": ["73"], "only_open": True}, "73.1 73.3"),
        ({"tasks": ["73"], "only_open": True, "states": list(State)}, "73.1 73.3"),
    ],
)
def test_filters_by_state(told: Plan, filters: dict[str, Any], found: str) -> None:
    asked = parse_filters(told, day=MIDWAY, **filters)
    assert " ".join(ids(rows(measures.answer(told, asked, MIDWAY)))) == found


@pytest.mark.parametrize(
    ("day", "within", "states"),
    [
        # The deadline of 2 and of 4.2 is 46 days away; then 30, and 31.
        ("2023-11-15", 45, ["in-progress", "blocked"]),
        ("2023-11-15", 46, ["due-soon", "due-soon"]),
        ("2023-11-15", 60, ["due-soon", "due-soon"]),
        ("2023-12-01", 30, ["due-soon", "due-soon"]),
        ("2023-11-30", 30, ["in-progress", "blocked"]),
        ("2023-12-31", 0, ["due-soon", "done-on-time"]),
    ],
)
def test_within_moves_what_is_due_soon(
    told: Plan, day: str, within: int, states: list[str]
) -> None:
    as_of = date.fromisoformat(day)
    asked = parse_filters(told, tasks=["2", "4"], day=as_of, within=within)
    stands = {row["id"]: row["state"] for row in rows(measures.answer(told, asked, as_of))}
    assert [stands["2"], stands["4.2"]] == states


def test_the_command_line_narrows_by_state(run: Run, workspace: Path) -> None:
    """One day, each filter: a closed list, an open one, another meaning of soon."""
    asked = ("--as-of", "2023-11-15", "--format", "json")
    soon = run("list", "--state", "due-soon", "--within", "60", *asked, cwd=workspace)
    assert ids(json.loads(soon.out)["rows"]) == ["2", "4.2"]
    done = run("list", "--task", "8", "--open", *asked, cwd=workspace)
    assert "8.1" not in ids(json.loads(done.out)["rows"])
    assert len(json.loads(done.out)["rows"]) == 15
    mistyped = run("list", "--state", "late", cwd=workspace)
    assert mistyped.code == 2
    assert "'overdue'" in mistyped.err


# The same command gives the same answer for ever


@pytest.mark.parametrize("day", ["2022-12-31", "2023-12-31", "2024-07-14"])
def test_what_is_recorded_later_changes_no_answer(
    told: Plan, workspace: Path, tmp_path: Path, day: str
) -> None:
    """The files as they were on a day answer byte for byte as all files do, as of that day."""
    end = date.fromisoformat(day)
    earlier = tmp_path / "workspace"
    shutil.copytree(workspace, earlier)
    cut(earlier, end)
    until_then = plan_of(earlier)
    assert 0 < len(until_then.reports) < len(told.reports)
    for name, answer in ANSWERS.items():
        for as_of in (end, *(it for it in FULL if it < end)):
            assert answer(until_then, as_of) == answer(told, as_of), (name, as_of)
        shown = [
            formatters.format_answer(answer(it, end), "table", Screen())
            for it in (until_then, told)
        ]
        assert shown[0] == shown[1], name


def test_the_command_line_gives_the_same_bytes_for_ever(
    run: Run, workspace: Path, tmp_path: Path
) -> None:
    earlier = tmp_path / "workspace"
    shutil.copytree(workspace, earlier)
    cut(earlier, MIDWAY)
    asked = ("status", "--as-of", "2024-06-30")
    before, after = run(*asked, cwd=earlier), run(*asked, cwd=workspace)
    assert before == after
    assert before.code == 0


# How it looks


HEADED: Final = ("due", "unit", "chapter", "list", "search")


@pytest.mark.parametrize("name", HEADED)
def test_the_column_of_states_comes_with_the_first_report(told: Plan, name: str) -> None:
    """The first report was recorded on 2022-05-25."""
    for form in ("table", "markdown"):
        silent, spoken = (
            formatters.format_answer(ANSWERS[name](told, date(2022, 5, day)), form, Screen())
            for day in (24, 25)
        )
        assert "State" not in silent
        assert "State" in spoken
        assert "not reported" in spoken
    for day in (24, 25):
        assert all("state" in row for row in rows(ANSWERS[name](told, date(2022, 5, day))))


def test_show_says_how_what_was_reported_stands(told: Plan) -> None:
    shown = formatters.format_answer(show.answer(told, ["4.2"], MIDWAY), "table", Screen(width=80))
    assert "State            红 overdue 182 d" in shown
    assert "Reported as      in progress" in shown
    silent = formatters.format_answer(show.answer(told, ["3.3"], MIDWAY), "table", Screen(width=80))
    assert "Reported as" not in silent


def test_on_a_narrow_screen_what_is_late_stands_under_its_heading_as_well(told: Plan) -> None:
    """Where rows become records, overdue and not reported are still told apart."""
    shown = formatters.format_answer(
        ANSWERS["overdue"](told, MIDWAY), "table", Screen(width=40)
    ).splitlines()
    overdue, silent = (
        shown.index(title)
        for title in (
            "Overdue: reported, but not as done",
            "Not reported, and past the deadline",
        )
    )
    assert shown[overdue + 1 : overdue + 3] == ["ID", "  79.1-4"]
    assert shown[silent + 1 : silent + 3] == ["ID", "  11.3"]
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
