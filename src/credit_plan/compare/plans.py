"""What differs between two plans: what came, what went, and what is not as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from credit_plan.compare.changes import (
    Change,
    Event,
    Fields,
    MeasureVersion,
    Subject,
    Version,
    added,
    compare_fields,
    removed,
    renamed,
)
from credit_plan.compare.matching import Matching, paired_tasks, paired_versions
from credit_plan.compare.records import (
    of_chapters,
    of_facts,
    of_indicators,
    of_units,
    paired_chapters,
    paired_units,
)
from credit_plan.models.draft import Plan
from credit_plan.models.records import Measure, Task

_GONE: Final = -1
_COME: Final = -2
"""The home of a task that only one of the plans has: no measure of the other is at home in it."""


def compare(old: Plan, new: Plan) -> tuple[Change, ...]:
    """Everything that differs: the facts, the chapters, the units, task by task, the indicators.

    The plans need not be sound: a unit that a registry does not know goes by the printed name.
    """
    units = paired_units(old.units, new.units)
    chapters = paired_chapters(old.facts.chapters, new.facts.chapters)
    tasks = paired_tasks(old.tasks, new.tasks)
    comparison = _Comparison(
        tasks,
        _homes(tasks),
        {before.subject.number: after.subject.number for before, after in chapters.pairs},
        {before.subject.name: after.subject.name for before, after in units.pairs},
    )
    measures = paired_versions(_versions(old), _versions(new), comparison.homes)
    changes = (*comparison.of_tasks(), *comparison.of_measures(measures))
    ids = {before.subject.id: after.subject.id for before, after in measures.pairs}
    return (
        *of_facts(old.facts, new.facts),
        *of_chapters(chapters),
        *of_units(units, new.units),
        *sorted(changes, key=comparison.place),
        *of_indicators(old.indicators, new.indicators, ids),
    )


@dataclass(frozen=True, slots=True)
class _Comparison:
    """The tasks as they were paired, and the present number and name of what the old plan names.

    `homes` has for the identity of a task a number, the same for the two that are one.
    """

    tasks: Matching[Task]
    homes: Mapping[int, int]
    chapters: Mapping[int, int]
    units: Mapping[str, str]

    def of_tasks(self) -> Iterator[Change]:
        yield from (removed(_task(item.subject)) for item in self.tasks.old)
        yield from (added(_task(item.subject)) for item in self.tasks.new)
        for before, after in self.tasks.pairs:
            old, new = _task(before.subject), _task(after.subject)
            if old.id != new.id:
                yield renamed(Event.RENUMBERED, old, new)
            chapter = before.subject.chapter
            now = {**old.fields, "chapter": self.chapters.get(chapter, chapter)}
            yield from compare_fields(replace(old, task=after.subject), new, now)

    def of_measures(self, matching: Matching[MeasureVersion]) -> Iterator[Change]:
        present = {id(before.subject): after.subject for before, after in self.tasks.pairs}
        for item in matching.old:
            yield removed(_measure(item.subject, present.get(id(item.subject.task))))
        yield from (added(_measure(item.subject)) for item in matching.new)
        for before, after in matching.pairs:
            was, now = before.subject, after.subject
            ours, theirs = _measure(was), _measure(now)
            if present.get(id(was.task)) is not now.task:
                yield renamed(Event.MOVED, ours, theirs)
            elif was.measure.number != now.measure.number:
                yield renamed(Event.RENUMBERED, ours, theirs)
            yield from compare_fields(ours, theirs, self._as_now(was))

    def place(self, change: Change) -> tuple[object, ...]:
        """Where a change is looked for: by its task, what is gone first, then by its number."""
        number, stays = (
            (change.task.id, self.homes[id(change.task)] != _GONE) if change.task else (0, True)
        )
        of_task = change.subject is Subject.TASK
        return number, stays, not of_task, _counted(change), change.id is not None

    def _as_now(self, was: MeasureVersion) -> Fields:
        """The fields of a measure with the names that its units have in the new plan."""

        def named(units: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(self.units.get(name, name) for name in units)

        return _fields(replace(was, lead=named(was.lead), responsible=named(was.responsible)))


def _homes(tasks: Matching[Task]) -> dict[int, int]:
    homes = {id(item.subject): _GONE for item in tasks.old}
    homes |= {id(item.subject): _COME for item in tasks.new}
    for at, pair in enumerate(tasks.pairs):
        homes |= {id(item.subject): at for item in pair}
    return homes


def _task(task: Task) -> Version:
    fields: Fields = {"task_text": task.task, "chapter": task.chapter}
    return Version(Subject.TASK, str(task.id), fields, task)


def _measure(version: MeasureVersion, task: Task | None = None) -> Version:
    return Version(Subject.MEASURE, version.id, _fields(version), task or version.task, version)


def _fields(version: MeasureVersion) -> Fields:
    measure = version.measure
    return {
        "text": measure.text,
        "target": measure.target,
        "milestones": measure.milestones,
        "lead": version.lead,
        "responsible": version.responsible,
        "deadline": measure.deadline.by,
        "deadline_text": measure.deadline.text,
        "ongoing": measure.deadline.ongoing,
        "page": measure.page,
        "note": measure.note,
    }


def _versions(plan: Plan) -> list[MeasureVersion]:
    """The measures of a plan by their numbers, wherever they stand in their files."""
    known = plan.by_name

    def named(printed: tuple[str, ...]) -> tuple[str, ...]:
        units = (known[name].name if name in known else name for name in printed)
        return tuple(dict.fromkeys(units))

    return [
        MeasureVersion(task.measure_id(it), task, it, named(it.lead), named(it.responsible))
        for task in plan.tasks
        for it in sorted(task.measures, key=_number)
    ]


def _number(measure: Measure) -> tuple[int, ...]:
    """The printed number as it is counted: 9 stands before 10, and 1-2 before 2."""
    return tuple(map(int, measure.number.split("-"))) if measure.number else ()


def _counted(change: Change) -> tuple[int, ...]:
    """The number by which a record is found, in the same way."""
    return tuple(map(int, change.known_as.replace(".", "-").split("-")))
