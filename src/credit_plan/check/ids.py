"""Which measure an id means that an indicator or a report names, as far as it can be known."""

from __future__ import annotations

from collections.abc import Iterator

from credit_plan.check import order
from credit_plan.model import (
    UNREAD,
    Draft,
    Entry,
    Filed,
    Indicator,
    Listed,
    Measure,
    Task,
    measures,
    task_named_by,
)
from credit_plan.terms import RecordKind

Position = tuple[Filed[Task], int, Measure]
"""A measure, with its task and its position in it."""


def naming(draft: Draft) -> Iterator[Listed[Indicator] | Listed[Entry]]:
    """Everything that names a measure by its id."""
    yield from draft.indicators
    yield from draft.entries


def known(draft: Draft) -> dict[str, Position]:
    """The measures by their ids; none where nothing names one.

    A task whose numbers are in disorder is left out: nobody knows which measure each of them is.
    """
    if not (draft.indicators or draft.entries):
        return {}
    rows = (filed for filed in order.rows(draft) if order.is_in_order(filed.record.measures))
    by_id: dict[str, Position] = {}
    for position in measures(tuple(rows)):
        filed, _index, measure = position
        by_id.setdefault(filed.record.measure_id(measure), position)
    return by_id


def in_doubt(draft: Draft) -> frozenset[int]:
    """The tasks of which a measure may bear an id that cannot be read, or is mistyped.

    UNREAD among them may be any task that is not here.
    """
    unread = map(task_named_by, draft.unread_of(RecordKind.MEASURES))
    return frozenset((*unread, *_misnumbered(draft)))


def _misnumbered(draft: Draft) -> Iterator[int]:
    """The tasks whose own number, or a number of whose measures, is said to be wrong."""
    for filed in draft.tasks:
        task = filed.record
        named = task_named_by(filed.file)
        if named != task.id:
            yield from {named, task.id} - {UNREAD}
        is_any_lost = len(task.measures) > 1 and None in order.numbers(task.measures)
        if is_any_lost or any(order.gaps(task.measures)) or not order.is_in_order(task.measures):
            yield task.id
