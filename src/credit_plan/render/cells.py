"""Cells as text: what each type of cell looks like, the same in every format for people."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from credit_plan import prose
from credit_plan.language import _
from credit_plan.render.changed import plain
from credit_plan.table import Bar, Cell, Changed, DatedText, Figures, Lights, Marked, Proof, Term

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
    if isinstance(cell, Figures):
        return tuple(f"{it.label} {prose.plain(it.value)}{it.unit}" for it in cell.entries)
    if isinstance(cell, str):
        return tuple(map(visible, cell.split("\n")))
    return (_single(cell),)


def one_line(cell: Cell) -> str:
    """A cell in one line: names joined as Chinese lists join them, sentences kept apart."""
    of_names = isinstance(cell, tuple) and (not cell or isinstance(cell[0], str))
    of_sentences = not (of_names or isinstance(cell, Figures))
    return (" | " if of_sentences else "、").join(lines(cell))


def _single(cell: int | date | Decimal | Bar | Changed | Lights | Term | None) -> str:
    match cell:
        case None:
            text = ""
        case bool():
            text = _("yes") if cell else _("no")
        case Bar():
            text = str(cell.count)
        case Lights():
            text = f"红{cell.red} 黄{cell.yellow} 绿{cell.green}"
        case Term():
            text = cell.label
        case Changed():
            text = _entry(cell)
        case Decimal():
            text = prose.plain(cell)
        case _:
            text = visible(str(cell))
    return text


def _entry(entry: str | DatedText | Marked | Changed | Proof) -> str:
    if isinstance(entry, DatedText):
        return f"{entry.by} {visible(entry.text)}"
    if isinstance(entry, Marked):
        return f"{entry.label}: {visible(entry.text)}"
    if isinstance(entry, Changed):
        return visible(plain(entry))
    return visible(entry.place if isinstance(entry, Proof) else entry)
