"""Which measure an id means that an indicator or a report names, and what was reported of it."""

from __future__ import annotations

from collections.abc import Iterator

from credit_plan.models.draft import (
    UNREAD,
    Draft,
    Filed,
    Listed,
    iter_measures,
    task_number_of_file,
)
from credit_plan.models.indicators import Indicator
from credit_plan.models.progress import Entry
from credit_plan.models.records import Measure, Task
from credit_plan.plan import RecordKind
from credit_plan.rules import order

Position = tuple[Filed[Task], int, Measure]
"""A measure, with its task and its position in it."""


def iter_measure_references(draft: Draft) -> Iterator[Listed[Indicator] | Listed[Entry]]:
    """Everything that names a measure by its id."""
    yield from draft.indicators
    yield from draft.entries


def measures_by_id(draft: Draft) -> dict[str, Position]:
    """The measures by their ids; none where nothing names one.

    A task whose numbers are in disorder is left out: nobody knows which measure each of them is.
    """
    if not (draft.indicators or draft.entries):
        return {}
    rows = (
        filed for filed in order.ordered_tasks(draft) if order.is_in_order(filed.record.measures)
    )
    by_id: dict[str, Position] = {}
    for position in iter_measures(tuple(rows)):
        filed, _index, measure = position
        by_id.setdefault(filed.record.measure_id(measure), position)
    return by_id


def doubtful_tasks(draft: Draft) -> frozenset[int]:
    """The tasks of which a measure may bear an id that cannot be read, or is mistyped.

    UNREAD among them may be any task that is not here.
    """
    unread = map(task_number_of_file, draft.unread_of(RecordKind.MEASURES))
    return frozenset((*unread, *_misnumbered(draft)))


def _misnumbered(draft: Draft) -> Iterator[int]:
    """The tasks whose own number, or a number of whose measures, is said to be wrong."""
    for filed in draft.tasks:
        task = filed.record
        named = task_number_of_file(filed.file)
        if named != task.id:
            yield from {named, task.id} - {UNREAD}
        is_any_lost = len(task.measures) > 1 and None in order.read_numbers(task.measures)
        if (
            is_any_lost
            or any(order.find_gaps(task.measures))
            or not order.is_in_order(task.measures)
        ):
            yield task.id


LocatedReport = Listed[Entry]


def reports_by_measure(draft: Draft) -> dict[str, list[LocatedReport]]:
    """The reports by the ids of their measures; of one day the one recorded later stands last."""
    of_measure: dict[str, list[LocatedReport]] = {}
    for listed in sorted(draft.entries, key=lambda listed: listed.record.when):
        of_measure.setdefault(listed.record.measure, []).append(listed)
    return of_measure
