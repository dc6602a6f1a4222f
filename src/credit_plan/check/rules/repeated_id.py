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

from credit_plan.diagnostic import Finding
from credit_plan.language import _
from credit_plan.model import Draft, Filed, Task

NAME: Final = "repeated-id"


def find(draft: Draft) -> Iterator[Finding]:
    """A finding for each task and each measure whose id is taken already."""
    seen: dict[int, str] = {}
    for filed in draft.tasks:
        first = seen.setdefault(filed.record.id, filed.file)
        if first != filed.file:
            yield Finding(
                NAME,
                filed.file,
                ("id",),
                _("task {id} stands in {file} already").format(id=filed.record.id, file=first),
                _("one of the two files has the wrong number"),
            )
        yield from _repeated_numbers(filed)


def _repeated_numbers(filed: Filed[Task]) -> Iterator[Finding]:
    seen: set[str] = set()
    several = len(filed.record.measures) > 1
    for index, measure in enumerate(filed.record.measures):
        place = ("measures", index, "number")
        if measure.number is None:
            if several:
                yield Finding(
                    NAME,
                    filed.file,
                    place[:-1],
                    _("this measure has no number, though the task has several measures"),
                    _('add the printed number, such as number: "{number}"').format(
                        number=index + 1
                    ),
                )
        elif measure.number in seen:
            yield Finding(
                NAME,
                filed.file,
                place,
                _("measure {id} stands in this file already").format(
                    id=filed.record.measure_id(measure)
                ),
                _("give each measure the number that the table prints"),
            )
        else:
            seen.add(measure.number)
