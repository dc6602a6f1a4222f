"""Answers for a screen of some width: styled, folded, and never read as markup."""

import io

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from credit_plan.cells import Bar, Cell, Emphasis, Label, Lights, Line
from credit_plan.formatters import Screen
from credit_plan.formatters.chart import chart_lines
from credit_plan.formatters.fold import fold
from credit_plan.formatters.lines import cell_lines, plain_text
from credit_plan.i18n import _
from credit_plan.table import Answer, Layout, Row, Show, Table
from credit_plan.text import escape_controls

_GAP = 2
_COMFORTABLE_SENTENCE = 30
_MIN_SENTENCE = 20
_LONGEST_UNIT_NAME = 28
_MIN_WIDTH = _LONGEST_UNIT_NAME + _GAP
"""A narrower screen is treated as if it had this width; the terminal breaks the lines."""

_MAX_BAR = 20
_BLOCKS = {"red": "█", "yellow": "▒", "green": "░"}
"""What a bar of each light is drawn with, so that they are told apart without colours."""

_STYLES = {
    Emphasis.NONE: "",
    Emphasis.FIELD: "dim",
    Emphasis.HIT: "bold reverse",
    **dict.fromkeys((Emphasis.REMOVED, Emphasis.OLD), "red"),
    **dict.fromkeys((Emphasis.ADDED, Emphasis.NEW), "green"),
}


def format_answer(answer: Answer, screen: Screen, width: int) -> str:
    """Return the tables one below the other, in lines of at most `width` cells."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(width, _MIN_WIDTH),
        force_terminal=screen.styled,
        no_color=not screen.coloured,
        color_system="standard" if screen.styled else None,
        legacy_windows=False,
        emoji=False,
        highlight=False,
        markup=False,
    )
    for number, table in enumerate(answer.tables):
        if number:
            console.print()
        _print_table(console, table, screen)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _print_table(console: Console, table: Table, screen: Screen) -> None:
    caption = table.caption
    _print_text(console, table.title, "bold", table.names)
    for line in chart_lines(table.chart, console.width) if table.chart else ():
        console.print(Text(line))
    if table.rows:
        needed = _needed_widths(table)
        widths = _fit_columns(table, needed, console.width)
        if table.layout is Layout.RECORDS or not widths:
            _print_records(console, table)
        else:
            _print_grid(console, table, widths, screen)
            left_out = [table.columns[at].heading for at in needed if at not in widths]
            if left_out:
                remark = _("no room for: {columns}").format(columns=", ".join(left_out))
                caption = " · ".join(filter(None, (caption, remark)))
    _print_text(console, caption, "dim", table.names)


def _print_text(console: Console, text: str, style: str, names: tuple[str, ...] = ()) -> None:
    """Print a title or a caption over the whole width."""
    for paragraph in text.splitlines():
        for line in fold(escape_controls(paragraph), console.width, names):
            console.print(Text(line, style=style))


def _needed_widths(table: Table) -> dict[int, int]:
    """Return the width that each column needs, by its index; 0 for sentences, which take any.

    A column that is shown if there is room must hold something.
    """
    widths = {}
    for at in table.visible_columns():
        column = table.columns[at]
        lines = [
            line for row in table.visible_rows() for line in _draw_cell(row[at]).plain.split("\n")
        ]
        if column.show is Show.ALWAYS or any(lines):
            widths[at] = 0 if column.wrap else max(map(cell_len, (column.heading, *lines)))
    return widths


def _fit_columns(table: Table, needed: dict[int, int], width: int) -> dict[int, int]:
    """Return the columns that fit, with their widths; none if the required ones do not fit."""
    fitting = dict(needed)
    optional = [at for at in needed if table.columns[at].show is Show.IF_ROOM]
    while optional and _sentence_width(fitting, width) < _COMFORTABLE_SENTENCE:
        del fitting[optional.pop()]
    sentence = _sentence_width(fitting, width)
    return {at: own or sentence for at, own in fitting.items()} if sentence >= _MIN_SENTENCE else {}


def _sentence_width(widths: dict[int, int], width: int) -> int:
    """Return the width of a column of sentences; without one, a sufficient width if all fit."""
    sentences = sum(not own for own in widths.values())
    rest = width - sum(widths.values()) - _GAP * (len(widths) - 1)
    return rest // sentences if sentences else _COMFORTABLE_SENTENCE * (rest >= 0)


def _print_grid(console: Console, table: Table, widths: dict[int, int], screen: Screen) -> None:
    """Print the rows side by side; sections share the headings above the first."""
    if table.sections:
        console.print(_make_grid(table, widths, screen, has_header=True))
    for number, (section, rows) in enumerate(table.visible_sections()):
        if number:
            console.print()
        _print_text(console, section, "bold")
        grid = _make_grid(table, widths, screen, has_header=not table.sections)
        for row in rows:
            grid.add_row(*(_draw_cell(row[at], width) for at, width in widths.items()))
        console.print(grid)


def _make_grid(table: Table, widths: dict[int, int], screen: Screen, *, has_header: bool) -> Grid:
    grid = Grid(
        box=SIMPLE_HEAD if screen.boxed else None,
        show_header=has_header,
        show_edge=False,
        pad_edge=False,
        padding=(0, _GAP - 1, 0, 0) if screen.boxed else (0, _GAP, 0, 0),
        header_style="bold",
    )
    for at, width in widths.items():
        column = table.columns[at]
        grid.add_column(
            Text(column.heading),
            width=width,
            no_wrap=True,
            style="cyan" if column.key == "id" else "",
            justify="right" if column.is_count else "left",
        )
    return grid


def _print_records(console: Console, table: Table) -> None:
    """Print the rows one below the other, with an empty line between them."""
    is_first = True
    for section, rows in table.visible_sections():
        title = section
        for row in rows:
            if not is_first:
                console.print()
            _print_text(console, title, "bold")
            _print_record(console, table, row)
            is_first, title = False, ""


def _print_record(console: Console, table: Table, row: Row) -> None:
    """Print a line per field: label and value side by side, or the value below the label."""
    columns = table.visible_columns()
    label_width = max(cell_len(table.columns[at].heading) for at in columns) + _GAP
    is_beside = console.width - label_width >= _LONGEST_UNIT_NAME
    indent = " " * (label_width if is_beside else _GAP)
    for at in columns:
        value = _draw_cell(row[at], console.width - len(indent))
        if not value.plain:
            continue
        label = Text(table.columns[at].heading, style="dim")
        if is_beside:
            label.pad_right(label_width - cell_len(label.plain))
        else:
            console.print(label)
        first, *others = value.split("\n")
        console.print(Text.assemble(label if is_beside else indent, first))
        for line in others:
            console.print(Text(indent) + line)


def _draw_cell(cell: Cell, width: int | None = None) -> Text:
    """Return a cell as styled text, folded to a width if one is given; bars are never folded."""
    if isinstance(cell, Bar):
        return _draw_bar(cell)
    if isinstance(cell, Lights):
        return _draw_lights(cell)
    if isinstance(cell, Label):
        # A style of the whole cell, with the padding that the column adds.
        return Text(cell.label, style=str(cell.light))
    lines = map(_style_line, cell_lines(cell))
    return Text("\n").join(_fold_text(line, width) for line in lines)


def _draw_bar(bar: Bar) -> Text:
    length = round(_MAX_BAR * bar.count / bar.maximum) if bar.maximum else 0
    return Text.assemble(("█" * length, "cyan"), " " * bool(length), str(bar.count))


def _draw_lights(lights: Lights) -> Text:
    """Return a bar of three parts, at least a cell for each that is not 0, and the counts."""
    if lights.maximum is None:
        counts = ((str(count), light) for light, count in lights.data().items())
        return Text("·").join(Text(*it) for it in counts)
    text = Text()
    for light, count in lights.data().items():
        length = max(round(_MAX_BAR * count / lights.maximum), 1) if count else 0
        text.append(_BLOCKS[light] * length, style=light)
    (words,) = map(plain_text, lights.lines())
    return text.append(f" {words}" if text else words)


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
