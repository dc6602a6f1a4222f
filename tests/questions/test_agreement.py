"""No two answers differ: what one calls overdue, done or red is that in every other, on every day.

Asked are the story on every month-end, and two hundred plans with reports drawn at random.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final

import pytest

from credit_plan.cells import Label
from credit_plan.dates import ZONE, CalendarPeriod
from credit_plan.filters import Filters, parse_filters
from credit_plan.loader.build import make_obligations
from credit_plan.plan import (
    Chapter,
    Comparison,
    DeadlineKind,
    Dimension,
    Direction,
    Indicator,
    Measure,
    Milestone,
    ObligationKind,
    Plan,
    Recurrence,
    Report,
    Status,
    Target,
    Totals,
    Unit,
    UnitKind,
)
from credit_plan.questions import due, indicators, measures, missing, overdue, show, status, unit
from credit_plan.status import Light, Timing
from tests.story import rows

Row = dict[str, Any]
Duty = tuple[str, str, str | None]
FIRST: Final = date(2021, 12, 31)
MONTHS: Final = tuple(
    date(year, month, monthrange(year, month)[1])
    for year in range(2022, 2027)
    for month in range(1, 13)
)
UNITS: Final = tuple(
    Unit(name, UnitKind.GROUP if name == "各相关单位" else UnitKind.GOVERNMENT)
    for name in ("市甲局", "市乙局", "市丙局", "各相关单位")
)
RED_CELLS: Final = ("id", "measure")
"""The columns that name the measure of a row."""


@pytest.mark.parametrize("day", MONTHS, ids=str)
def test_all_answers_agree_on_the_story(told: Plan, day: date) -> None:
    judge(told, day, None)


@pytest.mark.parametrize("seed", range(200))
def test_all_answers_agree_on_a_random_plan(seed: int) -> None:
    chance = Random(seed)
    plan = draw_plan(chance)
    for day in chance.sample(MONTHS, 3):
        known_by = chance.choice((None, None, day, day + timedelta(chance.randrange(-200, 200))))
        judge(plan, day, known_by)


def judge(plan: Plan, day: date, known_by: date | None) -> None:
    """Ask everything about a day, and compare the answers."""
    ask = Filters(day=day, known_by=known_by)
    listed = rows(measures.answer(plan, ask, day))
    owed = rows(due.answer(plan, ask._replace(after=date.min), day, ObligationKind.ALL))
    overdue_rows = rows(overdue.answer(plan, ask, day))
    assert len(overdue_rows) == sum(it["timing"] == "overdue" for it in owed)
    late = {_duty(row) for row in overdue_rows}
    ids = {measure for measure, _date, _period in late}

    # What is overdue is what has passed and is not done.
    assert late == {_duty(it) for it in owed if it["timing"] == "overdue"}
    assert late == {_duty(it) for it in owed if it["light"] == "red"}
    done = {"done-on-time", "done-late"}
    assert len(owed) == len({_duty(it) for it in owed})
    assert {it["kind"] for it in owed if it["period"]} <= {"recurring"}
    unsettled = [it for it in owed if it["date"] < str(day) and it["timing"] not in done]
    assert late == {_duty(it) for it in unsettled}
    narrowed = ask._replace(timings=(Timing.OVERDUE,))
    each = (ObligationKind.DEADLINE, ObligationKind.MILESTONE, ObligationKind.RECURRING)
    for kinds in ((ObligationKind.ALL,), each):
        found = [row for it in kinds for row in rows(due.answer(plan, narrowed, day, it))]
        assert late == {_duty(row) for row in found}
    assert ids == {row["id"] for row in rows(measures.answer(plan, narrowed, day))}
    assert ids == {row["id"] for row in listed if row["light"] == "red"}
    assert ids == {row["id"] for row in listed if row["timing"] == "overdue"}

    # The first thing that is not done is what a row of a measure is about.
    for row in listed:
        own = [it for it in owed if it["id"] == row["id"]]
        deadlines = (it for it in own if it["kind"] == "deadline")
        first = (it for it in own if it["timing"] not in done)
        decisive = next(first, None) or next(deadlines, None)
        timing = (row["timing"], row["days"], row["timing_date"])
        if decisive:
            assert timing == (decisive["timing"], decisive["days"], decisive["date"])
        else:
            is_done = row["status"] == "done"
            assert timing == ("done-on-time" if is_done else "standing", None, None)

    judge_totals(plan, ask, listed, len(overdue_rows))
    judge_others(plan, ask, listed, late)


def judge_totals(plan: Plan, ask: Filters, listed: list[Row], overdue_count: int) -> None:
    """Compare what `status` counts with the rows."""
    assert ask.day
    page = status.answer(plan, ask, ask.day)
    (totals,) = rows(page.only("totals"))
    lights = Counter(row["light"] for row in listed)
    assert [totals[light] for light in Light] == [lights[light] for light in Light]
    assert totals["overdue_obligations"] == overdue_count
    assert totals["measures"] == len(listed)
    assert totals["done"] == sum(row["timing"].startswith("done") for row in listed)
    assert totals["reported"] == sum(row["status"] != "not-reported" for row in listed)
    for row in rows(page.only("timings")):
        own = Counter(it["status"] for it in listed if it["timing"] == row["timing"])
        counted = {key: row[key] for key in row if key not in {"table", "timing", "measures"}}
        assert {key: count for key, count in counted.items() if count} == dict(own)
        assert row["measures"] == own.total()
    for by in Dimension:
        counted_rows = rows(status.answer(plan, ask, ask.day, (by,)))
        if by is not Dimension.UNIT:
            assert sum(row["measures"] for row in counted_rows) == len(listed)
        for row in counted_rows:
            own_rows = [it for it in listed if row[by] in _keys(it, by)]
            assert row["overdue"] == sum(it["light"] == "red" for it in own_rows)
            assert row["lights"]["red"] == row["overdue"]
            assert row["done"] == sum(it["timing"].startswith("done") for it in own_rows)
            assert row["not-reported"] == sum(it["status"] == "not-reported" for it in own_rows)


def judge_others(plan: Plan, ask: Filters, listed: list[Row], late: set[Duty]) -> None:
    """Compare all other questions with the rows."""
    assert ask.day
    day, ids = ask.day, {measure for measure, _date, _period in late}
    figures = indicators.answer(plan, ask, day, None)
    missed = {(it["measure"], it["by"]) for it in rows(figures) if it["light"] == "red"}
    assert missed <= {(measure, by) for measure, by, _period in late}
    silent = rows(missing.answer(plan, ask, day, date.max))
    for row in silent:
        led = {it["id"] for it in listed if row["unit"] in _keys(it, Dimension.UNIT)}
        assert row["late"] == len(led & ids), row
    by_id = {row["id"]: row for row in listed}
    keys = ("status", "timing", "light", "days", "timing_date")
    answers = [show.answer(plan, ask, day, [row["id"] for row in listed]), figures]
    for name in sorted({it.name for it in plan.units if not it.is_group})[:3]:
        of_unit = parse_filters(plan, units=[name], day=day, known_by=ask.known_by)
        answers.append(unit.answer(plan, of_unit, day, list_shared=True))
    for row in (row for answer in answers if answer is not figures for row in rows(answer)):
        assert [row[key] for key in keys] == [by_id[row["id"]][key] for key in keys]
    page = status.answer(plan, ask, day)
    for table in (table for answer in (*answers, page) for table in answer.tables):
        at = {column.key: index for index, column in enumerate(table.columns)}
        named = next((at[key] for key in RED_CELLS if key in at), None)
        for cells in table.rows if named is not None else ():
            if any(isinstance(it, Label) and it.light == "red" for it in cells):
                assert cells[named] in ids, (table.name, cells)


def _duty(row: Row) -> Duty:
    """Return what tells the row of an obligation from all others."""
    return row["id"], row["date"], row["period"]


def _keys(row: Row, by: Dimension) -> list[object]:
    match by:
        case Dimension.CHAPTER:
            return [row["chapter"]]
        case Dimension.UNIT:
            return list(row["lead"] or row["responsible"] or [None])
        case Dimension.YEAR:
            return [int(row["deadline"][:4])] if row["deadline"] else [None]


# Plans at random


def draw_plan(chance: Random) -> Plan:
    """Return a plan of some measures, with milestones, figures and reports in any order."""
    chapters = tuple(Chapter(number, f"第{number}", 1, 1) for number in (3, 4))
    drawn = tuple(_draw_measure(chance, number) for number in range(1, chance.randrange(2, 12)))
    promised = tuple(
        it
        for measure in drawn
        for code in ("a", "b")
        if (it := _draw_indicator(chance, measure, code)) is not None
    )
    owed = [
        it for measure in drawn for it in make_obligations(measure, _targets(promised, measure))
    ]
    reports = [
        _draw_report(chance, measure, promised)
        for measure in drawn
        for _number in range(chance.choice((0, 0, 1, 2, 5)))
    ]
    return Plan(
        title="表",
        city="某市",
        last_year=2025,
        chapters=chapters,
        units=UNITS,
        measures=drawn,
        obligations=tuple(sorted(owed, key=lambda it: it.date)),
        indicators=promised,
        reports=tuple(sorted(reports, key=lambda it: (it.on, it.recorded))),
        totals=Totals(len(drawn), len(owed)),
    )


def _draw_measure(chance: Random, number: int) -> Measure:
    deadline = None if chance.random() < 0.2 else _draw_day(chance)
    last = deadline or MONTHS[-13]
    days = sorted({_draw_day(chance, last) for _number in range(chance.randrange(4))})
    return Measure(
        id=str(number),
        task=number,
        chapter=chance.choice((3, 4)),
        task_text="任务",
        text=f"措施{number}",
        target="；".join(f"{day}前完成{number}" for day in days),
        milestones=tuple(Milestone(day, f"{day}前完成{number}") for day in days),
        recurrences=tuple(_draw_recurrences(chance, last)),
        lead=tuple(chance.sample(UNITS, chance.choice((0, 1, 1, 1, 2)))),
        responsible=tuple(chance.sample(UNITS, chance.randrange(3))),
        deadline=deadline,
        deadline_text=str(deadline or "长期"),
        deadline_kind=DeadlineKind.DAY if deadline else DeadlineKind.STANDING,
        ongoing=False,
        page=1,
        note=None,
    )


def _draw_recurrences(chance: Random, last: date) -> Iterator[Recurrence]:
    """Yield what a measure promises again and again: mostly nothing."""
    for number in range(chance.choice((0, 0, 1, 2))):
        every = chance.choice((None, *CalendarPeriod))
        on = () if every else tuple(chance.sample(("03-15", "06-14", "09", "12-31"), 2))
        yield Recurrence(f"每年a第{number}", every, on, _draw_day(chance), last)


def _targets(promised: tuple[Indicator, ...], measure: Measure) -> list[Target]:
    return [target for it in promised if it.measure == measure.id for target in it.targets]


def _draw_indicator(chance: Random, measure: Measure, code: str) -> Indicator | None:
    """Return a figure that the measure promises: in a milestone, beside one, or nowhere else."""
    if chance.random() < 0.4:
        return None
    quoted = {it.by: it.text for it in measure.milestones if chance.random() < 0.6}
    last = measure.deadline or MONTHS[-13]
    other = {_draw_day(chance, last): f"每年{code}" for _number in range(chance.randrange(2))}
    at_end = {last: f"达到{code}"} if chance.random() < 0.5 else {}
    passages = other | at_end | quoted
    if not passages:
        return None
    targets = tuple(
        Target(by, Comparison.REACHES, Decimal(50), text) for by, text in sorted(passages.items())
    )
    code = f"figure-{code}-{measure.id}"
    return Indicator(code, f"指标{measure.id}", "％", Direction.HIGHER, measure.id, targets, None)


def _draw_report(chance: Random, measure: Measure, promised: tuple[Indicator, ...]) -> Report:
    on = FIRST + timedelta(chance.randrange(1, 1800))
    entered = on + timedelta(chance.choice((0, 0, 3, 40, 400)))
    own = [it for it in promised if it.measure == measure.id and chance.random() < 0.7]
    spans = (it for recurrence in measure.recurrences for it in recurrence.occurrences())
    dues = [str(it.by) for it in measure.milestones if it.by != measure.deadline]
    names = sorted({it.name for it in spans})
    dues += chance.sample(names, min(3, len(names)))
    return Report(
        measure=measure.id,
        due=chance.choice((None, None, *dues)),
        on=on,
        unit=chance.choice(UNITS[:3]).name,
        status=chance.choice(tuple(Status)),
        values=tuple((it.id, Decimal(chance.choice((10, 49, 50, 99)))) for it in own),
        note=None,
        evidence=(),
        recorded=datetime(
            entered.year, entered.month, entered.day, 9, chance.randrange(60), tzinfo=ZONE
        ),
    )


def _draw_day(chance: Random, latest: date = MONTHS[-13]) -> date:
    """Return a year-end or any other day, not after the latest."""
    span = (latest - FIRST).days
    day = FIRST + timedelta(chance.randrange(1, span + 1))
    year_end = day.replace(month=12, day=31)
    return year_end if year_end <= latest and chance.random() < 0.5 else day


def test_what_was_entered_later_is_as_if_it_had_never_been(told: Plan) -> None:
    """With both days, the answer is the same for ever."""
    for day in MONTHS[5::6]:
        early = told._replace(reports=tuple(it for it in told.reports if it.recorded_on <= day))
        for answer in _answers(Filters(day=day, known_by=day), day):
            assert answer(told) == answer(early)


def _answers(ask: Filters, day: date) -> Iterator[Any]:
    yield lambda plan: measures.answer(plan, ask, day)
    yield lambda plan: overdue.answer(plan, ask, day)
    yield lambda plan: status.answer(plan, ask, day)
    yield lambda plan: indicators.answer(plan, ask, day, None)
