"""The printed numbers of a task's measures run from 1 on, without a gap and in their order.

A gap says that a measure was lost or that a number was mistyped; and whoever looks for 3 behind 2
does not find it where the order is another. Numbers may have sub-numbers: 1-1, 1-2, 2, 3.

    - number: "1"
    - number: "2"
    - number: "4"

Mend it by bringing back the measure that is missing, by putting the measures in the order of the
published table, or by correcting the number that is wrong. A number that stands twice is a fault
of another name (`repeated-id`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, KeyPath, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Draft, Located
from credit_plan.models.records import Task
from credit_plan.rules import order

NAME: Final = "printed-numbers"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each gap in a task's numbers; one for a task that has them in disorder."""
    for filed in draft.tasks:
        if not order.is_in_order(filed.record.measures):
            yield _disorder(filed)
            continue
        for index, before, number in order.find_gaps(filed.record.measures):
            yield _finding(filed, index, *_gap(filed.record, index, before, number))


def _gap(task: Task, index: int, before: order.Number, number: order.Number) -> tuple[str, str]:
    """Message and hint for the measure behind a gap."""
    stands = quote(task.measures[index].number or "")
    if before == order.BEGINNING:
        message = _("the printed numbers begin with {number}, and not with “1”")
        hint = _("bring back what stands before it in the table, or correct the number")
        return message.format(number=stands), hint
    missing = _missing(before, number)
    message = _("{number} comes next after “{before}”, and “{missing}” is missing").format(
        number=stands, before=_printed(before), missing=missing
    )
    hint = _("bring back measure {missing}, or correct the number that is wrong")
    return message, hint.format(missing=missing)


def _missing(before: order.Number, number: order.Number) -> str:
    """The first number that is wanting between the two."""
    (last, last_sub), (main, _sub) = before, number
    if main == last:
        return _printed((main, last_sub + 1))
    return _printed((main, 1) if main == last + 1 else (last + 1, 0))


def _printed(number: order.Number) -> str:
    main, sub = number
    return f"{main}-{sub}" if sub else str(main)


def _disorder(filed: Located[Task]) -> Diagnostic:
    """The finding at the first number that stands before one that belongs there instead."""
    found = [(it, at) for at, it in enumerate(order.read_numbers(filed.record.measures)) if it]
    (number, index), (smaller, other) = next(
        (here, sound) for here, sound in zip(found, sorted(found), strict=True) if here != sound
    )
    message = _("“{number}” stands before “{smaller}”: the printed numbers are out of order")
    hint = _("put the measures in the order of the table, or correct the number that is wrong")
    said = message.format(number=_printed(number), smaller=_printed(smaller))
    return _finding(filed, index, said, hint, related=(filed.file, ("measures", other, "number")))


def _finding(
    filed: Located[Task],
    index: int,
    message: str,
    hint: str,
    related: tuple[str, KeyPath] | None = None,
) -> Diagnostic:
    return Diagnostic(
        NAME, filed.file, ("measures", index, "number"), message, hint, related=related
    )
