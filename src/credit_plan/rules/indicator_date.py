"""The date of each target of an indicator agrees with its text, and the targets are sorted by date.

If the text says 每年, the target applies to every year of the plan up to the deadline of the
measure. If it names no day, the target applies to that deadline. 2024年底前 is 2024-12-31, and
2024年6月底前 is 2024-06-30.

    goals:
      - {by: 2023-12-31, comparison: 超过, value: 98, text: 2024年底前合规率超过98％}
      - {by: 2022-12-31, comparison: 超过, value: 95, text: 2022年底前合规率超过95％}

To fix it, correct the date, or quote more of the measure, so that the text includes the date. Sort
the targets by date, with only one for each date.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from credit_plan import targets, wordings
from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, join_alternatives
from credit_plan.rules import measures
from credit_plan.rules.context import Context
from credit_plan.rules.targets import LocatedTarget

NAME = "indicator-date"
SEVERITY = Severity.ERROR

_MAX_LISTED = 3
"""Of more days, which are consecutive year-ends, the hint has only the first and the last."""


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each target whose date contradicts its text or is out of order.

    Nothing is concluded from a passage or a deadline that another rule reports.
    """
    previous: LocatedTarget | None = None
    for target in context.targets:
        if not target.is_printed:
            continue
        by, possible = target.record.by, _list_possible_dates(target, context.years)
        if possible is not None and by not in possible:
            message = _("the text does not set a target for {by}").format(by=by)
            yield Diagnostic(NAME, *target.at("by"), message, _describe_dates(possible))
        elif (
            previous is not None
            and previous.indicator is target.indicator
            and by <= previous.record.by
        ):
            yield Diagnostic(
                NAME,
                *target.at("by"),
                _("{by} is not after {before}, the date of the previous target").format(
                    by=by, before=previous.record.by
                ),
                _("sort the targets by date; delete this one if it is a copy"),
                related=previous.at("by"),
            )
        else:
            previous = target


def _list_possible_dates(target: LocatedTarget, years: range | None) -> tuple[date, ...] | None:
    """Return the days that the passage can mean, in order; None if that is uncertain."""
    is_yearly = targets.is_yearly(target.record)
    days = wordings.find_days(target.record.text, target.record.by, years)
    if days and not is_yearly:
        return tuple(it.by for it in days)
    if target.measure is None:
        return None
    deadline, last = target.measure.record.deadline, target.measure.deadline
    if last is None or not measures.is_reliable(deadline, years):
        return None
    if not is_yearly:
        return (last,)
    first = min(years[0] if years else target.record.by.year, last.year)
    return _list_year_ends(first, last.year)


@lru_cache(1)
def _list_year_ends(first: int, last: int) -> tuple[date, ...]:
    return tuple(date(year, 12, 31) for year in range(first, last + 1))


def _describe_dates(possible: tuple[date, ...]) -> str:
    if len(possible) > _MAX_LISTED:
        hint = _("write a year-end from {first} to {last}")
        return hint.format(first=possible[0], last=possible[-1])
    return _("write {ends}").format(ends=join_alternatives(map(str, possible)))
