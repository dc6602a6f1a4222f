"""Reports as CSV, for spreadsheets: UTF-8 with a byte order mark, and no cell that is a formula."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Final

from credit_plan.formatters import Screen
from credit_plan.formatters.cells import changed_text, escape_controls, one_line
from credit_plan.table import Cell, Changed, Figures, Label, Report
from credit_plan.text import format_figure

_BYTE_ORDER_MARK: Final = "\ufeff"
_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


def format_report(report: Report, _screen: Screen) -> str:
    """A line per row under the columns' keys; `table` says which, where a command has several."""
    keys = dict.fromkeys(
        table.columns[at].key for table in report.tables for at in table.data_columns()
    )
    header = [*(["table"] if report.has_table_key else []), *keys]
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="")
    writer.writeheader()
    for table in report.tables:
        for row in table.rows:
            writer.writerow(
                ({"table": table.name} if report.has_table_key else {})
                | {table.columns[at].key: escape_formula(row[at]) for at in table.data_columns()}
            )
    return _BYTE_ORDER_MARK + out.getvalue()


def escape_formula(cell: Cell) -> str:
    """The text of a cell so that no spreadsheet takes it for a formula; a number is none."""
    text = _plain(cell)
    is_text = not isinstance(cell, int | Decimal)
    return f"'{text}" if is_text and text.startswith(_FORMULA) else text


def _plain(cell: Cell) -> str:
    """A cell as programs read it: codes and not words where the words depend on the language."""
    if isinstance(cell, Label):
        return cell.code
    if isinstance(cell, Figures):
        return "; ".join(f"{it.code}={format_figure(it.value)}" for it in cell.entries)
    if isinstance(cell, Changed):
        return escape_controls(changed_text(cell, shortened=False))
    return str(cell).lower() if isinstance(cell, bool) else one_line(cell)
