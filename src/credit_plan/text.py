"""How the words of the plan are written: stray white space, narrow marks, figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from difflib import get_close_matches
from typing import Final

_WHITE: Final = re.compile(r"\s")
"""Nearly no text has any, and this is seen ten times as quickly as what follows."""

_CHINESE: Final = r"[\u2014-\u201d\u2026\u3001-\u30ff\u3400-\u9fff\uff00-\uffef]"
_NARROW: Final = rf"[,;:?!.\"'](?<={_CHINESE}.)(?={_CHINESE}|\Z)"
"""What a mark stands behind is looked at last: there are few marks, and many characters."""

_WIDE: Final = dict(zip(",;:?!.\"'", ("，", "；", "：", "？", "！", "。", "“”", "‘’"), strict=True))
_STRAY: Final = rf"(?<={_CHINESE})\s+|\s+(?={_CHINESE})|^\s+|\s+$|\s{{2,}}|[^\S ]"

_YEARS: Final = re.compile(r"[0-9]{4}(?:[－-][0-9]{4})?年")
_FIGURE: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?)([万亿]?)")
_TIMES: Final = {"": 1, "万": 10_000, "亿": 100_000_000}
_DIGITS: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_STEPS: Final = {"十": 10, "百": 100, "千": 1000}
_NUMERAL: Final = rf"([{''.join((*_DIGITS, *_STEPS))}]+)"
_CLAUSES: Final = re.compile(r"[，；。]")
_ALL_OF_IT: Final = "全覆盖"
_PER_CENT: Final = "％"
_BEGINNING: Final = 30
"""Characters that are enough to know a text by, and fit beside an id in 80 columns."""


def has_white_space(text: str) -> bool:
    """Whether a text can have stray spaces at all."""
    return _WHITE.search(text) is not None


def find_stray_spaces(text: str) -> Iterator[tuple[int, int]]:
    """White space at the ends of a text or beside a Chinese character, as (start, end).

    Between Latin letters or figures a single space may stand.
    """
    if has_white_space(text):
        yield from (stray.span() for stray in re.finditer(_STRAY, text))


def remove_stray_spaces(text: str) -> str:
    """The text as the plan would print it: nothing beside Chinese, one space between words."""
    if not _WHITE.search(text):
        return text
    pieces, at = [], 0
    for start, end in find_stray_spaces(text):
        between_words = start > 0 and end < len(text) and not _is_beside_chinese(text, start, end)
        pieces += [text[at:start], " " if between_words else ""]
        at = end
    return "".join((*pieces, text[at:]))


def has_half_width_marks(text: str) -> bool:
    """Whether a text has a mark in half width where Chinese text has one in full width."""
    return re.search(_NARROW, text) is not None


def find_half_width_marks(text: str) -> Iterator[tuple[int, str]]:
    """Each such mark: its position, and the mark in full width that belongs there.

    It stands between two Chinese characters, or behind one at the end of the text. Brackets are
    left alone.
    """
    yield from ((mark.start(), _WIDE[mark[0]]) for mark in re.finditer(_NARROW, text))


def split_clauses(text: str) -> list[str]:
    """What stands between the commas, semicolons and full stops of a text."""
    return _CLAUSES.split(text)


def find_figures(text: str, unit: str) -> frozenset[Decimal]:
    """The figures that a text prints, counted in a unit; years are none.

    1万户 is 10000 in 户 and 3亿元 is 3 in 亿元; 一次 is 1 in 次, and 全覆盖 is 100 in ％.
    """
    found = {
        Decimal(figure) * (1 if times and unit.startswith(times) else _TIMES[times])
        for figure, times in _FIGURE.findall(_YEARS.sub("", text))
    }
    found.update(Decimal(parse_numeral(it)) for it in re.findall(_NUMERAL + re.escape(unit), text))
    if unit == _PER_CENT and _ALL_OF_IT in text:
        found.add(Decimal(100))
    return frozenset(found)


def parse_numeral(numeral: str) -> int:
    """What a Chinese numeral below ten thousand says: 二十三 is 23."""
    total, digit = 0, 0
    for sign in numeral:
        if sign in _STEPS:
            total += (digit or 1) * _STEPS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit


def suggest(
    word: str, known: Iterable[str], *, most: int = 3, cutoff: float = 0.6
) -> tuple[str, ...]:
    """Return the known words that are most like a misspelt one, the likest first.

    `cutoff` is the ratio of difflib from which on two words are alike.
    """
    return tuple(get_close_matches(word, list(known), n=most, cutoff=cutoff))


def shorten(text: str) -> str:
    """As much of a text as it is known by."""
    return text if len(text) <= _BEGINNING else f"{text[:_BEGINNING]}…"


def format_figure(figure: Decimal) -> str:
    """A figure without an exponent, and without noughts behind the point that say nothing."""
    return f"{figure.normalize():f}"


def _is_beside_chinese(text: str, start: int, end: int) -> bool:
    return bool(re.match(_CHINESE, text[start - 1]) or re.match(_CHINESE, text[end]))
