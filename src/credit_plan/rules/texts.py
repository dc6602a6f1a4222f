"""Every value that holds words of the plan, with the file and the place where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from credit_plan.diagnostics import KeyPath
from credit_plan.models.draft import Draft
from credit_plan.models.indicators import Indicator
from credit_plan.models.records import Measure, PlanMetadata, Registry, Task, Unit

TextPlace = tuple[str, KeyPath, str]

_JOINT: Final = "。"
"""Between texts that are searched as one: it can be seen, and is neither white nor narrow."""


def iter_texts(draft: Draft, may_concern: Callable[[str], bool]) -> Iterator[TextPlace]:
    """(file, place, text) for everything that is read, as far as it may concern.

    The words of a task are tried as one text first. Nearly always that settles it, and no place
    has to be worked out. What a unit says in a report is in its own words, but for its name.
    """
    for filed in draft.tasks:
        if may_concern(_words(filed.record)):
            yield from ((filed.file, place, text) for place, text in _of_task(filed.record))
    if draft.registry is not None:
        file = draft.registry.file
        yield from (
            (file, place, name) for _unit, place, name in iter_registry_names(draft.registry.record)
        )
    if draft.metadata is not None:
        file = draft.metadata.file
        yield from ((file, place, text) for place, text in _of_facts(draft.metadata.record))
    for indicator in draft.indicators:
        for place, text in _of_indicator(indicator.record):
            if may_concern(text):
                yield indicator.file, (*indicator.path, *place), text
    for entry in draft.entries:
        if may_concern(entry.record.unit):
            yield entry.file, (*entry.path, "unit"), entry.record.unit


def roles(measure: Measure) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The keys of the two roles, each with the printed names of the units that have it."""
    return ("lead", measure.lead), ("responsible", measure.responsible)


def iter_unit_names(measure: Measure) -> Iterator[tuple[KeyPath, str]]:
    """The printed names of units, each with its place in the measure."""
    for role, names in roles(measure):
        for position, name in enumerate(names):
            yield (role, position), name


def iter_registry_names(registry: Registry) -> Iterator[tuple[Unit, KeyPath, str]]:
    """Every name in the registry, with the unit that it is for and its place."""
    for index, unit in enumerate(registry.units):
        yield unit, ("units", index, "name"), unit.name
        for position, alias in enumerate(unit.aliases):
            yield unit, ("units", index, "aliases", position), alias


def _words(task: Task) -> str:
    """All that `_of_task` yields, as one text."""
    words = [task.task]
    for measure in task.measures:
        words += (measure.text, measure.target, measure.deadline.text, measure.note or "")
        words += (milestone.text for milestone in measure.milestones)
        words += measure.lead
        words += measure.responsible
    return _JOINT.join(words)


def _of_task(task: Task) -> Iterator[tuple[KeyPath, str]]:
    yield ("task",), task.task
    for index, measure in enumerate(task.measures):
        for place, text in _of_measure(measure):
            yield ("measures", index, *place), text


def _of_measure(measure: Measure) -> Iterator[tuple[KeyPath, str]]:
    yield ("text",), measure.text
    yield ("target",), measure.target
    yield ("deadline", "text"), measure.deadline.text
    if measure.note is not None:
        yield ("note",), measure.note
    for position, milestone in enumerate(measure.milestones):
        yield ("milestones", position, "text"), milestone.text
    yield from iter_unit_names(measure)


def _of_facts(facts: PlanMetadata) -> Iterator[tuple[KeyPath, str]]:
    yield ("title",), facts.title
    yield ("city",), facts.city
    for index, chapter in enumerate(facts.chapters):
        yield ("chapters", index, "title"), chapter.title


def _of_indicator(indicator: Indicator) -> Iterator[tuple[KeyPath, str]]:
    yield ("name",), indicator.name
    yield ("unit",), indicator.unit
    for position, goal in enumerate(indicator.goals):
        yield ("goals", position, "text"), goal.text
    if indicator.note is not None:
        yield ("note",), indicator.note
