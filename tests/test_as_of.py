"""Status, timing and light at their boundaries, and which reports count as of a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise, product
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_plan.as_of import AsOf, TrackedMeasure
from credit_plan.dates import ZONE
from credit_plan.filters import find_measure, parse_filters
from credit_plan.loader.build import build_plan, make_obligations
from credit_plan.models.draft import Draft, Located
from credit_plan.models.progress import Entry
from credit_plan.models.validation import validate_record
from credit_plan.plan import (
    Comparison,
    Direction,
    Indicator,
    Obligation,
    ObligationKind,
    Plan,
    Status,
    Target,
)
from credit_plan.questions import indicators, missing, stale
from credit_plan.status import (
    LIGHTS,
    STATUS_WORDS,
    STATUSES,
    TIMING_WORDS,
    TIMINGS,
    Assessment,
    Case,
    LastStatus,
    Light,
    Timing,
    assess,
)
from tests.conftest import read_draft
from tests.story import ANSWERS, rows

DUE: Final = date(2023, 12, 31)
PLAIN: Final = "33.1"
"""A measure that is due then, and promises neither a figure nor anything for another day."""

FIGURES: Final = "2"
"""A measure that is due then, and promises two figures for that day."""

REACHED: Final = date(2022, 12, 31)
"""The day of the only milestone of 8.1, which has no figures; its deadline is a year later."""

PROMISED: Final = "2023年底前“双公示”合规率超过98％；瞒报率为0"
"""The milestone of that measure."""

Standing = tuple[str, str, int]
"""A status, a timing, and the days after the date."""

Told = dict[str, Any]
"""What else a report says, beside its day and its status."""


def days(number: int) -> date:
    """Return the day so many days after the date on which it is due."""
    return DUE + timedelta(number)


def standing(found: Assessment) -> Standing:
    return found.status.value, found.timing.value, found.days


@pytest.mark.parametrize(
    ("status", "day", "done", "timing", "light", "late"),
    [
        # The date itself is in time, the day after is not, whatever was reported.
        ("not-reported", 0, None, "due-soon", "yellow", 0),
        ("not-reported", 1, None, "overdue", "red", 1),
        ("not-started", 0, None, "due-soon", "yellow", 0),
        ("not-started", 1, None, "overdue", "red", 1),
        ("in-progress", 0, None, "due-soon", "yellow", 0),
        ("in-progress", 1, None, "overdue", "red", 1),
        ("blocked", 0, None, "due-soon", "yellow", 0),
        ("blocked", 1, None, "overdue", "red", 1),
        # Exactly thirty days are soon.
        ("not-reported", -30, None, "due-soon", "yellow", -30),
        ("not-reported", -31, None, "open", "yellow", -31),
        ("not-reported", -400, None, "open", "yellow", -400),
        ("not-started", -30, None, "due-soon", "yellow", -30),
        ("not-started", -31, None, "open", "green", -31),
        ("in-progress", -30, None, "due-soon", "yellow", -30),
        ("in-progress", -31, None, "open", "green", -31),
        ("blocked", -30, None, "due-soon", "yellow", -30),
        ("blocked", -31, None, "open", "yellow", -31),
        # Reported as done is not yet done: a figure is missing.
        ("done", -31, None, "open", "green", -31),
        ("done", -30, None, "due-soon", "yellow", -30),
        ("done", 0, None, "due-soon", "yellow", 0),
        ("done", 1, None, "overdue", "red", 1),
        # What is done has its timing from the day since which it is, whatever the day asked.
        ("done", -100, -100, "done-on-time", "green", -100),
        ("done", 500, -100, "done-on-time", "green", -100),
        ("done", 500, 0, "done-on-time", "green", 0),
        ("done", 500, 1, "done-late", "yellow", 1),
        ("done", 1, 1, "done-late", "yellow", 1),
    ],
)
def test_a_case_at_the_boundary(  # noqa: PLR0913, PLR0917  the columns of a table
    status: str, day: int, done: int | None, timing: str, light: str, late: int
) -> None:
    case = Case(
        DUE, days(day), status=LastStatus(status), done=days(done) if done is not None else None
    )
    assert assess(case) == Assessment(DUE, LastStatus(status), Timing(timing), Light(light), late)


@pytest.mark.parametrize(
    ("within", "day", "timing"),
    [
        (0, 0, "due-soon"),
        (0, -1, "open"),
        (1, -1, "due-soon"),
        (59, -60, "open"),
        (60, -60, "due-soon"),
        (60, 1, "overdue"),
    ],
)
@pytest.mark.parametrize("status", list(LastStatus))
def test_within_says_what_soon_is(status: LastStatus, within: int, day: int, timing: str) -> None:
    assert assess(Case(DUE, days(day), within, status)).timing is Timing(timing)


@pytest.mark.parametrize(
    ("due", "day", "timing", "late"),
    [
        # 2024 has a 29 February.
        ("2024-03-30", "2024-02-29", "due-soon", -30),
        ("2024-03-30", "2024-02-28", "open", -31),
        ("2023-03-30", "2023-02-28", "due-soon", -30),
        ("2024-02-29", "2024-02-29", "due-soon", 0),
        ("2024-02-29", "2024-03-01", "overdue", 1),
        ("2023-12-31", "2024-12-31", "overdue", 366),
    ],
)
def test_a_leap_day_is_a_day(due: str, day: str, timing: str, late: int) -> None:
    found = assess(Case(date.fromisoformat(due), date.fromisoformat(day)))
    assert standing(found) == ("not-reported", timing, late)


@pytest.mark.parametrize("status", list(LastStatus))
def test_what_was_reported_moves_neither_open_nor_overdue(status: LastStatus) -> None:
    for day, done in product((-31, -1, 0, 1), (None, -1, 0, 1)):
        case = Case(DUE, days(day), status=status, done=None if done is None else days(done))
        found = assess(case)
        assert found.is_open == (done is None)
        assert found.is_overdue == (done is None and day > 0)
        assert found.is_overdue == (found.light is Light.RED)


def test_the_tables_have_every_status_timing_and_light_once() -> None:
    assert list(STATUSES) == list(LastStatus)
    assert sorted(it.timing for it in TIMINGS) == sorted(Timing)
    assert [it.light for it in LIGHTS] == [Light.RED, Light.YELLOW, Light.GREEN]


def test_no_word_of_the_clerks_means_two_things() -> None:
    """`record` takes those of a status too."""
    told = {
        "not-reported": {"未报送"},
        "not-started": {"未启动", "未开始"},
        "in-progress": {"推进中", "进行中"},
        "blocked": {"受阻"},
        "done": {"已完成"},
        "done-on-time": {"按期完成"},
        "done-late": {"逾期完成"},
        "overdue": {"逾期"},
        "due-soon": {"临期"},
        "open": {"未到期"},
        "standing": {"长期"},
    }
    words = {it.value: STATUS_WORDS[it] for it in LastStatus}
    words |= {it.value: TIMING_WORDS[it] for it in Timing}
    assert words.keys() == told.keys()
    assert all(told[code] <= set(words[code]) for code in told)
    every = [word for of_one in words.values() for word in of_one]
    assert len(every) == len(set(every))


# Which reports count. Each is entered at noon of the day that it is about, if nothing else is said.


def entry(on: str, status: str, recorded: str = "", **more: Any) -> Entry:  # noqa: ANN401
    """Return a report on the plain measure, or on another one."""
    stamp = recorded or f"{on}T12:00:00+08:00"
    told = {"measure": PLAIN, "on": on, "unit": "市营商局", "status": status, "recorded": stamp}
    return validate_record(Entry, told | more)


def told(draft: Draft, *entries: Entry) -> Plan:
    """Return the plan with these reports on it and no others, in this order of the files."""
    listed = (Located("02.yaml", entry, ("entries", at)) for at, entry in enumerate(entries))
    return build_plan(replace(draft, entries=tuple(listed)))


def track(plan: Plan, day: str | date, measure: str, known_by: date | None = None) -> Assessment:
    """Return the status and timing of a measure as of a day."""
    day = date.fromisoformat(str(day))
    found = AsOf.of(plan, day, known_by=known_by).track(find_measure(plan, measure)).assessment
    assert found is not None
    return found


def test_the_measures_of_these_tables_are_as_they_must_be(draft: Draft) -> None:
    plan = told(draft)
    owed = [(it.measure.id, it.date, it.kind) for it in plan.obligations]
    for name in (PLAIN, FIGURES):
        assert [it for it in owed if it[0] == name] == [(name, DUE, ObligationKind.DEADLINE)]
    promised = [(it.measure, target.by) for it in plan.indicators for target in it.targets]
    assert [it for it in promised if it[0] in {PLAIN, FIGURES}] == [(FIGURES, DUE)] * 2


@pytest.mark.parametrize(
    ("entries", "day", "found"),
    [
        ([], "2023-11-30", ("not-reported", "open", -31)),
        ([], "2023-12-31", ("not-reported", "due-soon", 0)),
        ([], "2024-01-01", ("not-reported", "overdue", 1)),
        # A report about a later day does not count yet.
        ([("2024-01-02", "done")], "2024-01-01", ("not-reported", "overdue", 1)),
        ([("2024-01-02", "done")], "2024-01-02", ("done", "done-late", 2)),
        # The run of done at the end counts from its first day.
        (
            [("2023-10-01", "done"), ("2024-03-01", "done")],
            "2024-06-01",
            ("done", "done-on-time", -91),
        ),
        (
            [("2023-10-01", "done"), ("2023-11-01", "in-progress"), ("2024-01-10", "done")],
            "2024-06-01",
            ("done", "done-late", 10),
        ),
        (
            [("2023-10-01", "done"), ("2024-02-01", "blocked")],
            "2024-01-31",
            ("done", "done-on-time", -91),
        ),
        (
            [("2023-10-01", "done"), ("2024-02-01", "blocked")],
            "2024-06-01",
            ("blocked", "overdue", 153),
        ),
        # Of one day, the one recorded last counts, in whatever order they are filed.
        (
            [
                ("2023-12-31", "done", "2024-01-03T08:00:00+08:00"),
                ("2023-12-31", "in-progress", "2024-01-02T08:00:00+08:00"),
            ],
            "2024-01-10",
            ("done", "done-on-time", 0),
        ),
        # The other one of that day is as if it had not been, and does not break a run of done.
        (
            [
                ("2023-12-20", "done"),
                ("2023-12-31", "in-progress", "2024-01-02T08:00:00+08:00"),
                ("2023-12-31", "done", "2024-01-03T08:00:00+08:00"),
            ],
            "2024-01-10",
            ("done", "done-on-time", -11),
        ),
        # By the moment, and not by the figures of the clock.
        (
            [
                ("2023-12-31", "done", "2024-01-02T01:00:00Z"),
                ("2023-12-31", "in-progress", "2024-01-02T08:30:00+08:00"),
            ],
            "2024-01-10",
            ("done", "done-on-time", 0),
        ),
        # What is told later of an earlier day does not undo what is told of a later day.
        (
            [
                ("2023-12-31", "done", "2024-01-02T08:00:00+08:00"),
                ("2023-06-30", "blocked", "2024-02-02T08:00:00+08:00"),
            ],
            "2024-03-01",
            ("done", "done-on-time", 0),
        ),
    ],
)
def test_the_last_report_about_the_day_or_an_earlier_one_decides(
    draft: Draft, entries: list[tuple[str, ...]], day: str, found: Standing
) -> None:
    plan = told(draft, *(entry(*it) for it in entries))
    assert standing(track(plan, day, PLAIN)) == found


LATE: Final = ("2023-12-30", "done", "2024-01-05T00:00:00+08:00")


@pytest.mark.parametrize(
    ("entries", "day", "known_by", "found"),
    [
        # What was entered late counts by the day that it is about.
        ([LATE], "2023-12-29", None, ("not-reported", "due-soon", -2)),
        ([LATE], "2023-12-30", None, ("done", "done-on-time", -1)),
        ([LATE], "2024-01-04", None, ("done", "done-on-time", -1)),
        # Known from the day on which it was entered, by the clocks of Suifenhe.
        ([LATE], "2023-12-30", "2024-01-04", ("not-reported", "due-soon", -1)),
        ([LATE], "2024-01-04", "2024-01-04", ("not-reported", "overdue", 4)),
        ([LATE], "2024-06-01", "2024-01-04", ("not-reported", "overdue", 153)),
        ([LATE], "2023-12-30", "2024-01-05", ("done", "done-on-time", -1)),
        (
            [("2023-12-30", "done", "2024-01-04T15:59:59Z")],
            "2024-01-04",
            "2024-01-04",
            ("done", "done-on-time", -1),
        ),
        (
            [("2023-12-30", "done", "2024-01-04T16:00:00Z")],
            "2024-01-04",
            "2024-01-04",
            ("not-reported", "overdue", 4),
        ),
        (
            [("2023-12-30", "done", "2024-01-05T05:00:00+13:00")],
            "2024-01-05",
            "2024-01-04",
            ("not-reported", "overdue", 5),
        ),
        (
            [("2023-12-30", "done", "2024-01-05T05:00:00+13:00")],
            "2024-01-05",
            "2024-01-05",
            ("done", "done-on-time", -1),
        ),
        # To know more does not make a later day an earlier one.
        ([LATE], "2023-12-29", "2024-12-31", ("not-reported", "due-soon", -2)),
        # A correction of the same day, as long as it was not entered and afterwards.
        (
            [
                ("2023-12-31", "in-progress", "2024-01-02T08:00:00+08:00"),
                ("2023-12-31", "done", "2024-01-03T08:00:00+08:00"),
            ],
            "2024-01-10",
            "2024-01-02",
            ("in-progress", "overdue", 10),
        ),
        (
            [
                ("2023-12-31", "in-progress", "2024-01-02T08:00:00+08:00"),
                ("2023-12-31", "done", "2024-01-03T08:00:00+08:00"),
            ],
            "2024-01-10",
            "2024-01-03",
            ("done", "done-on-time", 0),
        ),
        # What was entered late may lengthen the run of done.
        (
            [("2024-01-15", "done"), ("2023-12-29", "done", "2024-02-02T08:00:00+08:00")],
            "2024-01-20",
            "2024-02-01",
            ("done", "done-late", 15),
        ),
        (
            [("2024-01-15", "done"), ("2023-12-29", "done", "2024-02-02T08:00:00+08:00")],
            "2024-01-20",
            None,
            ("done", "done-on-time", -2),
        ),
    ],
)
def test_the_day_of_a_report_and_the_day_of_its_entry_are_two_clocks(
    draft: Draft, entries: list[tuple[str, ...]], day: str, known_by: str | None, found: Standing
) -> None:
    plan = told(draft, *(entry(*it) for it in entries))
    by = date.fromisoformat(known_by) if known_by else None
    assert standing(track(plan, day, PLAIN, by)) == found


# Figures


def judge(draft: Draft, name: str, by: str, day: str, *points: tuple[str, str]) -> Standing:
    """How a promised figure is on a day; each figure was recorded on the day it is about."""
    measure = next(it.record.measure for it in draft.indicators if it.record.id == name)
    plan = told(
        draft,
        *(entry(on, "in-progress", measure=measure, values={name: value}) for on, value in points),
    )
    indicator = next(it for it in plan.indicators if it.id == name)
    target = next(it for it in indicator.targets if str(it.by) == by)
    found, _point = AsOf.of(plan, date.fromisoformat(day)).assess_target(indicator, target)
    return standing(found)


MISSED: Final = ("in-progress", "overdue")
MET: Final = ("done", "done-on-time")
MET_LATE: Final = ("done", "done-late")
SILENT: Final = ("not-reported", "overdue")


@pytest.mark.parametrize(
    ("name", "by", "day", "reported", "found"),
    [
        # Each comparison at the figure itself.
        ("publicity-compliance", "2023-12-31", "2024-01-01", ["2023-12-31 98"], (*MISSED, 1)),
        ("publicity-compliance", "2023-12-31", "2024-01-01", ["2023-12-31 98.001"], (*MET, 0)),
        ("fraud-reports", "2023-12-31", "2024-01-01", ["2023-12-31 80"], (*MET, 0)),
        ("fraud-reports", "2023-12-31", "2024-01-01", ["2023-12-31 79.999"], (*MISSED, 1)),
        ("union-coverage", "2023-12-31", "2024-01-01", ["2023-12-31 100"], (*MET, 0)),
        ("code-errors-new", "2022-12-31", "2023-01-01", ["2022-12-31 1"], (*MISSED, 1)),
        ("code-errors-new", "2022-12-31", "2023-01-01", ["2022-12-31 0.999"], (*MET, 0)),
        ("ranking", "2023-12-31", "2024-01-01", ["2023-12-31 130"], (*MET, 0)),
        ("ranking", "2023-12-31", "2024-01-01", ["2023-12-31 131"], (*MISSED, 1)),
        ("publicity-concealment", "2023-12-31", "2024-01-01", ["2023-12-31 0.01"], (*MISSED, 1)),
        ("publicity-concealment", "2023-12-31", "2024-01-01", ["2023-12-31 0"], (*MET, 0)),
        # Without a figure the dates alone decide.
        ("union-coverage", "2023-12-31", "2023-11-30", [], ("not-reported", "open", -31)),
        ("union-coverage", "2023-12-31", "2023-12-01", [], ("not-reported", "due-soon", -30)),
        ("union-coverage", "2023-12-31", "2023-12-31", [], ("not-reported", "due-soon", 0)),
        ("union-coverage", "2023-12-31", "2024-01-01", [], (*SILENT, 1)),
        # With one that is not enough as well.
        (
            "union-coverage",
            "2023-12-31",
            "2023-11-30",
            ["2023-11-30 99"],
            ("in-progress", "open", -31),
        ),
        (
            "union-coverage",
            "2023-12-31",
            "2023-12-01",
            ["2023-11-30 99"],
            ("in-progress", "due-soon", -30),
        ),
        # A figure on the year-end that was promised before belongs to that one.
        (
            "fraud-reports",
            "2023-12-31",
            "2023-06-30",
            ["2022-12-31 99"],
            ("not-reported", "open", -184),
        ),
        ("fraud-reports", "2023-12-31", "2023-06-30", ["2023-01-01 99"], (*MET, -364)),
        # The first promise looks back as far as there are figures; the last, to the one before.
        ("ranking", "2022-12-31", "2022-12-31", ["2021-05-01 120"], (*MET, -609)),
        ("ranking", "2025-12-31", "2025-12-31", ["2024-01-01 90"], (*MET, -730)),
        (
            "ranking",
            "2025-12-31",
            "2025-12-31",
            ["2023-12-31 90"],
            ("not-reported", "due-soon", 0),
        ),
        # At the year-end the last figure decides; the first later one that does is late.
        (
            "fraud-reports",
            "2023-12-31",
            "2024-06-30",
            ["2023-06-30 85", "2023-12-01 79"],
            (*MISSED, 182),
        ),
        (
            "fraud-reports",
            "2023-12-31",
            "2024-06-30",
            ["2023-12-01 79", "2024-01-02 79", "2024-01-03 80", "2024-02-01 70"],
            (*MET_LATE, 3),
        ),
        # A figure that was met in its time stays met, whatever comes after it.
        (
            "fraud-reports",
            "2023-12-31",
            "2024-06-30",
            ["2023-12-01 80", "2024-01-02 10"],
            (*MET, -30),
        ),
        ("fraud-reports", "2023-12-31", "2024-06-30", ["2024-01-02 10"], (*MISSED, 182)),
        ("fraud-reports", "2023-12-31", "2024-06-30", ["2024-01-02 80"], (*MET_LATE, 2)),
        # Every year for itself: neither the year before nor the year after helps.
        ("piracy-campaigns", "2023-12-31", "2024-06-30", ["2022-12-31 5"], (*SILENT, 182)),
        ("piracy-campaigns", "2023-12-31", "2024-06-30", ["2023-01-01 1"], (*MET, -364)),
        (
            "piracy-campaigns",
            "2023-12-31",
            "2024-06-30",
            ["2023-12-31 0", "2024-01-01 1"],
            (*MISSED, 182),
        ),
        ("piracy-campaigns", "2022-12-31", "2023-06-30", ["2021-12-31 1"], (*SILENT, 181)),
    ],
)
def test_a_promised_figure(  # noqa: PLR0913, PLR0917  the columns of a table
    draft: Draft, name: str, by: str, day: str, reported: list[str], found: Standing
) -> None:
    points = [(on, value) for on, _space, value in (it.partition(" ") for it in reported)]
    assert judge(draft, name, by, day, *points) == found


def test_a_report_without_a_figure_says_nothing_of_figures(draft: Draft) -> None:
    plan = told(draft, entry("2023-12-31", "done", measure=FIGURES))
    filters = parse_filters(plan, tasks=[FIGURES], day=days(1))
    answer = rows(indicators.answer(plan, filters, days(1), None))
    assert [(row["status"], row["timing"]) for row in answer] == [SILENT] * 2


def figures(**values: str) -> Told:
    """Return the figures of a report on measure 2: compliance=… and concealment=…."""
    return {"values": {f"publicity-{name}": value for name, value in values.items()}}


GOOD: Final = figures(compliance="99", concealment="0")
NONE: Final[Told] = {}


@pytest.mark.parametrize(
    ("entries", "day", "found"),
    [
        # Reported as done, but a figure is missing: it is done in word, and due in fact.
        ([("2023-11-01", "done", NONE)], "2023-11-30", ("done", "open", -31)),
        ([("2023-11-01", "done", NONE)], "2023-12-31", ("done", "due-soon", 0)),
        ([("2023-11-01", "done", NONE)], "2024-01-01", ("done", "overdue", 1)),
        (
            [("2023-11-01", "done", figures(compliance="99"))],
            "2024-01-01",
            ("done", "overdue", 1),
        ),
        # Or missed.
        (
            [("2023-12-20", "done", figures(compliance="98", concealment="0"))],
            "2024-01-01",
            ("done", "overdue", 1),
        ),
        (
            [("2023-12-20", "done", figures(compliance="99", concealment="0.1"))],
            "2024-01-01",
            ("done", "overdue", 1),
        ),
        # Done since the latest of all these days.
        ([("2023-12-20", "done", GOOD)], "2024-06-30", ("done", "done-on-time", -11)),
        (
            [("2023-12-10", "done", NONE), ("2023-12-20", "done", GOOD)],
            "2024-06-30",
            ("done", "done-on-time", -11),
        ),
        (
            [
                ("2023-12-10", "done", figures(concealment="0")),
                ("2023-12-22", "done", figures(compliance="99")),
            ],
            "2024-06-30",
            ("done", "done-on-time", -9),
        ),
        (
            [("2023-11-20", "in-progress", GOOD), ("2024-01-05", "done", NONE)],
            "2024-06-30",
            ("done", "done-late", 5),
        ),
        (
            [("2023-12-20", "done", NONE), ("2024-02-01", "done", GOOD)],
            "2024-01-31",
            ("done", "overdue", 31),
        ),
        (
            [("2023-12-20", "done", NONE), ("2024-02-01", "done", GOOD)],
            "2024-06-30",
            ("done", "done-late", 32),
        ),
        # The figures alone are not enough, nor are they where it was taken up again.
        ([("2023-12-20", "in-progress", GOOD)], "2024-01-01", ("in-progress", "overdue", 1)),
        (
            [("2023-12-20", "done", GOOD), ("2024-01-10", "blocked", NONE)],
            "2024-01-31",
            ("blocked", "overdue", 31),
        ),
    ],
)
def test_a_deadline_needs_the_word_and_the_figures(
    draft: Draft,
    entries: list[tuple[str, str, Told]],
    day: str,
    found: Standing,
) -> None:
    reports = (entry(on, status, measure=FIGURES, **more) for on, status, more in entries)
    plan = told(draft, *reports)
    (owed,) = (it for it in plan.obligations if it.measure.id == FIGURES)
    of_deadline = AsOf.of(plan, date.fromisoformat(day)).assess_obligation(owed)
    assert standing(of_deadline) == found
    assert track(plan, day, FIGURES) == of_deadline


def test_a_milestone_with_figures_needs_them_all(draft: Draft) -> None:
    """That its measure is reported as done is no figure; nor must it be."""

    def promised(status: str, *values: Told) -> Standing:
        entries = (
            entry(f"2023-12-{20 + at}", status, measure=FIGURES, **more)
            for at, more in enumerate(values)
        )
        plan = told(draft, *entries)
        owed = Obligation(find_measure(plan, FIGURES), DUE, ObligationKind.MILESTONE, PROMISED)
        return standing(AsOf.of(plan, days(1)).assess_obligation(owed))

    for status in Status:
        assert promised(status, GOOD) == (*MET, -11)
        assert promised(status, figures(compliance="99")) == (*MISSED, 1)
        assert promised(status, figures(compliance="99", concealment="0.1")) == (*MISSED, 1)
        assert promised(status, NONE) == (*SILENT, 1)
        in_turn = figures(compliance="99"), NONE, figures(concealment="0")
        assert promised(status, *in_turn) == (*MET, -9)


def test_a_yearly_figure_is_what_recurs_and_not_counted_twice(draft: Draft) -> None:
    """68.3 promises a campaign every year; its deadline is the end of 2025."""
    counted = {"piracy-campaigns": "1"}
    plan = told(
        draft,
        entry("2022-11-01", "done", measure="68.3", values=counted),
        entry("2024-03-01", "done", measure="68.3"),
    )
    owed = [it for it in plan.obligations if it.measure.id == "68.3"]
    assert [(it.date.year, it.kind.value) for it in owed] == [
        (2022, "recurring"),
        (2023, "recurring"),
        (2024, "recurring"),
        (2025, "recurring"),
        (2025, "deadline"),
    ]
    assert {it.what for it in owed[:4]} == {"2022年启动持续推进，每年至少开展一次专项行动"}
    as_of = AsOf.of(plan, date(2024, 6, 30))
    assert [standing(as_of.assess_obligation(it)) for it in owed] == [
        (*MET, -60),
        (*SILENT, 182),
        ("not-reported", "open", -184),
        ("not-reported", "open", -549),
        ("done", "open", -549),
    ]


def test_what_falls_due_on_one_day_is_one_obligation_and_done_when_all_of_it_is(
    draft: Draft,
) -> None:
    """8.1 has a milestone at the end of 2022; here it also promises two figures for that day."""
    training, checks = (
        Indicator(name, name, "次", Direction.HIGHER, "8.1", (target,), None)
        for name, target in (
            ("training", Target(REACHED, Comparison.REACHES, Decimal(1), "每年培训一次")),
            ("checks", Target(REACHED, Comparison.REACHES, Decimal(1), "每年检查一次")),
        )
    )
    plan = told(draft)
    measure = find_measure(plan, "8.1")
    targets = (*training.targets, *checks.targets)
    owed, deadline = sorted(make_obligations(measure, targets), key=lambda it: it.date)
    (printed,) = measure.milestones
    assert owed.what == f"{printed.text}；每年培训一次；每年检查一次"
    assert (owed.date, owed.kind) == (REACHED, ObligationKind.MILESTONE)
    assert (deadline.date, deadline.kind) == (DUE, ObligationKind.DEADLINE)

    def judge_with(due: str | None, status: Status, *counted: str) -> Standing:
        (report,) = told(draft, entry("2022-12-20", status, measure="8.1")).reports
        values = tuple((name, Decimal(1)) for name in counted)
        changed = plan._replace(
            obligations=(owed, deadline),
            indicators=(training, checks),
            reports=(report._replace(due=due, values=values),),
        )
        return standing(AsOf.of(changed, date(2023, 1, 1)).assess_obligation(owed))

    for due in (None, str(REACHED)):
        assert judge_with(due, Status.DONE, "training", "checks") == (*MET, -11)
        for status, counted in (
            (Status.DONE, ("training",)),
            (Status.DONE, ("checks",)),
            (Status.DONE, ()),
            (Status.IN_PROGRESS, ("training", "checks")),
        ):
            assert judge_with(due, status, *counted) == (*MISSED, 1)


# Milestones without figures: that of 8.1


@pytest.mark.parametrize(
    ("entries", "day", "found"),
    [
        ([], "2022-12-31", ("not-reported", "due-soon", 0)),
        ([], "2023-01-01", (*SILENT, 1)),
        # Without a report on it, as its measure was last reported.
        ([("", "2022-11-01", "not-started")], "2022-11-30", ("not-started", "open", -31)),
        ([("", "2022-11-01", "blocked")], "2022-12-01", ("blocked", "due-soon", -30)),
        ([("", "2022-11-01", "blocked")], "2023-01-01", ("blocked", "overdue", 1)),
        # With one, as that says; reports on another milestone are none.
        ([("2022", "2022-06-01", "blocked")], "2022-06-30", ("blocked", "open", -184)),
        (
            [("2022", "2022-06-01", "not-started"), ("", "2022-06-02", "blocked")],
            "2022-06-30",
            ("not-started", "open", -184),
        ),
        ([("2021", "2022-06-01", "blocked")], "2022-06-30", ("not-reported", "open", -184)),
        # Done since the first report of the last run on it.
        ([("2022", "2022-12-31", "done")], "2023-02-01", (*MET, 0)),
        ([("2022", "2023-01-01", "done")], "2023-02-01", (*MET_LATE, 1)),
        (
            [("2022", "2022-06-01", "done"), ("2022", "2022-12-30", "done")],
            "2023-02-01",
            (*MET, -213),
        ),
        (
            [("2022", "2022-06-01", "done"), ("2022", "2022-12-30", "in-progress")],
            "2023-02-01",
            ("in-progress", "overdue", 32),
        ),
        # Or since the measure is, whichever was earlier, and whatever was said of it afterwards.
        ([("", "2022-12-30", "done")], "2023-02-01", (*MET, -1)),
        ([("", "2023-01-10", "done")], "2023-02-01", (*MET_LATE, 10)),
        ([("2022", "2022-12-20", "done"), ("", "2023-01-10", "done")], "2023-02-01", (*MET, -11)),
        ([("", "2022-12-20", "done"), ("2022", "2023-01-10", "done")], "2023-02-01", (*MET, -11)),
        (
            [("", "2022-12-20", "done"), ("2022", "2023-01-10", "blocked")],
            "2023-02-01",
            (*MET, -11),
        ),
        # A measure that was reopened does not undo what was reported of its milestone.
        (
            [("", "2022-12-20", "done"), ("", "2023-01-10", "blocked")],
            "2023-02-01",
            ("blocked", "overdue", 32),
        ),
        (
            [("2022", "2022-12-20", "done"), ("", "2023-01-10", "blocked")],
            "2023-02-01",
            (*MET, -11),
        ),
    ],
)
def test_a_milestone_without_figures(
    draft: Draft, entries: list[tuple[str, str, str]], day: str, found: Standing
) -> None:
    plan = told(draft, *reports_on("8.1", entries))
    (owed,) = (it for it in plan.obligations if it.measure.id == "8.1" and it.date == REACHED)
    as_of = AsOf.of(plan, date.fromisoformat(day))
    assert standing(as_of.assess_obligation(owed)) == found


def reports_on(measure: str, entries: list[tuple[str, str, str]]) -> list[Entry]:
    """Return reports on a measure, or on its milestone at the end of a year."""
    return [
        entry(on, status, measure=measure, **({"due": f"{due}-12-31"} if due else {}))
        for due, on, status in entries
    ]


# The timing of a measure is that of the first thing of it that is not done.


@pytest.mark.parametrize(
    ("entries", "day", "due", "found", "light"),
    [
        ([], "2022-11-30", "2022-12-31", ("not-reported", "open", -31), "yellow"),
        ([], "2023-01-01", "2022-12-31", ("not-reported", "overdue", 1), "red"),
        # A milestone that was missed makes its measure overdue, long before the deadline.
        (
            [("", "2022-11-01", "in-progress")],
            "2023-01-01",
            "2022-12-31",
            ("in-progress", "overdue", 1),
            "red",
        ),
        # A report on the milestone settles that, and is not one on the measure.
        (
            [("2022", "2022-12-20", "done")],
            "2023-01-01",
            "2023-12-31",
            ("not-reported", "open", -364),
            "yellow",
        ),
        (
            [("", "2022-11-01", "in-progress"), ("2022", "2022-12-20", "done")],
            "2023-01-01",
            "2023-12-31",
            ("in-progress", "open", -364),
            "green",
        ),
        (
            [("", "2022-11-01", "in-progress"), ("2022", "2022-12-20", "blocked")],
            "2022-12-25",
            "2022-12-31",
            ("in-progress", "due-soon", -6),
            "yellow",
        ),
        # If all is done, it is that of the deadline.
        (
            [("", "2022-12-20", "done")],
            "2023-01-01",
            "2023-12-31",
            ("done", "done-on-time", -376),
            "green",
        ),
        (
            [("2022", "2023-01-10", "done"), ("", "2023-12-30", "done")],
            "2024-06-30",
            "2023-12-31",
            ("done", "done-on-time", -1),
            "green",
        ),
        (
            [("2022", "2022-12-20", "done"), ("", "2024-01-10", "done")],
            "2024-06-30",
            "2023-12-31",
            ("done", "done-late", 10),
            "yellow",
        ),
        # The milestone is still done where the measure was taken up again; the deadline is not.
        (
            [
                ("2022", "2022-12-20", "done"),
                ("", "2023-12-20", "done"),
                ("", "2024-01-10", "blocked"),
            ],
            "2024-01-31",
            "2023-12-31",
            ("blocked", "overdue", 31),
            "red",
        ),
    ],
)
def test_a_measure_is_as_late_as_its_first_open_milestone(  # noqa: PLR0913, PLR0917  the columns of a table
    draft: Draft,
    entries: list[tuple[str, str, str]],
    day: str,
    due: str,
    found: Standing,
    light: str,
) -> None:
    tracked = track(told(draft, *reports_on("8.1", entries)), day, "8.1")
    assert (str(tracked.due), standing(tracked), tracked.light.value) == (due, found, light)


@pytest.mark.parametrize(
    ("reported", "day", "due", "found"),
    [
        # 14 promises 50 for 2022, 60 for 2023, 80 for 2024, and 100 for its deadline in 2025.
        (["2022-06-01 done"], "2023-01-01", 2022, ("done", "overdue", 1)),
        (["2022-12-31 in-progress 40"], "2023-01-01", 2022, ("in-progress", "overdue", 1)),
        (["2022-12-30 blocked 50"], "2023-06-30", 2023, ("blocked", "open", -184)),
        (["2022-12-30 blocked 50"], "2024-01-01", 2023, ("blocked", "overdue", 1)),
        # The figure of a later year meets what an earlier one has missed, but late.
        (
            ["2022-12-31 in-progress 40", "2023-12-30 in-progress 60"],
            "2024-06-30",
            2024,
            ("in-progress", "open", -184),
        ),
        (
            ["2022-12-30 done 50", "2023-12-30 done 60", "2024-12-30 done 80"],
            "2025-06-30",
            2025,
            ("done", "open", -184),
        ),
        (
            [
                "2022-12-31 done 40",
                "2023-01-10 done 50",
                "2023-12-30 done 60",
                "2024-12-30 done 80",
                "2025-12-20 done 100",
            ],
            "2026-06-30",
            2025,
            ("done", "done-on-time", -11),
        ),
    ],
)
def test_a_measure_is_as_late_as_its_first_missed_figure(
    draft: Draft, reported: list[str], day: str, due: int, found: Standing
) -> None:
    entries = []
    for on, status, *value in map(str.split, reported):
        more: Told = {"values": {"public-commitment": value[0]}} if value else {}
        entries.append(entry(on, status, measure="14", **more))
    tracked = track(told(draft, *entries), day, "14")
    assert (tracked.due, standing(tracked)) == (date(due, 12, 31), found)


def test_a_report_on_a_milestone_is_none_of_its_measure_but_heard_of_its_unit(
    draft: Draft,
) -> None:
    plan = told(draft, entry("2022-12-30", "done", measure="8.1", due="2022-12-31"))
    as_of = AsOf.of(plan, days(0))
    tracked = as_of.track(find_measure(plan, "8.1"))
    assert tracked.assessment == assess(Case(DUE, days(0)))
    assert (tracked.last_report, tracked.last_recorded) == (None, date(2022, 12, 30))
    assert as_of.report_count == 1
    filters = parse_filters(plan, tasks=["8"], day=date(2023, 1, 30))
    assert "8.1" not in {
        row["id"] for row in rows(stale.answer(plan, filters, date(2023, 1, 30), 90))
    }


def test_the_figure_in_a_report_on_a_milestone_is_one_of_the_measure(draft: Draft) -> None:
    """14 is to reach 50 by the end of 2022; its status decides nothing of that."""
    more: Told = {"due": "2022-12-31", "values": {"public-commitment": "50"}}
    plan = told(draft, entry("2022-12-30", "blocked", measure="14", **more))
    as_of = AsOf.of(plan, date(2023, 6, 30))
    owed = [it for it in plan.obligations if it.measure.id == "14"]
    assert [standing(as_of.assess_obligation(it)) for it in owed] == [
        (*MET, -1),
        ("not-reported", "open", -184),
        ("not-reported", "open", -550),
        ("not-reported", "open", -915),
    ]


# When something was heard: the day of the entry, or if that is later, the day it is about.


@pytest.mark.parametrize(
    ("ago", "entered_ago", "heard_ago"),
    [(89, 89, 89), (91, 89, 89), (400, 0, 0), (91, -1, 91), (89, -300, 89), (0, -1, 0)],
)
def test_a_report_is_heard_of_when_it_is_entered_or_on_its_day_if_that_is_later_than_asked(
    draft: Draft, ago: int, entered_ago: int, heard_ago: int
) -> None:
    day = date(2023, 6, 30)
    on, entered, heard = (day - timedelta(it) for it in (ago, entered_ago, heard_ago))
    plan = told(draft, entry(str(on), "in-progress", f"{entered}T12:00:00+08:00"))

    def tracked(known_by: date | None = None) -> TrackedMeasure:
        return AsOf.of(plan, day, known_by=known_by).track(find_measure(plan, PLAIN))

    assert tracked().last_recorded == heard
    assert tracked(day).last_recorded == (heard if entered <= day else None)
    filters = parse_filters(plan, units=["市营商局"], day=day)
    silent = {row["unit"] for row in rows(missing.answer(plan, filters, day, heard))}
    assert "市营商局" not in silent
    a_day_later = heard + timedelta(1)
    silent = {row["unit"] for row in rows(missing.answer(plan, filters, day, a_day_later))}
    assert "市营商局" in silent


@pytest.mark.parametrize(
    ("ago", "entered_ago", "is_stale"),
    [
        (89, 89, False),
        (90, 90, False),
        (91, 91, True),
        (91, 90, False),
        (90, -1, False),
        (91, -1, True),
    ],
)
def test_stale_begins_on_the_day_after_the_last_that_counts(
    draft: Draft, ago: int, entered_ago: int, is_stale: bool
) -> None:
    day = date(2023, 6, 30)
    on, entered = day - timedelta(ago), day - timedelta(entered_ago)
    plan = told(draft, entry(str(on), "in-progress", f"{entered}T12:00:00+08:00"))
    filters = parse_filters(plan, tasks=["33"], day=day)

    def ids(of: date | None) -> set[str]:
        asked = filters._replace(known_by=of)
        return {row["id"] for row in rows(stale.answer(plan, asked, day, 90))}

    assert (PLAIN in ids(None)) == is_stale
    assert (PLAIN in ids(day)) == (is_stale or entered > day)
    # Days of which there is no day 3660 days before.
    first = date(1, 1, 2)
    answer = rows(stale.answer(plan, filters._replace(day=first), first, 3660))
    (never,) = (row for row in answer if row["id"] == PLAIN)
    assert (never["status"], never["recorded_on"]) == ("not-reported", None)


# Whatever is reported on measure 2, whose two figures are told together or not at all

DAYS: Final = (st.integers(-800, 800) | st.integers(-2, 2)).map(days)
ENTRIES: Final = st.lists(
    st.builds(
        lambda on, later, hour, zone, status, value: entry(
            str(on),
            status,
            f"{on + timedelta(later + 1)}T{hour:02}:00:00{zone}",
            measure=FIGURES,
            **(NONE if value is None else figures(compliance=str(value), concealment="0")),
        ),
        DAYS,
        st.integers(0, 400),
        st.integers(0, 23),
        st.sampled_from(["+08:00", "Z", "-11:00", "+14:00"]),
        st.sampled_from([Status.DONE, *Status]),
        st.none() | st.integers(97, 100),
    ),
    max_size=6,
)
KNOWN_BY: Final = st.none() | DAYS


def known_from(report: Entry) -> date:
    """Return the day in Suifenhe on which a report was entered."""
    return report.recorded.astimezone(ZONE).date()


def in_order(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda it: (it.on, it.recorded))


def since_when(days_and_truths: list[tuple[date, bool]]) -> date | None:
    """Return the day after whose last falsehood it was always true; None where it is not."""
    untrue = [at for at, (_day, is_true) in enumerate(days_and_truths) if not is_true]
    after = days_and_truths[untrue[-1] + 1 if untrue else 0 :]
    return after[0][0] if after else None


def figures_met(counting: list[Entry]) -> date | None:
    """Return the day since which both figures are as promised."""
    last_of_day = {it.on: it.values["publicity-compliance"] for it in counting if it.values}
    told_in_time = [(on, value > 98) for on, value in last_of_day.items() if on <= DUE]
    later = [on for on, value in last_of_day.items() if on > DUE and value > 98]
    return since_when(told_in_time) or next(iter(later), None)


def restate(entries: list[Entry], day: date, known_by: date | None) -> Standing:
    """How measure 2 is, once more and in other words."""
    counting = [
        it
        for it in in_order(entries)
        if it.on <= day and (known_by is None or known_from(it) <= known_by)
    ]
    status = counting[-1].status.value if counting else "not-reported"
    last_of_day = {it.on: it.status is Status.DONE for it in counting}
    reported = since_when([*last_of_day.items()])
    met = figures_met(counting)
    if reported and met:
        late = max((reported - DUE).days, (met - DUE).days)
        return status, ("done-late" if late > 0 else "done-on-time"), late
    left = (DUE - day).days
    return status, ("overdue" if left < 0 else "due-soon" if left <= 30 else "open"), -left


@given(ENTRIES, DAYS, KNOWN_BY)
def test_whatever_is_reported_there_is_one_status_one_timing_and_their_light(
    entries: list[Entry], day: date, known_by: date | None
) -> None:
    found = track(told(read_draft(), *entries), day, FIGURES, known_by)
    assert standing(found) == restate(entries, day, known_by)
    assert found.due == DUE
    is_settled = found.timing in {Timing.OPEN, Timing.DONE_ON_TIME}
    calm = found.status in {LastStatus.NOT_STARTED, LastStatus.IN_PROGRESS, LastStatus.DONE}
    red = found.timing is Timing.OVERDUE
    assert found.light == ("red" if red else "green" if is_settled and calm else "yellow")


@given(ENTRIES, ENTRIES, DAYS, KNOWN_BY)
def test_no_report_on_a_milestone_changes_the_status_of_its_measure(
    entries: list[Entry], others: list[Entry], day: date, known_by: date | None
) -> None:
    """Nor its timing; unless by its figures, which are those of the measure."""
    silent = (replace(it, due=REACHED, values={}) for it in others)
    found = track(told(read_draft(), *entries, *silent), day, FIGURES, known_by)
    assert found == track(told(read_draft(), *entries), day, FIGURES, known_by)


ASKED: Final = ("status", "missing", "history")


@given(ENTRIES, DAYS, DAYS)
def test_no_answer_that_says_what_was_known_depends_on_what_is_entered_later(
    entries: list[Entry], day: date, known_by: date
) -> None:
    until_then = told(read_draft(), *(it for it in entries if known_from(it) <= known_by))
    all_of_it = told(read_draft(), *entries)
    for name in ASKED:
        asked = ANSWERS[name]
        assert asked(until_then, day, known_by) == asked(all_of_it, day, known_by), name


@given(ENTRIES, DAYS)
def test_no_answer_depends_on_reports_about_later_days(entries: list[Entry], day: date) -> None:
    until_then = told(read_draft(), *(it for it in entries if it.on <= day))
    all_of_it = told(read_draft(), *entries)
    for name in ASKED:
        assert ANSWERS[name](until_then, day) == ANSWERS[name](all_of_it, day), name


@given(ENTRIES, DAYS, st.randoms(use_true_random=False))
def test_no_answer_depends_on_the_order_of_the_files(
    entries: list[Entry],
    day: date,
    chance: Any,  # noqa: ANN401
) -> None:
    moments = [(it.on, it.recorded) for it in in_order(entries)]
    if any(one == other for one, other in pairwise(moments)):
        return
    mixed = list(entries)
    chance.shuffle(mixed)
    one, other = told(read_draft(), *entries), told(read_draft(), *mixed)
    for name in ASKED:
        assert ANSWERS[name](one, day) == ANSWERS[name](other, day), name
