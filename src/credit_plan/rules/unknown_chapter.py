"""A task belongs to a chapter that `plan.yaml` lists.

    chapter: 14

Mend it by writing the number of the chapter as a figure: 第四章 is 4.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import UNREAD, Draft
from credit_plan.rules import order

NAME: Final = "unknown-chapter"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each task in a chapter that the plan does not have.

    None while the chapters' own numbers are at fault: the tasks may well be right.
    """
    if draft.metadata is None or any(order.find_chapter_breaks(draft.metadata.record)):
        return
    known = [chapter.number for chapter in draft.metadata.record.chapters]
    for filed in draft.tasks:
        if filed.record.chapter not in (UNREAD, *known):
            yield Diagnostic(
                NAME,
                filed.file,
                ("chapter",),
                _("the plan has no chapter {number}").format(number=filed.record.chapter),
                _("its chapters are: {known}").format(known=", ".join(map(str, known))),
            )
