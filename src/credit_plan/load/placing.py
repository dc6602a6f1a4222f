"""Faults and findings become diagnostics: with their lines, and the text of these lines."""

from __future__ import annotations

from collections.abc import Sequence

from credit_plan.diagnostic import Diagnostic, Finding, Severity
from credit_plan.load.rules import missing_key
from credit_plan.syntax import Fault, Parsed


def of_fault(fault: Fault, file: str, lines: Sequence[str] = ()) -> Diagnostic:
    """The diagnostic of a fault that was met in a text, or that kept a file from having one."""
    related = f"{file}:{fault.related[0]}:{fault.related[1]}" if fault.related else ""
    return Diagnostic(
        file,
        fault.line,
        fault.column,
        fault.rule,
        Severity.ERROR,
        fault.message,
        fault.hint,
        fault.column + fault.length,
        _line(lines, fault.line),
        related,
    )


def of_finding(finding: Finding, parsed: Parsed, related: str = "") -> Diagnostic | None:
    """The diagnostic of a finding; None where a fault of the same line has said it already."""
    span = parsed.span(finding.place, on_key=finding.on_key, part=finding.part)
    if span.line in parsed.broken:
        return None
    if finding.rule == missing_key.NAME and finding.place[-1] in parsed.lost:
        return None
    return Diagnostic(
        finding.file,
        span.line,
        span.column,
        finding.rule,
        finding.severity,
        finding.message,
        finding.hint,
        span.end,
        _line(parsed.lines, span.line),
        related,
    )


def _line(lines: Sequence[str], number: int) -> str:
    return lines[number - 1].rstrip("\r") if number <= len(lines) else ""
