"""Texts that differ, as the parts that a writer shows: what stayed, what went, and what came."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import Enum, auto, unique
from typing import Final

from credit_plan.i18n import _
from credit_plan.table import (
    Bar,
    Cell,
    Changed,
    DatedText,
    EvidenceRef,
    Figures,
    Highlighted,
    Label,
    Lights,
)
from credit_plan.text import format_figure

_CUT: Final = "…"
_HEAD: Final = re.compile(r"(?s).{0,12}[0-9A-Za-z.]*")
_TAIL: Final = re.compile(r"(?s)[0-9A-Za-z.]*.{12}\Z")
"""What is kept of a long part that stayed beside a change; no figure and no word is torn apart."""


@unique
class Part(Enum):
    """Whether a part of a text stayed, was there, or is there now."""

    STAYED = auto()
    WAS = auto()
    IS = auto()


def parts(entry: Changed, *, shortened: bool = True) -> Iterator[tuple[Part, str]]:
    """The parts in the order in which they are read; what stayed may be cut to what is near."""
    last = len(entry.pieces) - 1
    for at, (was, now) in enumerate(entry.pieces):
        if was == now:
            cut = shortened and last > 0
            yield Part.STAYED, _near(was, first=at == 0, last=at == last) if cut else was
            continue
        if was:
            yield Part.WAS, was
        if is_replaced(entry):
            yield Part.STAYED, " → "
        if now:
            yield Part.IS, now
    if entry.note:
        yield Part.STAYED, f" ({entry.note})"


def changed_text(entry: Changed, *, shortened: bool = True) -> str:
    """The parts in one line: `2022 → 2023`, or `由[-甲-]{+乙+}办` where something stayed."""
    if is_replaced(entry):
        return "".join(text for _part, text in parts(entry))
    marks = {Part.STAYED: "{}", Part.WAS: "[-{}-]", Part.IS: "{{+{}+}}"}
    return "".join(marks[part].format(text) for part, text in parts(entry, shortened=shortened))


def is_replaced(entry: Changed) -> bool:
    """Whether all of one value became all of another."""
    was, now = entry.pieces[0]
    return len(entry.pieces) == 1 and was != now and bool(was and now)


def _near(text: str, *, first: bool, last: bool) -> str:
    """Of a part that stayed, what stands beside the changes around it."""
    head = "" if first else _matched(_HEAD.match(text))
    tail = "" if last else _matched(_TAIL.search(text))
    short = f"{head}{_CUT}{tail}"
    enough = len(short) < len(text) and (last or tail)
    return short if enough else text


def _matched(match: re.Match[str] | None) -> str:
    return match[0] if match else ""


_WIDE_SPACE: Final = "\u3000"


def escape_controls(text: str) -> str:
    """The text with every character that would not show, or would act, written as its escape."""
    if text.isprintable():
        return text
    return "".join(
        sign
        if sign.isprintable() or sign == _WIDE_SPACE
        else sign.encode("unicode_escape").decode()
        for sign in text
    )


def cell_lines(cell: Cell) -> tuple[str, ...]:
    """A cell as the lines that it has by itself; each may be wrapped, none may be joined."""
    if isinstance(cell, tuple):
        return tuple(_entry_text(entry) for entry in cell)
    if isinstance(cell, Figures):
        return tuple(f"{it.label} {format_figure(it.value)}{it.unit}" for it in cell.entries)
    if isinstance(cell, str):
        return tuple(map(escape_controls, cell.split("\n")))
    return (_single(cell),)


def one_line(cell: Cell) -> str:
    """A cell in one line: names joined as Chinese lists join them, sentences kept apart."""
    of_names = isinstance(cell, tuple) and (not cell or isinstance(cell[0], str))
    of_sentences = not (of_names or isinstance(cell, Figures))
    return (" | " if of_sentences else "、").join(cell_lines(cell))


def _single(cell: int | date | Decimal | Bar | Changed | Lights | Label | None) -> str:
    match cell:
        case None:
            text = ""
        case bool():
            text = _("yes") if cell else _("no")
        case Bar():
            text = str(cell.count)
        case Lights():
            text = f"红{cell.red} 黄{cell.yellow} 绿{cell.green}"
        case Label():
            text = cell.label
        case Changed():
            text = _entry_text(cell)
        case Decimal():
            text = format_figure(cell)
        case _:
            text = escape_controls(str(cell))
    return text


def _entry_text(entry: str | DatedText | Highlighted | Changed | EvidenceRef) -> str:
    if isinstance(entry, DatedText):
        return f"{entry.by} {escape_controls(entry.text)}"
    if isinstance(entry, Highlighted):
        return f"{entry.label}: {escape_controls(entry.text)}"
    if isinstance(entry, Changed):
        return escape_controls(changed_text(entry))
    return escape_controls(entry.place if isinstance(entry, EvidenceRef) else entry)
