"""Reports as JSON, for programs: keys are only ever added."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import Final

from credit_plan.diagnostics import CheckResult
from credit_plan.formatters import Screen
from credit_plan.table import (
    Bar,
    Cell,
    Changed,
    DatedText,
    EvidenceRef,
    Figures,
    Highlighted,
    Label,
    Lights,
    Report,
)

_SCHEMA: Final = "credit-plan/{command}@1"
_ACTING: Final = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""Controls that JSON allows as they are: of the terminal, of the direction, of the line."""


def format_report(report: Report, _screen: Screen) -> str:
    """One object with the rows of all tables; `table` says of which where a command has several."""
    rows = [
        ({"table": table.name} if report.has_table_key else {})
        | {table.columns[at].key: _value(row[at]) for at in table.data_columns()}
        for table in report.tables
        for row in table.rows
    ]
    return document(report.command, report.as_of, rows)


def document(command: str, as_of: date, rows: list[dict[str, object]]) -> str:
    """The envelope that every JSON answer has."""
    envelope = {"schema": _SCHEMA.format(command=command), "as_of": str(as_of), "rows": rows}
    return dump(envelope)


def dump(value: object) -> str:
    """JSON in which Chinese stays readable and no character acts on the screen that shows it."""
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    return _ACTING.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def _value(cell: Cell) -> object:
    value: object
    match cell:
        case tuple():
            value = [_entry(entry) for entry in cell]
        case Bar():
            value = cell.count
        case Lights():
            value = {"red": cell.red, "yellow": cell.yellow, "green": cell.green}
        case Label():
            value = cell.code or None
        case Decimal():
            value = _number(cell)
        case Figures():
            value = {it.code: _number(it.value) for it in cell.entries}
        case Changed():
            value = _entry(cell)
        case date():
            value = str(cell)
        case _:
            value = cell
    return value


def _number(figure: Decimal) -> int | float:
    return int(figure) if figure == figure.to_integral_value() else float(figure)


def _entry(entry: str | DatedText | Highlighted | Changed | EvidenceRef) -> object:
    if isinstance(entry, DatedText):
        return {"by": str(entry.by), "text": entry.text}
    if isinstance(entry, Highlighted):
        return {"field": entry.field, "text": entry.text, "hits": [list(hit) for hit in entry.hits]}
    if isinstance(entry, Changed):
        return [
            {"same": was} if was == now else {"was": was, "is": now} for was, now in entry.pieces
        ]
    if isinstance(entry, EvidenceRef):
        place = "file" if entry.sha256 else "url"
        return {place: entry.place} | ({"sha256": entry.sha256} if entry.sha256 else {})
    return entry


def format_diagnostics(result: CheckResult, as_of: date, _screen: Screen) -> str:
    """One object with a row for each diagnostic; `end_column` is behind the last character."""
    rows: list[dict[str, object]] = [
        {
            "rule": it.rule,
            "severity": it.severity.value,
            "file": it.file,
            "line": it.line,
            "column": it.column,
            "end_column": it.end_column,
            "message": it.message,
            "hint": it.hint,
            "related": it.related_at or None,
        }
        for it in result.found
    ]
    return document("check", as_of, rows)
