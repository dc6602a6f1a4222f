"""If a target names when something starts, the deadline is after that year or month.

Work that starts in 2022 and continues cannot be finished by the end of 2022. The published table
may say so, but then answers show the measure as overdue while the work continues.

    target: 2022年起持续推动工作开展
    deadline: {text: 2022年底前, by: 2022-12-31}

To fix it, correct the target or the deadline. If the published table says the same, accept it in
`accepted.yaml`, and tell the units concerned.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.rules.context import Context
from credit_plan.rules.measures import LocatedTask, is_reliable
from credit_plan.wordings import find_starts

NAME = "late-start"
SEVERITY = Severity.NOTICE


def find_in_task(task: LocatedTask, context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each target that begins in the last year of its measure, or later.

    A deadline that another rule reports is not compared, nor is one with `ongoing: true`.
    """
    years = context.years
    for measure in task.measures:
        deadline, target = measure.record.deadline, measure.record.target
        if not deadline or not deadline.by:
            continue
        # What starts within the first half of a year may be finished by its end.
        starts = [it for it in find_starts(target) if it.span.last >= deadline.by]
        if not starts:
            continue
        late = starts[0]
        if deadline.ongoing or (years and late.span.first.year not in years):
            continue
        if not is_reliable(deadline, years):
            continue
        if late.span.first.year == deadline.by.year:
            message = _("“{start}” starts in the year of the deadline, {deadline}")
        else:
            message = _("“{start}” starts after the deadline, {deadline}")
        start = target[slice(*late.part)]
        yield Diagnostic(
            NAME,
            *measure.at("target"),
            message.format(start=start, deadline=deadline.text),
            _("correct one of the two; if the published table says the same, accept it"),
            SEVERITY,
            part=late.part,
            related=measure.at("deadline", "text"),
            quotes=(start, deadline.text),
        )
