"""Folding of Chinese text into lines of a display width, as a Chinese reader expects it.

A line may break between any two Chinese characters, but not within a figure or a Latin word. No
line begins with a closing mark (，。》”) and none ends with an opening one (《“). The brackets of
a changed text, [-removed-] and {+added+}, are such marks as well.
"""

import re
from collections.abc import Iterator

from rich.cells import cell_len

_OPENING = "“‘（《〈【〔「『([{<"
_CLOSING = "”’）》〉】〕」』)]}>，。、；：！？…—,.;:!?％‰%"
_PIECE = (
    rf"(?:\[-|\{{\+|[{re.escape(_OPENING)}])*"
    r"(?:{names}[0-9A-Za-z][0-9A-Za-z.\-]*|\S)"
    rf"(?:-\]|\+\}}|[{re.escape(_CLOSING)}])*|\s+"
)


def fold(text: str, width: int, names: tuple[str, ...] = ()) -> list[str]:
    """Return the lines of a text, none wider than `width` cells; at least one.

    `names` are kept whole like words, unless one is wider than a line.
    """
    lines, line, used = [], "", 0
    for piece in _split(text, width, names):
        size = cell_len(piece)
        if line and used + size > width:
            lines.append(line.rstrip())
            line, used = "", 0
        if line or not piece.isspace():
            line, used = line + piece, used + size
    return [*lines, line.rstrip()]


def _split(text: str, width: int, names: tuple[str, ...]) -> Iterator[str]:
    """Yield what must stay together; a piece that fits on no line is cut into characters."""
    alternatives = "".join(f"{re.escape(name)}|" for name in names)
    for match in re.finditer(_PIECE.replace("{names}", alternatives), text):
        piece = match[0]
        if cell_len(piece) <= width:
            yield piece
        else:
            yield from piece
