"""What was last reported of something, what the calendar makes of it, and its light: each once.

Status and timing are two axes. Status is what was reported; timing is about dates alone, and says
the same of what nobody reported. In each table, the first line whose condition is true gives the
timing or the light.
"""

from collections.abc import Callable
from datetime import date
from enum import StrEnum, unique
from typing import NamedTuple

from credit_plan.i18n import _
from credit_plan.plan import OTHER_STATUS_WORDS, STATUSES_IN_CHINESE

DEFAULT_WITHIN = 30
"""Days before its date from which something is due soon, unless another number is asked for."""


@unique
class LastStatus(StrEnum):
    """What was last reported of something: the status in the report, or that there is none."""

    NOT_REPORTED = "not-reported"
    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    BLOCKED = "blocked"
    DONE = "done"


@unique
class Timing(StrEnum):
    """What the calendar makes of something that falls due; TIMINGS defines each."""

    OVERDUE = "overdue"
    DUE_SOON = "due-soon"
    OPEN = "open"
    STANDING = "standing"
    DONE_LATE = "done-late"
    DONE_ON_TIME = "done-on-time"


DONE = frozenset({Timing.DONE_ON_TIME, Timing.DONE_LATE})


@unique
class Light(StrEnum):
    """红, 黄, 绿: what status and timing mean for whoever oversees the plan."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"


LIGHT_NAMES = {Light.RED: _("red"), Light.YELLOW: _("yellow"), Light.GREEN: _("green")}

STATUS_NAMES = {
    LastStatus.NOT_REPORTED: _("not reported"),
    LastStatus.NOT_STARTED: _("not started"),
    LastStatus.IN_PROGRESS: _("in progress"),
    LastStatus.BLOCKED: _("blocked"),
    LastStatus.DONE: _("done"),
}
TIMING_NAMES = {
    Timing.OVERDUE: _("overdue"),
    Timing.DUE_SOON: _("due soon"),
    Timing.OPEN: _("open"),
    Timing.STANDING: _("standing"),
    Timing.DONE_LATE: _("done late"),
    Timing.DONE_ON_TIME: _("done on time"),
}
STATUS_WORDS = {LastStatus.NOT_REPORTED: ("未报送", "未填报", "未报告")} | {
    LastStatus(status): (word, *OTHER_STATUS_WORDS[status].split())
    for status, word in STATUSES_IN_CHINESE.items()
}
TIMING_WORDS = {
    Timing.OVERDUE: ("逾期", "超期"),
    Timing.DUE_SOON: ("临期", "即将到期"),
    Timing.OPEN: ("未到期",),
    Timing.STANDING: ("长期坚持", "长期"),
    Timing.DONE_LATE: ("逾期完成", "超期完成"),
    Timing.DONE_ON_TIME: ("按期完成", "按时完成"),
}
"""What clerks call them; filters understand these as well."""


class Case(NamedTuple):
    """What is known on a day of something that is due on a date, or that has none.

    `done` is the day since which it is done, None while it is not.
    """

    due: date | None
    day: date
    within: int = DEFAULT_WITHIN
    status: LastStatus = LastStatus.NOT_REPORTED
    done: date | None = None

    @property
    def days(self) -> int | None:
        """Return the days from the due date to the day it was done, or else to the day asked."""
        return ((self.done or self.day) - self.due).days if self.due else None

    @property
    def is_past(self) -> bool:
        """Return whether it was done, or is asked about, after the due date."""
        return (self.days or 0) > 0


class Assessment(NamedTuple):
    """Status, timing and light of something that is due on a date, or that has none.

    `days` are those after the date, to the day on which it was done or else the day asked;
    negative before it.
    """

    due: date | None
    status: LastStatus
    timing: Timing
    light: Light
    days: int | None

    @property
    def is_open(self) -> bool:
        """Return whether it is still to be done."""
        return self.timing not in DONE

    @property
    def is_overdue(self) -> bool:
        """Return whether it is not done, although its date has passed."""
        return self.timing is Timing.OVERDUE


class TimingRule(NamedTuple):
    """A timing, in words and as a test."""

    timing: Timing
    words: str
    holds: Callable[[Case], bool]


class LightRule(NamedTuple):
    """A light, in words and as a test."""

    light: Light
    words: str
    holds: Callable[[LastStatus, Timing], bool]


STATUSES = {
    LastStatus.NOT_REPORTED: _("nothing was reported"),
    LastStatus.NOT_STARTED: _("last reported as not started"),
    LastStatus.IN_PROGRESS: _("last reported as in progress"),
    LastStatus.BLOCKED: _("last reported as blocked"),
    LastStatus.DONE: _("last reported as done"),
}
"""Every status, in words."""

TIMINGS = (
    TimingRule(
        Timing.DONE_ON_TIME,
        _("done, on or before the date"),
        lambda case: case.done is not None and not case.is_past,
    ),
    TimingRule(Timing.DONE_LATE, _("done, but after the date"), lambda case: case.done is not None),
    TimingRule(
        Timing.STANDING, _("not done, and without a date (长期)"), lambda case: case.due is None
    ),
    TimingRule(Timing.OVERDUE, _("not done, and the date has passed"), lambda case: case.is_past),
    TimingRule(
        Timing.DUE_SOON,
        _("not done, and due within {within} days"),
        lambda case: (case.days or 0) >= -case.within,
    ),
    TimingRule(Timing.OPEN, _("not done, and due later"), lambda _case: True),
)
"""Every timing: the first whose words are true of a case is its timing."""

LIGHTS = (
    LightRule(Light.RED, _("overdue"), lambda _status, timing: timing is Timing.OVERDUE),
    LightRule(
        Light.YELLOW,
        _("due soon, done late, blocked, or not reported"),
        lambda status, timing: (
            timing in {Timing.DUE_SOON, Timing.DONE_LATE}
            or status in {LastStatus.BLOCKED, LastStatus.NOT_REPORTED}
        ),
    ),
    LightRule(Light.GREEN, _("everything else"), lambda _status, _timing: True),
)
"""Every light: the first whose words are true of a status and a timing is their light."""


def assess(case: Case) -> Assessment:
    """Return status, timing and light of a case."""
    timing = next(rule.timing for rule in TIMINGS if rule.holds(case))
    light = next(rule.light for rule in LIGHTS if rule.holds(case.status, timing))
    return Assessment(case.due, case.status, timing, light, case.days)
