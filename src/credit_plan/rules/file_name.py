"""A task file is named by the number of its task.

People find a row of the table by its file, and two files cannot then hold the same row.

    measures/07.yaml:  id: 8

Mend it by giving the file the number of its task (`08.yaml`), or the task the number of its
file, whichever the published table says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import UNREAD, Draft, is_named_for_task, task_file

NAME: Final = "file-name"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each file whose name is not the number of its task in two digits.

    Where the file that is so named has the same id, one of them is a copy, which is a fault of
    another name.
    """
    owned = {filed.record.id for filed in draft.tasks if is_named_for_task(filed)}
    for filed in draft.tasks:
        task = filed.record.id
        if not is_named_for_task(filed) and task not in (UNREAD, *owned):
            yield Diagnostic(
                NAME,
                filed.file,
                ("id",),
                _("the id is {id}, but the file is named {name}").format(id=task, name=filed.name),
                _("task {id} belongs in {expected}").format(id=task, expected=task_file(task)),
            )
