"""Reports as CSV, for spreadsheets: UTF-8 with a byte order mark, and no cell that is a formula."""

from __future__ import annotations

import csv
import io
from typing import Final

from credit_plan.render.cells import one_line, visible
from credit_plan.render.changed import plain
from credit_plan.render.screen import Screen
from credit_plan.table import Cell, Changed, Report, Term

_BYTE_ORDER_MARK: Final = "\ufeff"
_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


def render(report: Report, _screen: Screen) -> str:
    """A line per row under the columns' keys; `table` says which, where a command has several."""
    keys = dict.fromkeys(table.columns[at].key for table in report.tables for at in table.carried())
    header = [*(["table"] if report.tabled else []), *keys]
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="")
    writer.writeheader()
    for table in report.tables:
        for row in table.rows:
            writer.writerow(
                ({"table": table.name} if report.tabled else {})
                | {table.columns[at].key: _written(row[at]) for at in table.carried()}
            )
    return _BYTE_ORDER_MARK + out.getvalue()


def _written(cell: Cell) -> str:
    """A cell as it stands in the file: only a figure may begin with a sign of a formula."""
    return _plain(cell) if isinstance(cell, int) else _harmless(_plain(cell))


def _plain(cell: Cell) -> str:
    """A cell as programs read it: codes and not words where the words depend on the language."""
    if isinstance(cell, Term):
        return cell.code
    if isinstance(cell, Changed):
        return visible(plain(cell, shortened=False))
    return str(cell).lower() if isinstance(cell, bool) else one_line(cell)


def _harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
