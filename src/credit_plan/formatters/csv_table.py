"""Answers as CSV, for spreadsheets: UTF-8 with a byte order mark, and no cell that is a formula."""

import csv
import io
from decimal import Decimal

from credit_plan.cells import Cell, CellValue
from credit_plan.formatters import Screen
from credit_plan.formatters.lines import one_line, plain_text
from credit_plan.table import Answer, Table

_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


def format_answer(answer: Answer, _screen: Screen) -> str:
    """Return a line for each row of all tables, under the keys of their columns."""
    out = io.StringIO()
    writer = csv.DictWriter(out, answer.data_keys(), restval="")
    writer.writeheader()
    for row in answer.data_rows():
        writer.writerow({key: _escape_formula(cell) for key, cell in row.items()})
    return _BYTE_ORDER_MARK + out.getvalue()


def format_table(table: Table) -> str:
    """Return a line for each row of one table, under the headings of its columns."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(column.heading for column in table.columns)
    writer.writerows(map(_escape_formula, row) for row in table.rows)
    return _BYTE_ORDER_MARK + out.getvalue()


def _escape_formula(cell: Cell) -> str:
    """Return the text of a cell, in a form that no spreadsheet takes for a formula."""
    text = _text(cell)
    is_number = isinstance(cell, int | Decimal)
    return f"'{text}" if text.startswith(_FORMULA) and not is_number else text


def _text(cell: Cell) -> str:
    if isinstance(cell, CellValue):
        return plain_text(cell.data_line())
    return str(cell).lower() if isinstance(cell, bool) else one_line(cell)
