"""What differs between two plans: the values that `query` makes and `report` shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum, unique
from typing import Final

from credit_plan.models.indicators import Indicator, Target
from credit_plan.models.records import Measure, Milestone, Task
from credit_plan.plan import Comparison, Direction, UnitKind

Word = UnitKind | Direction | Comparison
"""A word from a closed list, which is replaced as a whole."""

Value = str | int | date | Decimal | Word | tuple[str, ...] | tuple[Milestone, ...] | None
"""What a field may hold; None where there is none, or no record that has it."""

Pieces = tuple[tuple[str, str], ...]
"""A text cut where it differs: what a piece was and what it is, twice the same where it stayed."""


@unique
class Event(StrEnum):
    """What became of a record, or of a field of it."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    RENAMED = "renamed"
    CHANGED = "changed"


@unique
class Subject(StrEnum):
    """What sort of record it is; `plan` are the facts of `plan.yaml`."""

    PLAN = "plan"
    CHAPTER = "chapter"
    UNIT = "unit"
    TASK = "task"
    MEASURE = "measure"
    INDICATOR = "indicator"


@dataclass(frozen=True, slots=True)
class MeasureVersion:
    """A measure as one of the two plans has it; units by the names that its registry gives."""

    id: str
    task: Task
    measure: Measure
    lead: tuple[str, ...]
    responsible: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs. Without `id` the record is removed, without `was_id` added.

    `field` says which of its fields differs: of a record that was added or removed the one that
    says what it is, of one that was moved or renumbered its id. `lines` has the pieces of texts,
    an entry of a list each. A change of a task or a measure has the task it belongs to now, or
    belonged to, and that of a measure the measure as it is, or was. In the same way a change of an
    indicator has the indicator, and that of a goal the goal: one that came or went is a change of
    its indicator, by its `value`.
    """

    event: Event
    subject: Subject
    id: str | None
    was_id: str | None
    field: str
    was: Value
    now: Value
    lines: tuple[Pieces, ...] = ()
    task: Task | None = None
    version: MeasureVersion | None = None
    indicator: Indicator | None = None
    goal: Target | None = None

    @property
    def known_as(self) -> str:
        """The id by which people find the record: of one that is gone, the one it had."""
        return self.id or self.was_id or ""

    @property
    def days(self) -> int | None:
        """By how many days a date is later now; negative where it is earlier."""
        if isinstance(self.was, date) and isinstance(self.now, date):
            return (self.now - self.was).days
        return None


_TOKEN: Final = re.compile(r"[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*|.", re.DOTALL)
"""A figure or a Latin word, which is replaced as a whole, or a single character."""

_MIN_RUN: Final = 1
"""Characters: what so few have in common between two changes is chance."""

_MIN_SIMILARITY: Final = 0.3
"""Texts that share less than this have nothing in common that a reader would look for."""

_LONGEST: Final = 10_000
"""Characters of a text that is looked into; the longest of the published plan has 300."""


def split_pieces(was: str, now: str) -> Pieces:
    """The two texts cut where they differ; one piece where nothing of the first is left."""
    if was == now or not was or not now or max(len(was), len(now)) > _LONGEST:
        return ((was, now),)
    before, after = _TOKEN.findall(was), _TOKEN.findall(now)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    cut = [
        ("".join(before[start:end]), "".join(after[begin:stop]))
        for _tag, start, end, begin, stop in matcher.get_opcodes()
    ]
    kept = sum(len(old) for old, new in cut if old == new)
    if 2 * kept < _MIN_SIMILARITY * (len(was) + len(now)):
        return ((was, now),)
    return _merge_short_runs(cut)


def _merge_short_runs(cut: list[tuple[str, str]]) -> Pieces:
    """The same pieces; changes that only a splinter keeps apart are one."""
    tidy: list[tuple[str, str]] = []
    for at, (old, new) in enumerate(cut):
        between = 0 < at < len(cut) - 1
        splinter = old == new and between and len(old) <= _MIN_RUN
        open_end = bool(tidy) and tidy[-1][0] != tidy[-1][1]
        if open_end and (splinter or old != new):
            tidy[-1] = (tidy[-1][0] + old, tidy[-1][1] + new)
        else:
            tidy.append((old, new))
    return tuple(tidy)


Fields = Mapping[str, Value]
"""What a record holds, by the keys of the answers; the first says what it is."""


@dataclass(frozen=True, slots=True)
class Version:
    """A record as one of the plans has it, with the records that it is or is in."""

    subject: Subject
    id: str | None
    fields: Fields
    task: Task | None = None
    version: MeasureVersion | None = None
    indicator: Indicator | None = None
    goal: Target | None = None


def added(new: Version) -> Change:
    """A record that only the new plan has."""
    field, value = next(iter(new.fields.items()))
    return _change(Event.ADDED, None, new, field, None, value, _replaced("", value))


def removed(old: Version) -> Change:
    """A record that only the old plan has."""
    field, value = next(iter(old.fields.items()))
    return _change(Event.REMOVED, old, None, field, value, None, _replaced(value, ""))


def renamed(event: Event, old: Version, new: Version, field: str = "id") -> Change:
    """A record that goes by another id."""
    return _change(event, old, new, field, old.id, new.id, _replaced(old.id, new.id))


def compare_fields(old: Version, new: Version, as_now: Fields | None = None) -> Iterator[Change]:
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
    old: Version | None,
    new: Version | None,
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
    return (split_pieces(str(was or ""), str(now or "")),)


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
        yield ((str(old.by), str(new.by)), (" ", " "), *split_pieces(old.text, new.text))
    yield from (((f"{it.by} {it.text}", ""),) for it in gone)
    yield from ((("", f"{it.by} {it.text}"),) for it in come)


def _same_text(old: Milestone, new: Milestone) -> bool:
    return old.text == new.text


def _same_day(old: Milestone, new: Milestone) -> bool:
    return old.by == new.by
