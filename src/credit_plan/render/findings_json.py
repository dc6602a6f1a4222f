"""Diagnostics as JSON, for programs: keys are only ever added."""

from __future__ import annotations

from datetime import date

from credit_plan.diagnostic import CheckResult
from credit_plan.render.screen import Screen
from credit_plan.render.table_json import document


def render(result: CheckResult, as_of: date, _screen: Screen) -> str:
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
