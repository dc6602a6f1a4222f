"""The milestones of a measure are in the order of its target, and none is repeated.

A milestone that is listed twice would fall due twice.

    milestones:
      - {by: 2023-12-31, text: 2023年底前完成工会法人全覆盖}
      - {by: 2023-12-31, text: 2023年底前完成工会法人全覆盖}

To fix it, delete the copy, or sort the milestones in the order in which the target contains their
texts.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.rules.context import Context
from credit_plan.rules.measures import LocatedTask

NAME = "milestone-order"
SEVERITY = Severity.ERROR


def find_in_task(task: LocatedTask, _context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each milestone whose passage is not after the previous one."""
    for measure in task.dated:
        target, previous = measure.record.target, -1
        for index, milestone in enumerate(measure.record.milestones):
            if milestone.text not in target:
                continue
            # Search from the previous passage: this one may also occur before or within it.
            start = target.find(milestone.text, previous + 1)
            if start == -1:
                yield Diagnostic(
                    NAME,
                    *measure.at("milestones", index, "text"),
                    _("in the target, this text is not after the text of the previous milestone"),
                    _("sort the milestones as in the target; delete this one if it is a copy"),
                    related=measure.at("milestones", index - 1, "text"),
                )
            previous = max(previous, start)
