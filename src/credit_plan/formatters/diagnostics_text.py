"""What every format for people says of a diagnostic, without anything in it that would act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, takewhile
from typing import Final

from rich.cells import cell_len

from credit_plan.diagnostics import CheckResult, Diagnostic, Severity
from credit_plan.formatters import Screen
from credit_plan.formatters.cells import escape_controls
from credit_plan.i18n import _


def place(diagnostic: Diagnostic) -> str:
    """`file:line:column`, which editors and terminals can follow."""
    return f"{escape_controls(diagnostic.file)}:{diagnostic.line}:{diagnostic.column}"


def headline(diagnostic: Diagnostic) -> str:
    """`file:line:column: severity[rule] message`, in one line."""
    said = f"{diagnostic.severity}[{diagnostic.rule}] {escape_controls(diagnostic.message)}"
    return f"{place(diagnostic)}: {said}"


def remarks(diagnostic: Diagnostic) -> tuple[str, ...]:
    """What follows a message, a line each: where the other value is, and the hint."""
    also = _("also: {place}").format(place=escape_controls(diagnostic.related_at))
    hint = _("hint: {hint}").format(hint=escape_controls(diagnostic.hint))
    return (also, hint) if diagnostic.related_at else (hint,)


_CUT: Final = "…"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A value and what stands around it in its line, every character in a form that shows."""

    before: str
    value: str
    behind: str

    @property
    def carets(self) -> str:
        """The line below, with a caret under each cell of the value; one where it is empty."""
        return " " * cell_len(self.before) + "^" * max(1, cell_len(self.value))


def excerpt(diagnostic: Diagnostic, room: int) -> Excerpt:
    """The value with as much around it as fits in `room` cells, without the indentation.

    Of a value that does not fit the beginning is shown.
    """
    source = diagnostic.source
    first = min(diagnostic.column - 1, len(source))
    start = first - len(source[:first].lstrip(" "))
    if first == len(source):
        room -= 1  # for the caret, which stands behind the last character
    # No character takes less than a cell: what is further away than that cannot be shown.
    low, high = max(start, first - room), min(len(source), first + room)
    before, behind = (
        [_shown(sign) for sign in source[part]] for part in (slice(low, first), slice(first, high))
    )
    length = max(0, min(diagnostic.end_column - 1, high) - first)
    left, right = len(before), len(behind)
    if low > start or high < len(source) or _cells(before + behind) > room:
        left, right = _window(before, behind, length, room - 2 * len(_CUT))
    cut_left = low > start or left < len(before)
    cut_right = high < len(source) or right < len(behind)
    return Excerpt(
        _CUT * cut_left + "".join(before[len(before) - left :]),
        "".join(behind[: min(length, right)]),
        "".join(behind[length:right]) + _CUT * cut_right,
    )


def _window(before: list[str], behind: list[str], length: int, room: int) -> tuple[int, int]:
    """How many of the pieces before and behind a position to show, the nearest first.

    The value is the first `length` of those behind. What room it leaves is shared by both
    sides; where it leaves none, a quarter goes to what stands before it.
    """
    spare = room - _cells(behind[:length])
    left = _fitting(reversed(before), spare // 2 if spare >= 0 else room // 4)
    right = _fitting(behind, room - _cells(before[len(before) - left :]))
    return _fitting(reversed(before), room - _cells(behind[:right])), right


def _fitting(pieces: Iterable[str], room: int) -> int:
    """How many of the pieces, from the first on, fit in so many cells."""
    used = accumulate(map(cell_len, pieces))
    return len(list(takewhile(lambda cells: cells <= room, used)))


def _cells(pieces: Iterable[str]) -> int:
    return sum(map(cell_len, pieces))


def _shown(sign: str) -> str:
    """A character in one cell or more: a tab as a space, and what takes no room as its escape."""
    if sign == "\t":
        return " "
    return escape_controls(sign) if cell_len(sign) else sign.encode("unicode_escape").decode()


_Line = tuple[tuple[str, str], ...]
"""A line as its pieces of text, each with its style."""

_STYLES: Final = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.NOTICE: "bold cyan",
}
_INDENT: Final = " " * 6
_WIDTH: Final = 100
"""The width of an excerpt where no screen has one."""

_LEAST: Final = 30
"""A screen narrower than this is written as if it had this width; the terminal breaks lines."""


def format_diagnostics(result: CheckResult, _as_of: date, screen: Screen) -> str:
    """A few lines for each diagnostic, and the closing line."""
    width = _WIDTH if screen.width is None else max(screen.width, _LEAST)
    lines = [line for it in result.found for line in _lines(it, width - len(_INDENT))]
    if result.closing:
        lines.append(((result.closing, ""),))
    written = _styled if screen.styled else _plain
    return "".join(f"{written(line, screen)}\n" for line in lines)


def _lines(it: Diagnostic, room: int) -> Iterator[_Line]:
    pass  # noqa: PLC0415  sound data needs no excerpt

    style = _STYLES[it.severity]
    said = f"[{it.rule}] {escape_controls(it.message)}"
    yield (place(it), "bold"), (": ", ""), (it.severity.value, style), (said, "")
    if it.source:
        shown = excerpt(it, room)
        yield ((f"{_INDENT}{shown.before}{shown.value}{shown.behind}", ""),)
        yield ((f"{_INDENT}{shown.carets}", style),)
    for remark in remarks(it):
        yield ((f"    {remark}", "dim"),)


def _plain(line: _Line, _screen: Screen) -> str:
    return "".join(text for text, _style in line)


def _styled(line: _Line, screen: Screen) -> str:
    from rich.color import ColorSystem  # noqa: PLC0415  a pipe needs none of it
    from rich.style import Style  # noqa: PLC0415

    looks = (Style.parse(style) for _text, style in line)
    return "".join(
        (look if screen.coloured else look.without_color).render(
            text, color_system=ColorSystem.STANDARD
        )
        for look, (text, _style) in zip(looks, line, strict=True)
    )
