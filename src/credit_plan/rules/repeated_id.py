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
from credit_plan.models.draft import UNREAD, Draft, Located, is_named_for_task
from credit_plan.models.records import Task
from credit_plan.rules.measures import LocatedMeasure, iter_measures

NAME = "repeated-id"
SEVERITY = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each task and each measure whose id is already used."""
    firsts: dict[int, Located[Task]] = {}
    # Of two files with the same id, the one that is named for it is taken to be the right one.
    for task in sorted(draft.tasks, key=is_named_for_task, reverse=True):
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
        yield from _check_numbers(task)


def _check_numbers(task: Located[Task]) -> Iterator[Diagnostic]:
    firsts: dict[str, LocatedMeasure] = {}
    for measure in iter_measures([task]):
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
