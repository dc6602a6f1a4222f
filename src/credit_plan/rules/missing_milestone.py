"""Each day that a target names as an end is the date of a milestone or of the deadline.

底前, 末, 前 and 内 after a year, a month, a quarter or a day say that it is an end: 2023年底前,
2023年内, 2026年6月底前. 2023年 alone does not.

Without a milestone nothing falls due on that day, and no answer mentions it.

    target: 2023年底前完成工会法人全覆盖，2024年底前建立评价体系
    milestones:
      - {by: 2023-12-31, text: 2023年底前完成工会法人全覆盖}
    deadline: {text: 2025年底前, by: 2025-12-31}

To fix it, add a milestone that quotes the passage, word for word:
`{by: 2024-12-31, text: 2024年底前建立评价体系}`.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.rules.context import Context
from credit_plan.rules.measures import (
    LocatedMeasure,
    LocatedTask,
    is_reliable,
)
from credit_plan.wordings import NamedDate, find_days

NAME = "missing-milestone"
SEVERITY = Severity.WARNING


def find_in_task(task: LocatedTask, context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each day of a target that is not the date of anything.

    A milestone that another rule reports may be the missing one, so such measures are left out.
    """
    if task.file in context.draft.unread:
        return
    for measure in task.measures:
        missing = _find_missing(measure, context.years)
        if missing and _are_all_reliable(measure, context.years):
            yield from (_diagnostic(measure, day) for day in missing)


def _find_missing(measure: LocatedMeasure, years: range | None) -> list[NamedDate]:
    record = measure.record
    named = find_days(record.target, years=years)
    listed = {measure.deadline, *(it.by for it in record.milestones)} if named else ()
    return [day for day in named if day.is_marked and day.by not in listed]


def _are_all_reliable(measure: LocatedMeasure, years: range | None) -> bool:
    milestones = measure.record.milestones
    return all(is_reliable(milestone, years) for milestone in milestones)


def _diagnostic(measure: LocatedMeasure, day: NamedDate) -> Diagnostic:
    passage = measure.record.target[slice(*day.part)]
    hint = _("add {{by: {by}, text: …}} and quote the passage, word for word")
    return Diagnostic(
        NAME,
        *measure.at("target"),
        _("there is no milestone for “{passage}”").format(passage=passage),
        hint.format(by=day.by),
        SEVERITY,
        part=day.part,
        related=measure.at("milestones") if measure.record.milestones else None,
        quotes=(passage,),
    )
