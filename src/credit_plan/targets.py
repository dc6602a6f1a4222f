"""Whether a target of an indicator was met: which reported value decides, and since when.

The functions take targets as `models` and as `plan` have them.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from credit_plan.plan import Comparison
from credit_plan.text import format_figure


class TargetLike(Protocol):
    """What an indicator is to be at a year-end."""

    @property
    def by(self) -> date:
        """The year-end."""

    @property
    def comparison(self) -> Comparison:
        """How a value must compare with the target."""

    @property
    def value(self) -> Decimal:
        """The figure that is promised."""

    @property
    def text(self) -> str:
        """The passage that promises it."""


Point = tuple[date, Decimal]
"""A value that was reported, and the day it is of."""


def is_met(target: TargetLike, value: Decimal) -> bool:
    """Return whether a value meets a target."""
    return target.comparison.holds(value, target.value)


def is_yearly(target: TargetLike) -> bool:
    """Return whether each year counts for itself (每年), so that no other year's value does."""
    return "每年" in target.text


def is_quoted(target: TargetLike, passage: str) -> bool:
    """Return whether a passage of the plan promises a target: one of the two holds the other."""
    return target.text in passage or passage in target.text


def describe(target: TargetLike, unit: str) -> str:
    """Return `超过98％` or `130名以内`: the target in the plan's own words."""
    figure = f"{format_figure(target.value)}{unit}"
    if target.comparison is Comparison.WITHIN:
        return f"{figure}{target.comparison}"
    return f"{target.comparison}{figure}"


def latest_by_day(points: Iterable[Point]) -> tuple[Point, ...]:
    """Return the points, which are in the order of recording; of several of one day, the last."""
    return tuple(dict(points).items())


def window_start(targets: Iterable[TargetLike], target: TargetLike) -> date:
    """Return the first day that counts for a target: the one after the year-end before it."""
    earlier = (other.by for other in targets if other.by < target.by)
    first = max((end + timedelta(1) for end in earlier), default=date.min)
    return max(first, target.by.replace(month=1, day=1)) if is_yearly(target) else first


def judge(
    targets: Iterable[TargetLike], target: TargetLike, points: Sequence[Point]
) -> tuple[date | None, Point | None]:
    """Return the day since which a target is met, if it is, and the value that decides.

    `targets` are all those of the indicator, `points` its reported values in order. The last
    value within the target's window decides. Where there is none, or it is not enough, a later
    one may do, unless each year counts for itself.
    """
    first = window_start(targets, target)
    own = [point for point in points if first <= point[0] <= target.by]
    since = start_of_last_run([(day, is_met(target, value)) for day, value in own])
    if since is not None:
        return since, own[-1]
    later = () if is_yearly(target) else [point for point in points if point[0] > target.by]
    for day, value in later:
        if is_met(target, value):
            return day, (day, value)
    return None, next(reversed([*own, *later]), None)


def start_of_last_run(days: Sequence[tuple[date, bool]]) -> date | None:
    """Return the first day of the run of true values at the end; None where the last is false."""
    first = None
    for day, is_true in reversed(days):
        if not is_true:
            break
        first = day
    return first
