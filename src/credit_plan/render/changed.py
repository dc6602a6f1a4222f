"""Texts that differ, as the parts that a writer shows: what stayed, what went, and what came."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto, unique
from typing import Final

from credit_plan.table import Changed

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


def plain(entry: Changed, *, shortened: bool = True) -> str:
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
    head = "" if first else _found(_HEAD.match(text))
    tail = "" if last else _found(_TAIL.search(text))
    short = f"{head}{_CUT}{tail}"
    enough = len(short) < len(text) and (last or tail)
    return short if enough else text


def _found(match: re.Match[str] | None) -> str:
    return match[0] if match else ""
