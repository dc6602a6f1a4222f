"""A report stands in the file of progress that is named by the number of its task.

What was reported of task 3 is in `progress/03.yaml`, and nowhere else.

    progress/03.yaml:  - measure: "4.1"

Mend it by moving the report to the file of its task, by correcting `measure`, or by giving the
file the number of its task in two digits.
"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename
from typing import Final

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft, task_file, task_number
from credit_plan.rules import measures

NAME: Final = "misfiled-report"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for the first report of each task in a file that is not that task's."""
    if not draft.entries:
        return
    known = measures.measures_by_id(draft)
    found: set[tuple[str, int]] = set()
    for listed in draft.entries:
        task, name = task_number(listed.record.measure), basename(listed.file)
        if name == task_file(task) or (listed.file, task) in found:
            continue
        # An id that no measure has is a fault of another name.
        if listed.record.measure in known:
            found.add((listed.file, task))
            yield Diagnostic(
                NAME,
                listed.file,
                (*listed.path, "measure"),
                _("this is a report of task {task}, but the file is named {name}").format(
                    task=task, name=name
                ),
                _("reports of task {task} belong in {expected}").format(
                    task=task, expected=task_file(task)
                ),
            )
