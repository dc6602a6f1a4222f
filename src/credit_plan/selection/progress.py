"""What was reported, what was not, and how much of the plan stands how."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from credit_plan.models.indicators import Indicator, Target
from credit_plan.models.progress import Entry
from credit_plan.models.records import Unit
from credit_plan.selection.asked import Asked, Selection
from credit_plan.selection.duties import Duty, Obligation
from credit_plan.standing import Standing
from credit_plan.terms import Light, State


@dataclass(frozen=True, slots=True)
class Silence:
    """A unit that leads open measures and has reported nothing.

    `open` counts them, and `late` those whose date has passed; `last` is the day of its last
    report before the days that were asked for.
    """

    unit: Unit
    open: int
    late: int
    next_due: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Missing:
    """The silent units; `shared` counts open measures that only groups lead."""

    units: Selection[Silence]
    since: date | None
    shared: int


@dataclass(frozen=True, slots=True)
class History:
    """What was reported of measures, oldest first, and the indicators of the plan."""

    duties: tuple[Duty, ...]
    entries: tuple[Entry, ...]
    indicators: tuple[Indicator, ...]
    recorded: int


@dataclass(frozen=True, slots=True)
class StateTally:
    """How many measures of something stand in each state and each light."""

    key: str
    title: str
    states: Counter[State]
    lights: Counter[Light]

    @property
    def measures(self) -> int:
        """How many there are in all."""
        return self.states.total()


@dataclass(frozen=True, slots=True)
class Promise:
    """A figure promised for a year-end, how it stands, and the figure by which it is judged."""

    indicator: Indicator
    goal: Target
    standing: Standing
    figure: Decimal | None
    on: date | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Promises, and what was reported of their indicators: (indicator, entry), oldest first."""

    promises: Selection[Promise]
    reported: tuple[tuple[Indicator, Entry], ...]
    one: Indicator | None


@dataclass(frozen=True, slots=True)
class Status:
    """The plan's standing at a glance; `asked` has the day."""

    asked: Asked
    total: StateTally
    chapters: tuple[StateTally, ...]
    units: tuple[StateTally, ...]
    years: tuple[StateTally, ...]
    missed: tuple[Promise, ...]
    next: tuple[Obligation, ...]
    recorded: int
