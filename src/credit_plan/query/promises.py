"""The figures that the plan promises, beside those that were reported."""

from __future__ import annotations

from credit_plan.models.draft import Plan
from credit_plan.query.duties import belonging, duties
from credit_plan.query.known import Known, known_entries
from credit_plan.query.names import find_indicator
from credit_plan.selection.asked import Asked, Selection
from credit_plan.selection.progress import Figures, Promise


def indicators(plan: Plan, asked: Asked, name: str | None = None) -> Figures:
    """Every promise of the measures asked for, by year-end; or those of the indicator named.

    Dates are those of the year-ends. Raises NameLookupError for a name that means nothing.
    """
    known = Known.asked(plan, asked)
    one = find_indicator(plan, name) if name else None
    ids = {duty.id for duty in belonging(duties(plan), asked)}
    every = promises(plan, known)
    found = tuple(
        it
        for it in every
        if it.indicator.measure in ids
        and (one is None or it.indicator is one)
        and asked.on(it.goal.by)
        and asked.stands_so(it.standing)
    )
    meant = {it.indicator.id: it.indicator for it in found}
    reported = tuple(
        (meant[name], entry)
        for entry in known_entries(known, known.reports)
        for name in entry.values
        if name in meant
    )
    return Figures(
        Selection(found, len(every), asked, 0, known.recorded),
        reported,
        one,
    )


def promises(plan: Plan, known: Known) -> tuple[Promise, ...]:
    """Every promise of the plan by its year-end, then in the order of the indicators."""
    found = []
    for indicator in plan.indicators:
        for goal in indicator.goals:
            standing, point = known.of_goal(indicator, goal)
            on, figure = point or (None, None)
            found.append(Promise(indicator, goal, standing, figure, on))
    return tuple(sorted(found, key=lambda it: it.goal.by))
