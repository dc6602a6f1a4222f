"""Folding of Chinese text into lines of a display width, as a Chinese reader expects it.

A line may break between any two Chinese characters, but not within ASCII characters without a
space: a figure, a Latin word, an option, the name of a file. No line begins with a closing mark
(，。》”) and none ends with an opening one (《“). The brackets of a changed text, [-removed-] and
{+added+}, are such marks as well.
"""

import re
from collections.abc import Iterable, Iterator

from credit_plan.formatters.width import cell_len

_OPENING = "“‘（《〈【〔「『([{<"
_CLOSING = "”’）》〉】〕」』)]}>，。、；：！？…—,.;:!?％‰%"
_PIECE = (
    rf"(?:\[-|\{{\+|[{re.escape(_OPENING)}])*"
    r"(?:{names}[!-~]+|\S)"
    rf"(?:-\]|\+\}}|[{re.escape(_CLOSING)}])*|\s+"
)


def fold(text: str, width: int, names: tuple[str, ...] = (), taken: int = 0) -> list[str]:
    """Return the lines of a text, none wider than `width` cells; at least one.

    `names` are kept whole like words, unless one is wider than a line. Of the first line, so many
    cells are `taken`.
    """
    return fill(split_pieces(text, names), width, taken)


def fill(pieces: Iterable[str], width: int, taken: int = 0) -> list[str]:
    """Return lines of pieces that stay together; one that fits on no line is cut.

    Of the first line, so many cells are `taken`; where it has no room, it is empty.
    """
    lines: list[str] = []
    line, used = "", taken
    for piece in _cut(pieces, width):
        size = cell_len(piece)
        if (line or used > 0) and used + size > width:
            lines.append(line.rstrip())
            line, used = "", 0
        if line or not piece.isspace():
            line, used = line + piece, used + size
    return [*lines, line.rstrip()]


def split_pieces(text: str, names: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the pieces of a text between which a line may break."""
    alternatives = "".join(f"{re.escape(name)}|" for name in names)
    return (match[0] for match in re.finditer(_PIECE.replace("{names}", alternatives), text))


def fold_page(page: str, width: int) -> str:
    """Return a page with its paragraphs and lists folded; indented examples stay as they are."""
    return "\n\n".join(
        block if block.startswith(" ") else "\n".join(_fold_block(block, width))
        for block in page.split("\n\n")
    )


def _fold_block(block: str, width: int) -> Iterator[str]:
    """Yield the lines of a paragraph, or of each entry of a list."""
    for entry in re.split(r"\n(?=- )", block):
        indent = "  " if entry.startswith("- ") else ""
        text = " ".join(entry.split())
        first, *others = fold(text, width - len(indent), taken=-len(indent))
        yield first
        yield from (indent + line for line in others)


def _cut(pieces: Iterable[str], width: int) -> Iterator[str]:
    """Yield the pieces, and the characters of one that is wider than a line."""
    for piece in pieces:
        if cell_len(piece) <= width:
            yield piece
        else:
            yield from piece
