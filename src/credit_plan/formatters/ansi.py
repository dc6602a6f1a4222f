"""Styled lines: pieces of text with their styles, and the ANSI codes that a terminal gets."""

from collections.abc import Iterable

from credit_plan.formatters import Screen

Piece = tuple[str, str]
"""A text and its style: words of `_CODES`, or "" for none."""

StyledLine = tuple[Piece, ...]

_COLOURS = {"red": "31", "green": "32", "yellow": "33", "cyan": "36"}
_CODES = {"bold": "1", "dim": "2", "reverse": "7"} | _COLOURS


def plain(line: Iterable[Piece]) -> str:
    """Return the text of a line."""
    return "".join(text for text, _style in line)


def slice_line(line: Iterable[Piece], start: int, end: int) -> StyledLine:
    """Return the characters from `start` to `end`, with their styles."""
    pieces: list[Piece] = []
    at = 0
    for text, style in line:
        if part := text[max(start - at, 0) : max(end - at, 0)]:
            pieces.append((part, style))
        at += len(text)
    return tuple(pieces)


def render(line: Iterable[Piece], screen: Screen) -> str:
    """Return a line with the codes of those styles that the screen shows."""
    return "".join(_render_piece(text, style, screen) for text, style in line)


def _render_piece(text: str, style: str, screen: Screen) -> str:
    if not (text and style):
        return text
    shown = (it for it in style.split() if (screen.coloured if it in _COLOURS else screen.styled))
    codes = ";".join(_CODES[it] for it in shown)
    return f"\x1b[{codes}m{text}\x1b[0m" if codes else text
