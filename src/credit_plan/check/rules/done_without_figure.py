"""What is reported as done has reached the figures that fall due with it.

The plan promises a figure for the deadline of the measure. Where the last figure reported is
another, or none was reported, the measure is done by its word only.

    - measure: "3.2"            credit-granted: 超过 3 by 2025-12-31
      status: done
      values: {credit-granted: 2.6}

Mend it by reporting the figure that was reached, in a new report, or the status that is true. Leave
it where the unit stands by it; the `note` is the place to say why.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from credit_plan.check.promises import Promise, promises
from credit_plan.check.reports import Report, reports
from credit_plan.diagnostic import Finding, Severity
from credit_plan.language import _, quoted
from credit_plan.model import Draft
from credit_plan.terms import Status

NAME: Final = "done-without-figure"
SEVERITY: Final = Severity.WARNING


def find(draft: Draft) -> Iterator[Finding]:
    """A finding for each figure due at the deadline of a measure whose last report is of done."""
    if not draft.entries:
        return
    of_measures = reports(draft)
    for promise in promises(draft):
        of_measure = of_measures.get(promise.indicator.measure, [])
        if not of_measure or of_measure[-1].record.status is not Status.DONE:
            continue
        if _is_due_with_its_measure(promise):
            reported = _last(of_measure, promise.indicator.id)
            if reported is None or not promise.goal.is_met_by(reported):
                yield _finding(promise, reported, of_measure[-1])


def _is_due_with_its_measure(promise: Promise) -> bool:
    if promise.standing is None:
        return False
    _filed, _index, measure = promise.standing
    return promise.goal.by == measure.deadline.by


def _last(of_measure: list[Report], indicator: str) -> Decimal | None:
    """The figure that was reported last."""
    values = (it.record.values.get(indicator) for it in reversed(of_measure))
    return next((value for value in values if value is not None), None)


def _finding(promise: Promise, reported: Decimal | None, report: Report) -> Finding:
    goal, indicator = promise.goal, promise.indicator
    message = (
        _("the measure is reported as done, and {name} was never reported")
        if reported is None
        else _("the measure is reported as done, and {name} is at {reported} {unit}")
    )
    hint = _("the plan promises {comparison} {value} {unit} by {by}: report the figure reached")
    return Finding(
        NAME,
        report.file,
        (*report.place, "status"),
        message.format(name=quoted(indicator.name), reported=reported, unit=indicator.unit),
        hint.format(comparison=goal.comparison, value=goal.value, unit=indicator.unit, by=goal.by),
        SEVERITY,
        twin=(promise.file, promise.place),
    )
