"""Reports as JSON, for programs: keys are only ever added."""

from __future__ import annotations

import json
from datetime import date
from typing import Final

from credit_plan.render.screen import Screen
from credit_plan.table import Bar, Cell, DatedText, Marked, Report, Term

_SCHEMA: Final = "credit-plan/{command}@1"


def render(report: Report, _screen: Screen) -> str:
    """One object with the rows of all tables; `table` says of which where a command has several."""
    rows = [
        ({"table": table.name} if report.tabled else {})
        | {column.key: _value(cell) for column, cell in zip(table.columns, row, strict=True)}
        for table in report.tables
        for row in table.rows
    ]
    return document(report.command, report.as_of, rows)


def document(command: str, as_of: date, rows: list[dict[str, object]]) -> str:
    """The envelope that every JSON answer has."""
    envelope = {"schema": _SCHEMA.format(command=command), "as_of": str(as_of), "rows": rows}
    return json.dumps(envelope, ensure_ascii=False, indent=2) + "\n"


def _value(cell: Cell) -> object:
    if isinstance(cell, tuple):
        return [_entry(entry) for entry in cell]
    if isinstance(cell, Bar):
        return cell.count
    if isinstance(cell, Term):
        return cell.code
    return str(cell) if isinstance(cell, date) else cell


def _entry(entry: str | DatedText | Marked) -> object:
    if isinstance(entry, DatedText):
        return {"by": str(entry.by), "text": entry.text}
    if isinstance(entry, Marked):
        return {"field": entry.field, "text": entry.text, "hits": [list(hit) for hit in entry.hits]}
    return entry
