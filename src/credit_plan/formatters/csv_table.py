"""Answers as CSV, for spreadsheets: UTF-8 with a byte order mark, and no cell that is a formula.

In Chinese they have the headings and the words that people read; in English, or for programs, the
keys and the codes of the JSON.
"""

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

from credit_plan.cells import Cell, CellValue, Label
from credit_plan.formatters import Screen
from credit_plan.formatters.lines import one_line, plain_text
from credit_plan.i18n import ENGLISH, get_language
from credit_plan.table import Answer, Column, Table
from credit_plan.text import mark_id

_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


def format_answer(answer: Answer, _screen: Screen) -> str:
    """Return a line for each row of all tables, under their headings, or under their keys."""
    columns = answer.data_columns()
    if answer.has_keys or get_language() == ENGLISH:
        return _write(columns, ([row.get(key) for key in columns] for row in answer.data_rows()))
    return _write(
        (column.heading for column in columns.values()),
        (
            [_word(row.get(key), column) for key, column in columns.items()]
            for row in answer.data_rows()
        ),
    )


def format_table(table: Table) -> str:
    """Return a line for each row of one table, under the headings of its columns."""
    return _write([column.heading for column in table.columns], table.rows)


def _write(headings: Iterable[str], rows: Iterable[Iterable[Cell]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows(map(_escape_formula, row) for row in rows)
    return _BYTE_ORDER_MARK + out.getvalue()


def _escape_formula(cell: Cell) -> str:
    """Return the text of a cell, in a form that no spreadsheet takes for a formula."""
    text = _text(cell)
    is_number = isinstance(cell, int | Decimal)
    return f"'{text}" if text.startswith(_FORMULA) and not is_number else text


def _text(cell: Cell) -> str:
    if isinstance(cell, CellValue):
        return plain_text(cell.data_line())
    if isinstance(cell, tuple) and (entries := [it for it in cell if isinstance(it, CellValue)]):
        return " | ".join(plain_text(entry.data_line()) for entry in entries)
    return str(cell).lower() if isinstance(cell, bool) else one_line(cell)


def _word(cell: Cell, column: Column) -> Cell:
    """Return the words of a cell where it has codes; an id as text in every spreadsheet."""
    if isinstance(cell, Label):
        return cell.name
    entries = cell if isinstance(cell, tuple) else (cell,)
    is_coded = any(isinstance(it, CellValue) and it.has_codes for it in entries)
    if is_coded or isinstance(cell, bool):
        return one_line(cell)
    return mark_id(cell) if column.is_id and isinstance(cell, str) else cell
