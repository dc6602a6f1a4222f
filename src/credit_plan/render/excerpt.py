"""The part of a source line that shows a value at fault, cut so that it fits in a width."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import Final

from rich.cells import cell_len

from credit_plan.diagnostic import Diagnostic
from credit_plan.render.cells import visible

_CUT: Final = "…"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A value and what stands around it in its line, every character in a form that shows."""

    before: str
    value: str
    behind: str

    @property
    def carets(self) -> str:
        """The line below, with a caret under each cell of the value; one where it is empty."""
        return " " * cell_len(self.before) + "^" * max(1, cell_len(self.value))


def excerpt(diagnostic: Diagnostic, room: int) -> Excerpt:
    """The value with as much around it as fits in `room` cells, without the indentation.

    Of a value that does not fit the beginning is shown.
    """
    source = diagnostic.source
    first = min(diagnostic.column - 1, len(source))
    start = first - len(source[:first].lstrip(" "))
    if first == len(source):
        room -= 1  # for the caret, which stands behind the last character
    # No character takes less than a cell: what is further away than that cannot be shown.
    low, high = max(start, first - room), min(len(source), first + room)
    before, behind = (
        [_shown(sign) for sign in source[part]] for part in (slice(low, first), slice(first, high))
    )
    length = max(0, min(diagnostic.end_column - 1, high) - first)
    left, right = len(before), len(behind)
    if low > start or high < len(source) or _cells(before + behind) > room:
        left, right = _window(before, behind, length, room - 2 * len(_CUT))
    cut_left = low > start or left < len(before)
    cut_right = high < len(source) or right < len(behind)
    return Excerpt(
        _CUT * cut_left + "".join(before[len(before) - left :]),
        "".join(behind[: min(length, right)]),
        "".join(behind[length:right]) + _CUT * cut_right,
    )


def _window(before: list[str], behind: list[str], length: int, room: int) -> tuple[int, int]:
    """How many of the pieces before and behind a position to show, the nearest first.

    The value is the first `length` of those behind. What room it leaves is shared by both
    sides; where it leaves none, a quarter goes to what stands before it.
    """
    spare = room - _cells(behind[:length])
    left = _fitting(reversed(before), spare // 2 if spare >= 0 else room // 4)
    right = _fitting(behind, room - _cells(before[len(before) - left :]))
    return _fitting(reversed(before), room - _cells(behind[:right])), right


def _fitting(pieces: Iterable[str], room: int) -> int:
    """How many of the pieces, from the first on, fit in so many cells."""
    used = accumulate(map(cell_len, pieces))
    return len(list(takewhile(lambda cells: cells <= room, used)))


def _cells(pieces: Iterable[str]) -> int:
    return sum(map(cell_len, pieces))


def _shown(sign: str) -> str:
    """A character in one cell or more: a tab as a space, and what takes no room as its escape."""
    if sign == "\t":
        return " "
    return visible(sign) if cell_len(sign) else sign.encode("unicode_escape").decode()
