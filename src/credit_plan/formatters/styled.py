"""Cells as styled text: whole and folded to a width, or on one line that is cut to it."""

import re
from itertools import accumulate, takewhile
from typing import TypeGuard

from rich.cells import cell_len
from rich.text import Text

from credit_plan.cells import Bar, Cell, Emphasis, Label, Lights, Line
from credit_plan.formatters.fold import fold
from credit_plan.formatters.lines import cell_lines, one_line, plain_text
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

_PART_OF_WORD = re.compile(r"^[0-9A-Za-z.％%]+")


def is_names(cell: Cell) -> TypeGuard[tuple[str, ...]]:
    """Return whether a cell lists names or dates, none of which is ever broken or cut."""
    return isinstance(cell, tuple) and bool(cell) and all(isinstance(it, str) for it in cell)


def draw_cell(cell: Cell, width: int | None = None) -> Text:
    """Return a whole cell, folded to a width if one is given; bars are never folded."""
    if isinstance(cell, Bar | Lights):
        return draw_bar(cell)
    if isinstance(cell, Label):
        text = Text(cell.label, style=cell.light)
        return text if width is None else fold_label(text, width)
    lines = map(_style_line, cell_lines(cell))
    return Text("\n").join(_fold_text(line, width) for line in lines)


def draw_names(names: tuple[str, ...], width: int) -> Text:
    """Return a line for each name that fits, and the number of those that do not: `+2`."""
    shown = [name for name in map(escape_controls, names) if cell_len(name) <= width]
    more = [f"+{len(names) - len(shown)}"] if len(shown) < len(names) else []
    return Text("\n".join((*shown, *more)))


def draw_line(cell: Cell, width: int) -> Text:
    """Return a cell on one line; names are counted and sentences cut where they do not fit."""
    if isinstance(cell, Bar | Lights | Label):
        return draw_cell(cell, width)
    if is_names(cell):
        return Text(_join_names(cell, width))
    lines = cell_lines(cell)
    if len(lines) == 1 or cell_len(one_line(cell)) > width:
        lines = (_begin_near_hit(lines[0], width), *lines[1:])
    text = Text(_SEPARATOR).join(map(_style_line, lines))
    return cut(text, width)


def cut(text: Text, width: int) -> Text:
    """Return a text that is at most so wide, with … in place of what is cut off.

    No figure and no Latin word is torn, unless one is wider than a line.
    """
    if cell_len(text.plain) <= width:
        return text
    beginning = text.plain[: 2 * width]  # more is not looked at: sentences are long
    kept = fold(beginning, width - 1)[0].rstrip("，、；,;")
    return text[: len(kept)].append(_ELLIPSIS)


def compact_width(names: tuple[str, ...]) -> int:
    """Return the width of the first name with the number of the others: `市营商局 +4`."""
    return cell_len(_join_first(names))


def two_line_width(text: str) -> int:
    """Return the least width in which a text fits on two lines, broken at a space."""
    return max(map(cell_len, _halve(text)))


def fold_label(text: Text, width: int) -> Text:
    """Return a label or a heading on two lines, broken at a space, where it does not fit on one."""
    if cell_len(text.plain) <= width or two_line_width(text.plain) > width:
        return _fold_text(text, width)
    at = len(_halve(text.plain)[0])
    return Text("\n").join((text[:at], text[at + 1 :]))


def draw_bar(cell: Bar | Lights, size: int = MAX_BAR) -> Text:
    """Return a bar, the longest of its column so long, and what it counts."""
    if isinstance(cell, Bar):
        length = round(size * cell.count / cell.maximum) if cell.maximum else 0
        return Text.assemble(("█" * length, "cyan"), " " * bool(length), str(cell.count))
    if cell.maximum is None:
        counts = ((str(count), light) for light, count in cell.data().items())
        return Text("·").join(Text(*it) for it in counts)
    text = Text()
    for light, count in cell.data().items():
        # Each light that is not 0 has a cell.
        length = max(round(size * count / cell.maximum), min(size, 1)) if count else 0
        text.append(_BLOCKS[light] * length, style=light)
    (words,) = map(plain_text, cell.lines())
    return text.append(f" {words}" if text else words)


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


def _style_line(line: Line) -> Text:
    """Return a line in its styles; without colours too, brackets say what changed in it."""
    return Text.assemble(*((plain_text((it,)), _STYLES[it[1]]) for it in line))


def _fold_text(text: Text, width: int | None) -> Text:
    """Return the same styled characters, with a line break wherever the fold wants one."""
    if width is None or cell_len(text.plain) <= width:
        return text
    lines, end = [], 0
    for line in fold(text.plain, width):
        start = text.plain.index(line, end)
        end = start + len(line)
        lines.append(text[start:end])
    return Text("\n").join(lines)
