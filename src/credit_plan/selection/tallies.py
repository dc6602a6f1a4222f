"""Counts over the plan: by unit, by chapter, by year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from credit_plan.models.records import Chapter, PlanMetadata, Unit, UnitKind


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

    facts: PlanMetadata
    passed: int
    ahead: int
    years: tuple[YearTally, ...]
    chapters: tuple[ChapterTally, ...]
    units: tuple[UnitTally, ...]

    @property
    def groups(self) -> int:
        """How many of the units are collectives."""
        return sum(tally.unit.kind is UnitKind.GROUP for tally in self.units)
