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
    """Which records are meant: the tasks under `measures/`, `units.yaml`, or `plan.yaml`."""

    MEASURES = "measures"
    UNITS = "units"
    PLAN = "plan"
