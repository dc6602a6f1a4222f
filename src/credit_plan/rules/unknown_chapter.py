"""Each task is in a chapter that `plan.yaml` lists.

Otherwise the task would not be found in any chapter.

    chapter: 14

To fix it, write the number of the chapter as a figure: 第四章 is 4.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import UNREAD
from credit_plan.rules import order
from credit_plan.rules.context import Context
from credit_plan.rules.measures import LocatedTask

NAME = "unknown-chapter"
SEVERITY = Severity.ERROR


def find_in_task(task: LocatedTask, context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic if a task is in a chapter that the plan does not have.

    Nothing is found while the numbers of the chapters are wrong: the tasks may well be right.
    """
    metadata, number = context.draft.metadata, task.record.chapter
    if metadata is None or any(order.find_chapter_breaks(metadata.record)):
        return
    numbers = [chapter.number for chapter in metadata.record.chapters]
    if number not in (UNREAD, *numbers):
        yield Diagnostic(
            NAME,
            *task.at("chapter"),
            _("the plan has no chapter {number}").format(number=number),
            _("its chapters are {known}").format(known=", ".join(map(str, numbers))),
        )
