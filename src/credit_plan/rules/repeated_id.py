"""No two tasks have the same id, and no two measures of a task the same number.

Ids are how people and reports speak of a duty; of two with one id, one would be lost.

    - number: "2"
    - number: "2"

Mend it by giving each the number that the published table prints. Only the single measure of
a task may have no number at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, KeyPath, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import UNREAD, Draft, Located, is_named_for_task
from credit_plan.models.records import Task

NAME: Final = "repeated-id"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each task and each measure whose id is taken already."""
    owners: dict[int, str] = {}
    # The file that is named by its id has the better claim to it.
    for filed in sorted(draft.tasks, key=is_named_for_task, reverse=True):
        owner = owners.setdefault(filed.record.id, filed.file)
        if owner != filed.file and filed.record.id != UNREAD:
            yield Diagnostic(
                NAME,
                filed.file,
                ("id",),
                _("task {id} stands in {file} already").format(id=filed.record.id, file=owner),
                _("delete the file if it is a copy, or correct the number of task and file"),
                related=(owner, ("id",)),
            )
        yield from _repeated_numbers(filed)


def _repeated_numbers(filed: Located[Task]) -> Iterator[Diagnostic]:
    seen: dict[str, KeyPath] = {}
    several = len(filed.record.measures) > 1
    for index, measure in enumerate(filed.record.measures):
        place = ("measures", index, "number")
        if measure.number is None and several:
            message = _("this measure has no number, though the task has several measures")
            hint = _('add the printed number, such as number: "{number}"').format(number=index + 1)
            yield Diagnostic(NAME, filed.file, place[:-1], message, hint)
        elif measure.number is not None and measure.number in seen:
            name = filed.record.measure_id(measure)
            message = _("measure {id} stands in this file already").format(id=name)
            hint = _("give each measure the number that the table prints")
            related = (filed.file, seen[measure.number])
            yield Diagnostic(NAME, filed.file, place, message, hint, related=related)
        seen.setdefault(measure.number or "", place)
