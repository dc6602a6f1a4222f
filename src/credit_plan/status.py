"""How an obligation stands on a day: every state and every light is defined here, once.

The last report decides and, if it does not say done, the date. In each table, the first line whose
condition is true gives the state or the light.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum, unique

from credit_plan.i18n import _
from credit_plan.plan import Status

DEFAULT_WITHIN = 30
"""Days before its date from which something is due soon, unless another number is asked for."""


@unique
class State(StrEnum):
    """How something that is owed stands on a day; STATES defines each."""

    DONE_ON_TIME = "done-on-time"
    DONE_LATE = "done-late"
    NOT_REPORTED = "not-reported"
    OVERDUE = "overdue"
    DUE_SOON = "due-soon"
    IN_PROGRESS = "in-progress"
    BLOCKED = "blocked"
    NOT_YET_DUE = "not-yet-due"


DONE = frozenset({State.DONE_ON_TIME, State.DONE_LATE})


@unique
class Light(StrEnum):
    """红, 黄, 绿: what a state means for whoever oversees the plan."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"


LIGHT_NAMES = {Light.RED: "红", Light.YELLOW: "黄", Light.GREEN: "绿"}
"""The names by which every clerk knows them."""

STATUS_NAMES = {
    Status.NOT_STARTED: _("not started"),
    Status.IN_PROGRESS: _("in progress"),
    Status.DONE: _("done"),
    Status.BLOCKED: _("blocked"),
}
STATE_NAMES = {
    State.DONE_ON_TIME: _("done on time"),
    State.DONE_LATE: _("done late"),
    State.NOT_REPORTED: _("not reported"),
    State.OVERDUE: _("overdue"),
    State.DUE_SOON: _("due soon"),
    State.IN_PROGRESS: _("in progress"),
    State.BLOCKED: _("blocked"),
    State.NOT_YET_DUE: _("not yet due"),
}


@dataclass(frozen=True, slots=True)
class Assessment:
    """A state with its light; `days` are those after the date, negative before it.

    `is_blocked` is true if the last report says blocked, even if the state is overdue or due soon.
    """

    state: State
    light: Light
    days: int
    is_blocked: bool = field(default=False, compare=False)

    @property
    def is_open(self) -> bool:
        """Return whether it is still to be done, as far as was reported."""
        return self.state not in DONE

    @property
    def is_late(self) -> bool:
        """Return whether its date has passed and it was not reported as done."""
        return self.is_open and self.days > 0


@dataclass(frozen=True, slots=True)
class Case:
    """What is known on a day of something that is due on a date.

    `status` is the last that was reported, None without a report; `done` is the day from which
    on every report says done.
    """

    due: date
    day: date
    within: int = DEFAULT_WITHIN
    status: Status | None = None
    done: date | None = None

    @property
    def days(self) -> int:
        """Return the days from the due date to the day it was done, or else to the day asked."""
        return ((self.done or self.day) - self.due).days


@dataclass(frozen=True, slots=True)
class StateRule:
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


STATES = (
    StateRule(State.NOT_REPORTED, _("nothing was reported"), lambda case: case.status is None),
    StateRule(
        State.DONE_ON_TIME,
        _("reported as done, on or before the date"),
        lambda case: case.done is not None and case.days <= 0,
    ),
    StateRule(
        State.DONE_LATE,
        _("reported as done, but after the date"),
        lambda case: case.done is not None,
    ),
    StateRule(
        State.OVERDUE,
        _("reported, but not as done, and the date has passed"),
        lambda case: case.days > 0,
    ),
    StateRule(
        State.DUE_SOON,
        _("reported, but not as done, and due within {within} days"),
        lambda case: case.days >= -case.within,
    ),
    StateRule(
        State.IN_PROGRESS,
        _("reported as in progress"),
        lambda case: case.status is Status.IN_PROGRESS,
    ),
    StateRule(State.BLOCKED, _("reported as blocked"), lambda case: case.status is Status.BLOCKED),
    StateRule(State.NOT_YET_DUE, _("reported as not started"), lambda _case: True),
)
"""Every state: the first whose words are true of a case is its state."""

LIGHTS = (
    LightRule(
        Light.RED,
        _("overdue, or not reported and past the date"),
        lambda state, days: state is State.OVERDUE or (state is State.NOT_REPORTED and days > 0),
    ),
    LightRule(
        Light.YELLOW,
        _("not reported, blocked, due soon, or done late"),
        lambda state, _days: (
            state in {State.NOT_REPORTED, State.BLOCKED, State.DUE_SOON, State.DONE_LATE}
        ),
    ),
    LightRule(Light.GREEN, _("everything else"), lambda _state, _days: True),
)
"""Every light: the first whose words are true of a state is its light."""


def assess(case: Case) -> Assessment:
    """Return the state and the light of a case."""
    state = next(rule.state for rule in STATES if rule.holds(case))
    light = next(rule.light for rule in LIGHTS if rule.holds(state, case.days))
    return Assessment(state, light, case.days, case.status is Status.BLOCKED)
