"""No milestone is after the deadline of its measure.

Otherwise one of the two dates is mistyped. Only a measure that continues after its deadline
(长期坚持) may have a later milestone.

    milestones:
      - {by: 2025-12-31, text: 2025年底前完成自然人覆盖}
    deadline: {text: 2023年底前, by: 2023-12-31}

To fix it, compare the milestone and the deadline with the published table, and correct the date and
the text of the one that differs.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, join_list, plural
from credit_plan.rules.context import Context
from credit_plan.rules.measures import LocatedTask, is_reliable

NAME = "milestone-late"
SEVERITY = Severity.ERROR


def find_in_task(task: LocatedTask, context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic at the first milestone of each measure that is after its deadline.

    A date that another rule reports is not compared.
    """
    for measure in task.dated:
        deadline = measure.record.deadline
        if not deadline or not deadline.by:
            continue
        late = [
            (index, milestone)
            for index, milestone in enumerate(measure.record.milestones)
            if milestone.by > deadline.by and is_reliable(milestone, context.years)
        ]
        if not late or deadline.ongoing or not is_reliable(deadline, context.years):
            continue
        first, _milestone = late[0]
        message = plural(
            "the deadline is {deadline}, but there is a milestone on {by}",
            "the deadline is {deadline}, but there are milestones on {by}",
            len(late),
            deadline=deadline.by,
            by=join_list(str(milestone.by) for _index, milestone in late),
        )
        yield Diagnostic(
            NAME,
            *measure.at("milestones", first, "by"),
            message,
            _("compare both with the published table, and correct the wrong one"),
            related=measure.at("deadline", "by"),
        )
