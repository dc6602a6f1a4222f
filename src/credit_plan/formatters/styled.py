"""Cells as styled lines: whole and folded to a width, or one line that is cut to it."""

import re
from collections.abc import Iterator
from itertools import accumulate, takewhile
from typing import TypeGuard

from credit_plan.cells import Cell, Emphasis, Label, Line
from credit_plan.cells.bars import Bar, Lights
from credit_plan.formatters.ansi import Piece, StyledLine, plain, slice_line
from credit_plan.formatters.fold import fold
from credit_plan.formatters.lines import cell_lines, one_line, plain_text
from credit_plan.formatters.width import cell_len
from credit_plan.text import escape_controls

MAX_BAR = 20
_BLOCKS = {"red": "█", "yellow": "▒", "green": "░"}
"""What a bar of each light is drawn with, so that they are told apart without colours."""

_STYLES = {
    Emphasis.NONE: "",
    Emphasis.FIELD: "dim",
    Emphasis.HIT: "bold reverse",
    **dict.fromkeys((Emphasis.REMOVED, Emphasis.OLD), "red"),
    **dict.fromkeys((Emphasis.ADDED, Emphasis.NEW), "green"),
}
_SEPARATOR = " | "
_ELLIPSIS = "…"
_BEFORE_HIT = 12
"""So many cells of what is before a hit are kept, where not all of it fits."""

_TWO_WORDS = 4
"""So many characters are two words in Chinese: 牵头单位."""

_PART_OF_WORD = re.compile(r"^[0-9A-Za-z.％%]+")


def is_names(cell: Cell) -> TypeGuard[tuple[str, ...]]:
    """Return whether a cell lists names or dates, none of which is ever broken or cut."""
    return isinstance(cell, tuple) and bool(cell) and all(isinstance(it, str) for it in cell)


def draw_cell(cell: Cell, width: int | None = None) -> list[StyledLine]:
    """Return the lines of a whole cell, folded to a width if one is given; bars are never folded.

    There is at least one.
    """
    if isinstance(cell, Bar | Lights):
        return [draw_bar(cell)]
    if isinstance(cell, Label):
        label = escape_controls(cell.label)
        return draw_label(label, cell.light, cell_len(label) if width is None else width)
    styled = map(_style_line, cell_lines(cell))
    return _drop_empty_end([part for line in styled for part in _fold_line(line, width)])


def draw_names(names: tuple[str, ...], width: int) -> list[StyledLine]:
    """Return a line for each name that fits, and the number of those that do not: `+2`."""
    shown = [name for name in map(escape_controls, names) if cell_len(name) <= width]
    more = [f"+{len(names) - len(shown)}"] if len(shown) < len(names) else []
    return _drop_empty_end([((line, ""),) for line in (*shown, *more)])


def draw_line(cell: Cell, width: int) -> list[StyledLine]:
    """Return a cell on one line; names are counted and sentences cut where they do not fit.

    A label may still take two lines.
    """
    if isinstance(cell, Bar | Lights | Label):
        return draw_cell(cell, width)
    if is_names(cell):
        return [((_join_names(cell, width), ""),)]
    lines = cell_lines(cell)
    if len(lines) == 1 or cell_len(one_line(cell)) > width:
        lines = (_begin_near_hit(lines[0], width), *lines[1:])
    pieces: list[Piece] = []
    for line in map(_style_line, lines):
        pieces += [(_SEPARATOR, ""), *line] if pieces else line
    kept = cut(text := plain(pieces), width)
    if kept == text:
        return [tuple(pieces)]
    return [(*slice_line(pieces, 0, len(kept) - len(_ELLIPSIS)), (_ELLIPSIS, ""))]


def cut(text: str, width: int) -> str:
    """Return a text that is at most so wide, with … in place of what is cut off.

    No figure and no Latin word is torn, unless one is wider than a line.
    """
    if cell_len(text) <= width:
        return text
    beginning = text[: 2 * width]  # more is not looked at: sentences are long
    kept = fold(beginning, width - 1)[0].rstrip("，、；,;")
    return text[: len(kept)] + _ELLIPSIS


def compact_width(names: tuple[str, ...]) -> int:
    """Return the width of the first name with the number of the others: `市营商局 +4`."""
    return cell_len(_join_first(names))


def two_line_width(text: str) -> int:
    """Return the least width in which a text fits on two lines, broken at a space."""
    return max(map(cell_len, _halve(text)))


def split_heading(heading: str) -> tuple[str, str]:
    """Return a heading in two lines: at a space, or as the two words of four Chinese characters."""
    if len(heading) == _TWO_WORDS and cell_len(heading) == 2 * _TWO_WORDS:
        return heading[:2], heading[2:]
    return _halve(heading)


def draw_label(text: str, style: str, width: int) -> list[StyledLine]:
    """Return a label or a heading on two lines, broken at a space, where it does not fit on one."""
    lines = [text]
    if cell_len(text) > width:
        lines = fold(text, width) if two_line_width(text) > width else [*_halve(text)]
    return _drop_empty_end([((line, style),) for line in lines])


def draw_bar(cell: Bar | Lights, size: int = MAX_BAR) -> StyledLine:
    """Return a bar, the longest of its column so long, and what it counts."""
    if isinstance(cell, Bar):
        length = round(size * cell.count / cell.maximum) if cell.maximum else 0
        return ("█" * length, "cyan"), (" " * bool(length), ""), (str(cell.count), "")
    counts = cell.data().items()
    if cell.maximum is None:
        parts = (part for light, count in counts for part in (("·", ""), (str(count), light)))
        return tuple(parts)[1:]
    bars: list[Piece] = []
    for light, count in counts:
        # Each light that is not 0 has a cell.
        length = max(round(size * count / cell.maximum), min(size, 1)) if count else 0
        bars.append((_BLOCKS[light] * length, light))
    (words,) = map(plain_text, cell.lines())
    return (*bars, (f" {words}" if plain(bars) else words, ""))


def _halve(text: str) -> tuple[str, str]:
    """Return what is before and after the space at which two lines are the least wide."""
    spaces = (at for at, character in enumerate(text) if character == " ")
    halves = ((text[:at], text[at + 1 :]) for at in spaces)
    return min(halves, key=lambda lines: max(map(cell_len, lines)), default=(text, ""))


def _join_names(names: tuple[str, ...], width: int) -> str:
    """Return all names, or else the first and the number of the others, or only the number."""
    whole, first = one_line(names), _join_first(names)
    if cell_len(whole) <= width:
        return whole
    return first if cell_len(first) <= width else str(len(names))


def _join_first(names: tuple[str, ...]) -> str:
    first, *others = map(escape_controls, names)
    return f"{first} +{len(others)}" if others else first


def _begin_near_hit(line: Line, width: int) -> Line:
    """Return a line without the beginning of its text, where the first hit would be cut off."""
    emphases = [emphasis for _text, emphasis in line]
    if Emphasis.HIT not in emphases:
        return line
    at = emphases.index(Emphasis.HIT)
    head, (before, _none), hit = line[: at - 1], line[at - 1], line[at]
    used = sum(cell_len(text) for text, _emphasis in (*head, hit))
    if used + cell_len(before) < width:
        return line
    near = _keep_end(before, min(_BEFORE_HIT, width - used - 2))
    return (*head, (f"{_ELLIPSIS}{near}", Emphasis.NONE), *line[at:])


def _keep_end(text: str, width: int) -> str:
    """Return the end of a text that is at most so wide, and begins with a whole word."""
    sizes = accumulate(map(cell_len, reversed(text)))
    count = sum(1 for _size in takewhile(lambda size: size <= width, sizes))
    end = text[len(text) - count :]
    is_torn = count < len(text) and text[len(text) - count - 1].isalnum()
    return _PART_OF_WORD.sub("", end) if is_torn else end


def _style_line(line: Line) -> StyledLine:
    """Return a line in its styles; without colours too, brackets say what changed in it."""
    return tuple((plain_text((it,)), _STYLES[it[1]]) for it in line)


def _fold_line(line: StyledLine, width: int | None) -> Iterator[StyledLine]:
    """Yield the same styled characters in the lines that the fold makes of them."""
    text, end = plain(line), 0
    if width is None or cell_len(text) <= width:
        yield line
        return
    for part in fold(text, width):
        start = text.index(part, end)
        end = start + len(part)
        yield slice_line(line, start, end)


def _drop_empty_end(lines: list[StyledLine]) -> list[StyledLine]:
    """Return the lines without a last one that is empty, unless there is no other."""
    if len(lines) > 1 and not plain(lines[-1]):
        lines.pop()
    return lines or [()]
