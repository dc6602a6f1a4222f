"""`list` and `chapter`: measures, narrowed by filters or under the tasks of a chapter."""

from __future__ import annotations

from datetime import date
from typing import Final

from credit_plan.i18n import _
from credit_plan.report.caption import caption, chapter_title, names, nothing_fits
from credit_plan.report.fields import DUTY_FIELDS, columns, rows, standing_as_well
from credit_plan.selection.asked import Selection
from credit_plan.selection.duties import Duty
from credit_plan.table import Report, Table

_SHOWN: Final = ("id", "deadline", "lead", "responsible", "text", "target")
_IF_ROOM: Final = ("responsible", "target")


def measures(answer: Selection[Duty], as_of: date) -> Report:
    """The measures found."""
    fields = standing_as_well(answer, DUTY_FIELDS, _SHOWN, _IF_ROOM)
    table = Table(
        "measures",
        columns(fields),
        rows(fields, answer.found),
        caption=caption(answer, _("measures")),
        names=names(answer),
    )
    return Report("list", as_of, (table,), () if answer.found else nothing_fits(answer, as_of))


def chapter(answer: Selection[Duty], as_of: date) -> Report:
    """The measures found in the single chapter that was asked for, under their tasks."""
    (one,) = answer.asked.chapters
    tasks = len({duty.task.id for duty in answer.found})
    fields = standing_as_well(answer, DUTY_FIELDS, _SHOWN, _IF_ROOM)
    table = Table(
        "measures",
        columns(fields),
        rows(fields, answer.found),
        title=chapter_title(one),
        caption=_("{measures} · {tasks} of {total} tasks").format(
            measures=caption(answer, _("measures")), tasks=tasks, total=one.tasks
        ),
        names=names(answer),
        sections=tuple(f"{duty.task.id}  {duty.task.task}" for duty in answer.found),
    )
    return Report("chapter", as_of, (table,), () if answer.found else nothing_fits(answer, as_of))
