"""What would change in a file, as a unified diff in which nothing acts on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from typing import Final

from credit_plan.formatters import Screen
from credit_plan.formatters.cells import escape_controls

_COLOURS: Final = {"-": "31", "+": "32", "@": "36"}
"""Red, green and cyan, by the sign that a line begins with."""

_NO_END: Final = "\\ No newline at end of file"


def format_diff(
    file: str, before: str, after: str, screen: Screen, *, encodings: tuple[str, str] | None = None
) -> str:
    """The diff of a file's text; `encodings` are told where they differ as well."""
    was, becomes = (f" ({name})" for name in encodings) if encodings else ("", "")
    name = escape_controls(file.lstrip("/"))
    header = (f"--- a/{name}{was}", f"+++ b/{name}{becomes}")
    lines = (*header, *_hunks(before, after))
    return "".join(f"{_coloured(line) if screen.coloured else line}\n" for line in lines)


def _hunks(before: str, after: str) -> Iterator[str]:
    """The changed lines with three around them, each as it can be shown."""
    lines = unified_diff(_lines(before), _lines(after))
    for number, line in enumerate(lines):
        if number < 2:  # noqa: PLR2004  the two lines of difflib's own header
            continue
        yield escape_controls(line.removesuffix("\n"))
        if not line.endswith("\n"):
            yield _NO_END


def _lines(text: str) -> list[str]:
    """The lines with their ends; only a line feed ends one, as in an editor."""
    *whole, rest = text.split("\n")
    return [f"{line}\n" for line in whole] + ([rest] if rest else [])


def _coloured(line: str) -> str:
    colour = _COLOURS.get(line[:1])
    return f"\x1b[{colour}m{line}\x1b[0m" if colour else line
