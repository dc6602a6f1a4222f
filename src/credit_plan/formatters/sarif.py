"""Diagnostics as SARIF 2.1.0, which code scanning and editors read.

A column counts characters, as everywhere in this program, and SARIF is told so. A fingerprint
is made of what a finding says and not of its line, so that it is the same when lines move.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from credit_plan import __version__
from credit_plan.diagnostics import CheckResult, Diagnostic, Rule, Severity
from credit_plan.formatters import Screen
from credit_plan.formatters.cells import escape_controls
from credit_plan.formatters.diagnostics_text import remarks
from credit_plan.formatters.json_document import dump

_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTICE: "note",
}
_ROOT: Final = "%SRCROOT%"


def format_diagnostics(result: CheckResult, _as_of: date, _screen: Screen) -> str:
    """One run, with the manual of every rule and a result for each diagnostic."""
    driver = {
        "name": "credit-plan",
        "version": __version__,
        "rules": [_rule(manual) for manual in result.rules],
    }
    run = {
        "tool": {"driver": driver},
        "originalUriBaseIds": {_ROOT: {"description": {"text": "where credit-plan was run"}}},
        "columnKind": "unicodeCodePoints",
        "results": list(_results(result)),
    }
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(manual: Rule) -> dict[str, Any]:
    return {
        "id": manual.name,
        "shortDescription": {"text": manual.summary},
        "fullDescription": {"text": manual.docs},
        "help": {"text": manual.docs, "markdown": manual.docs},
        "defaultConfiguration": {"level": _LEVELS[manual.severity]},
    }


def _results(result: CheckResult) -> Iterator[dict[str, Any]]:
    indexes = {manual.name: at for at, manual in enumerate(result.rules)}
    seen: Counter[str] = Counter()
    for it in result.found:
        entry: dict[str, Any] = {"ruleId": it.rule}
        if it.rule in indexes:
            entry["ruleIndex"] = indexes[it.rule]
        said = _fingerprint(it)
        seen[said] += 1
        entry |= {
            "level": _LEVELS[it.severity],
            "message": {"text": _message(it)},
            "locations": [_location(it.file, _region(it))],
            "partialFingerprints": {"finding/v1": f"{said}:{seen[said]}"},
        }
        if it.related_at:
            file, line, column = it.related_at.rsplit(":", 2)
            region = {"startLine": int(line), "startColumn": int(column)}
            entry["relatedLocations"] = [{"id": 1} | _location(file, region)]
        yield entry


def _message(it: Diagnostic) -> str:
    """The message and what follows it; only the other place is a link, whatever the data says."""
    said = replace(
        it,
        message=_unlinked(it.message),
        hint=_unlinked(it.hint),
        related_at=it.related_at and f"[{_unlinked(it.related_at)}](1)",
    )
    return "\n".join((escape_controls(said.message), *remarks(said)))


def _unlinked(text: str) -> str:
    return text.replace("](", r"\](")


def _location(file: str, region: dict[str, Any]) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(file), "region": region}}


def _artifact(file: str) -> dict[str, str]:
    """A file by its URI: relative to where the program was run, or a whole one."""
    if Path(file).is_absolute():
        return {"uri": Path(file).as_uri()}
    return {"uri": quote(os.fsencode(file)), "uriBaseId": _ROOT}


def _region(it: Diagnostic) -> dict[str, Any]:
    """The place of the value, and the value itself where its line is known."""
    end = max(it.end_column, it.column + 1)
    region: dict[str, Any] = {"startLine": it.line, "startColumn": it.column, "endColumn": end}
    if snippet := it.source[it.column - 1 : end - 1]:
        region["snippet"] = {"text": snippet}
    return region


def _fingerprint(it: Diagnostic) -> str:
    said = f"{it.rule}\0{it.file}\0{it.message}"
    return hashlib.sha256(said.encode("utf-8", "backslashreplace")).hexdigest()
