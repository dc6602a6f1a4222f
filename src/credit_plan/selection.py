"""What a question leaves of the plan: the values that `query` makes and `report` shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from credit_plan.model import Chapter, Facts, Kind, Measure, Task, Unit
from credit_plan.terms import ObligationKind, Role

RowT = TypeVar("RowT")


@dataclass(frozen=True, slots=True)
class Duty:
    """A measure in its place; `lead` and `responsible` are units, in the printed order."""

    id: str
    task: Task
    measure: Measure
    lead: tuple[Unit, ...]
    responsible: tuple[Unit, ...]

    def units(self, role: Role = Role.ANY) -> tuple[Unit, ...]:
        """The units that have the role; by default every unit that the measure names."""
        match role:
            case Role.LEAD:
                return self.lead
            case Role.RESPONSIBLE:
                return self.responsible
            case Role.ANY:
                return self.lead + self.responsible

    def groups(self, role: Role = Role.ANY) -> tuple[Unit, ...]:
        """The collectives that have the role, whose members the plan does not name."""
        return tuple(unit for unit in self.units(role) if unit.kind is Kind.GROUP)


@dataclass(frozen=True, slots=True)
class Asked:
    """What narrows a selection. Several units, chapters or tasks widen it: any of them will do."""

    units: tuple[Unit, ...] = ()
    role: Role = Role.ANY
    chapters: tuple[Chapter, ...] = ()
    tasks: tuple[Task, ...] = ()
    after: date | None = None
    before: date | None = None

    def on(self, day: date) -> bool:
        """Whether a day lies between `after` and `before`, both included."""
        return (self.after is None or day >= self.after) and (
            self.before is None or day <= self.before
        )


@dataclass(frozen=True, slots=True)
class Selection(Generic[RowT]):
    """What was found, of how many there are, and what was asked.

    `shared` counts what fits but for the unit, and is for a group that may include it.
    """

    found: tuple[RowT, ...]
    total: int
    asked: Asked = Asked()
    shared: int = 0


@dataclass(frozen=True, slots=True)
class Obligation:
    """What falls due on a day. `kind` is never ALL; `what` quotes the plan."""

    duty: Duty
    date: date
    kind: ObligationKind
    what: str


@dataclass(frozen=True, slots=True)
class Due:
    """The obligations found, and the first and last date of what was asked, whatever the dates."""

    obligations: Selection[Obligation]
    kind: ObligationKind
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class UnitDuties:
    """One unit's duties apart by role, and those of groups that may include it."""

    unit: Unit
    lead: Selection[Duty]
    responsible: Selection[Duty]
    shared: Selection[Duty]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a duty and where words occur in it, as (start, end) without overlaps.

    `field` is `task_text`, `text` or `target`.
    """

    field: str
    text: str
    hits: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A duty in which every word occurs, and the texts in which any does."""

    duty: Duty
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """The hits, the words, those that occur in no text, and the units that words are names of."""

    hits: Selection[Hit]
    words: tuple[str, ...]
    nowhere: tuple[str, ...]
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class TaskDuties:
    """A task in its chapter, and those of its measures that were asked for."""

    chapter: Chapter
    task: Task
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class UnitTally:
    """How many measures a unit leads and is responsible for, and what is next to fall due."""

    unit: Unit
    lead: int
    responsible: int
    next_due: date | None


@dataclass(frozen=True, slots=True)
class ChapterTally:
    """How many tasks, measures and milestones a chapter has; `by_year` counts its deadlines."""

    chapter: Chapter
    tasks: int
    measures: int
    milestones: int
    by_year: Counter[int]


@dataclass(frozen=True, slots=True)
class YearTally:
    """What falls due in a year.

    A milestone on the day of its measure's deadline is one obligation with it.
    """

    year: int
    deadlines: int
    milestones: int
    obligations: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The plan at a glance; `passed` and `ahead` count obligations before a day and from it on."""

    facts: Facts
    passed: int
    ahead: int
    years: tuple[YearTally, ...]
    chapters: tuple[ChapterTally, ...]
    units: tuple[UnitTally, ...]

    @property
    def groups(self) -> int:
        """How many of the units are collectives."""
        return sum(tally.unit.kind is Kind.GROUP for tally in self.units)
