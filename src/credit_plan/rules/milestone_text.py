"""The text of a milestone is quoted from the target of its measure, word for word.

A milestone quotes the published table and does not rephrase it.

    target: 2023年底前完成工会法人全覆盖
    milestones:
      - {by: 2023-12-31, text: 2023年底前完成法人全覆盖}

To fix it, copy the passage from the target.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.rules.context import Context
from credit_plan.rules.measures import LocatedTask

NAME = "milestone-text"
SEVERITY = Severity.ERROR


def find_in_task(task: LocatedTask, _context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each milestone whose text does not occur in the target."""
    for measure in task.dated:
        for index, milestone in enumerate(measure.record.milestones):
            if milestone.text not in measure.record.target:
                yield Diagnostic(
                    NAME,
                    *measure.at("milestones", index, "text"),
                    _("this text does not occur in the target of the measure"),
                    _("copy it word for word from “target”"),
                    related=measure.at("target"),
                )
