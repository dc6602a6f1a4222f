"""A plan as JSON, and back: a header for the whole plan, and one line for each task.

The lines are apart, so that a question about a unit reads only those that name it.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any

from credit_plan import plan as p
from credit_plan.dates import CalendarPeriod, Span

Json = Any
"""Lists, texts, numbers, booleans and None."""


def dump(value: Json) -> bytes:
    """Return JSON on one line, in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def encode_header(plan: p.Plan) -> Json:
    """Return what belongs to no task, and the reports."""
    return [
        plan.title,
        plan.city,
        plan.last_year,
        [[it.number, it.title, it.tasks, it.measures, it.label] for it in plan.chapters],
        [[it.name, it.kind, it.aliases] for it in plan.units],
        [plan.totals.measures, plan.totals.obligations],
        [
            [it.id, it.name, it.unit, it.better, it.measure, _encode_targets(it), it.note]
            for it in plan.indicators
        ],
        [*map(_encode_report, plan.reports)],
    ]


def encode_tasks(plan: p.Plan) -> Iterator[tuple[tuple[int, ...], Json]]:
    """Yield for each task the numbers of the units that it names, and its line."""
    numbers = {unit: number for number, unit in enumerate(plan.units)}
    owed: dict[str, list[p.Obligation]] = {}
    for obligation in plan.obligations:
        owed.setdefault(obligation.measure.id, []).append(obligation)
    for _task, group in groupby(plan.measures, attrgetter("task")):
        measures = [*group]
        first = measures[0]
        line = [
            first.task,
            first.chapter,
            first.task_text,
            [_encode_measure(it, owed.get(it.id, ()), numbers) for it in measures],
        ]
        named = {numbers[unit] for it in measures for unit in it.units()}
        yield tuple(sorted(named)), line


def decode_plan(header: Json, units: tuple[p.Unit, ...], lines: Iterable[Json]) -> p.Plan:
    """Return the plan of a header, with the measures and obligations of some lines."""
    title, city, last_year, chapters, _units, totals, indicators, reports = header
    measures: list[p.Measure] = []
    obligations: list[p.Obligation] = []
    for task, chapter, task_text, of_task in lines:
        for encoded in of_task:
            measure = _decode_measure(task, chapter, task_text, encoded, units)
            measures.append(measure)
            obligations += _decode_obligations(measure, encoded[-1])
    obligations.sort(key=attrgetter("date"))
    return p.Plan(
        title,
        city,
        last_year,
        tuple(p.Chapter(*it) for it in chapters),
        units,
        tuple(measures),
        tuple(obligations),
        tuple(map(_decode_indicator, indicators)),
        tuple(map(_decode_report, reports)),
        p.Totals(*totals),
    )


def decode_units(header: Json) -> tuple[p.Unit, ...]:
    """Return the units of the plan."""
    return tuple(
        p.Unit(name, p.UnitKind(kind), tuple(aliases)) for name, kind, aliases in header[4]
    )


def _encode_measure(
    measure: p.Measure, owed: Iterable[p.Obligation], numbers: dict[p.Unit, int]
) -> Json:
    return [
        measure.id,
        measure.text,
        measure.target,
        [[str(it.by), it.text] for it in measure.milestones],
        [[it.text, it.every, it.on, str(it.first), str(it.last)] for it in measure.recurrences],
        [numbers[unit] for unit in measure.lead],
        [numbers[unit] for unit in measure.responsible],
        measure.deadline and str(measure.deadline),
        measure.deadline_text,
        measure.deadline_kind,
        measure.ongoing,
        measure.page,
        measure.note,
        [_encode_obligation(it) for it in owed],
    ]


def _encode_obligation(obligation: p.Obligation) -> Json:
    span = obligation.span
    # Most are due with the whole measure, whose text need not be there twice.
    what = None if obligation.what == obligation.measure.text else obligation.what
    return [str(obligation.date), obligation.kind, what, span and str(span.first)]


def _decode_measure(
    task: int, chapter: int, task_text: str, encoded: Json, units: Sequence[p.Unit]
) -> p.Measure:
    number, text, target, milestones, recurrences, lead, responsible, *others = encoded
    deadline, deadline_text, kind, ongoing, page, note, _owed = others
    return p.Measure(
        number,
        task,
        chapter,
        task_text,
        text,
        target,
        tuple(p.Milestone(date.fromisoformat(by), words) for by, words in milestones),
        tuple(map(_decode_recurrence, recurrences)),
        tuple(units[at] for at in lead),
        tuple(units[at] for at in responsible),
        deadline and date.fromisoformat(deadline),
        deadline_text,
        kind and p.DeadlineKind(kind),
        ongoing,
        page,
        note,
    )


def _decode_recurrence(encoded: Json) -> p.Recurrence:
    text, every, on, first, last = encoded
    return p.Recurrence(
        text,
        every and CalendarPeriod(every),
        tuple(on),
        date.fromisoformat(first),
        date.fromisoformat(last),
    )


def _decode_obligations(measure: p.Measure, owed: Json) -> Iterator[p.Obligation]:
    for day, kind, what, first in owed:
        due = date.fromisoformat(day)
        span = first and Span(date.fromisoformat(first), due)
        text = measure.text if what is None else what
        yield p.Obligation(measure, due, p.ObligationKind(kind), text, span)


def _encode_targets(indicator: p.Indicator) -> Json:
    return [[str(it.by), it.comparison, str(it.value), it.text] for it in indicator.targets]


def _decode_indicator(encoded: Json) -> p.Indicator:
    code, name, unit, better, measure, targets, note = encoded
    decoded = (
        p.Target(date.fromisoformat(by), p.Comparison(comparison), Decimal(value), text)
        for by, comparison, value, text in targets
    )
    return p.Indicator(code, name, unit, p.Direction(better), measure, tuple(decoded), note)


def _encode_report(report: p.Report) -> Json:
    return [
        report.measure,
        report.due,
        str(report.on),
        report.unit,
        report.status,
        [[code, str(value)] for code, value in report.values],
        report.note,
        [[it.place, it.sha256] for it in report.evidence],
        report.recorded.isoformat(),
    ]


def _decode_report(encoded: Json) -> p.Report:
    measure, due, on, unit, status, values, note, evidence, recorded = encoded
    return p.Report(
        measure,
        due,
        date.fromisoformat(on),
        unit,
        p.Status(status),
        tuple((code, Decimal(value)) for code, value in values),
        note,
        tuple(p.Evidence(*it) for it in evidence),
        datetime.fromisoformat(recorded),
    )
