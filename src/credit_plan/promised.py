"""Which of the figures that were reported decides whether a promise was kept, and since when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from credit_plan.models.indicators import Indicator, Target
from credit_plan.models.progress import Entry

Point = tuple[date, Decimal]
"""A figure that was reported, and the day on which it stood so."""


def points(indicator: Indicator, reports: Iterable[Entry]) -> tuple[Point, ...]:
    """The figures of an indicator in reports of its measure that are in order; one of a day."""
    figures = {it.on: it.values[indicator.id] for it in reports if indicator.id in it.values}
    return tuple(figures.items())


def decisive(
    indicator: Indicator, goal: Target, told: Sequence[Point]
) -> tuple[date | None, Point | None]:
    """The day since which a promise is kept, and the point by which it is judged, of those told.

    At its year-end it is judged by the last figure since the year-end promised before it.
    Where that was none or not enough, a later one may do, unless each year counts for itself.
    """
    first = begins(indicator, goal)
    own = [point for point in told if first <= point[0] <= goal.by]
    later = [] if goal.is_of_its_year else [point for point in told if point[0] > goal.by]
    done, at = since([(day, goal.is_met_by(figure)) for day, figure in own]), own[-1:]
    if done is None:
        caught_up = [point for point in later if goal.is_met_by(point[1])][:1]
        done, at = (caught_up[0][0] if caught_up else None), caught_up or later[-1:] or own[-1:]
    return done, at[0] if at else None


def begins(indicator: Indicator, goal: Target) -> date:
    """The first day that counts for a goal: that after the year-end that was promised before."""
    ends = (it.by for it in indicator.goals if it.by < goal.by)
    first = max((end + timedelta(1) for end in ends), default=date.min)
    return max(first, goal.by.replace(month=1, day=1)) if goal.is_of_its_year else first


def since(told: Sequence[tuple[date, bool]]) -> date | None:
    """The first day of the run at the end that is true; None where the last is not."""
    first = None
    for day, is_so in reversed(told):
        if not is_so:
            break
        first = day
    return first
