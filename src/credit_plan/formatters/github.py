"""Diagnostics as workflow commands, which GitHub shows beside the lines of a pull request.

GitHub shows ten annotations of a step and drops the rest in silence. So the ten gravest are
annotations, all others stand in the log as plain lines, and `summary` lists them on the page of
the job. `endColumn` is the column behind the last character; GitHub does not say what it takes
it for, and those who tried it found that the character there is not marked.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from credit_plan.diagnostics import CheckResult, Diagnostic
from credit_plan.formatters import Screen, markdown
from credit_plan.formatters.cells import escape_controls
from credit_plan.formatters.diagnostics_text import headline, place, remarks
from credit_plan.i18n import _, ngettext
from credit_plan.table import Column, Report, Table

_ANNOTATED: Final = 10
_LISTED: Final = 500
"""Rows of a summary, of which GitHub takes no more than a mebibyte."""

_IN_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY: Final = _IN_DATA | str.maketrans({":": "%3A", ",": "%2C"})
_COMMAND: Final = re.compile(r"^(?=\s*::)|(?<=##)(?=\[)")
"""Where a command could begin: `::` at the start of a line, `##[` anywhere in it."""


def format_diagnostics(result: CheckResult, _as_of: date, _screen: Screen) -> str:
    """The gravest as annotations, the others as plain lines, and the closing line."""
    annotated, others = _shared_out(result)
    plain = (*map(headline, others), *filter(None, (result.closing,)))
    lines = (*map(_annotation, annotated), *map(_inert, plain))
    return "".join(f"{line}\n" for line in lines)


def summary(result: CheckResult, as_of: date) -> str:
    """Markdown for the page of the job: the closing line, and what is not annotated."""
    annotated, others = _shared_out(result)
    table = Table(
        "findings",
        (
            Column("place", _("Place")),
            Column("rule", _("Rule")),
            Column("message", _("Finding"), wrap=True),
            Column("hint", _("Hint"), wrap=True),
        ),
        tuple(
            (place(it), f"{it.severity}[{it.rule}]", it.message, it.hint) for it in others[:_LISTED]
        ),
        title=f"credit-plan check\n{result.closing}",
        caption=_caption(len(annotated), len(others)),
    )
    return markdown.format_report(Report("check", as_of, (table,)), Screen()) + "\n"


def _shared_out(result: CheckResult) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """The diagnostics that are annotated, and all others; the gravest first."""
    ranked = sorted(result.found, key=lambda it: it.severity.rank)
    return ranked[:_ANNOTATED], ranked[_ANNOTATED:]


def _annotation(it: Diagnostic) -> str:
    properties = {
        "file": escape_controls(it.file),
        "line": str(it.line),
        "endLine": str(it.line),
        "col": str(it.column),
        "endColumn": str(max(it.end_column, it.column + 1)),
        "title": it.rule,
    }
    written = ",".join(f"{key}={text.translate(_IN_PROPERTY)}" for key, text in properties.items())
    data = "\n".join((escape_controls(it.message), *remarks(it))).translate(_IN_DATA)
    return f"::{it.severity} {written}::{data}"


def _inert(line: str) -> str:
    """A line in which GitHub finds no command, whatever a file is called or has in it."""
    return _COMMAND.sub(r"\\", line)


def _caption(annotated: int, others: int) -> str:
    if not others:
        return ""
    said = _("The {count} gravest findings are annotations beside the lines.").format(
        count=annotated
    )
    if (more := others - _LISTED) <= 0:
        return said
    return f"{said} " + ngettext(
        "{count} more is in the log.", "{count} more are in the log.", more
    ).format(count=more)
