"""Measures in their place: by unit, by date, by task, by words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from credit_plan.models.progress import Entry
from credit_plan.models.records import Chapter, Measure, Task, Unit, UnitKind
from credit_plan.selection.asked import Selection
from credit_plan.standing import Standing
from credit_plan.terms import ObligationKind, Role


@dataclass(frozen=True, slots=True)
class Duty:
    """A measure in its place; `lead` and `responsible` are units, in the printed order.

    `standing` is there where a day was asked for; `last` is what was last reported by then, and
    `heard` the day on which the latest report was recorded.
    """

    id: str
    task: Task
    measure: Measure
    lead: tuple[Unit, ...]
    responsible: tuple[Unit, ...]
    standing: Standing | None = None
    last: Entry | None = None
    heard: date | None = None

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
        return tuple(unit for unit in self.units(role) if unit.kind is UnitKind.GROUP)


@dataclass(frozen=True, slots=True)
class Obligation:
    """What falls due on a day. `kind` is never ALL; `what` quotes the plan.

    `standing` is None where no day was asked for, and where nobody can tell.
    """

    duty: Duty
    date: date
    kind: ObligationKind
    what: str
    standing: Standing | None = None


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
