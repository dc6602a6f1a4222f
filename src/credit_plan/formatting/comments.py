"""Find the comments of a file, and where among its formatted lines each belongs.

A comment after a value stays there. One on its own line stays before the same entry or key, as
does one inside a value that becomes a single line. Those before the first key stay at the top of
the file, those after the last value at the end.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from yaml.nodes import MappingNode

from credit_plan.formatting.layout import Line
from credit_plan.yaml.nodes import iter_scalars

_COMMENT = re.compile(r"#[^\n]*")
_AFTER_BAR = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\n]*)")
"""A comment after the indicator of a block text."""


@dataclass(slots=True)
class PlacedComments:
    """The comments of a file: `above` and `after` lines, by the number of the line from 0."""

    head: list[str] = field(default_factory=list)
    above: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    after: dict[int, str] = field(default_factory=dict)
    foot: list[str] = field(default_factory=list)


def place_comments(text: str, root: MappingNode, lines: tuple[Line, ...]) -> PlacedComments:
    """Return every comment of a text whose tree is `root`, at its place among `lines`."""
    ends = sorted((line.end, line.start, number) for number, line in enumerate(lines))
    keys = [(line.start, number) for number, line in enumerate(lines)]
    entries = [(it.entry, number) for number, it in enumerate(lines) if it.entry is not None]
    starts = sorted(keys + entries)
    placed = PlacedComments()
    for at, comment in _find_comments(text, root):
        ended, begun = bisect_right(ends, (at, at, 0)), bisect_right(starts, (at, len(lines)))
        if not begun:
            placed.head.append(comment)
        elif ended < len(ends) and ends[ended][1] < at:
            placed.above[ends[ended][2]].append(comment)
        elif ended and text.find("\n", ends[ended - 1][0], at) == -1:
            placed.after[ends[ended - 1][2]] = comment
        elif begun < len(starts):
            placed.above[starts[begun][1]].append(comment)
        else:
            placed.foot.append(_indentation(text, at) + comment)
    return placed


def _find_comments(text: str, root: MappingNode) -> Iterator[tuple[int, str]]:
    """Yield the start and the text of each comment; a `#` in a key or a value is not one."""
    at = 0
    for scalar in iter_scalars(root):
        start, end = scalar.start_mark.index, scalar.end_mark.index
        yield from _find_between(text, at, start)
        announced = _AFTER_BAR.match(text, start) if scalar.style in {"|", ">"} else None
        if announced:
            yield announced.start(1), announced[1].rstrip()
        at = end
    yield from _find_between(text, at, len(text))


def _find_between(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for comment in _COMMENT.finditer(text, start, end):
        yield comment.start(), comment[0].rstrip()


def _indentation(text: str, at: int) -> str:
    """Return the indentation of a comment at the end of a file."""
    before = text[text.rfind("\n", 0, at) + 1 : at]
    return "" if before.strip() else before
