"""A goal is for a year-end that its passage names, and the goals of an indicator run on in time.

A passage with 每年 promises its figure for every year of the plan up to the deadline of the
measure; one that names no year promises it for that deadline.

    goals:
      - {by: 2023-12-31, comparison: 超过, value: 98, text: 2024年底前合规率超过98％}
      - {by: 2022-12-31, comparison: 超过, value: 95, text: 2022年底前合规率超过95％}

Mend the date, or take more of the measure into the passage so that the year stands in it. Goals
stand in the order of their dates, and no two have the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from credit_plan import dates
from credit_plan.diagnostics import Diagnostic, KeyPath, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft
from credit_plan.rules import targets
from credit_plan.rules.targets import LocatedTarget, iter_targets
from credit_plan.targets import is_yearly

NAME: Final = "indicator-date"
SEVERITY: Final = Severity.ERROR

_FEW: Final = 3
"""Of more year-ends, which follow one another, the first and the last are named."""


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each goal whose date is not what its words mean, or that is out of order.

    A date is not judged by a passage or by a deadline that is at fault itself.
    """
    before: LocatedTarget | None = None
    for it in iter_targets(draft):
        if not it.is_printed:
            continue
        meant = _meant(it, draft)
        if meant is not None and it.goal.by not in meant:
            message = _("the passage does not promise it for {by}").format(by=it.goal.by)
            yield Diagnostic(NAME, it.file, _place(it), message, _hint(meant))
            continue
        if before is not None and before.place[:2] == it.place[:2] and it.goal.by <= before.goal.by:
            message = _("{by} does not come after {before}, the date of the goal before it")
            said = message.format(by=it.goal.by, before=before.goal.by)
            hint = _("put the goals in the order of their dates; delete one if it is a copy")
            yield Diagnostic(
                NAME, it.file, _place(it), said, hint, related=(before.file, _place(before))
            )
            continue
        before = it


def _meant(it: LocatedTarget, draft: Draft) -> tuple[date, ...] | None:
    """The year-ends that a passage can be for, in order; None where they cannot be told."""
    named = dates.find_year_ends(it.goal.text)
    if named and not is_yearly(it.goal):
        return named
    if it.position is None:
        return None
    filed, _index, measure = it.position
    deadline = measure.deadline
    if not targets.is_sound(deadline, filed.file, draft):
        return None
    if not is_yearly(it.goal):
        return (deadline.by,)
    plan = targets.plan_years(draft)
    first = min(plan[0] if plan else it.goal.by.year, deadline.by.year)
    return tuple(date(year, 12, 31) for year in range(first, deadline.by.year + 1))


def _hint(meant: tuple[date, ...]) -> str:
    if len(meant) > _FEW:
        hint = _("write a year-end from {first} to {last}")
        return hint.format(first=meant[0], last=meant[-1])
    return _("write {ends}").format(ends=_(" or ").join(map(str, meant)))


def _place(it: LocatedTarget) -> KeyPath:
    return (*it.place, "by")
