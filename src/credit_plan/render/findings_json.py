"""Diagnostics as JSON, for programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from credit_plan.diagnostic import Diagnostic
from credit_plan.render.table_json import document


def render(found: Sequence[Diagnostic], as_of: date, _closing: str) -> str:
    """One object with a row for each diagnostic."""
    rows: list[dict[str, object]] = [
        {
            "rule": it.rule,
            "severity": it.severity.value,
            "file": it.file,
            "line": it.line,
            "column": it.column,
            "message": it.message,
            "hint": it.hint,
        }
        for it in found
    ]
    return document("check", as_of, rows)
