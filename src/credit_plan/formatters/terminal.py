"""Answers for a screen of some size: styled, folded, and never read as markup.

What is higher than the screen is shown with one line a row.
"""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from credit_plan.cells import Cell
from credit_plan.cells.bars import Bar, Lights
from credit_plan.formatters import Screen
from credit_plan.formatters.ansi import Piece, StyledLine, plain, render
from credit_plan.formatters.fit import GAP, Fit, Form, find_bar_size, find_shared, fit_columns
from credit_plan.formatters.fold import fold
from credit_plan.formatters.lines import one_line
from credit_plan.formatters.styled import (
    cut,
    draw_bar,
    draw_cell,
    draw_line,
    draw_names,
    is_names,
    split_heading,
)
from credit_plan.formatters.width import cell_len
from credit_plan.i18n import _, join_list, label
from credit_plan.table import Answer, Column, Layout, Row, Table
from credit_plan.text import escape_controls

_LONGEST_UNIT_NAME = 28
_MIN_WIDTH = _LONGEST_UNIT_NAME + GAP
"""A narrower screen is treated as if it had this width; the terminal breaks the lines."""

_SEPARATOR = " · "


def format_answer(answer: Answer, screen: Screen, width: int) -> str:
    """Return the tables one below the other, in lines of at most `width` cells."""
    lines = _draw(answer, screen, max(width, _MIN_WIDTH))
    if screen.is_long or any(map(_has_picture_or_fields, answer.visible_tables())):
        from credit_plan.formatters.rich_lines import render_lines  # noqa: PLC0415  slow to import

        rendered = render_lines(lines, screen)
    else:
        rendered = [render(line, screen) for line in lines]
    return "".join(f"{line.rstrip()}\n" for line in rendered)


def _draw(answer: Answer, screen: Screen, width: int) -> list[StyledLine]:
    """Return the lines of an answer in the form that the screen has room for."""
    if screen.is_long or screen.height is None:
        return _Page(screen, width, Form.LONG if screen.is_long else Form.WHOLE).draw(answer)
    # What has more rows than the screen has lines need not be drawn to see that it is too high.
    if sum(len(table.visible_rows()) for table in answer.visible_tables()) < screen.height:
        lines = _Page(screen, width, Form.WHOLE).draw(answer)
        if screen.holds(len(lines)):
            return lines
    return _Page(screen, width, Form.SHORT).draw(answer)


def _has_picture_or_fields(table: Table) -> bool:
    """Return whether a table has bars or a chart, or a line for each field."""
    has_bar = any(isinstance(cell, Bar | Lights) for row in table.rows[:1] for cell in row)
    return has_bar or table.chart is not None or table.layout is Layout.RECORDS


class _Page:
    """A page without an end, on which tables are drawn in one form."""

    def __init__(self, screen: Screen, width: int, form: Form) -> None:
        self._lines: list[StyledLine] = []
        self._width, self._form = width, form
        self._has_rules = screen.boxed
        self._is_cut = self._has_hint = False

    def draw(self, answer: Answer) -> list[StyledLine]:
        """Return the lines of an answer; several short tables do without rules, for one screen."""
        tables = answer.visible_tables()
        self._has_rules &= self._form is not Form.SHORT or len(tables) == 1
        for number, table in enumerate(tables):
            if number:
                self._print()
            self._print_table(table)
        return self._lines

    def _print(self, *pieces: Piece) -> None:
        """Print a line that is not wider than the screen."""
        self._lines.append(pieces)

    def _print_text(self, text: str, style: str, names: tuple[str, ...] = ()) -> None:
        """Print a title or a caption over the whole width."""
        for paragraph in text.splitlines():
            for line in fold(escape_controls(paragraph), self._width, names):
                self._print((line, style))

    def _print_table(self, table: Table) -> None:
        self._print_text(table.title, "bold", table.names)
        if table.chart:
            from credit_plan.formatters.chart import chart_lines  # noqa: PLC0415  few have one

            for line in chart_lines(table.chart, self._width):
                self._print((line, ""))
        left_out = self._print_rows(table) if table.visible_rows() else ()
        counts, *notes = table.caption.splitlines() or [""]
        counts = _SEPARATOR.join(filter(None, (counts, *self._describe_missing(left_out))))
        self._print_text("\n".join((counts, *notes)), "dim", table.names)

    def _describe_missing(self, left_out: Sequence[str]) -> Iterator[str]:
        """Yield what a caption says of what is not shown and, once on a page, how to see it."""
        if left_out:
            yield _("no room for: {columns}").format(columns=join_list(left_out))
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
        phrases = [label(name, text) for name, text in texts.items() if text not in table.title]
        self._print_text(_SEPARATOR.join(phrases), "", table.names)

    def _print_grid(self, table: Table, fit: Fit) -> None:
        """Print the rows side by side; sections share the headings above the first."""
        columns = [table.columns[at] for at in fit.widths]
        widths = [*fit.widths.values()]
        self._print_cells(columns, widths, [*map(_draw_heading, columns, widths)])
        if self._has_rules:
            self._print(("─" * (sum(widths) + GAP * (len(widths) - 1)), ""))
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
            title = cut(escape_controls(title), self._width)
        self._print_text(title, "bold")

    def _print_cells(
        self, columns: Sequence[Column], widths: Sequence[int], cells: Sequence[list[StyledLine]]
    ) -> None:
        """Print cells of one or more lines side by side; counts are aligned to the right."""
        for parts in zip_longest(*cells, fillvalue=()):
            line: list[Piece] = []
            for column, width, part in zip(columns, widths, parts, strict=True):
                room = (" " * (width - cell_len(plain(part))), "")
                line += [room, *part] if column.is_count else [*part, room]
                line.append((" " * GAP, ""))
            self._print(*line[:-1])

    def _print_left_out(self, table: Table, row: Row, fit: Fit) -> None:
        """Print below a row those of its cells that have no room beside the others."""
        indent = min(next(iter(fit.widths.values())) + GAP, self._width // 4)
        texts = ((table.columns[at].heading, one_line(row[at])) for at in fit.left_out)
        text = _SEPARATOR.join(label(*it) for it in texts if it[1])
        for line in fold(text, self._width - indent) if text else ():
            self._print((" " * indent, ""), (line, "dim"))

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
        """Print a line per field: name and value side by side, or the value below the name."""
        label_width = max((cell_len(table.columns[at].heading) for at in columns), default=0) + GAP
        is_beside = self._width - label_width >= _LONGEST_UNIT_NAME
        indent = label_width if is_beside else GAP
        for at in columns:
            value = self._draw_value(table, at, row[at], self._width - indent)
            if not any(map(plain, value)):
                continue
            name = table.columns[at].heading
            if not is_beside:
                self._print((name, "dim"))
                name = ""
            for line in value:
                self._print((name, "dim"), (" " * (indent - cell_len(name)), ""), *line)
                name = ""

    def _draw_value(self, table: Table, at: int, cell: Cell, width: int) -> list[StyledLine]:
        """Return a cell of a record."""
        if isinstance(cell, Bar | Lights):
            return [draw_bar(cell, find_bar_size(table.visible_cells(at), width))]
        is_cut = self._form is Form.SHORT and table.layout is Layout.GRID
        return self._draw_line(cell, width) if is_cut else draw_cell(cell, width)

    def _draw(self, column: Column, cell: Cell, at: int, fit: Fit) -> list[StyledLine]:
        """Return a cell of a grid."""
        width = fit.widths[at]
        if column.key == "id" and isinstance(cell, str):
            return [((escape_controls(cell), "cyan"),)]
        if isinstance(cell, Bar | Lights):
            return [draw_bar(cell, fit.bars[at])]
        if self._form is Form.SHORT:
            return self._draw_line(cell, width)
        if is_names(cell) and not column.wrap:
            drawn = draw_names(cell, width)
            self._is_cut |= drawn != draw_cell(cell)
            return drawn
        return draw_cell(cell, width)

    def _draw_line(self, cell: Cell, width: int) -> list[StyledLine]:
        self._is_cut = self._is_cut or cell_len(one_line(cell)) > width
        return draw_line(cell, width)


def _draw_heading(column: Column, width: int) -> list[StyledLine]:
    """Return a heading on one or two lines; it is cut above numbers that take less."""
    heading = column.heading
    lines = [heading] if cell_len(heading) <= width else [*filter(None, split_heading(heading))]
    if any(cell_len(line) > width for line in lines):
        return [((cut(heading, width), "bold"),)]
    return [((line, "bold"),) for line in lines]
