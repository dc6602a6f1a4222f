"""Where two wordings differ: pieces that stayed, went and came, none of them a splinter."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final

from credit_plan.changes import Pieces

_TOKEN: Final = re.compile(r"[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*|.", re.DOTALL)
"""A figure or a Latin word, which is replaced as a whole, or a single character."""

_SPLINTER: Final = 1
"""Characters: what so few have in common between two changes is chance."""

_KINSHIP: Final = 0.3
"""Texts that share less than this have nothing in common that a reader would look for."""

_LONGEST: Final = 10_000
"""Characters of a text that is looked into; the longest of the published plan has 300."""


def pieces(was: str, now: str) -> Pieces:
    """The two texts cut where they differ; one piece where nothing of the first is left."""
    if was == now or not was or not now or max(len(was), len(now)) > _LONGEST:
        return ((was, now),)
    before, after = _TOKEN.findall(was), _TOKEN.findall(now)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    cut = [
        ("".join(before[start:end]), "".join(after[begin:stop]))
        for _tag, start, end, begin, stop in matcher.get_opcodes()
    ]
    kept = sum(len(old) for old, new in cut if old == new)
    if 2 * kept < _KINSHIP * (len(was) + len(now)):
        return ((was, now),)
    return _without_splinters(cut)


def _without_splinters(cut: list[tuple[str, str]]) -> Pieces:
    """The same pieces; changes that only a splinter keeps apart are one."""
    tidy: list[tuple[str, str]] = []
    for at, (old, new) in enumerate(cut):
        between = 0 < at < len(cut) - 1
        splinter = old == new and between and len(old) <= _SPLINTER
        open_end = bool(tidy) and tidy[-1][0] != tidy[-1][1]
        if open_end and (splinter or old != new):
            tidy[-1] = (tidy[-1][0] + old, tidy[-1][1] + new)
        else:
            tidy.append((old, new))
    return tuple(tidy)
