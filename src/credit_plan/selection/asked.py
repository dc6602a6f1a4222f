"""What narrows a question, and what is left of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from credit_plan.models.records import Chapter, Task, Unit
from credit_plan.standing import Standing
from credit_plan.terms import WITHIN, Role, State

RowT = TypeVar("RowT")


@dataclass(frozen=True, slots=True)
class Asked:
    """What narrows a selection. Several units, chapters, tasks or states widen it: any will do.

    `day` is the one as of which states are meant, and something is due soon `within` so many
    days before its date.
    """

    units: tuple[Unit, ...] = ()
    role: Role = Role.ANY
    chapters: tuple[Chapter, ...] = ()
    tasks: tuple[Task, ...] = ()
    after: date | None = None
    before: date | None = None
    states: tuple[State, ...] = ()
    only_open: bool = False
    day: date | None = None
    within: int = WITHIN

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return self != Asked(day=self.day, within=self.within)

    def stands_so(self, standing: Standing | None) -> bool:
        """Whether a standing is one of those asked for."""
        if standing is None:
            return True
        return (not self.states or standing.state in self.states) and (
            standing.is_open or not self.only_open
        )

    def on(self, day: date) -> bool:
        """Whether a day lies between `after` and `before`, both included."""
        return (self.after is None or day >= self.after) and (
            self.before is None or day <= self.before
        )


@dataclass(frozen=True, slots=True)
class Selection(Generic[RowT]):
    """What was found, of how many there are, and what was asked.

    `shared` counts what fits but for the unit, and is for a group that may include it;
    `recorded` counts the reports on the whole plan that are known on the day.
    """

    found: tuple[RowT, ...]
    total: int
    asked: Asked = Asked()
    shared: int = 0
    recorded: int = 0
