"""Names as they are typed in pinyin: in full, by initials, or mixed.

市住建局, `shi zhu jian ju`, may be typed shizhujianju, szjj or shizjj; 住建 may be zhujian or zj.
"""

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum, unique
from typing import TypeVar

from credit_plan.text import list_ideographs, to_half_width

_BETWEEN_SYLLABLES = re.compile(r"[\s'’-]")

T = TypeVar("T")
Spelled = tuple[Sequence[str], T]
"""The syllables of a name, and what has the name."""


@unique
class Match(IntEnum):
    """How letters match the syllables of a name, the less certain before the more certain."""

    INSIDE = 1
    """From a later syllable on."""
    FIRST = 2
    """Only the first syllable, or its beginning."""
    BEGUN = 3
    """Two syllables or more, from the first on, of which any may be shortened."""
    BEGUN_IN_FULL = 4
    WHOLE = 5
    """All syllables, of which any may be shortened."""
    WHOLE_IN_FULL = 6


def fold_letters(typed: str) -> str:
    """Return what was typed as lowercase letters; "" if it cannot be pinyin. ü is v."""
    letters = _BETWEEN_SYLLABLES.sub("", to_half_width(typed)).lower().replace("ü", "v")
    return letters if letters.isascii() and letters.isalpha() else ""


def spell_characters(name: str, pinyin: str) -> dict[str, str]:
    """Return the syllables of the Chinese characters in a name, whose pinyin is given."""
    return dict(zip(list_ideographs(name), pinyin.split(), strict=False))


def find_best(letters: str, spelled: Iterable[Spelled[T]], least: Match) -> tuple[T, ...]:
    """Return what has the names that letters match best, if they match as well as `least`."""
    best: int = least
    found: list[T] = []
    for syllables, named in spelled:
        match = _match(letters, syllables)
        if not match and best <= Match.INSIDE and _is_inside(letters, syllables):
            match = Match.INSIDE
        if match > best:
            best, found = match, []
        if match == best:
            found.append(named)
    return tuple(dict.fromkeys(found))


def _match(letters: str, syllables: Sequence[str]) -> int:
    """Return how letters match the syllables of a name from the first on; 0 if they do not."""
    count = _count_matched(letters, syllables)
    if not count:
        return 0
    is_full = letters == "".join(syllables[:count])
    if count == len(syllables):
        return Match.WHOLE_IN_FULL if is_full else Match.WHOLE
    if count == 1:
        return Match.FIRST
    return Match.BEGUN_IN_FULL if is_full else Match.BEGUN


def _is_inside(letters: str, syllables: Sequence[str]) -> bool:
    return any(_count_matched(letters, syllables[at:]) for at in range(1, len(syllables)))


def _count_matched(letters: str, syllables: Sequence[str]) -> int:
    """Return how many syllables the letters are the beginnings of, at most; 0 if of none."""
    most, ends = 0, {0}
    for count, syllable in enumerate(syllables, 1):
        ends = {end + length for end in ends for length in _list_lengths(letters, end, syllable)}
        if not ends:
            break
        if len(letters) in ends:
            most = count
    return most


def _list_lengths(letters: str, start: int, syllable: str) -> list[int]:
    """Return how many letters of a syllable may be meant by those from `start` on."""
    lengths = range(1, len(syllable) + 1)
    return [it for it in lengths if letters.startswith(syllable[:it], start)]
