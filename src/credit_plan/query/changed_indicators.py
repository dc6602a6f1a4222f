"""What differs in `indicators.yaml`, and which indicator and which goal is which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from credit_plan.changes import Change, Event, Subject
from credit_plan.model import Goal, Indicator
from credit_plan.query.edits import Fields, Side, came, edits, known_otherwise, went
from credit_plan.query.matching import Item, Matching


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
    yield from (went(_indicator(as_read[id(item.subject)])) for item in matching.old)
    yield from (came(_indicator(item.subject)) for item in matching.new)
    at = {id(it): at for at, it in enumerate(new)}
    matching.pairs.sort(key=lambda pair: at[id(pair[1].subject)])
    for before, after in matching.pairs:
        was, now = _indicator(as_read[id(before.subject)]), _indicator(after.subject)
        if was.id != now.id:
            yield known_otherwise(Event.RENAMED, was, now)
        yield from edits(was, now, _indicator(before.subject).fields)
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
        gone = went(_goal(new, item.subject))
        found.append((item.subject.by, _of_both(gone, old, new)))
    for item in matching.new:
        come = came(_goal(new, item.subject))
        found.append((item.subject.by, _of_both(come, old, new)))
    for before, after in matching.pairs:
        was, now = replace(_goal(new, before.subject), id=old.id), _goal(new, after.subject)
        found += ((after.subject.by, it) for it in edits(was, now))
    yield from (change for _by, change in sorted(found, key=lambda it: it[0]))


def _of_both(change: Change, old: Indicator, new: Indicator) -> Change:
    """A goal that came or went, as a change of the indicator that both plans have."""
    return replace(change, event=Event.CHANGED, id=new.id, was_id=old.id, lines=())


def _of_indicator(it: Indicator) -> Item[Indicator]:
    return Item(it, it.id, it.name)


def _of_goal(it: Goal) -> Item[Goal]:
    return Item(it, str(it.by), it.text)


def _indicator(it: Indicator) -> Side:
    fields: Fields = {
        "name": it.name,
        "unit": it.unit,
        "better": it.better,
        "measure": it.measure,
        "note": it.note,
    }
    return Side(Subject.INDICATOR, it.id, fields, indicator=it)


def _goal(indicator: Indicator, it: Goal) -> Side:
    fields: Fields = {
        "value": it.value,
        "by": it.by,
        "comparison": it.comparison,
        "text": it.text,
    }
    return Side(Subject.INDICATOR, indicator.id, fields, indicator=indicator, goal=it)
