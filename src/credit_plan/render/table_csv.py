"""Reports as CSV, for spreadsheets: UTF-8 with a byte order mark, and no cell that is a formula."""

from __future__ import annotations

import csv
import io
from typing import Final

from credit_plan.render.cells import one_line
from credit_plan.render.screen import Screen
from credit_plan.table import Cell, Report, Term

_BYTE_ORDER_MARK: Final = "\ufeff"
_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


def render(report: Report, _screen: Screen) -> str:
    """A line per row under the columns' keys; `table` says which, where a command has several."""
    keys = dict.fromkeys(column.key for table in report.tables for column in table.columns)
    header = [*(["table"] if report.tabled else []), *keys]
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="")
    writer.writeheader()
    for table in report.tables:
        for row in table.rows:
            cells = zip(table.columns, row, strict=True)
            writer.writerow(
                ({"table": table.name} if report.tabled else {})
                | {column.key: _harmless(_plain(cell)) for column, cell in cells}
            )
    return _BYTE_ORDER_MARK + out.getvalue()


def _plain(cell: Cell) -> str:
    """A cell as programs read it: codes and not words where the words depend on the language."""
    if isinstance(cell, Term):
        return cell.code
    return str(cell).lower() if isinstance(cell, bool) else one_line(cell)


def _harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
