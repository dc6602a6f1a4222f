"""Build the plan of a sound draft: names are resolved, obligations are laid out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import Any

from credit_plan import plan
from credit_plan.dates import Span
from credit_plan.models.draft import Draft
from credit_plan.models.indicators import Indicator
from credit_plan.models.progress import Entry
from credit_plan.models.records import Chapter, Measure, PlanMetadata, Registry, Task, Unit
from credit_plan.models.recurrences import list_recurrences
from credit_plan.targets import is_quoted


def build_plan(draft: Draft) -> plan.Plan:
    """Return the plan of a draft without errors; raise ValueError if a file could not be read."""
    metadata, registry, tasks = draft.whole()
    builder = PlanBuilder(metadata, registry, draft)
    measures = tuple(it for task in tasks for it in builder.build_measures(task))
    return builder.build(measures, builder.list_obligations(measures))


class PlanBuilder:
    """Builds the plan of a draft without errors, or its tasks one by one."""

    def __init__(self, metadata: PlanMetadata, registry: Registry, draft: Draft) -> None:
        self.units = tuple(map(_build_unit, registry.units))
        self._metadata = metadata
        self._by_name = {name: unit for unit in self.units for name in unit.names}
        self._entries = draft.entries
        self._indicators = tuple(_build_indicator(it.record) for it in draft.indicators)
        self._promised: dict[str, list[plan.Target]] = defaultdict(list)
        for indicator in self._indicators:
            self._promised[indicator.measure] += indicator.targets

    def build_measures(self, task: Task) -> tuple[plan.Measure, ...]:
        """Return the measures of a task; raise KeyError for a unit that is not registered."""
        return tuple(
            _build_measure(task, it, self._metadata, self._by_name) for it in task.measures
        )

    def list_obligations(self, measures: Iterable[plan.Measure]) -> tuple[plan.Obligation, ...]:
        """Return the obligations of measures by date, then in their order."""
        owed = (make_obligations(it, self._promised[it.id]) for it in measures)
        return tuple(sorted(chain.from_iterable(owed), key=attrgetter("date")))

    def build(
        self,
        measures: tuple[plan.Measure, ...],
        obligations: tuple[plan.Obligation, ...],
        totals: plan.Totals | None = None,
    ) -> plan.Plan:
        """Return the plan with these measures; `totals` are their numbers unless given."""
        reports = (_build_report(entry.record, self._by_name) for entry in self._entries)
        return plan.Plan(
            title=self._metadata.title,
            city=self._metadata.city,
            last_year=self._metadata.period.last,
            chapters=tuple(map(_build_chapter, self._metadata.chapters)),
            units=self.units,
            measures=measures,
            obligations=obligations,
            indicators=self._indicators,
            reports=tuple(sorted(reports, key=attrgetter("on", "recorded"))),
            totals=totals or plan.Totals(len(measures), len(obligations)),
        )


def make_obligations(
    measure: plan.Measure, promised: Iterable[plan.Target]
) -> Iterator[plan.Obligation]:
    """Yield the obligations of a measure: what recurs, milestones, and its deadline.

    Milestones on one day are merged, and so are those on the day of the deadline with it, and
    what recurs in the same period; their text says what falls due. A milestone on a fixed day is
    what is due on it. The day of a promised figure that no such text quotes is an obligation too.
    """
    kinds = plan.ObligationKind
    recurring, passages = _group_by_period(measure), _group_by_day(measure)
    for day in passages:
        recurring.pop(Span(day, day), None)
    said: dict[date, list[str]] = {}
    for span, texts in recurring.items():
        said.setdefault(span.last, []).extend(texts)
    for target in promised:
        quoting = (*passages.get(target.by, ()), *said.get(target.by, ()))
        if target.by != measure.deadline and not any(is_quoted(target, it) for it in quoting):
            passages.setdefault(target.by, []).append(target.text)
    for span, texts in recurring.items():
        yield plan.Obligation(measure, span.last, kinds.RECURRING, "；".join(texts), span)
    at_end = passages.pop(measure.deadline, [measure.text]) if measure.deadline else []
    for day, texts in passages.items():
        yield plan.Obligation(measure, day, kinds.MILESTONE, "；".join(texts))
    if measure.deadline:
        yield plan.Obligation(measure, measure.deadline, kinds.DEADLINE, "；".join(at_end))


def _group_by_day(measure: plan.Measure) -> dict[date, list[str]]:
    """Return the passages of the milestones of a measure by their days."""
    by_day: dict[date, list[str]] = {}
    for milestone in measure.milestones:
        by_day.setdefault(milestone.by, []).append(milestone.text)
    return by_day


def _group_by_period(measure: plan.Measure) -> dict[Span, list[str]]:
    """Return the passages of what recurs in a measure by the periods for which they promise it."""
    by_period: dict[Span, list[str]] = {}
    for recurrence in measure.recurrences:
        for span in recurrence.occurrences():
            by_period.setdefault(span, []).append(recurrence.text)
    return by_period


def _build_unit(unit: Unit) -> plan.Unit:
    return plan.Unit(unit.name, unit.kind, unit.aliases, unit.pinyin)


def _build_chapter(chapter: Chapter) -> plan.Chapter:
    return plan.Chapter(
        chapter.number, chapter.title, chapter.tasks, chapter.measures, chapter.label
    )


_OWN_NAMES = {*plan.Measure._fields} & {it.name for it in fields(Measure)}
"""The fields that a measure has under the same name in its file and in the plan."""


def _build_measure(
    task: Task, measure: Measure, metadata: PlanMetadata, by_name: dict[str, plan.Unit]
) -> plan.Measure:
    deadline = measure.deadline
    values: dict[str, Any] = {name: getattr(measure, name) for name in _OWN_NAMES}
    values |= {
        "id": task.measure_id(measure),
        "task": task.id,
        "chapter": task.chapter,
        "task_text": task.task,
        "target": measure.target or None,
        "page": measure.page or None,
        "milestones": tuple(plan.Milestone(it.by, it.text) for it in measure.milestones),
        "recurrences": tuple(list_recurrences(measure, metadata)),
        "lead": _resolve(measure.lead, by_name),
        "responsible": _resolve(measure.responsible, by_name),
        "deadline": deadline and deadline.by,
        "deadline_text": deadline and deadline.text,
        "deadline_kind": deadline and deadline.kind,
        "ongoing": deadline is not None and deadline.ongoing,
    }
    return plan.Measure(**values)


def _resolve(printed: Iterable[str], by_name: dict[str, plan.Unit]) -> tuple[plan.Unit, ...]:
    """Return the units that printed names mean; two names of one unit count once."""
    return tuple(dict.fromkeys(by_name[name] for name in printed))


def _build_indicator(indicator: Indicator) -> plan.Indicator:
    return plan.Indicator(
        indicator.id,
        indicator.name,
        indicator.unit,
        indicator.better,
        indicator.measure,
        tuple(plan.Target(it.by, it.comparison, it.value, it.text) for it in indicator.goals),
        indicator.note,
    )


def _build_report(entry: Entry, by_name: dict[str, plan.Unit]) -> plan.Report:
    return plan.Report(
        entry.measure,
        entry.due,
        entry.on,
        by_name[entry.unit].name,
        entry.status,
        tuple(entry.values.items()),
        entry.note,
        tuple(plan.Evidence(it.url or it.file or "", it.sha256) for it in entry.evidence),
        entry.recorded,
    )
