"""Breaks Chinese text into lines of a display width, as a Chinese reader expects it broken.

A line may break between any two Chinese characters, but no figure and no Latin word is torn
apart, no line begins with a closing mark (，。》”) and none ends with an opening one (《“).
What encloses the differences of a text, [-so-] and {+so+}, are such marks as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rich.cells import cell_len

_OPENING: Final = "“‘（《〈【〔「『([{<"
_CLOSING: Final = "”’）》〉】〕」』)]}>，。、；：！？…—,.;:!?％‰%"
_PIECE: Final = (
    rf"(?:\[-|\{{\+|[{re.escape(_OPENING)}])*"
    r"(?:{names}[0-9A-Za-z][0-9A-Za-z.\-]*|\S)"
    rf"(?:-\]|\+\}}|[{re.escape(_CLOSING)}])*|\s+"
)


def fold(text: str, width: int, names: tuple[str, ...] = ()) -> list[str]:
    """The lines of a text, none wider than `width` cells; at least one.

    `names` are kept whole like words, unless one is wider than a line.
    """
    lines, line, used = [], "", 0
    for piece in _pieces(text, width, names):
        size = cell_len(piece)
        if line and used + size > width:
            lines.append(line.rstrip())
            line, used = "", 0
        if line or not piece.isspace():
            line, used = line + piece, used + size
    return [*lines, line.rstrip()]


def _pieces(text: str, width: int, names: tuple[str, ...]) -> Iterator[str]:
    """What must stay together; a piece that fits on no line is cut into characters."""
    known = "".join(f"{re.escape(name)}|" for name in names)
    for match in re.finditer(_PIECE.replace("{names}", known), text):
        piece = match[0]
        if cell_len(piece) <= width:
            yield piece
        else:
            yield from piece
