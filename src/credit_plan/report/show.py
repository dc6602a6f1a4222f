"""`show`: measures with every field."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from credit_plan.i18n import _
from credit_plan.report.caption import chapter_title
from credit_plan.report.fields import DUTY_FIELDS, arranged, columns, rows
from credit_plan.selection.duties import TaskDuties
from credit_plan.table import Layout, Report, Table

_SHOWN: Final = (
    "id",
    "text",
    "target",
    "milestones",
    "lead",
    "responsible",
    "deadline",
    "deadline_text",
    "ongoing",
    "page",
    "note",
)
_FIELDS: Final = arranged(DUTY_FIELDS, shown=_SHOWN)
_REPORTED: Final = arranged(DUTY_FIELDS, shown=(*_SHOWN, "state", "reported_status", "reported_on"))
"""Where any of the measures has a report. A record leaves out what is nothing."""


def show(answer: Iterable[TaskDuties], as_of: date) -> Report:
    """A table of records for each task."""
    return Report("show", as_of, tuple(_table(one) for one in answer))


def _table(one: TaskDuties) -> Table:
    task = one.task
    fields = _REPORTED if any(duty.last for duty in one.duties) else _FIELDS
    title = (
        chapter_title(one.chapter),
        _("Task {number}: {text}").format(number=task.id, text=task.task),
    )
    return Table(
        f"task-{task.id}",
        columns(fields),
        rows(fields, one.duties),
        title="\n".join(title),
        caption=_("{count} of {total} measures of task {number}").format(
            count=len(one.duties), total=len(task.measures), number=task.id
        ),
        layout=Layout.RECORDS,
    )
