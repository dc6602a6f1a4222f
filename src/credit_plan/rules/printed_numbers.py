"""The printed numbers of a task's measures start at 1, have no gap and are in order.

A gap means that a measure was lost or a number is mistyped. If the order is wrong, people do not
find 3 after 2. Numbers may have sub-numbers: 1-1, 1-2, 2, 3.

    - number: "1"
    - number: "2"
    - number: "4"

To fix it, restore the missing measure, sort the measures as in the published table, or correct the
wrong number. A number that is used twice is reported by the rule `repeated-id`.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Located
from credit_plan.models.records import Task
from credit_plan.rules import order
from credit_plan.rules.context import Context
from credit_plan.rules.measures import LocatedTask

NAME = "printed-numbers"
SEVERITY = Severity.ERROR


def find_in_task(task: LocatedTask, _context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each gap in a task's numbers; only one if they are out of order."""
    measures = task.record.measures
    if order.are_plain(measures):
        return
    if not order.is_in_order(measures):
        yield _report_order(task)
        return
    for index, before, number in order.find_gaps(measures):
        printed = quote(measures[index].number or "")
        message, hint = _describe_gap(printed, before, number)
        yield Diagnostic(NAME, *task.at("measures", index, "number"), message, hint)


def _report_order(task: Located[Task]) -> Diagnostic:
    """Report the first number that is not where it would be in ascending order."""
    parsed = enumerate(order.parse_numbers(task.record.measures))
    numbers = [(number, index) for index, number in parsed if number is not None]
    pairs = zip(numbers, sorted(numbers), strict=True)
    (number, index), (smaller, other) = next(pair for pair in pairs if pair[0] != pair[1])
    message = _("“{number}” is before “{smaller}”: the printed numbers are out of order")
    return Diagnostic(
        NAME,
        *task.at("measures", index, "number"),
        message.format(number=_print(number), smaller=_print(smaller)),
        _("sort the measures as in the table, or correct the wrong number"),
        related=task.at("measures", other, "number"),
    )


def _describe_gap(printed: str, before: order.Number, number: order.Number) -> tuple[str, str]:
    """Return message and hint for the number after a gap."""
    if before == order.BEFORE_FIRST:
        message = _("the printed numbers start at {number}, not at “1”")
        hint = _("restore the measures before it, or correct the number")
        return message.format(number=printed), hint
    missing = _print(_find_missing(before, number))
    message = _("{number} follows “{before}”: “{missing}” is missing")
    hint = _("restore measure {missing}, or correct the wrong number")
    return (
        message.format(number=printed, before=_print(before), missing=missing),
        hint.format(missing=missing),
    )


def _find_missing(before: order.Number, number: order.Number) -> order.Number:
    """Return the first number that is missing between the two."""
    (last, last_sub), (main, _sub) = before, number
    if main == last:
        return main, last_sub + 1
    return (main, 1) if main == last + 1 else (last + 1, 0)


def _print(number: order.Number) -> str:
    main, sub = number
    return f"{main}-{sub}" if sub else str(main)
