"""Diagnostics as text: the place, the message, the line with carets under the value, and the hint.

On a screen, messages and hints are folded, and places are not. What other formats for people say
about a diagnostic is here as well. Control characters are escaped.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import StringIO
from itertools import accumulate, takewhile

from credit_plan.diagnostics import SEVERITY_NAMES, CheckResult, Diagnostic, Severity
from credit_plan.formatters import Screen
from credit_plan.formatters.ansi import StyledLine, render
from credit_plan.formatters.fold import fold
from credit_plan.formatters.width import cell_len
from credit_plan.i18n import _
from credit_plan.text import escape_controls

_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.NOTICE: "bold cyan",
}
_ELLIPSIS = "…"
_INDENT = " " * 6
_BELOW_PLACE = " " * 4
_DEFAULT_WIDTH = 100
_MIN_WIDTH = 30
"""A narrower screen is treated as if it had this width; the terminal breaks the lines."""

_KEPT = 4096
"""Characters that were made visible; a language has no more in use."""


def format_diagnostics(result: CheckResult, _as_of: date, screen: Screen) -> str:
    """Return a few lines for each diagnostic, and the closing line."""
    width = None if screen.width is None else max(screen.width, _MIN_WIDTH)
    # Of 81,000 files there are tens of thousands, which a list of lines would hold once more.
    text = StringIO()
    for it in result.found:
        text.writelines(f"{render(line, screen)}\n" for line in _format_diagnostic(it, width))
    if result.closing:
        closing = _hang((), result.closing, "", width, _BELOW_PLACE)
        text.writelines(f"{render(line, screen)}\n" for line in closing)
    return text.getvalue()


def format_place(diagnostic: Diagnostic) -> str:
    """Return `file:line:column`, which editors and terminals can follow."""
    return f"{escape_controls(diagnostic.file)}:{diagnostic.line}:{diagnostic.column}"


def format_headline(diagnostic: Diagnostic) -> str:
    """Return `file:line:column: severity[rule] message`, on one line."""
    message = escape_controls(diagnostic.message)
    return f"{format_place(diagnostic)}: {format_kind(diagnostic)} {message}"


def format_kind(diagnostic: Diagnostic) -> str:
    """Return `severity[rule]`."""
    return f"{SEVERITY_NAMES[diagnostic.severity]}[{diagnostic.rule}]"


def format_remarks(diagnostic: Diagnostic) -> tuple[str, ...]:
    """Return the lines after the message: where the other value is, the hint, how to accept it.

    If it is accepted, they end with the reason instead.
    """
    return tuple(remark for remark, _is_sentence in _list_remarks(diagnostic))


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A value and its surroundings in the line, with every character in a visible form."""

    before: str
    value: str
    after: str

    @property
    def carets(self) -> str:
        """Return the line below: a caret under each cell of the value, one if it is empty."""
        return " " * cell_len(self.before) + "^" * max(1, cell_len(self.value))


def excerpt(diagnostic: Diagnostic, room: int) -> Excerpt:
    """Return the value with as much around it as fits in `room` cells, without the indentation.

    A value that does not fit is cut at its end.
    """
    source = diagnostic.source
    first = min(diagnostic.column - 1, len(source))
    start = first - len(source[:first].lstrip(" "))
    if first == len(source):
        room -= 1  # for the caret, which is after the last character
    # No character takes less than a cell: what is further away than that cannot be shown.
    low, high = max(start, first - room), min(len(source), first + room)
    before = [_make_visible(character) for character in source[low:first]]
    after = [_make_visible(character) for character in source[first:high]]
    length = max(0, min(diagnostic.end_column - 1, high) - first)
    left, right = len(before), len(after)
    if low > start or high < len(source) or _width(before + after) > room:
        left, right = _fit_around(before, after, length, room - 2 * len(_ELLIPSIS))
    is_cut_left = low > start or left < len(before)
    is_cut_right = high < len(source) or right < len(after)
    return Excerpt(
        _ELLIPSIS * is_cut_left + "".join(before[len(before) - left :]),
        "".join(after[: min(length, right)]),
        "".join(after[length:right]) + _ELLIPSIS * is_cut_right,
    )


def _format_diagnostic(diagnostic: Diagnostic, width: int | None) -> Iterator[StyledLine]:
    yield from _format_first(diagnostic, width)
    if diagnostic.source:
        shown = excerpt(diagnostic, (width or _DEFAULT_WIDTH) - len(_INDENT))
        yield ((f"{_INDENT}{shown.before}{shown.value}{shown.after}", ""),)
        yield ((f"{_INDENT}{shown.carets}", _STYLES[diagnostic.severity]),)
    for remark, is_sentence in _list_remarks(diagnostic):
        # A place is followed and an entry is copied: neither is broken.
        most = width if is_sentence else None
        yield from _hang(((_BELOW_PLACE, ""),), remark, "dim", most, _INDENT)


def _list_remarks(diagnostic: Diagnostic) -> Iterator[tuple[str, bool]]:
    """Yield the lines after the message, each with whether it is a sentence."""
    if diagnostic.related_at:
        yield _("also: {place}").format(place=escape_controls(diagnostic.related_at)), False
    if diagnostic.accepted:
        yield _("accepted: {reason}").format(reason=escape_controls(diagnostic.accepted)), True
        return
    yield _("hint: {hint}").format(hint=escape_controls(diagnostic.hint)), True
    if entry := diagnostic.acceptance:
        message = _("to accept it, add to accepted.yaml: {entry}")
        yield message.format(entry=escape_controls(entry)), False


def _format_first(diagnostic: Diagnostic, width: int | None) -> Iterator[StyledLine]:
    """Yield the place and the message; the place has a line of its own if nothing fits beside it.

    The place is never broken: editors and terminals could not follow it.
    """
    place = format_place(diagnostic)
    severity = (SEVERITY_NAMES[diagnostic.severity], _STYLES[diagnostic.severity])
    start: StyledLine = ((place, "bold"), (": ", ""), severity)
    if width is not None and cell_len(f"{place}: {format_kind(diagnostic)}") > width:
        yield (place, "bold"), (":", "")
        start = ((_BELOW_PLACE, ""), severity)
    message = f"[{diagnostic.rule}] {escape_controls(diagnostic.message)}"
    yield from _hang(start, message, "", width, _BELOW_PLACE)


def _hang(
    start: StyledLine, text: str, style: str, width: int | None, indent: str
) -> Iterator[StyledLine]:
    """Yield a text in one line, or in lines of a width, all but the first indented."""
    first, others = text, []
    if width is not None:
        taken = sum(cell_len(piece) for piece, _style in start) - len(indent)
        first, *others = fold(text, width - len(indent), taken=taken)
    yield *start, (first, style)
    for line in others:
        yield ((f"{indent}{line}", style),)


def _fit_around(before: list[str], after: list[str], length: int, room: int) -> tuple[int, int]:
    """Return how many characters before and after a position to show, the nearest first.

    The value is the first `length` of those after it. Both sides share the room that it leaves;
    where it leaves none, a quarter goes to what is before it.
    """
    spare = room - _width(after[:length])
    left = _count_fitting(reversed(before), spare // 2 if spare >= 0 else room // 4)
    right = _count_fitting(after, room - _width(before[len(before) - left :]))
    return _count_fitting(reversed(before), room - _width(after[:right])), right


def _count_fitting(characters: Iterable[str], room: int) -> int:
    """Return how many characters, from the first on, fit in so many cells."""
    used = accumulate(map(cell_len, characters))
    return len(list(takewhile(lambda cells: cells <= room, used)))


def _width(characters: Iterable[str]) -> int:
    return sum(map(cell_len, characters))


@lru_cache(_KEPT)
def _make_visible(character: str) -> str:
    """Return a character in one cell or more: a tab as a space, one without width as its escape."""
    if character == "\t":
        return " "
    if cell_len(character):
        return escape_controls(character)
    return character.encode("unicode_escape").decode()
