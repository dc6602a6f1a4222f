"""Answers and diagnostics as JSON, for programs: keys are only ever added."""

import json
import re
from datetime import date
from decimal import Decimal

from credit_plan.cells import CellValue
from credit_plan.diagnostics import CheckResult
from credit_plan.formatters import Screen
from credit_plan.table import Answer
from credit_plan.text import COMMAND_SIGN, format_figure

_ACTING = re.compile(
    "[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
    rf"|{COMMAND_SIGN}"
)
"""What JSON allows as it is: controls of the terminal, of the direction, of the line; half a
character; the sign of a command."""

_ENCODE_SCALAR = json.JSONEncoder(ensure_ascii=False).encode


def format_answer(answer: Answer, _screen: Screen) -> str:
    """Return one object with the rows of all tables."""
    known_by = {"known_by": answer.known_by} if answer.known_by else {}
    return _document(answer.command, answer.as_of, list(answer.data_rows()), **known_by)


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
            "count": diagnostic.count,
            "accepted": diagnostic.accepted or None,
        }
        for diagnostic in result.found
    ]
    return _document("check", as_of, rows)


def dump_json(value: object) -> str:
    """Return JSON in which Chinese stays readable, and nothing acts on what shows it."""
    text = _dump(value, "\n") + "\n"
    return _ACTING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _document(command: str, as_of: date, rows: object, **days: date) -> str:
    head = {"schema": f"credit-plan/{command}@1", "as_of": as_of}
    return dump_json(head | days | {"rows": rows})


def _dump(value: object, line_break: str) -> str:
    """Return the JSON of a value; `json` itself would round a decimal to a float."""
    inner = f"{line_break}  "
    match value:
        case CellValue():
            return _dump(value.data(), line_break)
        case dict() if value:
            entries = (f"{_ENCODE_SCALAR(key)}: {_dump(it, inner)}" for key, it in value.items())
            return f"{{{inner}{f',{inner}'.join(entries)}{line_break}}}"
        case list() | tuple() if value:
            return f"[{inner}{f',{inner}'.join(_dump(it, inner) for it in value)}{line_break}]"
        case Decimal():
            return format_figure(value)
        case date():
            return _ENCODE_SCALAR(str(value))
        case _:
            return _ENCODE_SCALAR(value)
