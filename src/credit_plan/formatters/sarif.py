"""Diagnostics as SARIF 2.1.0, which code scanning and editors read.

A column counts characters, as everywhere in this program, and the document says so. A fingerprint
is made from the message and not from the line, so that it stays the same when lines move.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from credit_plan import __version__
from credit_plan.diagnostics import CheckResult, Diagnostic, Rule, Severity
from credit_plan.formatters import Screen
from credit_plan.formatters.diagnostics_text import format_remarks
from credit_plan.formatters.json_document import dump_json
from credit_plan.i18n import _
from credit_plan.text import escape_controls

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
_ROOT = "%SRCROOT%"
_BRACKET = re.compile(r"[\[\]\\]")
_LINK_END = re.compile(r"(\\*)\]\(")
_MAX_SNIPPET = 1000
"""Characters; a hundred findings may be about the same value of a million."""


def format_diagnostics(result: CheckResult, _as_of: date, _screen: Screen) -> str:
    """Return one run, with the manual page of every rule and a result for each diagnostic."""
    driver = {
        "name": "credit-plan",
        "version": __version__,
        "rules": [_describe_rule(rule) for rule in result.rules],
    }
    run = {
        "tool": {"driver": driver},
        "originalUriBaseIds": {_ROOT: {"description": {"text": _("where credit-plan was run")}}},
        "columnKind": "unicodeCodePoints",
        "results": list(_results(result)),
    }
    return dump_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _describe_rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.page},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _results(result: CheckResult) -> Iterator[dict[str, Any]]:
    indexes = {rule.name: index for index, rule in enumerate(result.rules)}
    occurrences: Counter[str] = Counter()
    has_accepted = any(it.accepted for it in result.found)
    for diagnostic in result.found:
        entry: dict[str, Any] = {"ruleId": diagnostic.rule}
        if diagnostic.rule in indexes:
            entry["ruleIndex"] = indexes[diagnostic.rule]
        fingerprint = _make_fingerprint(diagnostic)
        occurrences[fingerprint] += 1
        entry |= {
            "level": _LEVELS[diagnostic.severity],
            "message": {"text": _format_message(diagnostic)},
            "locations": [_make_location(diagnostic.file, _make_region(diagnostic))],
            "occurrenceCount": diagnostic.count,
            "partialFingerprints": {"finding/v1": f"{fingerprint}:{occurrences[fingerprint]}"},
        }
        if diagnostic.related_at:
            file, line, column = diagnostic.related_at.rsplit(":", 2)
            region = {"startLine": int(line), "startColumn": int(column)}
            entry["relatedLocations"] = [{"id": 1} | _make_location(file, region)]
        if has_accepted:
            # SARIF wants them for all results of a run, or for none.
            entry["suppressions"] = list(_suppressions(diagnostic))
        yield entry


def _suppressions(diagnostic: Diagnostic) -> Iterator[dict[str, str]]:
    if diagnostic.accepted:
        yield {"kind": "external", "justification": escape_controls(diagnostic.accepted)}


def _make_fingerprint(diagnostic: Diagnostic) -> str:
    # How many are only counted changes with each that is fixed.
    message = diagnostic.message if diagnostic.count == 1 else ""
    text = f"{diagnostic.rule}\0{diagnostic.file}\0{message}"
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def _format_message(diagnostic: Diagnostic) -> str:
    """Return the message and the remarks; only the related place is a link, not the data.

    Nobody copies from it the entry that would accept it, and a reason has a place of its own.
    Braces are doubled: a single one would begin or end a placeholder.
    """
    name = _BRACKET.sub(r"\\\g<0>", diagnostic.related_at)
    shown = replace(
        diagnostic,
        hint=_escape_links(diagnostic.hint),
        related_at=name and f"[{name}](1)",
        quotes=(),
        accepted="",
    )
    message = escape_controls(_escape_links(diagnostic.message))
    text = "\n".join((message, *format_remarks(shown)))
    return text.replace("{", "{{").replace("}", "}}")


def _escape_links(text: str) -> str:
    """Return a text in which no link ends, whatever backslashes are before its bracket."""
    return _LINK_END.sub(r"\1\1\\](", text)


def _make_location(file: str, region: dict[str, Any]) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _make_artifact(file), "region": region}}


def _make_artifact(file: str) -> dict[str, str]:
    """Return the URI of a file: relative to where the program was run, or absolute."""
    if Path(file).is_absolute():
        return {"uri": Path(file).as_uri()}
    # In UTF-8 whatever the locale: that is the encoding of addresses.
    return {"uri": quote(file.encode("utf-8", "surrogateescape")), "uriBaseId": _ROOT}


def _make_region(diagnostic: Diagnostic) -> dict[str, Any]:
    """Return the place of the value, and its beginning where its line is known."""
    end = max(diagnostic.end_column, diagnostic.column + 1)
    region: dict[str, Any] = {
        "startLine": diagnostic.line,
        "startColumn": diagnostic.column,
        "endColumn": end,
    }
    first = diagnostic.column - 1
    if snippet := diagnostic.source[first : min(end - 1, first + _MAX_SNIPPET)]:
        region["snippet"] = {"text": snippet}
    return region
