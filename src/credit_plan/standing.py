"""How something that is owed stands on a day: each state and each colour is defined here, once.

What was last reported decides, and where it was not done, the date. To read the tables: the
first line that holds is the state, and the first that holds is the light.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from credit_plan.i18n import _
from credit_plan.terms import WITHIN, Light, State, Status

DONE: Final = frozenset({State.DONE_ON_TIME, State.DONE_LATE})


@dataclass(frozen=True, slots=True)
class Case:
    """What is known on a day of something that is owed by a date.

    `status` is the last that was reported, None where nothing was; `done` is the day from which
    on every report says done.
    """

    due: date
    day: date
    within: int = WITHIN
    status: Status | None = None
    done: date | None = None

    @property
    def days(self) -> int:
        """Days after the date, at which it was done or else the day asked for; before it, minus."""
        return ((self.done or self.day) - self.due).days


@dataclass(frozen=True, slots=True)
class Standing:
    """A state on a day with its light; `days` are those after the date, negative before it.

    `is_blocked` tells what was last reported, also where the date says more.
    """

    state: State
    light: Light
    days: int
    is_blocked: bool = field(default=False, compare=False)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done, as far as anybody knows."""
        return self.state not in DONE

    @property
    def is_late(self) -> bool:
        """Whether its date has passed and nobody has said that it is done."""
        return self.is_open and self.days > 0


@dataclass(frozen=True, slots=True)
class Definition:
    """A state, in words and as a test."""

    state: State
    words: str
    holds: Callable[[Case], bool]


@dataclass(frozen=True, slots=True)
class LightRule:
    """A light, in words and as a test of the state and the days after the date."""

    light: Light
    words: str
    holds: Callable[[State, int], bool]


STATES: Final[tuple[Definition, ...]] = (
    Definition(
        State.NOT_REPORTED, _("nothing was reported of it"), lambda case: case.status is None
    ),
    Definition(
        State.DONE_ON_TIME,
        _("reported as done, since a day up to the date"),
        lambda case: case.done is not None and case.days <= 0,
    ),
    Definition(
        State.DONE_LATE,
        _("reported as done, since a day after the date"),
        lambda case: case.done is not None,
    ),
    Definition(
        State.OVERDUE,
        _("reported, not as done, and the date has passed"),
        lambda case: case.days > 0,
    ),
    Definition(
        State.DUE_SOON,
        _("reported, not as done, and the date is at most {within} days away"),
        lambda case: case.days >= -case.within,
    ),
    Definition(
        State.IN_PROGRESS,
        _("reported as in progress"),
        lambda case: case.status is Status.IN_PROGRESS,
    ),
    Definition(State.BLOCKED, _("reported as blocked"), lambda case: case.status is Status.BLOCKED),
    Definition(State.NOT_YET_DUE, _("reported as not started"), lambda _case: True),
)
"""Every state: the first whose words are true of a case is its state."""

LIGHTS: Final[tuple[LightRule, ...]] = (
    LightRule(
        Light.RED,
        _("overdue, or not reported though the date has passed"),
        lambda state, days: state is State.OVERDUE or (state is State.NOT_REPORTED and days > 0),
    ),
    LightRule(
        Light.YELLOW,
        _("not reported, blocked, due soon, or done late"),
        lambda state, _days: (
            state in {State.NOT_REPORTED, State.BLOCKED, State.DUE_SOON, State.DONE_LATE}
        ),
    ),
    LightRule(Light.GREEN, _("all else"), lambda _state, _days: True),
)
"""Every light: the first whose words are true of a state is its light."""


def standing(case: Case) -> Standing:
    """How a case stands."""
    state = next(it.state for it in STATES if it.holds(case))
    light = next(it.light for it in LIGHTS if it.holds(state, case.days))
    return Standing(state, light, case.days, case.status is Status.BLOCKED)
