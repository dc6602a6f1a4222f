"""Each task is in a chapter that `plan.yaml` lists.

Otherwise the task would not be found in any chapter.

    chapter: 14

To fix it, write the number of the chapter as a figure: 第四章 is 4.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import UNREAD, Draft
from credit_plan.rules import order

NAME = "unknown-chapter"
SEVERITY = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each task in a chapter that the plan does not have.

    Nothing is found while the numbers of the chapters are wrong: the tasks may well be right.
    """
    if draft.metadata is None or any(order.find_chapter_breaks(draft.metadata.record)):
        return
    numbers = [chapter.number for chapter in draft.metadata.record.chapters]
    for task in draft.tasks:
        if task.record.chapter not in (UNREAD, *numbers):
            yield Diagnostic(
                NAME,
                *task.at("chapter"),
                _("the plan has no chapter {number}").format(number=task.record.chapter),
                _("its chapters are {known}").format(known=", ".join(map(str, numbers))),
            )
