"""Each task is in a chapter that `plan.yaml` lists.

Otherwise the task would not be found in any chapter.

    chapter: 14

To fix it, write the number of the chapter as a figure: 第四章 is 4.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, join_list
from credit_plan.models.draft import UNREAD
from credit_plan.rules.context import Context
from credit_plan.rules.measures import LocatedTask

NAME = "unknown-chapter"
SEVERITY = Severity.ERROR


def find_in_task(task: LocatedTask, context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic if a task is in a chapter that the plan does not have.

    Nothing is found while the numbers of the chapters are wrong: the tasks may well be right.
    """
    number, numbers = task.record.chapter, context.chapters
    if numbers and number not in (UNREAD, *numbers):
        yield Diagnostic(
            NAME,
            *task.at("chapter"),
            _("the plan has no chapter {number}").format(number=number),
            _("its chapters are {known}").format(known=join_list(map(str, numbers))),
        )
