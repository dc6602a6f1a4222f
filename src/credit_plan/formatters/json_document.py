"""Answers and diagnostics as JSON, for programs: keys are only ever added."""

import json
import re
from datetime import date
from decimal import Decimal

from credit_plan.cells import CellValue
from credit_plan.diagnostics import CheckResult
from credit_plan.formatters import Screen
from credit_plan.table import Answer

_CONTROLS = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""Controls that JSON allows as they are: of the terminal, of the direction, of the line."""


def format_answer(answer: Answer, _screen: Screen) -> str:
    """Return one object with the rows of all tables."""
    return _document(answer.command, answer.as_of, list(answer.data_rows()))


def format_diagnostics(result: CheckResult, as_of: date, _screen: Screen) -> str:
    """Return one object with a row for each diagnostic; `end_column` is exclusive."""
    rows = [
        {
            "rule": diagnostic.rule,
            "severity": diagnostic.severity,
            "file": diagnostic.file,
            "line": diagnostic.line,
            "column": diagnostic.column,
            "end_column": diagnostic.end_column,
            "message": diagnostic.message,
            "hint": diagnostic.hint,
            "related": diagnostic.related_at or None,
        }
        for diagnostic in result.found
    ]
    return _document("check", as_of, rows)


def dump_json(value: object) -> str:
    """Return JSON in which Chinese stays readable and control characters are escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_encode) + "\n"
    return _CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _document(command: str, as_of: date, rows: object) -> str:
    return dump_json({"schema": f"credit-plan/{command}@1", "as_of": as_of, "rows": rows})


def _encode(value: object) -> object:
    """Return the data of a cell, a number for a decimal, and text for a date."""
    if isinstance(value, CellValue):
        return value.data()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)
