"""What is reported as done has reached the figures that fall due with it.

The plan promises a figure for the deadline of the measure. Where the figure that counts for it is
another, or none was reported, the measure is done by its word only. Which figure counts is what
`credit-plan indicators` judges by: the last one after the year-end promised before, or a later
one that is enough.

    - measure: "3.2"            credit-granted: 超过 3 by 2025-12-31
      status: done
      values: {credit-granted: 2.6}

Mend it by reporting the figure that was reached, in a new report, or the status that is true. Leave
it where the unit stands by it; the `note` is the place to say why.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from credit_plan import targets
from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Draft
from credit_plan.plan import Status
from credit_plan.rules.measures import LocatedReport, reports_by_measure
from credit_plan.rules.targets import LocatedTarget, iter_targets
from credit_plan.targets import Point
from credit_plan.text import format_figure

NAME: Final = "done-without-figure"
SEVERITY: Final = Severity.WARNING


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each figure due at the deadline of a measure whose last report is of done."""
    if not draft.entries:
        return
    of_measures = reports_by_measure(draft)
    for promise in iter_targets(draft):
        of_measure = of_measures.get(promise.indicator.measure, [])
        if not of_measure or of_measure[-1].record.status is not Status.DONE:
            continue
        if _is_due_with_its_measure(promise):
            told = _points(promise, of_measure)
            done, point = targets.judge(promise.indicator.goals, promise.goal, told)
            if done is None:
                yield _finding(promise, _reached(promise, told, point), of_measure[-1])


def _points(promise: LocatedTarget, reports: Sequence[LocatedReport]) -> tuple[Point, ...]:
    """Return the reported values of an indicator in order; of a day, the one entered last."""
    name = promise.indicator.id
    entries = (report.record for report in reports)
    values = {entry.on: entry.values[name] for entry in entries if name in entry.values}
    return tuple(values.items())


def _is_due_with_its_measure(promise: LocatedTarget) -> bool:
    if promise.position is None:
        return False
    _filed, _index, measure = promise.position
    return promise.goal.by == measure.deadline.by


def _reached(promise: LocatedTarget, told: Sequence[Point], point: Point | None) -> str:
    """What is so with the figure: where none counts, whether there are others."""
    indicator = promise.indicator
    name = quote(indicator.name)
    if point is not None:
        message = _("{name} is at {figure}{unit}")
        return message.format(name=name, figure=format_figure(point[1]), unit=indicator.unit)
    if not told:
        return _("{name} was never reported").format(name=name)
    first = targets.window_start(indicator.goals, promise.goal)
    message = _("no figure of {name} is of a day from {first} to {by}")
    return message.format(name=name, first=first, by=promise.goal.by)


def _finding(promise: LocatedTarget, reached: str, report: LocatedReport) -> Diagnostic:
    goal, indicator = promise.goal, promise.indicator
    message = _("the measure is reported as done, and {reached}")
    hint = _("the plan promises {promised} by {by}: report the figure reached")
    return Diagnostic(
        NAME,
        report.file,
        (*report.place, "status"),
        message.format(reached=reached),
        hint.format(promised=targets.describe(goal, indicator.unit), by=goal.by),
        SEVERITY,
        related=(promise.file, promise.place),
    )
