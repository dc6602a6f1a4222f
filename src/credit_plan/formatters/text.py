"""Reports for pipes and files: a line per row, aligned, never wrapped, so that grep can read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

from rich.cells import cell_len

from credit_plan.formatters import Screen
from credit_plan.formatters.cells import escape_controls, one_line
from credit_plan.formatters.chart import chart_lines
from credit_plan.table import Layout, Report, Row, Table

_GAP: Final = "  "
_BETWEEN: Final = " | "


def _render_unbounded(report: Report) -> str:
    """The tables one below the other, with an empty line between them."""
    return "\n".join("".join(f"{line}\n" for line in _table(table)) for table in report.tables)


def _table(table: Table) -> Iterator[str]:
    yield from map(escape_controls, table.title.splitlines())
    yield from chart_lines(table.chart, None) if table.chart else ()
    shown = table.visible_columns()
    if table.layout is Layout.RECORDS:
        headings = [table.columns[at].heading for at in shown]
        yield from _records(
            headings, [[one_line(row[at]) for at in shown] for row in table.visible_rows()]
        )
    elif table.rows:
        yield from _grid(table, shown)
    if table.caption:
        yield escape_controls(table.caption)


def _grid(table: Table, shown: Sequence[int]) -> Iterator[str]:
    """Short columns filled up by display width; the sentences follow in one column."""
    short = [at for at in shown if not table.columns[at].wrap]
    long = [at for at in shown if table.columns[at].wrap]

    def line(text: Callable[[int], str]) -> list[str]:
        return [*map(text, short), _BETWEEN.join(map(text, long))]

    headings = line(lambda at: table.columns[at].heading)
    sections = [
        (title, [line(partial(_cell_text, row)) for row in rows])
        for title, rows in table.visible_sections()
    ]
    every = (row for _title, rows in sections for row in rows)
    *filled, _last = zip(headings, *every, strict=True)
    widths = [*(max(map(cell_len, column)) for column in filled), 0]
    yield _aligned(headings, widths)
    for title, rows in sections:
        if title:
            yield escape_controls(title)
        yield from (_aligned(row, widths) for row in rows)


def _cell_text(row: Row, at: int) -> str:
    return one_line(row[at])


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Cells side by side, filled up by display width; the last is left as it is."""
    *filled, last = zip(cells, widths, strict=True)
    padded = [cell + " " * (width - cell_len(cell)) for cell, width in filled]
    return _GAP.join((*padded, last[0])).rstrip()


def _records(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    width = max(map(cell_len, headings))
    for at, row in enumerate(rows):
        if at:
            yield ""
        for heading, text in zip(headings, row, strict=True):
            if text:
                yield _aligned((heading, text), (width, 0))


def format_report(report: Report, screen: Screen) -> str:
    """The tables one below the other, as wide as the screen."""
    if screen.width is None:
        pass  # noqa: PLC0415  spares rich

        return _render_unbounded(report)
    from credit_plan.formatters.terminal import render_fitted  # noqa: PLC0415  imports rich's tables

    return render_fitted(report, screen, screen.width)
