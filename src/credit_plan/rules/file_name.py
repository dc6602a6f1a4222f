"""A task file is named after the number of its task.

People look up a row of the table by the name of its file, and two files cannot contain the same
row.

    measures/07.yaml:  id: 8

To fix it, rename the file to the number of its task (`08.yaml`), or change the `id` to the number
of the file, whichever agrees with the published table.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import UNREAD, task_file
from credit_plan.rules.context import Context

NAME = "file-name"
SEVERITY = Severity.ERROR


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each file whose name is not the number of its task in two digits.

    If a file of the right name has the same id, one of the two is a copy: `repeated-id`.
    """
    well_named = {task.record.id for task in context.tasks} if context.misnamed else ()
    for task in context.misnamed:
        number = task.record.id
        if number != UNREAD and number not in well_named:
            yield Diagnostic(
                NAME,
                *task.at("id"),
                _("the id is {id}, but the file is named {name}").format(id=number, name=task.name),
                _("task {id} belongs in {expected}").format(id=number, expected=task_file(number)),
            )
