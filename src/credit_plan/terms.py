"""Closed vocabularies: words that a user chooses from a list, and what is meant without one."""

from __future__ import annotations

from enum import StrEnum, unique
from typing import Final

WITHIN: Final = 30
"""So many days before its date something is due soon, unless another number is asked for."""


@unique
class Role(StrEnum):
    """In which of its two roles a unit is meant."""

    ANY = "any"
    LEAD = "lead"
    RESPONSIBLE = "responsible"


@unique
class ObligationKind(StrEnum):
    """Which obligations are meant: all, the deadlines of measures, or their milestones."""

    ALL = "all"
    DEADLINE = "deadline"
    MILESTONE = "milestone"


@unique
class RecordKind(StrEnum):
    """Which records are meant: the files under `measures/` and `progress/`, or one beside them."""

    MEASURES = "measures"
    UNITS = "units"
    PLAN = "plan"
    INDICATORS = "indicators"
    PROGRESS = "progress"


@unique
class Status(StrEnum):
    """What a report says of a measure."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    DONE = "done"
    BLOCKED = "blocked"


STATUSES: Final = {
    "未开始": Status.NOT_STARTED,
    "进行中": Status.IN_PROGRESS,
    "已完成": Status.DONE,
    "受阻": Status.BLOCKED,
}
"""What a clerk calls them; `record` understands these as well, and files have the codes."""


@unique
class State(StrEnum):
    """How something that is owed stands on a day; `standing` defines each."""

    DONE_ON_TIME = "done-on-time"
    DONE_LATE = "done-late"
    NOT_REPORTED = "not-reported"
    OVERDUE = "overdue"
    DUE_SOON = "due-soon"
    IN_PROGRESS = "in-progress"
    BLOCKED = "blocked"
    NOT_YET_DUE = "not-yet-due"


@unique
class Light(StrEnum):
    """红, 黄, 绿: what a state means for whoever oversees the plan."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"


@unique
class Dimension(StrEnum):
    """What measures are counted by."""

    CHAPTER = "chapter"
    UNIT = "unit"
    YEAR = "year"
