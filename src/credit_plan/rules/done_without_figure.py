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

from collections.abc import Iterator, Sequence

from credit_plan import targets
from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Draft, Located
from credit_plan.models.progress import Entry
from credit_plan.plan import Status
from credit_plan.rules.measures import group_reports
from credit_plan.rules.targets import LocatedTarget, iter_targets
from credit_plan.targets import Point
from credit_plan.text import format_figure

NAME = "done-without-figure"
SEVERITY = Severity.WARNING


def find(draft: Draft) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each unmet target at the deadline of a measure reported as done."""
    if not draft.entries:
        return
    reports_by_measure = group_reports(draft)
    for target in iter_targets(draft):
        measure = target.measure
        reports = reports_by_measure.get(target.indicator.record.measure)
        if measure is None or target.record.by != measure.record.deadline.by:
            continue
        if reports and reports[-1].record.status is Status.DONE:
            yield from _check_target(target, reports)


def _check_target(target: LocatedTarget, reports: Sequence[Located[Entry]]) -> Iterator[Diagnostic]:
    indicator = target.indicator.record
    entries = [report.record for report in reports]
    # Of several reports of one day, the last one recorded counts: it overwrites the others.
    values = {
        entry.on: entry.values[indicator.id] for entry in entries if indicator.id in entry.values
    }
    points = tuple(values.items())
    met_on, point = targets.judge(indicator.goals, target.record, points)
    if met_on is not None:
        return
    hint = _("the plan promises {promised} by {by}: report the figure reached")
    yield Diagnostic(
        NAME,
        *reports[-1].at("status"),
        _("the measure is reported as done, and {reached}").format(
            reached=_describe_figures(target, points, point)
        ),
        hint.format(promised=targets.describe(target.record, indicator.unit), by=target.record.by),
        SEVERITY,
        related=target.at(),
    )


def _describe_figures(target: LocatedTarget, points: Sequence[Point], point: Point | None) -> str:
    """Describe the figure that counts; if there is none, say whether there are others."""
    indicator = target.indicator.record
    name = quote(indicator.name)
    if point is not None:
        message = _("{name} is at {figure}{unit}")
        return message.format(name=name, figure=format_figure(point[1]), unit=indicator.unit)
    if not points:
        return _("{name} was never reported").format(name=name)
    message = _("no figure of {name} is of a day from {first} to {by}")
    first = targets.window_start(indicator.goals, target.record)
    return message.format(name=name, first=first, by=target.record.by)
