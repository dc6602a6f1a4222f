"""Cells as the lines that people read, the same in every format."""

from datetime import date

from credit_plan.cells import Cell, CellValue, Emphasis, Line, plain_line
from credit_plan.i18n import _
from credit_plan.text import escape_controls, format_figure

_SEPARATOR = " | "
_BRACKETS = {Emphasis.REMOVED: "[-{}-]", Emphasis.ADDED: "{{+{}+}}"}


def cell_lines(cell: Cell) -> tuple[Line, ...]:
    """Return the lines of a cell; each may be wrapped, none may be joined with another."""
    match cell:
        case tuple():
            return tuple(line for entry in cell for line in _entry_lines(entry))
        case CellValue():
            return cell.lines()
        case str():
            return tuple(map(plain_line, cell.split("\n")))
        case None:
            text = ""
        case bool():
            text = _("yes") if cell else _("no")
        case int() | date():
            text = str(cell)
        case _:
            text = format_figure(cell)
    return (plain_line(text),)


def plain_text(line: Line) -> str:
    """Return a line without styles; what was removed and added in it is set in brackets."""
    return "".join(
        escape_controls(text)
        if emphasis is Emphasis.NONE
        else _BRACKETS.get(emphasis, "{}").format(escape_controls(text))
        for text, emphasis in line
    )


def one_line(cell: Cell) -> str:
    """Return a cell on one line: names joined as in a Chinese list, sentences kept apart."""
    if isinstance(cell, str):  # as most are: no line needs to be made of it
        return _SEPARATOR.join(map(escape_controls, cell.split("\n")))
    if isinstance(cell, tuple):
        is_list = all(isinstance(entry, str) for entry in cell)
    else:
        is_list = isinstance(cell, CellValue) and cell.is_list
    return ("、" if is_list else _SEPARATOR).join(map(plain_text, cell_lines(cell)))


def _entry_lines(entry: str | CellValue) -> tuple[Line, ...]:
    return (plain_line(entry),) if isinstance(entry, str) else entry.lines()
