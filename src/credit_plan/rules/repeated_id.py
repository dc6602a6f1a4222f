"""No two tasks have the same id, and no two measures of a task have the same number.

People and reports refer to a measure by its id. If two measures had the same id, one would be lost.

    - number: "2"
    - number: "2"

To fix it, give each the number that the published table prints. Only if a task has a single measure
may that measure have no number.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import UNREAD, Located
from credit_plan.models.records import Task
from credit_plan.rules import order
from credit_plan.rules.context import Context
from credit_plan.rules.measures import LocatedMeasure, LocatedTask

NAME = "repeated-id"
SEVERITY = Severity.ERROR


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each task whose id is already used."""
    firsts: dict[int, Located[Task]] = {}
    # Of two files with the same id, the one that is named for it is taken to be the right one.
    for task in (*context.tasks, *context.misnamed):
        first = firsts.setdefault(task.record.id, task)
        if first is not task and task.record.id != UNREAD:
            message = _("task {id} is already in {file}")
            yield Diagnostic(
                NAME,
                *task.at("id"),
                message.format(id=task.record.id, file=first.file),
                _("delete this file if it is a copy, or correct its id and its name"),
                related=first.at("id"),
            )


def find_in_task(task: LocatedTask, _context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each measure whose id is already used."""
    firsts: dict[str, LocatedMeasure] = {}
    if order.are_plain(task.record.measures):
        return
    for measure in task.measures:
        number = measure.record.number
        if number is None:
            if len(task.record.measures) > 1:
                hint = _('add the printed number, such as number: "{number}"')
                yield Diagnostic(
                    NAME,
                    *measure.at(),
                    _("this measure has no number, although the task has several measures"),
                    hint.format(number=measure.index + 1),
                )
            continue
        first = firsts.setdefault(number, measure)
        if first is not measure:
            message = _("measure {id} is already in this file")
            yield Diagnostic(
                NAME,
                *measure.at("number"),
                message.format(id=task.record.measure_id(measure.record)),
                _("give each measure the number that the table prints"),
                related=first.at("number"),
            )
