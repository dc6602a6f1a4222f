"""What differs in `plan.yaml` and `units.yaml`, and which chapter and which unit is which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from credit_plan.compare.changes import (
    Change,
    Event,
    Fields,
    Subject,
    Version,
    added,
    compare_fields,
    removed,
    renamed,
)
from credit_plan.compare.matching import Candidate, Matching
from credit_plan.models.indicators import Indicator, Target
from credit_plan.models.records import Chapter, PlanMetadata, Unit

RecordT = TypeVar("RecordT", Chapter, Unit)


def paired_chapters(old: Iterable[Chapter], new: Iterable[Chapter]) -> Matching[Chapter]:
    """The chapters that are the same: by their titles, then by their numbers."""
    matching = Matching(list(map(_of_chapter, old)), list(map(_of_chapter, new)))
    matching.take_equal(lambda it: it.text)
    matching.take_equal(lambda it: it.number)
    return matching


def paired_units(old: Iterable[Unit], new: Iterable[Unit]) -> Matching[Unit]:
    """The units that are the same: by their names, then by any name that both know.

    Likeness says nothing here: 市教育局 and 市体育局 are two bureaus.
    """
    matching = Matching(list(map(_of_unit, old)), list(map(_of_unit, new)))
    matching.take_equal(lambda it: it.text)
    knowing = {name: it for it in matching.new for name in it.subject.names}
    shared = ((it, name) for it in matching.old for name in it.subject.names if name in knowing)
    matching.take_best((0, (it, knowing[name])) for it, name in shared)
    return matching


def of_facts(old: PlanMetadata, new: PlanMetadata) -> Iterator[Change]:
    """What differs in the facts of the plan, apart from its chapters."""
    return compare_fields(_facts(old), _facts(new))


def of_chapters(matching: Matching[Chapter]) -> Iterator[Change]:
    """What differs in the chapters, by their numbers."""
    matching.pairs.sort(key=lambda pair: pair[1].subject.number)
    return _of(matching, _chapter, Event.RENUMBERED, "id")


def of_units(matching: Matching[Unit], order: Sequence[Unit]) -> Iterator[Change]:
    """What differs in the registry of units, in its order."""
    at = {id(unit): at for at, unit in enumerate(order)}
    matching.pairs.sort(key=lambda pair: at[id(pair[1].subject)])
    return _of(matching, _unit, Event.RENAMED, "name")


def _of(
    matching: Matching[RecordT], entry: Callable[[RecordT], Version], event: Event, field: str
) -> Iterator[Change]:
    """What went, what came, and pair by pair what is known otherwise and what is not as it was."""
    yield from (removed(entry(item.subject)) for item in matching.old)
    yield from (added(entry(item.subject)) for item in matching.new)
    for pair in matching.pairs:
        old, new = (entry(item.subject) for item in pair)
        if old.id != new.id:
            yield renamed(event, old, new, field)
        yield from (it for it in compare_fields(old, new) if it.field != field)


def _of_chapter(it: Chapter) -> Candidate[Chapter]:
    return Candidate(it, str(it.number), it.title)


def _of_unit(it: Unit) -> Candidate[Unit]:
    return Candidate(it, it.name, it.name)


def _facts(it: PlanMetadata) -> Version:
    fields: Fields = {
        "title": it.title,
        "city": it.city,
        "period": f"{it.period.name} {it.period.first}–{it.period.last}",
        "pages": it.pages,
        "tasks": it.tasks,
        "measures": it.measures,
    }
    return Version(Subject.PLAN, None, fields)


def _chapter(it: Chapter) -> Version:
    fields: Fields = {"title": it.title, "tasks": it.tasks, "measures": it.measures}
    return Version(Subject.CHAPTER, str(it.number), fields)


def _unit(it: Unit) -> Version:
    fields: Fields = {"name": it.name, "kind": it.kind, "aliases": it.aliases}
    return Version(Subject.UNIT, it.name, fields)


def of_indicators(
    old: Sequence[Indicator], new: Sequence[Indicator], measures: Mapping[str, str]
) -> Iterator[Change]:
    """What went, what came, and in the order of the new plan what is not as it was.

    `measures` has the present id of each measure that both plans have: an indicator whose measure
    was renumbered has not changed.
    """
    present = [
        it.model_copy(update={"measure": measures.get(it.measure, it.measure)}) for it in old
    ]
    as_read = {id(now): was for now, was in zip(present, old, strict=True)}
    matching = _paired(present, new)
    yield from (removed(_indicator(as_read[id(item.subject)])) for item in matching.old)
    yield from (added(_indicator(item.subject)) for item in matching.new)
    at = {id(it): at for at, it in enumerate(new)}
    matching.pairs.sort(key=lambda pair: at[id(pair[1].subject)])
    for before, after in matching.pairs:
        was, now = _indicator(as_read[id(before.subject)]), _indicator(after.subject)
        if was.id != now.id:
            yield renamed(Event.RENAMED, was, now)
        yield from compare_fields(was, now, _indicator(before.subject).fields)
        yield from _of_goals(before.subject, after.subject)


def _paired(old: Sequence[Indicator], new: Sequence[Indicator]) -> Matching[Indicator]:
    """The indicators that are the same: by name, then by id, then by what is promised.

    The name comes first, as the words of a measure do: of two that swap their ids each stays.
    """
    matching = Matching(list(map(_of_indicator, old)), list(map(_of_indicator, new)))
    matching.take_equal(lambda it: (it.text, it.number))
    matching.take_equal(lambda it: it.text)
    matching.take_equal(lambda it: it.number)
    matching.take_equal(
        lambda it: (it.subject.measure, it.subject.unit, frozenset(it.subject.goals))
    )
    return matching


def _of_goals(old: Indicator, new: Indicator) -> Iterator[Change]:
    """What differs in the goals, by year-end; their order says nothing."""
    matching = Matching(list(map(_of_goal, old.goals)), list(map(_of_goal, new.goals)))
    matching.take_equal(lambda it: it.subject)
    matching.take_equal(lambda it: it.subject.by)
    matching.take_equal(lambda it: (it.subject.comparison, it.subject.value))
    found: list[tuple[date, Change]] = []
    for item in matching.old:
        gone = removed(_goal(new, item.subject))
        found.append((item.subject.by, _of_both(gone, old, new)))
    for item in matching.new:
        come = added(_goal(new, item.subject))
        found.append((item.subject.by, _of_both(come, old, new)))
    for before, after in matching.pairs:
        was, now = replace(_goal(new, before.subject), id=old.id), _goal(new, after.subject)
        found += ((after.subject.by, it) for it in compare_fields(was, now))
    yield from (change for _by, change in sorted(found, key=lambda it: it[0]))


def _of_both(change: Change, old: Indicator, new: Indicator) -> Change:
    """A goal that came or went, as a change of the indicator that both plans have."""
    return replace(change, event=Event.CHANGED, id=new.id, was_id=old.id, lines=())


def _of_indicator(it: Indicator) -> Candidate[Indicator]:
    return Candidate(it, it.id, it.name)


def _of_goal(it: Target) -> Candidate[Target]:
    return Candidate(it, str(it.by), it.text)


def _indicator(it: Indicator) -> Version:
    fields: Fields = {
        "name": it.name,
        "unit": it.unit,
        "better": it.better,
        "measure": it.measure,
        "note": it.note,
    }
    return Version(Subject.INDICATOR, it.id, fields, indicator=it)


def _goal(indicator: Indicator, it: Target) -> Version:
    fields: Fields = {
        "value": it.value,
        "by": it.by,
        "comparison": it.comparison,
        "text": it.text,
    }
    return Version(Subject.INDICATOR, indicator.id, fields, indicator=indicator, goal=it)
