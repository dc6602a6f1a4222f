"""The order of the published table: rows by their ids, measures by their printed numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from credit_plan.model import UNREAD, Draft, Filed, Measure, Task, task_file

Number = tuple[int, int]
"""A printed number as it is sorted: `3` is (3, 0), and `1-2` is (1, 2)."""

_SALVAGED: Final = "0-"
"""So begins what stands in the place of a number that could not be read."""

_DIGITS: Final = 9
"""More digits than these do not make a number any later in its run."""


def rows(draft: Draft) -> list[Filed[Task]]:
    """The tasks in the order of the table.

    A file whose name and id differ is left out: nobody knows which row it is.
    """
    named = (it for it in draft.tasks if it.record.id != UNREAD and _is_well_named(it))
    return sorted(named, key=_id)


def numbers(measures: Sequence[Measure]) -> list[Number | None]:
    """The printed numbers; None for one that is missing, cannot be read or stands twice."""
    found = [_number(measure.number) for measure in measures]
    times = Counter(found)
    return [number if times[number] == 1 else None for number in found]


def is_in_order(measures: Sequence[Measure]) -> bool:
    """Whether no printed number stands before a smaller one."""
    readable = [number for number in numbers(measures) if number is not None]
    return all(before < number for before, number in pairwise(readable))


def _is_well_named(filed: Filed[Task]) -> bool:
    return filed.name == task_file(filed.record.id)


def _id(filed: Filed[Task]) -> int:
    return filed.record.id


def _number(printed: str | None) -> Number | None:
    if printed is None or printed.startswith(_SALVAGED):
        return None
    main, _dash, sub = printed.partition("-")
    return int(main[:_DIGITS]), int(sub[:_DIGITS] or 0)
