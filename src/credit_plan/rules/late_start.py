"""What a target begins, it begins before the year in which its deadline ends.

Where something is to begin in 2022 and go on, and the measure is to be finished by the end of
2022, the table may well say so, but nobody can keep at it. The answers show it as overdue while
the work goes on.

    target: 2022年起持续推动工作开展
    deadline: {text: 2022年底前, by: 2022-12-31}

Nothing is to be mended where the published table has it so; those whom it concerns should know.
Otherwise correct the target or the deadline.
"""

from collections.abc import Iterator

from credit_plan import dates
from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft
from credit_plan.rules import measures

NAME = "late-start"
SEVERITY = Severity.NOTICE


def find(draft: Draft) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each target that begins in the last year of its measure, or later.

    A deadline that another rule reports is not compared, nor is one with `ongoing: true`.
    """
    years = measures.find_plan_years(draft)
    for measure in measures.iter_measures(draft.tasks):
        deadline, target = measure.record.deadline, measure.record.target
        starts = dates.find_starts(target)
        late = next((start for start in starts if start.year >= deadline.by.year), None)
        if late is None or deadline.ongoing or (years and late.year not in years):
            continue
        if not measures.is_reliable(deadline, measure.file, draft):
            continue
        if late.year == deadline.by.year:
            message = _("“{start}” begins in the year in which the deadline, {deadline}, ends")
        else:
            message = _("“{start}” begins after the deadline, {deadline}")
        yield Diagnostic(
            NAME,
            *measure.at("target"),
            message.format(start=target[slice(*late.part)], deadline=deadline.text),
            _("leave it if the published table has it so; otherwise correct one of the two"),
            SEVERITY,
            part=late.part,
            related=measure.at("deadline", "text"),
        )
