"""Answers for a screen of some size: styled, folded, and never read as markup.

What is higher than the screen is shown with one line a row.
"""

import io
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from credit_plan.cells import Bar, Cell, Lights
from credit_plan.formatters import Screen
from credit_plan.formatters.chart import chart_lines
from credit_plan.formatters.fit import GAP, Fit, Form, find_bar_size, find_shared, fit_columns
from credit_plan.formatters.fold import fold
from credit_plan.formatters.lines import one_line
from credit_plan.formatters.styled import (
    cut,
    draw_bar,
    draw_cell,
    draw_line,
    draw_names,
    fold_label,
    is_names,
    two_line_width,
)
from credit_plan.i18n import _
from credit_plan.table import Answer, Column, Layout, Row, Table
from credit_plan.text import escape_controls

_LONGEST_UNIT_NAME = 28
_MIN_WIDTH = _LONGEST_UNIT_NAME + GAP
"""A narrower screen is treated as if it had this width; the terminal breaks the lines."""

_SEPARATOR = " · "


def format_answer(answer: Answer, screen: Screen, width: int) -> str:
    """Return the tables one below the other, in lines of at most `width` cells."""
    width = max(width, _MIN_WIDTH)
    if screen.is_long or screen.height is None:
        return _Page(screen, width, Form.LONG if screen.is_long else Form.WHOLE).format(answer)
    # What has more rows than the screen has lines need not be drawn to see that it is too high.
    if sum(len(table.visible_rows()) for table in answer.visible_tables()) < screen.height:
        text = _Page(screen, width, Form.WHOLE).format(answer)
        if screen.holds(text.count("\n")):
            return text
    return _Page(screen, width, Form.SHORT).format(answer)


class _Page:
    """A page without an end, on which tables are drawn in one form."""

    def __init__(self, screen: Screen, width: int, form: Form) -> None:
        self._out = io.StringIO()
        self._console = Console(
            file=self._out,
            width=width,
            force_terminal=screen.styled,
            no_color=not screen.coloured,
            color_system="standard" if screen.styled else None,
            legacy_windows=False,
            emoji=False,
            highlight=False,
            markup=False,
        )
        self._screen, self._width, self._form = screen, width, form
        self._has_rules = screen.boxed
        self._is_cut = self._has_hint = False

    def format(self, answer: Answer) -> str:
        """Return the text of an answer; several short tables do without rules, for one screen."""
        tables = answer.visible_tables()
        self._has_rules &= self._form is not Form.SHORT or len(tables) == 1
        for number, table in enumerate(tables):
            if number:
                self._print()
            self._print_table(table)
        return "".join(f"{line.rstrip()}\n" for line in self._out.getvalue().splitlines())

    def _print(self, *pieces: Text | str) -> None:
        """Print a line that is not wider than the screen."""
        self._console.print(Text.assemble(*pieces), soft_wrap=True)

    def _print_text(self, text: str, style: str, names: tuple[str, ...] = ()) -> None:
        """Print a title or a caption over the whole width."""
        for paragraph in text.splitlines():
            for line in fold(escape_controls(paragraph), self._width, names):
                self._print(Text(line, style=style))

    def _print_table(self, table: Table) -> None:
        self._print_text(table.title, "bold", table.names)
        for line in chart_lines(table.chart, self._width) if table.chart else ():
            self._print(line)
        left_out = self._print_rows(table) if table.visible_rows() else ()
        counts, *notes = table.caption.splitlines() or [""]
        counts = _SEPARATOR.join(filter(None, (counts, *self._describe_missing(left_out))))
        self._print_text("\n".join((counts, *notes)), "dim", table.names)

    def _describe_missing(self, left_out: Sequence[str]) -> Iterator[str]:
        """Yield what a caption says of what is not shown and, once on a page, how to see it."""
        if left_out:
            yield _("no room for: {columns}").format(columns=", ".join(left_out))
        if (left_out or self._is_cut) and not self._has_hint:
            self._has_hint = True
            yield _("--long shows everything")

    def _print_rows(self, table: Table) -> Sequence[str]:
        """Print the rows, and return the headings of the columns that are not shown."""
        if table.layout is Layout.RECORDS:
            self._print_records(table, table.visible_columns())
            return ()
        shared = find_shared(table)
        columns = [at for at in table.visible_columns() if at not in shared and table.holds(at)]
        self._print_shared(table, shared)
        fit = fit_columns(table, columns, self._width, self._form)
        if fit is None:
            self._print_records(table, columns)
            return ()
        self._print_grid(table, fit)
        is_complete = self._form is Form.LONG
        return () if is_complete else [table.columns[at].heading for at in fit.left_out]

    def _print_shared(self, table: Table, shared: Sequence[int]) -> None:
        """Print what all rows share, in a line above them, unless the title says it."""
        texts = {table.columns[at].heading: one_line(table.rows[0][at]) for at in shared}
        phrases = [f"{name}: {text}" for name, text in texts.items() if text not in table.title]
        self._print_text(_SEPARATOR.join(phrases), "", table.names)

    def _print_grid(self, table: Table, fit: Fit) -> None:
        """Print the rows side by side; sections share the headings above the first."""
        columns = [table.columns[at] for at in fit.widths]
        widths = [*fit.widths.values()]
        self._print_cells(columns, widths, [*map(_draw_heading, columns, widths)])
        if self._has_rules:
            self._print("─" * (sum(widths) + GAP * (len(widths) - 1)))
        for number, (section, rows) in enumerate(table.visible_sections()):
            if number:
                self._print()
            self._print_section(section)
            for row in rows:
                cells = [self._draw(table.columns[at], row[at], at, fit) for at in fit.widths]
                self._print_cells(columns, widths, cells)
                if self._form is Form.LONG:
                    self._print_left_out(table, row, fit)

    def _print_section(self, title: str) -> None:
        if self._form is Form.SHORT:
            self._is_cut |= cell_len(title) > self._width
            title = cut(Text(escape_controls(title)), self._width).plain
        self._print_text(title, "bold")

    def _print_cells(
        self, columns: Sequence[Column], widths: Sequence[int], cells: Sequence[Text]
    ) -> None:
        """Print cells of one or more lines side by side; counts are aligned to the right."""
        for texts in zip_longest(*(cell.split("\n") for cell in cells), fillvalue=Text()):
            pieces: list[Text | str] = []
            for column, width, text in zip(columns, widths, texts, strict=True):
                room = " " * (width - cell_len(text.plain))
                pieces += [room, text] if column.is_count else [text, room]
                pieces.append(" " * GAP)
            self._print(*pieces[:-1])

    def _print_left_out(self, table: Table, row: Row, fit: Fit) -> None:
        """Print below a row those of its cells that have no room beside the others."""
        indent = min(next(iter(fit.widths.values())) + GAP, self._width // 4)
        texts = ((table.columns[at].heading, one_line(row[at])) for at in fit.left_out)
        text = _SEPARATOR.join(f"{heading}: {text}" for heading, text in texts if text)
        for line in fold(text, self._width - indent) if text else ():
            self._print(" " * indent, Text(line, style="dim"))

    def _print_records(self, table: Table, columns: Sequence[int]) -> None:
        """Print the rows one below the other, with an empty line between them."""
        sections = table.visible_sections()
        rows = [(row, "" if at else title) for title, of in sections for at, row in enumerate(of)]
        for number, (row, title) in enumerate(rows):
            if number:
                self._print()
            self._print_section(title)
            self._print_record(table, columns, row)

    def _print_record(self, table: Table, columns: Sequence[int], row: Row) -> None:
        """Print a line per field: label and value side by side, or the value below the label."""
        label_width = max((cell_len(table.columns[at].heading) for at in columns), default=0) + GAP
        is_beside = self._width - label_width >= _LONGEST_UNIT_NAME
        indent = label_width if is_beside else GAP
        for at in columns:
            value = self._draw_value(table, at, row[at], self._width - indent)
            if not value.plain:
                continue
            label = Text(table.columns[at].heading, style="dim")
            if not is_beside:
                self._print(label)
                label = Text()
            for line in value.split("\n"):
                self._print(label, " " * (indent - cell_len(label.plain)), line)
                label = Text()

    def _draw_value(self, table: Table, at: int, cell: Cell, width: int) -> Text:
        """Return a cell of a record."""
        if isinstance(cell, Bar | Lights):
            return draw_bar(cell, find_bar_size(table.visible_cells(at), width))
        is_cut = self._form is Form.SHORT and table.layout is Layout.GRID
        return self._draw_line(cell, width) if is_cut else draw_cell(cell, width)

    def _draw(self, column: Column, cell: Cell, at: int, fit: Fit) -> Text:
        """Return a cell of a grid."""
        width = fit.widths[at]
        if column.key == "id" and isinstance(cell, str):
            return Text(escape_controls(cell), style="cyan")
        if isinstance(cell, Bar | Lights):
            return draw_bar(cell, fit.bars[at])
        if self._form is Form.SHORT:
            return self._draw_line(cell, width)
        if is_names(cell) and not column.wrap:
            drawn = draw_names(cell, width)
            self._is_cut |= drawn.plain != draw_cell(cell).plain
            return drawn
        return draw_cell(cell, width)

    def _draw_line(self, cell: Cell, width: int) -> Text:
        self._is_cut |= cell_len(one_line(cell)) > width
        return draw_line(cell, width)


def _draw_heading(column: Column, width: int) -> Text:
    """Return a heading on one or two lines; it is cut above numbers that take less."""
    heading = Text(column.heading, style="bold")
    is_cut = two_line_width(column.heading) > width
    return cut(heading, width) if is_cut else fold_label(heading, width)
