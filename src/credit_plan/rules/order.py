"""The order of the published table: tasks by their ids, measures by their printed numbers."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from credit_plan.models.draft import NUMBER_STAND_IN_PREFIX
from credit_plan.models.records import Measure, PlanMetadata

Number = tuple[int, int]
"""A printed number as it is sorted: `3` is (3, 0), and `1-2` is (1, 2)."""

BEFORE_FIRST = (0, 0)

_FIRST_NUMBERS = [str(number) for number in range(1, 100)]

_MAX_DIGITS = 9
"""Later digits do not change the order, and Python refuses to convert thousands of them."""


def parse_number(printed: str | None) -> Number | None:
    """Return a printed number as it is sorted; None if it is missing or could not be read."""
    if printed is None or printed.startswith(NUMBER_STAND_IN_PREFIX):
        return None
    main, _dash, sub = printed.partition("-")
    return int(main[:_MAX_DIGITS]), int(sub[:_MAX_DIGITS] or 0)


def parse_numbers(measures: Sequence[Measure]) -> list[Number | None]:
    """Return the printed numbers; None for one that is missing, unreadable or repeated."""
    numbers = [parse_number(measure.number) for measure in measures]
    times = Counter(numbers)
    return [number if times[number] == 1 else None for number in numbers]


def is_in_order(measures: Sequence[Measure]) -> bool:
    """Tell whether the printed numbers are in ascending order."""
    if are_plain(measures):
        return True
    readable = [number for number in parse_numbers(measures) if number is not None]
    return all(before < number for before, number in pairwise(readable))


def are_plain(measures: Sequence[Measure]) -> bool:
    """Tell whether the numbers are 1, 2, 3 …, or the only measure has none: nearly every task."""
    numbers = [measure.number for measure in measures]
    return numbers == _FIRST_NUMBERS[: len(numbers)] or numbers == [None]


def find_gaps(measures: Sequence[Measure]) -> Iterator[tuple[int, Number, Number]]:
    """Yield (index after the gap, number before it, number after it) for numbers in order.

    An unreadable number may fill a gap, so such a gap is not reported.
    """
    if are_plain(measures):
        return
    before, may_be_filled = BEFORE_FIRST, False
    for index, number in enumerate(parse_numbers(measures)):
        if number is None:
            may_be_filled = True
            continue
        if not may_be_filled and not _follows(before, number):
            yield index, before, number
        before, may_be_filled = number, False


def find_chapter_breaks(metadata: PlanMetadata) -> Iterator[tuple[int, int]]:
    """Yield (index, expected number) for each chapter that is not numbered consecutively."""
    numbers = [chapter.number for chapter in metadata.chapters]
    expected = numbers[0]
    for index, number in enumerate(numbers):
        if number != expected:
            yield index, expected
            # If the next chapter continues from here, there is a gap; else only this one is wrong.
            if numbers[index + 1 : index + 2] == [number + 1]:
                expected = number
        expected += 1


def find_longest_run(values: Sequence[int]) -> list[int]:
    """Return the indexes of the longest subsequence that never decreases."""
    ends: list[int] = []
    last_values: list[int] = []
    predecessors: list[int | None] = []
    for index, value in enumerate(values):
        length = bisect_right(last_values, value)
        predecessors.append(ends[length - 1] if length else None)
        ends[length : length + 1] = [index]
        last_values[length : length + 1] = [value]
    run: list[int] = []
    step = ends[-1] if ends else None
    while step is not None:
        run.append(step)
        step = predecessors[step]
    return run[::-1]


def _follows(before: Number, number: Number) -> bool:
    main, sub = before
    return number in ((main, sub + 1), (main + 1, 0), (main + 1, 1))
