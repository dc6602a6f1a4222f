"""A measure, a milestone or a period that is reported as done has met the targets for its day.

The plan sets a figure for the deadline of some measures, for some milestones, and for the end of
some years in which a duty recurs. If that figure was not reached, or never reported, only the
status says that the measure, or what falls due of it, is done.
The figure that counts is the one that `credit-plan indicators` uses: the last one for a day after
the previous target's year-end and up to the deadline, or a later one that meets the target.

    - measure: "3.2"            target of credit-granted: 超过 3 by 2025-12-31
      status: done
      values: {credit-granted: 2.6}

To fix it, add a report with the figure that was reached, or with the correct status. If the
unit insists that the measure is done, accept it in `accepted.yaml`, with its reason.
"""

from collections.abc import Iterator, Sequence

from credit_plan import targets
from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Draft, Located
from credit_plan.models.indicators import Target
from credit_plan.models.progress import Entry
from credit_plan.plan import Status
from credit_plan.rules.context import Context
from credit_plan.rules.measures import LocatedMeasure, describe_report, find_recurrences
from credit_plan.rules.targets import LocatedTarget
from credit_plan.targets import Point
from credit_plan.text import format_figure

NAME = "done-without-figure"
SEVERITY = Severity.WARNING


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each unmet target of what was reported as done.

    A milestone with a figure is judged by it alone, whatever the status in the reports on it, and
    so is what recurs.
    """
    if not context.draft.entries:
        return
    for target in context.targets:
        measure, by = target.measure, target.record.by
        if measure is None:
            continue
        dues = [
            None if by == measure.deadline else str(by),
            *_find_periods(target.record, measure, context.draft),
        ]
        for due in dict.fromkeys(dues):
            own = context.reports_by_subject.get((measure.id, due))
            if own and own[-1].record.status is Status.DONE:
                reports = context.reports_by_measure[measure.id]
                yield from _check_target(target, own[-1], reports)


def _find_periods(target: Target, measure: LocatedMeasure, draft: Draft) -> Iterator[str]:
    """Yield the periods up to the day of a target for which a passage that quotes it is due."""
    for recurrence in find_recurrences(measure, draft) or ():
        if targets.is_quoted(target, recurrence.text):
            yield from (it.name for it in recurrence.occurrences() if it.last == target.by)


def _check_target(
    target: LocatedTarget, done: Located[Entry], reports: Sequence[Located[Entry]]
) -> Iterator[Diagnostic]:
    """Yield a diagnostic if no figure in the reports on a measure meets a target."""
    indicator = target.indicator.record
    entries = [report.record for report in reports]
    points = targets.latest_by_day(
        (entry.on, entry.values[indicator.id]) for entry in entries if indicator.id in entry.values
    )
    met_on, point = targets.judge(indicator.goals, target.record, points)
    if met_on is not None:
        return
    hint = _("the target is {promised} by {by}: report the figure that was reached")
    yield Diagnostic(
        NAME,
        *done.at("status"),
        _describe_figures(done.record, target, points, point),
        hint.format(promised=targets.describe(target.record, indicator.unit), by=target.record.by),
        SEVERITY,
        related=target.at(),
        quotes=(str(done.record.on), indicator.id, str(target.record.by), *_write_figure(point)),
    )


def _write_figure(point: Point | None) -> Iterator[str]:
    if point is not None:
        yield format_figure(point[1])


def _describe_figures(
    done: Entry, target: LocatedTarget, points: Sequence[Point], point: Point | None
) -> str:
    """Say what was reached: the figure that counts, none, or only figures that do not count."""
    indicator = target.indicator.record
    name = quote(indicator.name)
    if point is not None:
        return describe_report(
            done,
            _("measure {id} is reported as done, but {name} is at {figure}{unit}"),
            _("measure {id} for {due} is reported as done, but {name} is at {figure}{unit}"),
            name=name,
            figure=format_figure(point[1]),
            unit=indicator.unit,
        )
    if not points:
        return describe_report(
            done,
            _("measure {id} is reported as done, but {name} was never reported"),
            _("measure {id} for {due} is reported as done, but {name} was never reported"),
            name=name,
        )
    return describe_report(
        done,
        _(
            "measure {id} is reported as done, but {name} was not reported for any day from "
            "{first} to {by}"
        ),
        _(
            "measure {id} for {due} is reported as done, but {name} was not reported for any day "
            "from {first} to {by}"
        ),
        name=name,
        first=targets.window_start(indicator.goals, target.record),
        by=target.record.by,
    )
