"""The definitions of the states at their boundaries, and of what is known on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, product
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_plan.as_of import AsOf
from credit_plan.dates import ZONE
from credit_plan.filters import find_measure, parse_filters
from credit_plan.loader.build import build_plan
from credit_plan.models.draft import Draft, Located
from credit_plan.models.progress import Entry
from credit_plan.plan import Obligation, ObligationKind, Plan, Status
from credit_plan.questions import indicators, stale
from credit_plan.status import LIGHTS, STATES, Assessment, Case, Light, State, assess
from tests.conftest import read_draft
from tests.story import ANSWERS, rows

DUE: Final = date(2023, 12, 31)
PROMISED: Final = "2023年底前“双公示”合规率超过98％；瞒报率为0"
"""The milestone of measure 2."""


def days(number: int) -> date:
    """Return the day so many days after the date on which it is due."""
    return DUE + timedelta(number)


@pytest.mark.parametrize(
    ("status", "day", "done", "state", "light", "late"),
    [
        # The deadline itself is in time, the day after is not.
        (None, -400, None, "not-reported", "yellow", -400),
        (None, 0, None, "not-reported", "yellow", 0),
        (None, 1, None, "not-reported", "red", 1),
        ("in-progress", 0, None, "due-soon", "yellow", 0),
        ("in-progress", 1, None, "overdue", "red", 1),
        ("blocked", 0, None, "due-soon", "yellow", 0),
        ("blocked", 1, None, "overdue", "red", 1),
        ("not-started", 1, None, "overdue", "red", 1),
        # Exactly thirty days are soon.
        ("in-progress", -30, None, "due-soon", "yellow", -30),
        ("in-progress", -31, None, "in-progress", "green", -31),
        ("blocked", -30, None, "due-soon", "yellow", -30),
        ("blocked", -31, None, "blocked", "yellow", -31),
        ("not-started", -30, None, "due-soon", "yellow", -30),
        ("not-started", -31, None, "not-yet-due", "green", -31),
        # What is done stands by the day since which it is, whatever the day asked for.
        ("done", -100, -100, "done-on-time", "green", -100),
        ("done", 500, -100, "done-on-time", "green", -100),
        ("done", 500, 0, "done-on-time", "green", 0),
        ("done", 500, 1, "done-late", "yellow", 1),
        ("done", 1, 1, "done-late", "yellow", 1),
    ],
)
def test_a_case_at_the_boundary(  # noqa: PLR0913, PLR0917  the columns of a table
    status: str | None, day: int, done: int | None, state: str, light: str, late: int
) -> None:
    case = Case(
        DUE,
        days(day),
        status=Status(status) if status else None,
        done=days(done) if done is not None else None,
    )
    assert assess(case) == Assessment(State(state), Light(light), late)


@pytest.mark.parametrize(
    ("within", "day", "state"),
    [
        (0, 0, "due-soon"),
        (0, -1, "in-progress"),
        (1, -1, "due-soon"),
        (59, -60, "in-progress"),
        (60, -60, "due-soon"),
        (60, 1, "overdue"),
    ],
)
def test_within_says_what_soon_is(within: int, day: int, state: str) -> None:
    case = Case(DUE, days(day), within, Status.IN_PROGRESS)
    assert assess(case).state is State(state)


@pytest.mark.parametrize(
    ("due", "day", "state", "late"),
    [
        # 2024 has a 29 February.
        ("2024-03-30", "2024-02-29", "due-soon", -30),
        ("2024-03-30", "2024-02-28", "in-progress", -31),
        ("2023-03-30", "2023-02-28", "due-soon", -30),
        ("2024-02-29", "2024-02-29", "due-soon", 0),
        ("2024-02-29", "2024-03-01", "overdue", 1),
        ("2023-12-31", "2024-12-31", "overdue", 366),
    ],
)
def test_a_leap_day_is_a_day(due: str, day: str, state: str, late: int) -> None:
    case = Case(date.fromisoformat(due), date.fromisoformat(day), status=Status.IN_PROGRESS)
    found = assess(case)
    assert (found.state, found.days) == (State(state), late)


def test_open_and_late() -> None:
    for day, (status, done) in product(
        (-1, 0, 1), ((None, None), (Status.BLOCKED, None), (Status.DONE, 0), (Status.DONE, 1))
    ):
        case = Case(DUE, days(day), status=status, done=None if done is None else days(done))
        found = assess(case)
        assert found.is_open == (status is not Status.DONE)
        assert found.is_late == (found.is_open and day > 0)


def test_the_tables_have_every_state_and_every_light_once() -> None:
    assert sorted(it.state for it in STATES) == sorted(State)
    assert [it.light for it in LIGHTS] == [Light.RED, Light.YELLOW, Light.GREEN]


# What is known on a day. 2 is due at the end of 2023; 3.2 and its figure at the end of 2025.


def entry(on: str, status: str, recorded: str = "", **more: Any) -> Entry:  # noqa: ANN401
    """Return a report; recorded at noon of the day that it is about, if nothing else is said."""
    stamp = recorded or f"{on}T12:00:00+08:00"
    told = {"measure": "2", "on": on, "unit": "市营商局", "status": status, "recorded": stamp}
    return Entry.model_validate(told | more)


def told(draft: Draft, *entries: Entry) -> Plan:
    """Return the plan with these reports on it and no others, in this order of the files."""
    listed = (Located("02.yaml", entry, ("entries", at)) for at, entry in enumerate(entries))
    return build_plan(replace(draft, entries=tuple(listed)))


def state(draft: Draft, day: date, *entries: Entry) -> Assessment:
    """How measure 2 stands on a day."""
    plan = told(draft, *entries)
    measure = find_measure(plan, "2")
    assert measure.deadline == DUE
    found = AsOf.of(plan, day).track(measure).assessment
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("entries", "day", "found"),
    [
        ([], "2024-01-01", ("not-reported", 1)),
        # Known from the day of its recording, by the clocks of Suifenhe.
        ([("2023-12-30", "done", "2024-01-05T00:00:00+08:00")], "2024-01-04", ("not-reported", 4)),
        ([("2023-12-30", "done", "2024-01-05T00:00:00+08:00")], "2024-01-05", ("done-on-time", -1)),
        ([("2023-12-30", "done", "2024-01-04T15:59:59Z")], "2024-01-04", ("done-on-time", -1)),
        ([("2023-12-30", "done", "2024-01-04T16:00:00Z")], "2024-01-04", ("not-reported", 4)),
        ([("2023-12-30", "done", "2024-01-05T05:00:00+13:00")], "2024-01-05", ("done-on-time", -1)),
        # The run of done at the end counts from its first day.
        ([("2023-10-01", "done"), ("2024-03-01", "done")], "2024-06-01", ("done-on-time", -91)),
        (
            [("2023-10-01", "done"), ("2023-11-01", "in-progress"), ("2024-01-10", "done")],
            "2024-06-01",
            ("done-late", 10),
        ),
        (
            [("2023-10-01", "done"), ("2024-02-01", "blocked")],
            "2024-06-01",
            ("overdue", 153),
        ),
        # Of one day, the one recorded last counts, in whatever order they are filed.
        (
            [
                ("2023-12-31", "done", "2024-01-03T08:00:00+08:00"),
                ("2023-12-31", "in-progress", "2024-01-02T08:00:00+08:00"),
            ],
            "2024-01-10",
            ("done-on-time", 0),
        ),
        # By the moment, and not by the figures of the clock.
        (
            [
                ("2023-12-31", "done", "2024-01-02T01:00:00Z"),
                ("2023-12-31", "in-progress", "2024-01-02T08:30:00+08:00"),
            ],
            "2024-01-10",
            ("done-on-time", 0),
        ),
        # What is told later of an earlier day does not undo what is told of a later day.
        (
            [
                ("2023-12-31", "done", "2024-01-02T08:00:00+08:00"),
                ("2023-06-30", "blocked", "2024-02-02T08:00:00+08:00"),
            ],
            "2024-03-01",
            ("done-on-time", 0),
        ),
        # But it may lengthen the run of done.
        (
            [
                ("2024-01-15", "done", "2024-01-15T08:00:00+08:00"),
                ("2023-12-29", "done", "2024-02-02T08:00:00+08:00"),
            ],
            "2024-03-01",
            ("done-on-time", -2),
        ),
    ],
)
def test_the_last_report_that_is_known_decides(
    draft: Draft, entries: list[tuple[str, ...]], day: str, found: tuple[str, int]
) -> None:
    stands = state(draft, date.fromisoformat(day), *(entry(*it) for it in entries))
    assert (stands.state.value, stands.days) == found


def figure(draft: Draft, name: str, by: str, day: str, *points: tuple[str, str]) -> tuple[str, int]:
    """How a promised figure stands on a day; each figure was recorded on the day it is about."""
    measure = next(it.record.measure for it in draft.indicators if it.record.id == name)
    plan = told(
        draft,
        *(entry(on, "in-progress", measure=measure, values={name: value}) for on, value in points),
    )
    indicator = next(it for it in plan.indicators if it.id == name)
    target = next(it for it in indicator.targets if str(it.by) == by)
    found, _point = AsOf.of(plan, date.fromisoformat(day)).assess_target(indicator, target)
    return found.state.value, found.days


@pytest.mark.parametrize(
    ("name", "by", "day", "reported", "found"),
    [
        # Each comparison at the figure itself.
        ("publicity-compliance", "2023-12-31", "2024-01-01", ["2023-12-31 98"], ("overdue", 1)),
        (
            "publicity-compliance",
            "2023-12-31",
            "2024-01-01",
            ["2023-12-31 98.001"],
            ("done-on-time", 0),
        ),
        ("fraud-reports", "2023-12-31", "2024-01-01", ["2023-12-31 80"], ("done-on-time", 0)),
        ("fraud-reports", "2023-12-31", "2024-01-01", ["2023-12-31 79.999"], ("overdue", 1)),
        ("union-coverage", "2023-12-31", "2024-01-01", ["2023-12-31 100"], ("done-on-time", 0)),
        ("code-errors-new", "2022-12-31", "2023-01-01", ["2022-12-31 1"], ("overdue", 1)),
        ("code-errors-new", "2022-12-31", "2023-01-01", ["2022-12-31 0.999"], ("done-on-time", 0)),
        ("ranking", "2023-12-31", "2024-01-01", ["2023-12-31 130"], ("done-on-time", 0)),
        ("ranking", "2023-12-31", "2024-01-01", ["2023-12-31 131"], ("overdue", 1)),
        ("publicity-concealment", "2023-12-31", "2024-01-01", ["2023-12-31 0.01"], ("overdue", 1)),
        (
            "publicity-concealment",
            "2023-12-31",
            "2024-01-01",
            ["2023-12-31 0"],
            ("done-on-time", 0),
        ),
        # A figure on the year-end that was promised before belongs to that one.
        ("fraud-reports", "2023-12-31", "2023-06-30", ["2022-12-31 99"], ("not-reported", -184)),
        ("fraud-reports", "2023-12-31", "2023-06-30", ["2023-01-01 99"], ("done-on-time", -364)),
        # The first promise looks back as far as there are figures; the last, to the one before.
        ("ranking", "2022-12-31", "2022-12-31", ["2021-05-01 120"], ("done-on-time", -609)),
        ("ranking", "2025-12-31", "2025-12-31", ["2024-01-01 90"], ("done-on-time", -730)),
        ("ranking", "2025-12-31", "2025-12-31", ["2023-12-31 90"], ("not-reported", 0)),
        # At the year-end the last figure decides; the first later one that does is late.
        (
            "fraud-reports",
            "2023-12-31",
            "2024-06-30",
            ["2023-06-30 85", "2023-12-01 79"],
            ("overdue", 182),
        ),
        (
            "fraud-reports",
            "2023-12-31",
            "2024-06-30",
            ["2023-12-01 79", "2024-01-02 79", "2024-01-03 80", "2024-02-01 70"],
            ("done-late", 3),
        ),
        # A figure that was met in its time stays met, whatever comes after it.
        (
            "fraud-reports",
            "2023-12-31",
            "2024-06-30",
            ["2023-12-01 80", "2024-01-02 10"],
            ("done-on-time", -30),
        ),
        ("fraud-reports", "2023-12-31", "2024-06-30", ["2024-01-02 10"], ("overdue", 182)),
        ("fraud-reports", "2023-12-31", "2024-06-30", ["2024-01-02 80"], ("done-late", 2)),
        # Every year for itself: neither the year before nor the year after helps.
        ("piracy-campaigns", "2023-12-31", "2024-06-30", ["2022-12-31 5"], ("not-reported", 182)),
        ("piracy-campaigns", "2023-12-31", "2024-06-30", ["2023-01-01 1"], ("done-on-time", -364)),
        (
            "piracy-campaigns",
            "2023-12-31",
            "2024-06-30",
            ["2023-12-31 0", "2024-01-01 1"],
            ("overdue", 182),
        ),
        ("piracy-campaigns", "2022-12-31", "2023-06-30", ["2021-12-31 1"], ("not-reported", 181)),
        # Due soon, and before that in progress.
        ("union-coverage", "2023-12-31", "2023-12-01", ["2023-11-30 99"], ("due-soon", -30)),
        ("union-coverage", "2023-12-31", "2023-11-30", ["2023-11-30 99"], ("in-progress", -31)),
    ],
)
def test_a_promised_figure(  # noqa: PLR0913, PLR0917  the columns of a table
    draft: Draft, name: str, by: str, day: str, reported: list[str], found: tuple[str, int]
) -> None:
    points = [(on, value) for on, _space, value in (it.partition(" ") for it in reported)]
    assert figure(draft, name, by, day, *points) == found


def test_a_report_without_a_figure_says_nothing_of_figures(draft: Draft) -> None:
    plan = told(draft, entry("2023-12-31", "done"))
    filters = parse_filters(plan, tasks=["2"], day=days(1))
    answer = rows(indicators.answer(plan, filters, days(1), None))
    assert {row["state"] for row in answer} == {"not-reported"}


def milestone(draft: Draft, what: str, *entries: Entry) -> Assessment:
    """How a milestone of measure 2 stands on the day after its date."""
    plan = told(draft, *entries)
    measure = find_measure(plan, "2")
    as_of = AsOf.of(plan, days(1))
    owed = Obligation(measure, DUE, ObligationKind.MILESTONE, what)
    return as_of.assess_obligation(owed)


def test_a_milestone_with_figures_needs_them_all(draft: Draft) -> None:
    """Measure 2 promises two figures for 2023-12-31; that it is reported as done is no figure."""

    def promised(**values: str) -> State:
        entries = (
            entry(f"2023-12-{20 + at}", "done", values={name.replace("_", "-"): value})
            for at, (name, value) in enumerate(values.items())
        )
        return milestone(draft, PROMISED, *entries).state

    good = {"publicity_compliance": "99", "publicity_concealment": "0"}
    assert promised(**good) is State.DONE_ON_TIME
    assert promised(publicity_compliance="99") is State.OVERDUE
    assert promised(**good | {"publicity_concealment": "0.1"}) is State.OVERDUE
    assert promised() is State.NOT_REPORTED
    assert milestone(draft, "组织评估") == assess(Case(DUE, days(1)))
    both = milestone(
        draft,
        PROMISED,
        entry("2023-12-20", "done", values={"publicity-compliance": "99"}),
        entry("2023-12-22", "done", values={"publicity-concealment": "0"}),
    )
    assert both.days == -9


# 8.1 has a milestone without figures at the end of 2022, and is due at the end of 2023.

REACHED: Final = date(2022, 12, 31)


@pytest.mark.parametrize(
    ("entries", "day", "found"),
    [
        ([], "2022-12-31", ("not-reported", 0)),
        ([], "2023-01-01", ("not-reported", 1)),
        # Without a report on it, as its measure was last reported.
        ([("", "2022-11-01", "not-started")], "2022-11-30", ("not-yet-due", -31)),
        ([("", "2022-11-01", "blocked")], "2022-12-01", ("due-soon", -30)),
        ([("", "2022-11-01", "blocked")], "2023-01-01", ("overdue", 1)),
        # With one, as that says; reports on another milestone are none.
        ([("2022", "2022-06-01", "blocked")], "2022-06-30", ("blocked", -184)),
        (
            [("2022", "2022-06-01", "not-started"), ("", "2022-06-02", "blocked")],
            "2022-06-30",
            ("not-yet-due", -184),
        ),
        ([("2021", "2022-06-01", "blocked")], "2022-06-30", ("not-reported", -184)),
        # Done since the first report of the last run on it.
        ([("2022", "2022-12-31", "done")], "2023-02-01", ("done-on-time", 0)),
        ([("2022", "2023-01-01", "done")], "2023-02-01", ("done-late", 1)),
        (
            [("2022", "2022-06-01", "done"), ("2022", "2022-12-30", "done")],
            "2023-02-01",
            ("done-on-time", -213),
        ),
        (
            [("2022", "2022-06-01", "done"), ("2022", "2022-12-30", "in-progress")],
            "2023-02-01",
            ("overdue", 32),
        ),
        # Or since the measure is, whichever was earlier, and whatever was said of it afterwards.
        ([("", "2022-12-30", "done")], "2023-02-01", ("done-on-time", -1)),
        ([("", "2023-01-10", "done")], "2023-02-01", ("done-late", 10)),
        (
            [("2022", "2022-12-20", "done"), ("", "2023-01-10", "done")],
            "2023-02-01",
            ("done-on-time", -11),
        ),
        (
            [("", "2022-12-20", "done"), ("2022", "2023-01-10", "done")],
            "2023-02-01",
            ("done-on-time", -11),
        ),
        (
            [("", "2022-12-20", "done"), ("2022", "2023-01-10", "blocked")],
            "2023-02-01",
            ("done-on-time", -11),
        ),
        # A measure that was reopened does not undo what was reported of its milestone.
        (
            [("", "2022-12-20", "done"), ("", "2023-01-10", "blocked")],
            "2023-02-01",
            ("overdue", 32),
        ),
        (
            [("2022", "2022-12-20", "done"), ("", "2023-01-10", "blocked")],
            "2023-02-01",
            ("done-on-time", -11),
        ),
    ],
)
def test_a_milestone_without_figures(
    draft: Draft, entries: list[tuple[str, str, str]], day: str, found: tuple[str, int]
) -> None:
    reports = (
        entry(on, status, measure="8.1", **({"due": f"{due}-12-31"} if due else {}))
        for due, on, status in entries
    )
    plan = told(draft, *reports)
    as_of = AsOf.of(plan, date.fromisoformat(day))
    (owed,) = (it for it in plan.obligations if it.measure.id == "8.1" and it.date == REACHED)
    stands = as_of.assess_obligation(owed)
    assert (stands.state.value, stands.days) == found


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
    values = {"public-commitment": "50"}
    more = {"measure": "14", "due": "2022-12-31", "values": values}
    plan = told(draft, entry("2022-12-30", "blocked", **more))
    as_of = AsOf.of(plan, date(2023, 6, 30))
    owed = [it for it in plan.obligations if it.measure.id == "14"]
    assert [as_of.assess_obligation(it).state.value for it in owed] == [
        "done-on-time",
        *["not-reported"] * 3,
    ]


@pytest.mark.parametrize(("ago", "is_stale"), [(89, False), (90, False), (91, True)])
def test_stale_begins_on_the_day_after_the_last_that_counts(
    draft: Draft, ago: int, is_stale: bool
) -> None:
    day = date(2023, 6, 30)
    plan = told(draft, entry(str(day - timedelta(ago)), "in-progress"))
    filters = parse_filters(plan, tasks=["2"], day=day)
    assert bool(rows(stale.answer(plan, filters, day, 90))) == is_stale
    # Days of which there is no day 3660 days before.
    first = date(1, 1, 2)
    (never,) = rows(stale.answer(plan, replace(filters, day=first), first, 3660))
    assert (never["reported_status"], never["recorded_on"]) == (None, None)


# Whatever is reported

DAYS: Final = st.integers(-800, 800).map(days)
ENTRIES: Final = st.lists(
    st.builds(
        lambda on, later, hour, zone, status, value: entry(
            str(on),
            status,
            f"{on + timedelta(later + 1)}T{hour:02}:00:00{zone}",
            values={"publicity-compliance": str(value)},
        ),
        DAYS,
        st.integers(0, 400),
        st.integers(0, 23),
        st.sampled_from(["+08:00", "Z", "-11:00", "+14:00"]),
        st.sampled_from(list(Status)),
        st.integers(96, 100),
    ),
    max_size=6,
)


def known_from(report: Entry) -> date:
    """Return the day in Suifenhe from which on a report counts."""
    return report.recorded.astimezone(ZONE).date()


def stated(entries: list[Entry], day: date) -> tuple[str, int]:
    """How measure 2 stands, once more and in other words."""
    known = sorted(
        (it for it in entries if known_from(it) <= day), key=lambda it: (it.on, it.recorded)
    )
    late = (day - DUE).days
    if not known:
        return "not-reported", late
    if known[-1].status is Status.DONE:
        undone = [at for at, it in enumerate(known) if it.status is not Status.DONE]
        since = known[undone[-1] + 1 if undone else 0].on
        return ("done-late" if since > DUE else "done-on-time"), (since - DUE).days
    if late > 0:
        return "overdue", late
    if late >= -30:
        return "due-soon", late
    said = known[-1].status.value
    return ("not-yet-due" if said == "not-started" else said), late


@given(ENTRIES, DAYS)
def test_whatever_is_reported_there_is_one_state_with_its_light(
    entries: list[Entry], day: date
) -> None:
    found = state(read_draft(), day, *entries)
    assert (found.state.value, found.days) == stated(entries, day)
    red = found.state is State.OVERDUE or (found.state is State.NOT_REPORTED and day > DUE)
    green = found.state in {State.DONE_ON_TIME, State.IN_PROGRESS, State.NOT_YET_DUE}
    assert found.light == ("red" if red else "green" if green else "yellow")


@given(ENTRIES, ENTRIES, DAYS)
def test_no_report_on_a_milestone_changes_the_state_of_its_measure(
    entries: list[Entry], others: list[Entry], day: date
) -> None:
    of_milestone = (it.model_copy(update={"due": REACHED}) for it in others)
    found = state(read_draft(), day, *entries, *of_milestone)
    assert found == state(read_draft(), day, *entries)


@given(ENTRIES, DAYS, st.randoms(use_true_random=False))
def test_no_answer_depends_on_what_is_recorded_later_or_on_the_order_of_the_files(
    entries: list[Entry],
    day: date,
    chance: Any,  # noqa: ANN401
) -> None:
    known = [it for it in entries if known_from(it) <= day]
    mixed = list(entries)
    chance.shuffle(mixed)
    moments = [(it.on, it.recorded) for it in sorted(entries, key=lambda it: (it.on, it.recorded))]
    if any(one == other for one, other in pairwise(moments)):
        return
    until_then, all_of_it = (told(read_draft(), *some) for some in (known, mixed))
    for name in ("overdue", "missing", "history"):
        assert ANSWERS[name](until_then, day) == ANSWERS[name](all_of_it, day), name
    one, other = AsOf.of(until_then, day), AsOf.of(all_of_it, day)
    assert one.reports == other.reports
    compliance = next(it for it in all_of_it.indicators if it.id == "publicity-compliance")
    for indicator in (all_of_it.indicators[0], compliance):
        target = indicator.targets[0]
        assert one.assess_target(indicator, target) == other.assess_target(indicator, target)
