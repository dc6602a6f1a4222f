"""Diagnostics as workflow commands, which GitHub shows beside the lines of a pull request.

GitHub shows ten annotations of a step and drops the rest in silence. So the ten most severe are
annotations, all others are plain lines in the log, and `format_summary` lists them for the page
of the job. `endColumn` is the column after the last character: GitHub does not document whether
it is inclusive, and those who tried it found that the character there is not marked.
"""

from datetime import date

from credit_plan.diagnostics import CheckResult, Diagnostic
from credit_plan.formatters import Screen, markdown
from credit_plan.formatters.diagnostics_text import (
    format_headline,
    format_kind,
    format_place,
    format_remarks,
)
from credit_plan.i18n import _, plural
from credit_plan.table import Answer, Column, Table
from credit_plan.text import escape_commands, escape_controls

_MAX_ANNOTATIONS = 10
_MAX_ROWS = 500
"""GitHub takes at most a mebibyte for a summary."""

_IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_DATA | str.maketrans({":": "%3A", ",": "%2C"})


def format_diagnostics(result: CheckResult, _as_of: date, _screen: Screen) -> str:
    """Return the most severe as annotations, the others as plain lines, and the closing line."""
    annotated, others = _choose_annotated(result)
    plain = [*map(format_headline, others), *filter(None, (result.closing,))]
    lines = (*map(_format_annotation, annotated), *map(escape_commands, plain))
    return "".join(f"{line}\n" for line in lines)


def format_summary(result: CheckResult, as_of: date) -> str:
    """Return Markdown for the page of the job: the closing line, and what is not annotated."""
    annotated, others = _choose_annotated(result)
    table = Table(
        "findings",
        (
            Column("place", _("Place")),
            Column("rule", _("Rule")),
            Column("message", _("Finding"), wrap=True),
            Column("hint", _("Hint"), wrap=True),
        ),
        tuple(
            (format_place(it), format_kind(it), it.message, it.accepted or it.hint)
            for it in others[:_MAX_ROWS]
        ),
        title=f"credit-plan check\n{result.closing}",
        caption=_format_caption(len(annotated), len(others)),
    )
    return markdown.format_answer(Answer("check", as_of, (table,)), Screen()) + "\n"


def _choose_annotated(result: CheckResult) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Return the diagnostics to annotate, and all others; both with the most severe first.

    Accepted ones come last, and are not annotated.
    """
    ranked = sorted(result.found, key=lambda it: (bool(it.accepted), it.severity.rank))
    most = min(_MAX_ANNOTATIONS, sum(not it.accepted for it in ranked))
    return ranked[:most], ranked[most:]


def _format_annotation(diagnostic: Diagnostic) -> str:
    properties = {
        "file": escape_controls(diagnostic.file),
        "line": str(diagnostic.line),
        "endLine": str(diagnostic.line),
        "col": str(diagnostic.column),
        "endColumn": str(max(diagnostic.end_column, diagnostic.column + 1)),
        "title": diagnostic.rule,
    }
    written = ",".join(f"{key}={text.translate(_IN_PROPERTY)}" for key, text in properties.items())
    data = "\n".join((escape_controls(diagnostic.message), *format_remarks(diagnostic)))
    inert = escape_commands(f"{written}::{data.translate(_IN_DATA)}")
    return f"::{diagnostic.severity} {inert}"


def _format_caption(annotated: int, others: int) -> str:
    if not annotated or not others:
        return ""
    if (more := others - _MAX_ROWS) > 0:
        return plural(
            "The {annotated} most severe findings are annotations beside the lines. "
            "{count} more is in the log.",
            "The {annotated} most severe findings are annotations beside the lines. "
            "{count} more are in the log.",
            more,
            annotated=annotated,
        )
    message = _("The {count} most severe findings are annotations beside the lines.")
    return message.format(count=annotated)
