"""What a measure promises again and again, and between which days."""

from collections.abc import Iterator
from datetime import date

from credit_plan import plan
from credit_plan.models.records import Measure, PlanMetadata, Recurring


def list_recurrences(measure: Measure, metadata: PlanMetadata) -> Iterator[plan.Recurrence]:
    """Yield what a measure promises again and again; a deadline that recurs promises its text.

    Where the words name no day, it begins on the day in `plan.yaml`, or else with the period of
    the plan. It ends with the deadline, or else with the period.
    """
    deadline, start = measure.deadline, metadata.recurrences
    first = start.first if start else date(_limit(metadata.period.first), 1, 1)
    last = date(_limit(metadata.period.last), 12, 31)
    if deadline and deadline.by and not deadline.ongoing:
        last = deadline.by
    named: list[tuple[str, Recurring]] = [(it.text, it) for it in measure.recurrences]
    if deadline and deadline.kind is plan.DeadlineKind.RECURRING:
        named.append((measure.text, deadline))
    for text, it in named:
        yield plan.Recurrence(text, it.every, it.on, it.first or first, it.until or last)


def _limit(year: int) -> int:
    """Return a year that the calendar has; one that is mistyped may have nine digits."""
    return min(year, date.max.year)
