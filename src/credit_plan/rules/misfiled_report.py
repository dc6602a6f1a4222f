"""Each report is in a progress file of its task.

The reports on the measures of task 3 are in `progress/03.yaml` and, once that is full, in
`progress/03-2.yaml`, `progress/03-3.yaml` and so on. They are in no other file. Where there is
`03-3.yaml` but no `03-2.yaml`, reports may be lost, which is a warning.

    progress/03.yaml:  - measure: "4.1"

To fix it, move the report to the file of its task, correct `measure`, or rename the file to the
number of its task in two digits. Restore a file that is missing between others, or close the gap
by renaming the files after it.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import (
    Draft,
    progress_file,
    split_part,
    task_file,
    task_number,
    task_number_of_file,
)
from credit_plan.plan import RecordKind
from credit_plan.rules.context import Context

NAME = "misfiled-report"
SEVERITY = Severity.ERROR
MILDEST = Severity.WARNING


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for the first report of each task in a file that is not that task's.

    An unknown measure is reported by another rule only.
    """
    draft, by_id = context.draft, context.measures
    misfiled: set[tuple[str, int]] = set()
    for report in draft.entries:
        task = task_number(report.record.measure)
        expected = task_file(task)
        if split_part(report.file)[0] == expected or report.record.measure not in by_id:
            continue
        if (report.file, task) not in misfiled:
            misfiled.add((report.file, task))
            yield Diagnostic(
                NAME,
                *report.at("measure"),
                _("this report is on task {task}, but the file is named {name}").format(
                    task=task, name=report.name
                ),
                _(
                    "reports on task {task} belong in {expected} and, once that is full, in "
                    "{next}, …"
                ).format(task=task, expected=expected, next=progress_file(task, 2)),
            )
    yield from _find_gaps(draft, {file for file, _task in misfiled})


def _find_gaps(draft: Draft, misfiled: set[str]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each file, except the misfiled ones, that continues a missing one."""
    files = {it.file: split_part(it.file) for it in draft.entries if it.file not in misfiled}
    present = {*files.values(), *map(split_part, draft.unread_of(RecordKind.PROGRESS))}
    for file, (first, part) in files.items():
        if part > 1 and (first, part - 1) not in present:
            missing = progress_file(task_number_of_file(first), part - 1)
            message = _("this file continues {missing}, which is missing").format(missing=missing)
            hint = _("restore it, for example with “git restore”, or rename this file")
            yield Diagnostic(NAME, file, (), message, hint, Severity.WARNING, quotes=(missing,))
