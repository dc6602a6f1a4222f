"""Finds the comments of a file, and where in its lines each belongs.

A comment behind a value stays behind it; one on a line of its own stays before the entry or the
key that it stood before, and so does one inside a value that becomes a single line. Those before
the first key stay at the head of the file, those behind the last value at its foot.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from yaml.nodes import MappingNode

from credit_plan.formatting.layout import Line
from credit_plan.yaml.nodes import iter_scalars

_COMMENT: Final = re.compile(r"#[^\n]*")
_BEHIND_A_BAR: Final = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\n]*)")
"""A comment behind the sign that announces a text on lines of its own."""


@dataclass(slots=True)
class PlacedComments:
    """The comments of a file: `above` and `behind` lines, by the number of the line from 0."""

    head: list[str] = field(default_factory=list)
    above: dict[int, list[str]] = field(default_factory=dict)
    behind: dict[int, str] = field(default_factory=dict)
    foot: list[str] = field(default_factory=list)


def place_comments(text: str, root: MappingNode, lines: tuple[Line, ...]) -> PlacedComments:
    """Every comment of a text whose tree is `root`, at its place among `lines`."""
    places = _Places.of(lines)
    found = PlacedComments()
    for start, comment in _comments(text, root):
        if start < places.first:
            found.head.append(comment)
        elif (inside := places.around(start)) is not None:
            found.above.setdefault(inside, []).append(comment)
        elif (before := places.before(start, text)) is not None:
            found.behind[before] = comment
        elif (after := places.after(start)) is not None:
            found.above.setdefault(after, []).append(comment)
        else:
            found.foot.append(_indentation(text, start) + comment)
    return found


def _comments(text: str, root: MappingNode) -> Iterator[tuple[int, str]]:
    """Where each comment begins, and its words: a `#` in a key or a value begins none."""
    at = 0
    for scalar in iter_scalars(root):
        start, end = scalar.start_mark.index, scalar.end_mark.index
        yield from _between(text, at, start)
        announced = _BEHIND_A_BAR.match(text, start) if scalar.style in {"|", ">"} else None
        if announced:
            yield announced.start(1), announced[1].rstrip()
        at = end
    yield from _between(text, at, len(text))


def _between(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for comment in _COMMENT.finditer(text, start, end):
        yield comment.start(), comment[0].rstrip()


def _indentation(text: str, start: int) -> str:
    """The spaces before a comment on a line of its own, at the foot of a file."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return "" if before.strip() else before


@dataclass(frozen=True, slots=True)
class _Places:
    """Where in the source the lines stood, so that a place in it leads to the number of a line."""

    ends: tuple[tuple[int, int, int], ...]
    """(end, start, number)"""
    starts: tuple[tuple[int, bool, int], ...]
    """(start, whether it is a key's and not that of an entry around it, number)"""

    @classmethod
    def of(cls, lines: tuple[Line, ...]) -> _Places:
        starts = [(line.start, True, number) for number, line in enumerate(lines)]
        starts += [
            (line.entry, False, number)
            for number, line in enumerate(lines)
            if line.entry is not None
        ]
        ends = ((line.end, line.start, number) for number, line in enumerate(lines))
        return cls(tuple(sorted(ends)), tuple(sorted(starts)))

    @property
    def first(self) -> int:
        """Where the first key stands."""
        return self.starts[0][0]

    def around(self, at: int) -> int | None:
        """The line whose part of the source goes on around a place."""
        index = bisect_right(self.ends, (at, at, 0))
        if index == len(self.ends):
            return None
        _end, start, number = self.ends[index]
        return number if start < at else None

    def before(self, at: int, text: str) -> int | None:
        """The line that ended before a place, on the same line of the source."""
        index = bisect_right(self.ends, (at, at, 0)) - 1
        end, _start, number = self.ends[index]
        return number if index >= 0 and "\n" not in text[end:at] else None

    def after(self, at: int) -> int | None:
        """The line that begins next behind a place."""
        index = bisect_right(self.starts, (at, True, 0))
        return self.starts[index][2] if index < len(self.starts) else None
