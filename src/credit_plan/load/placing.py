"""Diagnostics get their places: the lines of the values that they name, and the text there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from credit_plan.diagnostic import Diagnostic, Location
from credit_plan.syntax import Parsed


def of_fault(fault: Diagnostic, file: str, lines: Sequence[str] = ()) -> Diagnostic:
    """The diagnostic of a fault that was met in a text, or that kept a file from having one."""
    related_at = f"{file}:{fault.related_at}" if fault.related_at else ""
    location = replace(fault.location, source=_line(lines, fault.line))
    return replace(fault, file=file, location=location, related_at=related_at)


def of_finding(finding: Diagnostic, parsed: Parsed, related_at: str = "") -> Diagnostic | None:
    """The diagnostic with its place; None where a fault of the same line has said it already."""
    span = parsed.span(finding.path, on_key=finding.on_key, part=finding.part)
    if span.line in parsed.broken:
        return None
    if finding.rule == "missing-key" and finding.path[-1] in parsed.lost:
        return None
    source = _line(parsed.lines, span.line)
    return finding.at(Location(span.line, span.column, span.end, source), related_at)


def _line(lines: Sequence[str], number: int) -> str:
    return lines[number - 1].rstrip("\r") if number <= len(lines) else ""
