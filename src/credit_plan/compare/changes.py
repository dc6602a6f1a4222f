"""Find what differs between two plans: what was added, removed, renamed, moved or edited.

Which fields a record has is taken from its model, so that a new one is compared without a change
here. A plan need not be sound: a unit that its registry does not know keeps its printed name.
"""

import dataclasses
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any, Literal

from credit_plan.compare.matching import Candidate, Matches, Pieces, match, split_text
from credit_plan.models import records
from credit_plan.models.draft import Draft
from credit_plan.models.indicators import Indicator, Target

Event = Literal["added", "removed", "moved", "renumbered", "renamed", "changed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `id` is None if the record was removed, `was_id` if it was added.

    `candidate` is the record as it is now, or as it was before it was removed. `field` is the key
    of the field that differs: of a record that was added or removed, the one that says what it is.
    `lines` has the pieces of a text, or of each entry of a list. What differs in a target is a
    change of its indicator.
    """

    event: Event
    candidate: Candidate
    id: str | None
    was_id: str | None
    field: str
    was: Any
    now: Any
    lines: tuple[Pieces, ...] = ()
    target: Target | None = None

    @property
    def kind(self) -> str:
        """The kind of the record."""
        return self.candidate.kind

    @property
    def known_as(self) -> str:
        """The id by which people find the record: of one that was removed, the one it had."""
        return self.id or self.was_id or ""

    @property
    def days(self) -> int | None:
        """By how many days a date is later now; negative if it is earlier."""
        are_dates = isinstance(self.was, date) and isinstance(self.now, date)
        return (self.now - self.was).days if are_dates else None


_NOT_COMPARED = {
    records.PlanMetadata: {"chapters"},
    records.Chapter: {"number"},
    records.Task: {"id", "measures"},
    records.Measure: {"number"},
    Indicator: {"id", "goals"},
}
"""Fields that say which record it is, and records in a record, which have changes of their own."""

_TITLES = {records.Chapter: "title", records.Task: "task", records.Deadline: "by", Target: "value"}
"""The field that says what a record is, where that is not the first."""

_KEYS = {
    (records.Task, "task"): "task_text",
    (records.Deadline, "by"): "deadline",
    (records.Deadline, "text"): "deadline_text",
    (records.Deadline, "first"): "from",
}
"""The keys in answers of fields whose names say too little without their record."""

_NOTHING = {(records.Measure, "target"), (records.Measure, "page"), (records.Deadline, "text")}
"""Fields that are empty where the table has nothing."""

_NO_DEADLINE = records.Deadline(text="")

Renamed = Mapping[str, Mapping[Any, Any]]
"""By the field that names them: what units, chapters and measures are called in the new plan."""


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a plan whose files could all be read; it may break rules."""

    metadata: records.PlanMetadata
    units: tuple[records.Unit, ...]
    tasks: tuple[records.Task, ...]
    indicators: tuple[Indicator, ...] = ()

    @classmethod
    def of(cls, draft: Draft) -> "Records":
        """Return the records of a draft; raise ValueError if a file could not be read."""
        metadata, registry, tasks = draft.whole()
        promised = tuple(indicator.record for indicator in draft.indicators)
        return cls(metadata, registry.units, tasks, promised)


def compare(old: Records, new: Records) -> tuple[Change, ...]:
    """Return all differences: metadata, chapters, units, then task by task, then indicators."""
    chapters = match("chapter", _chapters(old), _chapters(new))
    units = match("unit", _units(old), _units(new))
    tasks = match("task", _tasks(old), _tasks(new))
    present = {id(before.task): after.task for before, after in tasks[0]}
    measures = match("measure", _measures(old, present), _measures(new, {}))
    numbers = {before.record.number: after.record.number for before, after in chapters[0]}
    names = {before.id: after.id for before, after in units[0]}
    ids = {before.id: after.id for before, after in measures[0]}
    renamed = {"chapter": numbers, "lead": names, "responsible": names, "measure": ids}
    promised = match("indicator", _indicators(old, ids), _indicators(new, {}))
    kept = {id(task) for task in new.tasks}

    def place(change: Change) -> tuple[object, ...]:
        """Return where people look for a change: what was removed is before what is there now."""
        task = change.candidate.task
        number, is_kept = (task.id, id(task) in kept) if task else (0, True)
        return number, is_kept, change.kind == "measure", _count(change.known_as), bool(change.id)

    in_tasks = (*_compare_all(tasks, renamed), *_compare_all(measures, renamed))
    return (
        *_compare_pair(Candidate("plan", old.metadata), Candidate("plan", new.metadata), {}),
        *_compare_all(chapters, {}),
        *_compare_all(units, {}),
        *sorted(in_tasks, key=place),
        *_compare_all(promised, renamed),
    )


def list_fields(record: records.Record) -> dict[str, Any]:
    """Return what is compared of a record, by the keys of the answers, its title first."""
    model = type(record)
    names = [
        it.name for it in dataclasses.fields(model) if it.name not in _NOT_COMPARED.get(model, ())
    ]
    names.sort(key=lambda name: name != _TITLES.get(model))
    fields: dict[str, Any] = {}
    for name in names:
        value = getattr(record, name)
        if name == "deadline":
            fields |= list_fields(value or _NO_DEADLINE)
        else:
            is_nothing = (model, name) in _NOTHING and not value
            fields[_KEYS.get((model, name), name)] = None if is_nothing else _describe(value)
    return fields


def split(was: Any, now: Any) -> tuple[Pieces, ...]:  # noqa: ANN401  any field's
    """Return the pieces of a text, or of each entry of a list; none of what has no parts."""
    if isinstance(was, tuple) and isinstance(now, tuple):
        return _split_list(was, now)
    is_text = isinstance(was or now, str) and not isinstance(was or now, Enum)
    return (split_text(was or "", now or ""),) if is_text else ()


def _describe(value: Any) -> Any:  # noqa: ANN401  any field's
    """Return periods, which are compared as a whole, as a text, and anything else as it is."""
    match value:
        case tuple():
            return tuple(map(_describe, value))
        case records.Period():
            return f"{value.name} {value.first}–{value.last}"
        case records.RecurrencePeriod():
            return f"{value.first} {value.reason}"
        case _:
            return value


def _chapters(plan: Records) -> Iterator[Candidate]:
    for chapter in plan.metadata.chapters:
        number = str(chapter.number)
        yield Candidate("chapter", chapter, number, number, chapter.title)


def _units(plan: Records) -> Iterator[Candidate]:
    for unit in plan.units:
        yield Candidate("unit", unit, unit.name, unit.name, unit.name, frozenset(unit.names))


def _tasks(plan: Records) -> Iterator[Candidate]:
    for task in plan.tasks:
        number, names = str(task.id), frozenset(measure.text for measure in task.measures)
        yield Candidate("task", task, number, number, task.task, names, task=task)


def _measures(plan: Records, present: Mapping[int, records.Task | None]) -> Iterator[Candidate]:
    """Yield the measures, their units by the names in the registry; `present` has their tasks."""
    units = {name: unit.name for unit in plan.units for name in unit.names}
    for task in plan.tasks:
        now = present.get(id(task), task)
        for printed in sorted(task.measures, key=lambda measure: _count(measure.number or "0")):
            lead, responsible = (
                tuple(dict.fromkeys(units.get(name, name) for name in named))
                for named in (printed.lead, printed.responsible)
            )
            measure = replace(printed, lead=lead, responsible=responsible)
            yield Candidate(
                "measure",
                measure,
                task.measure_id(measure),
                measure.number or "",
                measure.text,
                content=(measure.target, measure.lead, measure.responsible, measure.deadline),
                task=now,
                scope=id(now),
            )


def _indicators(plan: Records, ids: Mapping[Any, Any]) -> Iterator[Candidate]:
    """Yield the indicators; `ids` has the present ids of their measures."""
    for one in plan.indicators:
        targets = tuple(
            Candidate("target", it, text=str(it.by), content=(it.comparison, it.value))
            for it in one.goals
        )
        content = (ids.get(one.measure, one.measure), one.unit, frozenset(one.goals))
        yield Candidate("indicator", one, one.id, one.id, one.name, content=content, parts=targets)


def _count(measure: str) -> tuple[int, ...]:
    """Return an id as it is counted: 1.9 comes before 1.10, and 1.1-2 before 1.2."""
    return tuple(map(int, re.split("[.-]", measure)))


def _compare_all(matches: Matches, renamed: Renamed) -> Iterator[Change]:
    """Yield what was removed, what was added, and what differs in the records of both plans."""
    pairs, removed, added = matches
    for before in removed:
        field, value = next(iter(list_fields(before.record).items()))
        yield Change("removed", before, None, before.id, field, value, None)
    for after in added:
        field, value = next(iter(list_fields(after.record).items()))
        yield Change("added", after, after.id, None, field, None, value)
    for before, after in pairs:
        yield from _compare_pair(before, after, renamed)
        changes = _compare_all(match("target", before.parts, after.parts), {})
        for change in sorted(changes, key=lambda change: change.candidate.text):
            target = change.candidate.record
            of_indicator = replace(change, event="changed", candidate=after, target=target)
            yield replace(of_indicator, id=after.id, was_id=before.id)


def _compare_pair(before: Candidate, after: Candidate, renamed: Renamed) -> Iterator[Change]:
    """Yield a change of the id, then one of each field; the order of a list is no difference."""
    ids = (after.id, before.id)
    id_field = "name" if after.kind == "unit" else "id"
    event: Event = "renamed" if after.kind in ("unit", "indicator") else "renumbered"
    if before.scope != after.scope:
        event = "moved"
    if (before.scope, before.number) != (after.scope, after.number):
        yield Change(event, after, *ids, id_field, before.id, after.id)
    fields = list_fields(before.record)
    for field, now in list_fields(after.record).items():
        was = _translate(fields[field], renamed.get(field, {}))
        is_same = Counter(was) == Counter(now) if isinstance(now, tuple) else was == now
        if field != id_field and not is_same:
            yield Change("changed", after, *ids, field, fields[field], now, split(was, now))


def _translate(value: Any, names: Mapping[Any, Any]) -> Any:  # noqa: ANN401  any field's
    """Return a value with the names that units, chapters and measures have in the new plan."""
    if isinstance(value, tuple):
        return tuple(names.get(entry, entry) for entry in value)
    return names.get(value, value)


def _split_list(was: tuple[Any, ...], now: tuple[Any, ...]) -> tuple[Pieces, ...]:
    """Return names that stayed, then what differs; one for one if as many were removed as added."""
    removed, added = _without(was, now), _without(now, was)
    pairs = [*((entry, None) for entry in removed), *((None, entry) for entry in added)]
    if len(removed) == len(added):
        pairs = list(zip(removed, added, strict=True))
    if isinstance((*was, *now)[0], records.Milestone):
        return tuple(_split_milestone(old, new) for old, new in pairs)
    kept = ((name, name) for name in _without(now, added))
    return tuple(((str(old or ""), str(new or "")),) for old, new in (*kept, *pairs))


def _without(entries: Iterable[Any], others: Collection[Any]) -> list[Any]:
    return [entry for entry in entries if entry not in others]


def _split_milestone(old: records.Milestone | None, new: records.Milestone | None) -> Pieces:
    if old and new:
        return ((str(old.by), str(new.by)), (" ", " "), *split_text(old.text, new.text))
    texts = [f"{one.by} {one.text}" if one else "" for one in (old, new)]
    return ((texts[0], texts[1]),)
