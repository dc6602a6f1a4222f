"""Cells as text: what each type of cell looks like, the same in every format for people."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from credit_plan.language import _
from credit_plan.table import Bar, Cell, DatedText, Lights, Marked, Term

_WIDE_SPACE: Final = "\u3000"


def visible(text: str) -> str:
    """The text with every character that would not show, or would act, written as its escape."""
    if text.isprintable():
        return text
    return "".join(
        sign
        if sign.isprintable() or sign == _WIDE_SPACE
        else sign.encode("unicode_escape").decode()
        for sign in text
    )


def lines(cell: Cell) -> tuple[str, ...]:
    """A cell as the lines that it has by itself; each may be wrapped, none may be joined."""
    if isinstance(cell, tuple):
        return tuple(_entry(entry) for entry in cell)
    return (_single(cell),)


def one_line(cell: Cell) -> str:
    """A cell in one line: names joined as Chinese lists join them, sentences kept apart."""
    of_sentences = isinstance(cell, tuple) and cell and not isinstance(cell[0], str)
    return (" | " if of_sentences else "、").join(lines(cell))


def _single(cell: str | int | date | Decimal | Bar | Lights | Term | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, Bar):
        return str(cell.count)
    if isinstance(cell, Lights):
        return f"红{cell.red} 黄{cell.yellow} 绿{cell.green}"
    if isinstance(cell, Term):
        return cell.label
    return visible(str(cell))


def _entry(entry: str | DatedText | Marked) -> str:
    if isinstance(entry, DatedText):
        return f"{entry.by} {visible(entry.text)}"
    if isinstance(entry, Marked):
        return f"{entry.label}: {visible(entry.text)}"
    return visible(entry)
