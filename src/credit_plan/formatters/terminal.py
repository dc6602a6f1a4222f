"""Cells as styled text for a screen, folded to a width and never read as markup."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from credit_plan.formatters import Screen
from credit_plan.formatters.cells import Part, cell_lines, escape_controls, parts
from credit_plan.formatters.chart import chart_lines
from credit_plan.formatters.fold import fold
from credit_plan.i18n import _
from credit_plan.table import (
    Bar,
    Cell,
    Changed,
    Column,
    Highlighted,
    Label,
    Layout,
    Lights,
    Report,
    Row,
    Show,
    Table,
)

_BAR: Final = 20
"""Cells of the longest bar."""

_TONES: Final = {"red": "red", "yellow": "yellow", "green": "green", "": ""}
_BLOCKS: Final = {"red": "█", "yellow": "▒", "green": "░"}
"""What a bar is drawn with, so that lights are told apart without colours."""

_COLOURS: Final = {Part.STAYED: "", Part.WAS: "red strike", Part.IS: "green underline"}


def styled(cell: Cell, width: int | None = None, *, coloured: bool = False) -> Text:
    """A cell as styled text, folded to a width if one is given.

    Without colours what differs in a text has marks around it.
    """
    if isinstance(cell, Bar):
        filled = round(_BAR * cell.count / cell.maximum) if cell.maximum else 0
        return Text.assemble(("█" * filled, "cyan"), " " * bool(filled), str(cell.count))
    if isinstance(cell, Lights):
        return _lights(cell)
    if isinstance(cell, Label):
        return Text(cell.label, style=_TONES[cell.light])
    if isinstance(cell, tuple):
        return Text("\n").join(
            _folded(_entry_text(entry, line, coloured=coloured), width)
            for entry, line in zip(cell, cell_lines(cell), strict=True)
        )
    return Text("\n").join(_folded(Text(line), width) for line in cell_lines(cell))


def _lights(cell: Lights) -> Text:
    """A bar of three parts, at least a cell for each that there is, and the counts behind it."""
    text = Text()
    for tone, count in {"red": cell.red, "yellow": cell.yellow, "green": cell.green}.items():
        length = max(round(_BAR * count / cell.maximum), 1) if count else 0
        text.append(_BLOCKS[tone] * length, style=_TONES[tone])
    text.append(f" {cell_lines(cell)[0]}" if text else cell_lines(cell)[0])
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


def _entry_text(entry: object, line: str, *, coloured: bool) -> Text:
    if isinstance(entry, Highlighted):
        return _marked(entry)
    return _changed(entry) if isinstance(entry, Changed) and coloured else Text(line)


def _changed(entry: Changed) -> Text:
    return Text.assemble(*((escape_controls(text), _COLOURS[part]) for part, text in parts(entry)))


def _marked(entry: Highlighted) -> Text:
    text = Text.assemble((f"{entry.label}: ", "dim"))
    for piece, is_hit in entry.pieces():
        text.append(escape_controls(piece), style="bold reverse" if is_hit else None)
    return text


_GAP: Final = 2
_ROOMY: Final = 30
_NARROWEST: Final = 20
_NAMES: Final = 28
"""Cells in which the longest name of a unit finds room."""
_LEAST: Final = _NAMES + _GAP
"""A screen narrower than this is written as if it had this width; the terminal breaks lines."""


def render_fitted(report: Report, screen: Screen, width: int) -> str:
    """The tables one below the other, drawn as the screen allows."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(width, _LEAST),
        force_terminal=screen.styled,
        no_color=not screen.coloured,
        color_system="standard" if screen.styled else None,
        legacy_windows=False,
        emoji=False,
        highlight=False,
        markup=False,
    )
    for at, table in enumerate(report.tables):
        if at:
            console.print()
        _print(console, table, screen)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _print(console: Console, table: Table, screen: Screen) -> None:
    caption = table.caption
    _print_text(console, table.title, "bold", table.names)
    for line in chart_lines(table.chart, console.width) if table.chart else ():
        console.print(Text(line))
    if table.rows:
        widths = _widths(table)
        shown = _fitting(table, widths, console.width)
        if table.layout is Layout.RECORDS or not shown:
            _print_records(console, table, screen)
        else:
            _print_grid(console, table, shown, screen)
            left_out = [table.columns[at].heading for at in widths if at not in shown]
            if left_out:
                phrase = _("no room for: {columns}").format(columns=", ".join(left_out))
                caption = " · ".join(filter(None, (caption, phrase)))
    _print_text(console, caption, "dim", table.names)


def _print_text(console: Console, text: str, style: str, names: tuple[str, ...] = ()) -> None:
    """A title or a caption, over the whole width."""
    for paragraph in text.splitlines():
        for line in fold(escape_controls(paragraph), console.width, names):
            console.print(Text(line, style=style))


def _widths(table: Table) -> dict[int, int]:
    """The display widths that the columns need, by index; 0 for sentences, which take any.

    A column that is shown if there is room must hold something.
    """
    widths = {}
    for at in table.visible_columns():
        column = table.columns[at]
        lines = [line for row in table.visible_rows() for line in styled(row[at]).plain.split("\n")]
        if column.show is Show.ALWAYS or any(lines):
            needed = max(map(cell_len, (column.heading, *lines)))
            widths[at] = 0 if column.wrap else needed
    return widths


def _fitting(table: Table, widths: dict[int, int], width: int) -> dict[int, int]:
    """The columns for which there is room, with what each gets; none if they are too many."""
    shown = dict(widths)
    spare = [at for at in shown if table.columns[at].show is Show.IF_ROOM]
    while spare and _share(shown, width) < _ROOMY:
        del shown[spare.pop()]
    share = _share(shown, width)
    if share < _NARROWEST:
        return {}
    return {at: needed or share for at, needed in shown.items()}


def _share(widths: dict[int, int], width: int) -> int:
    """The cells that each column of sentences gets; without such columns, enough or nothing."""
    sentences = sum(not needed for needed in widths.values())
    rest = width - sum(widths.values()) - _GAP * (len(widths) - 1)
    return rest // sentences if sentences else _ROOMY * (rest >= 0)


def _print_grid(console: Console, table: Table, shown: dict[int, int], screen: Screen) -> None:
    columns = [table.columns[at] for at in shown]
    widths = list(shown.values())
    if table.sections:
        console.print(_empty_grid(columns, widths, screen, headed=True))
    for number, (section, rows) in enumerate(table.visible_sections()):
        if number:
            console.print()
        _print_text(console, section, "bold")
        grid = _empty_grid(columns, widths, screen, headed=not table.sections)
        for row in rows:
            grid.add_row(
                *(styled(row[at], width, coloured=screen.coloured) for at, width in shown.items())
            )
        console.print(grid)


def _empty_grid(
    columns: Sequence[Column], widths: Sequence[int], screen: Screen, *, headed: bool
) -> RichTable:
    grid = RichTable(
        box=SIMPLE_HEAD if screen.boxed else None,
        show_header=headed,
        show_edge=False,
        pad_edge=False,
        padding=(0, _GAP - 1, 0, 0) if screen.boxed else (0, _GAP, 0, 0),
        header_style="bold",
    )
    for column, width in zip(columns, widths, strict=True):
        grid.add_column(
            Text(column.heading),
            width=width,
            no_wrap=True,
            style="cyan" if column.key == "id" else "",
            justify="right" if column.is_count else "left",
        )
    return grid


def _print_records(console: Console, table: Table, screen: Screen) -> None:
    """A line per field: label and value side by side, or the value below where that is tight."""
    first = True
    for section, rows in table.visible_sections():
        for number, row in enumerate(rows):
            if not first:
                console.print()
            if not number:
                _print_text(console, section, "bold")
            _print_record(console, table, row, screen)
            first = False


def _print_record(console: Console, table: Table, row: Row, screen: Screen) -> None:
    shown = table.visible_columns()
    label = max(cell_len(table.columns[at].heading) for at in shown)
    beside = console.width - label - _GAP >= _NAMES
    indent = " " * (label + _GAP if beside else _GAP)
    for at in shown:
        value = styled(row[at], console.width - len(indent), coloured=screen.coloured)
        heading = Text(table.columns[at].heading, style="dim")
        if not value.plain:
            continue
        if beside:
            heading.pad_right(label + _GAP - cell_len(heading.plain))
        else:
            console.print(heading)
        first, *rest = value.split("\n")
        console.print(Text.assemble(heading if beside else indent, first))
        for line in rest:
            console.print(Text(indent) + line)
