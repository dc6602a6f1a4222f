"""The date of a milestone is a day that its text names.

2023年底前, 2023年内 and 2023年 mean 2023-12-31, 2026年6月底前 means 2026-06-30, and 2023年以前
(before 2023) means 2022-12-31. 2022年起 names a start and no end. A date without a year is one of
the year named before it in the text, or else of any year.

    - {by: 2024-12-31, text: 2023年底前完成工会法人全覆盖}

To fix it, correct the date, or quote more of the target, so that the text includes the year.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, join_list
from credit_plan.rules.context import Context
from credit_plan.rules.measures import LocatedTask
from credit_plan.wordings import find_days

NAME = "milestone-date"
SEVERITY = Severity.ERROR


def find_in_task(task: LocatedTask, context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each milestone whose date is not a day that its text names."""
    for measure in task.dated:
        for index, milestone in enumerate(measure.record.milestones):
            days = [it.by for it in find_days(milestone.text, milestone.by, context.years)]
            if milestone.by in days:
                continue
            if days:
                hint = _("the text names {ends}").format(ends=join_list(map(str, days)))
            else:
                hint = _("quote more of the target, so that the text includes the date")
            yield Diagnostic(
                NAME,
                *measure.at("milestones", index, "by"),
                _("the text of the milestone does not name {by}").format(by=milestone.by),
                hint,
            )
