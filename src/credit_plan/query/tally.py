"""Counts over the plan: by unit, by chapter, by year."""

from __future__ import annotations

from collections import Counter
from datetime import date

from credit_plan.models.draft import Plan
from credit_plan.query.due import obligations
from credit_plan.query.duties import belonging, duties, ending
from credit_plan.selection.asked import Asked, Selection
from credit_plan.selection.duties import Duty, Obligation
from credit_plan.selection.tallies import ChapterTally, Summary, UnitTally, YearTally
from credit_plan.terms import ObligationKind, Role


def units(plan: Plan, asked: Asked, as_of: date) -> Selection[UnitTally]:
    """The units of the plan, in the registry's order; where filters narrow, those they leave."""
    tallies = _unit_tallies(plan, obligations(ending(belonging(duties(plan), asked), asked)), as_of)
    found = tuple(it for it in tallies if not asked.narrows or it.lead or it.responsible)
    return Selection(found, len(tallies), asked)


def chapters(plan: Plan, asked: Asked) -> Selection[ChapterTally]:
    """The chapters of the plan; where filters narrow, those they leave."""
    tallies = _chapter_tallies(plan, ending(belonging(duties(plan), asked), asked))
    found = tuple(it for it in tallies if not asked.narrows or it.measures)
    return Selection(found, len(tallies), asked)


def summary(plan: Plan, as_of: date) -> Summary:
    """The plan at a glance, as of a day."""
    everything = duties(plan)
    dated = obligations(everything)
    passed = sum(obligation.date < as_of for obligation in dated)
    return Summary(
        plan.facts,
        passed,
        len(dated) - passed,
        _year_tallies(everything),
        _chapter_tallies(plan, everything),
        _unit_tallies(plan, dated, as_of),
    )


def _unit_tallies(plan: Plan, dated: tuple[Obligation, ...], as_of: date) -> tuple[UnitTally, ...]:
    """Each unit's counts, from all obligations of the duties that count, sorted by date."""
    every = {obligation.duty.id: obligation.duty for obligation in dated}.values()
    lead = Counter(unit.name for duty in every for unit in duty.units(Role.LEAD))
    responsible = Counter(unit.name for duty in every for unit in duty.units(Role.RESPONSIBLE))
    coming: dict[str, date] = {}
    for obligation in dated:
        if obligation.date >= as_of:
            for unit in obligation.duty.units():
                coming.setdefault(unit.name, obligation.date)
    return tuple(
        UnitTally(unit, lead[unit.name], responsible[unit.name], coming.get(unit.name))
        for unit in plan.units
    )


def _chapter_tallies(plan: Plan, everything: tuple[Duty, ...]) -> tuple[ChapterTally, ...]:
    tallies = []
    for chapter in plan.facts.chapters:
        own = [duty for duty in everything if duty.task.chapter == chapter.number]
        tallies.append(
            ChapterTally(
                chapter,
                len({duty.task.id for duty in own}),
                len(own),
                sum(len(duty.measure.milestones) for duty in own),
                Counter(duty.measure.deadline.by.year for duty in own),
            )
        )
    return tuple(tallies)


def _year_tallies(everything: tuple[Duty, ...]) -> tuple[YearTally, ...]:
    """How many deadlines and milestones fall in each year, and how many obligations they are."""
    per_kind = {
        kind: Counter(obligation.date.year for obligation in obligations(everything, kind))
        for kind in ObligationKind
    }
    return tuple(
        YearTally(
            year,
            per_kind[ObligationKind.DEADLINE][year],
            per_kind[ObligationKind.MILESTONE][year],
            per_kind[ObligationKind.ALL][year],
        )
        for year in sorted(per_kind[ObligationKind.ALL])
    )
