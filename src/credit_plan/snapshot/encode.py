"""A plan as JSON, and back: a header for the whole plan, and one line for each task.

The lines are apart, so that a question about a unit reads only those that name it.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

from credit_plan import plan as p
from credit_plan.dates import CalendarPeriod, Span

Json = Any
"""Lists, texts, numbers, booleans and None."""


def dump(value: Json) -> bytes:
    """Return JSON on one line, in UTF-8; names of files may have bytes that are no text."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def encode_header(plan: p.Plan) -> Json:
    """Return what belongs to no task, and the reports."""
    return [
        plan.title,
        plan.city,
        plan.last_year,
        [[it.number, it.title, it.tasks, it.measures, it.label] for it in plan.chapters],
        [[it.name, it.kind, it.aliases, it.pinyin] for it in plan.units],
        [plan.totals.measures, plan.totals.obligations],
        [
            [it.id, it.name, it.unit, it.better, it.measure, _encode_targets(it), it.note]
            for it in plan.indicators
        ],
        [*map(_encode_report, plan.reports)],
    ]


def encode_task(
    measures: Sequence[p.Measure],
    obligations: Iterable[p.Obligation],
    numbers: Mapping[p.Unit, int],
) -> Json:
    """Return the line of a task with these measures and obligations; `numbers` are of its units."""
    owed: dict[str, list[p.Obligation]] = {}
    for obligation in obligations:
        owed.setdefault(obligation.measure.id, []).append(obligation)
    first = measures[0]
    return [
        first.task,
        first.chapter,
        first.task_text,
        [_encode_measure(it, owed.get(it.id, ()), numbers) for it in measures],
    ]


def decode_header(header: Json) -> p.Plan:
    """Return the plan of a header, without measures and obligations."""
    title, city, last_year, chapters, units, totals, indicators, reports = header
    return p.Plan(
        title,
        city,
        last_year,
        tuple(p.Chapter(*it) for it in chapters),
        tuple(map(_decode_unit, units)),
        (),
        (),
        tuple(map(_decode_indicator, indicators)),
        tuple(map(_decode_report, reports)),
        p.Totals(*totals),
    )


def add_tasks(plan: p.Plan, lines: Iterable[Json], wanted: Collection[int] = ()) -> p.Plan:
    """Return a plan with the measures and obligations of some lines.

    Where numbers of units are `wanted`, it has only the measures that name one of these.
    """
    measures: list[p.Measure] = []
    obligations: list[p.Obligation] = []
    for task, chapter, task_text, of_task in lines:
        for encoded in of_task:
            if wanted and not _names_any(encoded, wanted):
                continue
            measure = _decode_measure(task, chapter, task_text, encoded, plan.units)
            measures.append(measure)
            obligations += _decode_obligations(measure, encoded[-1])
    measures.sort(key=attrgetter("task"))
    obligations.sort(key=attrgetter("date", "measure.task"))
    return plan._replace(measures=tuple(measures), obligations=tuple(obligations))


def _decode_unit(encoded: Json) -> p.Unit:
    name, kind, aliases, pinyin = encoded
    return p.Unit(name, p.UnitKind(kind), tuple(aliases), tuple(pinyin))


def _names_any(encoded: Json, wanted: Collection[int]) -> bool:
    lead, responsible = encoded[5:7]
    return any(number in wanted for number in (*lead, *responsible))


def _encode_measure(
    measure: p.Measure, owed: Iterable[p.Obligation], numbers: Mapping[p.Unit, int]
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
