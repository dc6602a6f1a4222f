"""An indicator and a report belong to a measure that the plan has.

The id is that of the task, a dot and the printed number. The single measure of a task that has no
number goes by that of the task alone.

    - id: credit-granted
      measure: "3.9"

Mend it by writing the id as `credit-plan show 3` has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import UNREAD, Draft, task_number
from credit_plan.rules import measures

NAME: Final = "unknown-measure"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each id that no measure has.

    None for an id of a task that cannot be read whole, or whose numbers are at fault themselves.
    """
    known = measures.measures_by_id(draft)
    unknown = [
        it for it in measures.iter_measure_references(draft) if it.record.measure not in known
    ]
    if not unknown:
        return
    in_doubt = measures.doubtful_tasks(draft)
    of_task: dict[int, list[str]] = {}
    for name in known:
        of_task.setdefault(task_number(name), []).append(name)
    for listed in unknown:
        task = task_number(listed.record.measure)
        if task in in_doubt or (UNREAD in in_doubt and task not in of_task):
            continue
        yield Diagnostic(
            NAME,
            listed.file,
            (*listed.path, "measure"),
            _("the plan has no measure {id}").format(id=quote(listed.record.measure)),
            _hint(task, of_task),
        )


def _hint(task: int, of_task: dict[int, list[str]]) -> str:
    if task in of_task:
        hint = _("task {task} has: {measures}")
        return hint.format(task=task, measures=", ".join(of_task[task]))
    if not of_task:
        return _("no task of the plan is here")
    hint = _("the tasks of the plan are {first} to {last}")
    return hint.format(first=min(of_task), last=max(of_task))
