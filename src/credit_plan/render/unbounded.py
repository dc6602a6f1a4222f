"""Reports for pipes and files: a line per row, aligned, never wrapped, so that grep can read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.cells import cell_len

from credit_plan.render.cells import one_line
from credit_plan.table import Layout, Report, Show, Table

_GAP = "  "


def render_unbounded(report: Report) -> str:
    """The tables one below the other, with an empty line between them."""
    return "\n".join("".join(f"{line}\n" for line in _table(table)) for table in report.tables)


def _table(table: Table) -> Iterator[str]:
    yield from table.title.splitlines()
    shown = [at for at, column in enumerate(table.columns) if column.show is not Show.DATA]
    shown.sort(key=lambda at: table.columns[at].wrap)
    headings = [table.columns[at].heading for at in shown]
    rows = [[one_line(row[at]) for at in shown] for row in table.rows]
    if table.layout is Layout.RECORDS:
        yield from _records(headings, rows)
    elif rows:
        yield from _grid(headings, rows, table.sections)
    if table.caption:
        yield table.caption


def _grid(headings: list[str], rows: list[list[str]], sections: Sequence[str]) -> Iterator[str]:
    widths = [max(map(cell_len, column)) for column in zip(headings, *rows, strict=True)]
    yield _aligned(headings, widths)
    for section, members in groupby(
        zip(sections or ("",) * len(rows), rows, strict=True), key=lambda pair: pair[0]
    ):
        if section:
            yield section
        for _section, row in members:
            yield _aligned(row, widths)


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
