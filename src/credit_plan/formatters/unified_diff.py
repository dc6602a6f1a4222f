"""What would change in a file, as a unified diff with control characters escaped."""

from collections.abc import Iterator
from difflib import unified_diff
from itertools import islice

from credit_plan.formatters import Screen
from credit_plan.formatters.ansi import render
from credit_plan.i18n import _
from credit_plan.text import escape_controls

_STYLES = {"-": "red", "+": "green", "@": "cyan"}
"""Colours by the character that a line begins with."""

_NO_NEWLINE = "\\ " + _("No newline at end of file")


def format_diff(
    file: str, before: str, after: str, screen: Screen, *, encodings: tuple[str, str] | None = None
) -> str:
    """Return the diff of a file's text; `encodings` are named where they differ as well."""
    old, new = (f" ({encoding})" for encoding in encodings) if encodings else ("", "")
    name = escape_controls(file.lstrip("/"))
    lines = (f"--- a/{name}{old}", f"+++ b/{name}{new}", *_hunks(before, after))
    styled = (((line, _STYLES.get(line[:1], "")),) for line in lines)
    return "".join(f"{render(line, screen)}\n" for line in styled)


def _hunks(before: str, after: str) -> Iterator[str]:
    """Yield the changed lines with three around them, each as it can be shown."""
    own_header = 2
    lines = unified_diff(_split_lines(before), _split_lines(after))
    for line in islice(lines, own_header, None):
        yield escape_controls(line.removesuffix("\n"))
        if not line.endswith("\n"):
            yield _NO_NEWLINE


def _split_lines(text: str) -> list[str]:
    """Return the lines with their ends; only a line feed ends one, as in an editor."""
    *whole, rest = text.split("\n")
    return [f"{line}\n" for line in whole] + ([rest] if rest else [])
