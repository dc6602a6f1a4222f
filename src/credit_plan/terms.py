"""Closed vocabularies: words that a user chooses from a list."""

from __future__ import annotations

from enum import StrEnum, unique


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
