"""Reports for a screen: rich draws the tables, and no id, date or name is ever cut or broken.

What is left of the width goes to the columns of sentences. Where that is too little, the
columns that are shown only if there is room are left out; where it still is, rows become
records, a line per field.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from credit_plan.language import _
from credit_plan.render.cells import visible
from credit_plan.render.chart import chart_lines
from credit_plan.render.drawn import drawn
from credit_plan.render.fold import fold
from credit_plan.render.screen import Screen
from credit_plan.table import Column, Layout, Report, Row, Show, Table

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
        for line in fold(visible(paragraph), console.width, names):
            console.print(Text(line, style=style))


def _widths(table: Table) -> dict[int, int]:
    """The display widths that the columns need, by index; 0 for sentences, which take any.

    A column that is shown if there is room must hold something.
    """
    widths = {}
    for at in table.shown():
        column = table.columns[at]
        lines = [line for row in table.seen() for line in drawn(row[at]).plain.split("\n")]
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
    for number, (section, rows) in enumerate(table.sectioned()):
        if number:
            console.print()
        _print_text(console, section, "bold")
        grid = _empty_grid(columns, widths, screen, headed=not table.sections)
        for row in rows:
            grid.add_row(
                *(drawn(row[at], width, coloured=screen.coloured) for at, width in shown.items())
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
            justify="right" if column.count else "left",
        )
    return grid


def _print_records(console: Console, table: Table, screen: Screen) -> None:
    """A line per field: label and value side by side, or the value below where that is tight."""
    first = True
    for section, rows in table.sectioned():
        for number, row in enumerate(rows):
            if not first:
                console.print()
            if not number:
                _print_text(console, section, "bold")
            _print_record(console, table, row, screen)
            first = False


def _print_record(console: Console, table: Table, row: Row, screen: Screen) -> None:
    shown = table.shown()
    label = max(cell_len(table.columns[at].heading) for at in shown)
    beside = console.width - label - _GAP >= _NAMES
    indent = " " * (label + _GAP if beside else _GAP)
    for at in shown:
        value = drawn(row[at], console.width - len(indent), coloured=screen.coloured)
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
