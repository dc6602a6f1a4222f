"""What differs between two plans: the values that `query` makes and `report` shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum, unique

from credit_plan.model import (
    Comparison,
    Direction,
    Goal,
    Indicator,
    Kind,
    Measure,
    Milestone,
    Task,
)

Word = Kind | Direction | Comparison
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
class Version:
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
    version: Version | None = None
    indicator: Indicator | None = None
    goal: Goal | None = None

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
