"""Diagnostics for people and editors: `file:line:column: error[rule] message`, then the hint."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from credit_plan.diagnostic import Diagnostic
from credit_plan.language import _
from credit_plan.render.cells import visible


def render(found: Sequence[Diagnostic], _as_of: date, closing: str) -> str:
    """Two lines for each diagnostic, and the closing line."""
    said = [f"{_place(it)}: {_said(it)}\n    {_hint(it)}\n" for it in found]
    return "".join((*said, f"{closing}\n" if closing else ""))


def _place(diagnostic: Diagnostic) -> str:
    return f"{visible(diagnostic.file)}:{diagnostic.line}:{diagnostic.column}"


def _said(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.severity}[{diagnostic.rule}] {visible(diagnostic.message)}"


def _hint(diagnostic: Diagnostic) -> str:
    return _("hint: {hint}").format(hint=visible(diagnostic.hint))
