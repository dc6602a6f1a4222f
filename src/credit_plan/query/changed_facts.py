"""What differs in `plan.yaml` and `units.yaml`, and which chapter and which unit is which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from credit_plan.changes import Change, Event, Subject
from credit_plan.model import Chapter, Facts, Unit
from credit_plan.query.edits import Fields, Side, came, edits, known_otherwise, went
from credit_plan.query.matching import Item, Matching

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


def of_facts(old: Facts, new: Facts) -> Iterator[Change]:
    """What differs in the facts of the plan, apart from its chapters."""
    return edits(_facts(old), _facts(new))


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
    matching: Matching[RecordT], entry: Callable[[RecordT], Side], event: Event, field: str
) -> Iterator[Change]:
    """What went, what came, and pair by pair what is known otherwise and what is not as it was."""
    yield from (went(entry(item.subject)) for item in matching.old)
    yield from (came(entry(item.subject)) for item in matching.new)
    for pair in matching.pairs:
        old, new = (entry(item.subject) for item in pair)
        if old.id != new.id:
            yield known_otherwise(event, old, new, field)
        yield from (it for it in edits(old, new) if it.field != field)


def _of_chapter(it: Chapter) -> Item[Chapter]:
    return Item(it, str(it.number), it.title)


def _of_unit(it: Unit) -> Item[Unit]:
    return Item(it, it.name, it.name)


def _facts(it: Facts) -> Side:
    fields: Fields = {
        "title": it.title,
        "city": it.city,
        "period": f"{it.period.name} {it.period.first}–{it.period.last}",
        "pages": it.pages,
        "tasks": it.tasks,
        "measures": it.measures,
    }
    return Side(Subject.PLAN, None, fields)


def _chapter(it: Chapter) -> Side:
    fields: Fields = {"title": it.title, "tasks": it.tasks, "measures": it.measures}
    return Side(Subject.CHAPTER, str(it.number), fields)


def _unit(it: Unit) -> Side:
    fields: Fields = {"name": it.name, "kind": it.kind, "aliases": it.aliases}
    return Side(Subject.UNIT, it.name, fields)
