"""The order of the published table: rows by their ids, measures by their printed numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from credit_plan.models.draft import (
    NUMBER_STAND_IN_PREFIX,
    UNREAD,
    Draft,
    Located,
    is_named_for_task,
)
from credit_plan.models.records import Measure, PlanMetadata, Task

Number = tuple[int, int]
"""A printed number as it is sorted: `3` is (3, 0), and `1-2` is (1, 2)."""

BEGINNING: Final = (0, 0)
"""What comes before the first number of a task."""

_DIGITS: Final = 9
"""More digits than these do not make a number any later in its run."""


def ordered_tasks(draft: Draft) -> list[Located[Task]]:
    """The tasks in the order of the table.

    A file whose name and id differ is left out: nobody knows which row it is.
    """
    named = (it for it in draft.tasks if it.record.id != UNREAD and is_named_for_task(it))
    return sorted(named, key=_id)


def id_of(task: Task, measure: Measure) -> str:
    """The id of a measure, as far as it can be read: of 7.5, at least 7."""
    return str(task.id) if _number(measure.number) is None else task.measure_id(measure)


def read_numbers(measures: Sequence[Measure]) -> list[Number | None]:
    """The printed numbers; None for one that is missing, cannot be read or stands twice."""
    found = [_number(measure.number) for measure in measures]
    times = Counter(found)
    return [number if times[number] == 1 else None for number in found]


def is_in_order(measures: Sequence[Measure]) -> bool:
    """Whether no printed number stands before a smaller one."""
    if _is_plain(measures):
        return True
    readable = [number for number in read_numbers(measures) if number is not None]
    return all(before < number for before, number in pairwise(readable))


def find_gaps(measures: Sequence[Measure]) -> Iterator[tuple[int, Number, Number]]:
    """Behind each gap in numbers that are in order: the position, the number before, and its own.

    A gap that an unreadable number may well fill is none.
    """
    if _is_plain(measures):
        return
    before, is_filled = BEGINNING, False
    for index, number in enumerate(read_numbers(measures)):
        if number is None:
            is_filled = True
            continue
        if not is_filled and not _follows(before, number):
            yield index, before, number
        before, is_filled = number, False


def find_chapter_breaks(facts: PlanMetadata) -> Iterator[tuple[int, int]]:
    """The index of each chapter that breaks the run, and the number that was expected."""
    read_numbers = [chapter.number for chapter in facts.chapters]
    expected = read_numbers[0]
    for index, number in enumerate(read_numbers):
        if number != expected:
            yield index, expected
            # Where the run goes on from here there is a gap; else this one number is wrong.
            if read_numbers[index + 1 : index + 2] == [number + 1]:
                expected = number
        expected += 1


def longest_run(values: Sequence[int]) -> list[int]:
    """The positions of as many values as can be kept without one that goes back."""
    ends: list[int] = []
    last_values: list[int] = []
    earlier: list[int | None] = []
    for at, value in enumerate(values):
        length = bisect_right(last_values, value)
        earlier.append(ends[length - 1] if length else None)
        ends[length : length + 1] = [at]
        last_values[length : length + 1] = [value]
    run: list[int] = []
    step = ends[-1] if ends else None
    while step is not None:
        run.append(step)
        step = earlier[step]
    return run[::-1]


def _is_plain(measures: Sequence[Measure]) -> bool:
    """Whether the numbers are 1, 2, 3 …, or the only measure has none: nearly every task."""
    if len(measures) == 1 and measures[0].number is None:
        return True
    return all(measure.number == str(at) for at, measure in enumerate(measures, 1))


def _follows(before: Number, number: Number) -> bool:
    main, sub = before
    return number in ((main, sub + 1), (main + 1, 0), (main + 1, 1))


def _id(filed: Located[Task]) -> int:
    return filed.record.id


def _number(printed: str | None) -> Number | None:
    if printed is None or printed.startswith(NUMBER_STAND_IN_PREFIX):
        return None
    main, _dash, sub = printed.partition("-")
    return int(main[:_DIGITS]), int(sub[:_DIGITS] or 0)
