"""Which fields of a record differ, and where in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from credit_plan.changes import Change, Event, Pieces, Subject, Value, Version, Word
from credit_plan.model import Goal, Indicator, Milestone, Task
from credit_plan.query.wording import pieces

Fields = Mapping[str, Value]
"""What a record holds, by the keys of the answers; the first says what it is."""


@dataclass(frozen=True, slots=True)
class Side:
    """A record as one of the plans has it, with the records that it is or is in."""

    subject: Subject
    id: str | None
    fields: Fields
    task: Task | None = None
    version: Version | None = None
    indicator: Indicator | None = None
    goal: Goal | None = None


def came(new: Side) -> Change:
    """A record that only the new plan has."""
    field, value = next(iter(new.fields.items()))
    return _change(Event.ADDED, None, new, field, None, value, _replaced("", value))


def went(old: Side) -> Change:
    """A record that only the old plan has."""
    field, value = next(iter(old.fields.items()))
    return _change(Event.REMOVED, old, None, field, value, None, _replaced(value, ""))


def known_otherwise(event: Event, old: Side, new: Side, field: str = "id") -> Change:
    """A record that goes by another id."""
    return _change(event, old, new, field, old.id, new.id, _replaced(old.id, new.id))


def edits(old: Side, new: Side, as_now: Fields | None = None) -> Iterator[Change]:
    """A change for each field that differs; lists that differ in their order only do not.

    `as_now` has what the fields were in the words of the new plan, where these differ.
    """
    for field, now in new.fields.items():
        was = (as_now or old.fields)[field]
        if not _same(was, now):
            lines = _lines(was, now)
            yield _change(Event.CHANGED, old, new, field, old.fields[field], now, lines)


def _change(  # noqa: PLR0913, PLR0917  all that a change is
    event: Event,
    old: Side | None,
    new: Side | None,
    field: str,
    was: Value,
    now: Value,
    lines: tuple[Pieces, ...],
) -> Change:
    it = new or old
    return Change(
        event,
        it.subject if it else Subject.PLAN,
        new.id if new else None,
        old.id if old else None,
        field,
        was,
        now,
        lines,
        it.task if it else None,
        it.version if it else None,
        it.indicator if it else None,
        it.goal if it else None,
    )


def _replaced(was: Value, now: Value) -> tuple[Pieces, ...]:
    return (((str(was), str(now)),),)


def _same(was: Value, now: Value) -> bool:
    if was == now or not (isinstance(was, tuple) and isinstance(now, tuple)):
        return was == now
    return Counter[object](was) == Counter[object](now)


def _lines(was: Value, now: Value) -> tuple[Pieces, ...]:
    """The pieces of texts and lists; none of what is replaced as a whole."""
    if isinstance(was, tuple) and isinstance(now, tuple):
        names = [it for it in was if isinstance(it, str)], [it for it in now if isinstance(it, str)]
        dated = (
            [it for it in was if isinstance(it, Milestone)],
            [it for it in now if isinstance(it, Milestone)],
        )
        return (*_name_lines(*names), *_milestone_lines(*dated))
    if isinstance(was, Word) or not isinstance(was or now, str):
        return ()
    return (pieces(str(was or ""), str(now or "")),)


def _name_lines(was: Sequence[str], now: Sequence[str]) -> Iterator[Pieces]:
    """Every name that was or is, those that stayed first; one that took another's place with it."""
    gone = [name for name in was if name not in now]
    come = [name for name in now if name not in was]
    yield from (((name, name),) for name in now if name in was)
    if len(gone) == len(come) == 1:
        yield ((gone[0], come[0]),)
        return
    yield from (((name, ""),) for name in gone)
    yield from ((("", name),) for name in come)


def _milestone_lines(was: Sequence[Milestone], now: Sequence[Milestone]) -> Iterator[Pieces]:
    """The milestones that are not as they were; one is known by its words, or else by its day."""
    gone = [it for it in was if it not in now]
    come = [it for it in now if it not in was]
    pairs: list[tuple[Milestone, Milestone]] = []
    for alike in (_same_text, _same_day):
        for old in tuple(gone):
            if new := next((it for it in come if alike(old, it)), None):
                pairs.append((old, new))
                gone.remove(old)
                come.remove(new)
    for old, new in sorted(pairs, key=lambda pair: pair[1].by):
        yield ((str(old.by), str(new.by)), (" ", " "), *pieces(old.text, new.text))
    yield from (((f"{it.by} {it.text}", ""),) for it in gone)
    yield from ((("", f"{it.by} {it.text}"),) for it in come)


def _same_text(old: Milestone, new: Milestone) -> bool:
    return old.text == new.text


def _same_day(old: Milestone, new: Milestone) -> bool:
    return old.by == new.by
