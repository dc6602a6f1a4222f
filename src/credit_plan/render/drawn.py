"""Cells as styled text for a screen, folded to a width and never read as markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from rich.cells import cell_len
from rich.text import Text

from credit_plan.render.cells import lines, visible
from credit_plan.render.changed import Part, parts
from credit_plan.render.fold import fold
from credit_plan.table import Bar, Cell, Changed, Lights, Marked, Term

_BAR: Final = 20
"""Cells of the longest bar."""

_TONES: Final = {"red": "red", "yellow": "yellow", "green": "green", "": ""}
_BLOCKS: Final = {"red": "█", "yellow": "▒", "green": "░"}
"""What a bar is drawn with, so that lights are told apart without colours."""

_COLOURS: Final = {Part.STAYED: "", Part.WAS: "red strike", Part.IS: "green underline"}


def drawn(cell: Cell, width: int | None = None, *, coloured: bool = False) -> Text:
    """A cell as styled text, folded to a width if one is given.

    Without colours what differs in a text has marks around it.
    """
    if isinstance(cell, Bar):
        filled = round(_BAR * cell.count / cell.most) if cell.most else 0
        return Text.assemble(("█" * filled, "cyan"), " " * bool(filled), str(cell.count))
    if isinstance(cell, Lights):
        return _lights(cell)
    if isinstance(cell, Term):
        return Text(cell.label, style=_TONES[cell.tone])
    if isinstance(cell, tuple):
        return Text("\n").join(
            _folded(_entry(entry, line, coloured=coloured), width)
            for entry, line in zip(cell, lines(cell), strict=True)
        )
    return Text("\n").join(_folded(Text(line), width) for line in lines(cell))


def _lights(cell: Lights) -> Text:
    """A bar of three parts, at least a cell for each that there is, and the counts behind it."""
    text = Text()
    for tone, count in {"red": cell.red, "yellow": cell.yellow, "green": cell.green}.items():
        length = max(round(_BAR * count / cell.most), 1) if count else 0
        text.append(_BLOCKS[tone] * length, style=_TONES[tone])
    text.append(f" {lines(cell)[0]}" if text else lines(cell)[0])
    return text


def _folded(text: Text, width: int | None) -> Text:
    """The same styled characters, with a line break wherever the fold wants one."""
    if width is None or cell_len(text.plain) <= width:
        return text
    ends, end = [], 0
    for line in fold(text.plain, width)[:-1]:
        end = text.plain.index(line, end) + len(line)
        ends.append(end)
    return Text("\n").join(_stripped(text.divide(ends)))


def _stripped(parts: Iterable[Text]) -> Iterator[Text]:
    """The parts of a divided text without the spaces at which it was divided."""
    for part in parts:
        yield part[len(part.plain) - len(part.plain.lstrip()) :] if part.plain.strip() else part


def _entry(entry: object, line: str, *, coloured: bool) -> Text:
    if isinstance(entry, Marked):
        return _marked(entry)
    return _changed(entry) if isinstance(entry, Changed) and coloured else Text(line)


def _changed(entry: Changed) -> Text:
    return Text.assemble(*((visible(text), _COLOURS[part]) for part, text in parts(entry)))


def _marked(entry: Marked) -> Text:
    text = Text.assemble((f"{entry.label}: ", "dim"))
    for piece, is_hit in entry.pieces():
        text.append(visible(piece), style="bold reverse" if is_hit else None)
    return text
