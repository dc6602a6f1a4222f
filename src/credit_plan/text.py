"""Text: white space, width, invisible characters, figures and numerals, and similar words."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from credit_plan.i18n import join_list

if TYPE_CHECKING:
    from decimal import Decimal

_WHITE_SPACE = re.compile(r"\s")
"""Few texts have any, and this is ten times as fast as what follows."""

_CHINESE_RANGES = (
    *(("\u3400", "\u9fff"), ("\u3001", "\u30ff"), ("\uff00", "\uffef")),
    *(("\u2014", "\u201d"), ("\u2026", "\u2026")),
)
"""The first and the last character of each, the most frequent first."""

_CHINESE = f"[{''.join(f'{first}-{last}' for first, last in _CHINESE_RANGES)}]"
_MARKS = ",;:?!.\"'"
_FULL_WIDTH = dict(zip(_MARKS, ("，", "；", "：", "？", "！", "。", "“”", "‘’"), strict=True))
_STRAY_SPACE = rf"(?<={_CHINESE})\s+|\s+(?={_CHINESE})|^\s+|\s+$|\s{{2,}}|[^\S ]"

HARMLESS_SPACE = (
    r"(?<!\s)(?:(?<![0-9A-Za-z])\s++|\s++(?![0-9A-Za-z]))"  # a run is looked at only once
)
"""White space that does not separate two Latin letters or digits."""

_HALF_WIDTH_FORMS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
"""The full-width letters, digits, marks and space of a Chinese keyboard."""

_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""The categories of Unicode: control, format, unassigned, private use and surrogate characters,
and the separators of lines and paragraphs."""

_INVISIBLE = (
    "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # a joiner, fillers of Hangul and Khmer
    "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"  # variation selectors
    "\u2800"  # the blank of Braille
)
_PRINTABLE_BUT_INVISIBLE = re.compile(f"[{_INVISIBLE}]")
_UNSEEN_SIGNS = (
    f"{_INVISIBLE}"
    "\ufffc\ufffd"  # stand-ins for an object and a lost character
    "\u2e80-\u2fd5"  # radicals
    # Compatibility ideographs, but for the twelve that are ideographs of their own.
    "\uf900-\ufa0d\ufa10\ufa12\ufa15-\ufa1e\ufa20\ufa22\ufa25\ufa26\ufa2a-\ufaff"
    "\U0002f800-\U0002fa1f"
)
_PRINTABLE_BUT_UNSEEN = f"[{_UNSEEN_SIGNS}]"
"""What `str.isprintable` takes for text; GitHub reads past the invisible ones in a command."""

_UNUSUAL = f"[{_MARKS} {_UNSEEN_SIGNS}]"
"""A half-width mark, a space, or an unseen character that is printable."""

_RADICAL = "[\u2e80-\u2fd5]"
_SIMPLIFIED = dict(
    zip(
        "⺠⻁⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰",
        "民虎见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙",
        strict=True,
    )
)
"""The radicals that PDF files give for common characters and that NFKC leaves alone."""

_ALLOWED_CONTROLS = "\n\t"

_YEARS = r"[0-9]{4}(?:[－-][0-9]{4})?年"
_FIGURE = r"([0-9]+(?:\.[0-9]+)?)"
_POWER = r"(万?亿?)"
_NO_UNIT = r"(?=[、，,；;。（(）)]|\Z)"
_ANY_UNIT = "\0"
_MAYBE_UNIT = r"[^\d\s、，,；;。（(）)]{0,3}"
_MULTIPLIERS = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = rf"([{''.join((*_DIGITS, *_POWERS))}]+)"
_CLAUSE_END = "[，；。]"
_FULL_COVERAGE = "全覆盖"
_PER_CENT = "%"
_RECENT = 2048
"""Texts that are kept without their stray spaces: many passages are looked for in the same ones."""

_BUDGET = 1_000_000
"""Pairs of characters: hundreds of searches in the units of a city, and a third of a second."""

_SHORT = 30
"""Characters that are enough to recognise a text, and fit beside an id in 80 columns."""

_WIDE_SPACE = "\u3000"
COMMAND_SIGN = r"#(?=#\w*\[)"
"""What begins a command of a build server anywhere in its log: `##[` of GitHub, `##vso[` of Azure
Pipelines, `##teamcity[`."""

_COMMAND = re.compile(rf"(?m)^[^\S\n]*(?=::)|{COMMAND_SIGN}")
"""The same, and what is before `::` at the start of a line, the other form of GitHub."""


def escape_controls(text: str) -> str:
    """Return the text with every character that is invisible, or that acts, as its escape."""
    if text.isprintable() and not _PRINTABLE_BUT_INVISIBLE.search(text):
        return text
    return "".join(
        character
        if character == _WIDE_SPACE
        or (character.isprintable() and not _PRINTABLE_BUT_INVISIBLE.match(character))
        else character.encode("unicode_escape").decode()
        for character in text
    )


def escape_lines(text: str) -> str:
    """Return lines in which nothing acts on a terminal or on a build server."""
    return escape_commands("\n".join(map(escape_controls, text.split("\n"))))


def escape_commands(lines: str) -> str:
    """Return lines in which a build server finds no command, each with a visible backslash.

    Escape control characters before: to a build server, some of them end a line.
    """
    return _COMMAND.sub(r"\g<0>\\", lines)


def has_unusual(text: str) -> bool:
    """Return whether a text may have white space, half-width marks or unseen characters.

    One search tells this of nearly every text, where each of the three takes one of its own.
    """
    return not text.isprintable() or any(
        it[0] not in _FULL_WIDTH or _is_in_chinese(text, it.start())
        for it in re.finditer(_UNUSUAL, text)
    )


def has_unseen(text: str) -> bool:
    """Return whether a text may have characters that `is_unseen`; nearly every other has none."""
    return not text.isprintable() or re.search(_PRINTABLE_BUT_UNSEEN, text) is not None


def find_unseen(text: str) -> Iterator[int]:
    """Yield the positions of the characters that `is_unseen`."""
    if has_unseen(text):
        yield from (index for index, character in enumerate(text) if is_unseen(character))


def is_unseen(character: str) -> bool:
    """Return whether a character cannot be seen, is no text, or only looks like an ideograph.

    A line feed and a tab are white space, which is judged elsewhere.
    """
    import unicodedata  # noqa: PLC0415  few texts have a character to look at

    return character not in _ALLOWED_CONTROLS and (
        unicodedata.category(character) in _UNSEEN
        or re.match(_PRINTABLE_BUT_UNSEEN, character) is not None
    )


def find_ideograph(character: str) -> str:
    """Return the ideograph that a character looks like: 人 for the radical ⼈; "" for others."""
    import unicodedata  # noqa: PLC0415  the same

    ideograph = _SIMPLIFIED.get(character) or unicodedata.normalize("NFKC", character)
    return ideograph if re.match("[\u3400-\u9fff\U00020000-\U0003ffff]", ideograph) else ""


def to_simplified(text: str) -> str:
    """Return a text with simplified characters for traditional ones: 财政局 for 財政局.

    What may be typed so is looked for as it is first, so that the table is rarely loaded.
    """
    if text.isascii():
        return text
    from credit_plan.traditional import TO_SIMPLIFIED  # noqa: PLC0415  as above

    return text.translate(TO_SIMPLIFIED)


def to_hyphens(text: str) -> str:
    """Return a text in half width with a hyphen for each dash, as dates and ids are written."""
    return re.sub("[—–―‐‑−]", "-", to_half_width(text))


def list_ideographs(text: str) -> list[str]:
    """Return the Chinese characters of a text, without its marks, letters and figures."""
    return re.findall("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]", text)


def is_radical(character: str) -> bool:
    """Return whether a character is a part of ideographs and not one itself."""
    return re.match(_RADICAL, character) is not None


def remove_unseen(text: str) -> str:
    """Return the text as people see it, with ideographs in place of what only looks like them."""
    if not has_unseen(text):
        return text
    return "".join(find_ideograph(it) if is_unseen(it) else it for it in text)


def to_half_width(text: str) -> str:
    """Return a text with the letters, digits and marks of a Chinese keyboard in half width.

    NFKC does more: to it, 10² is 102, and ① is 1.
    """
    return text.translate(_HALF_WIDTH_FORMS)


def has_white_space(text: str) -> bool:
    """Return whether a text can have stray spaces at all."""
    return _WHITE_SPACE.search(text) is not None


def find_stray_spaces(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of white space at the ends of a text or beside a Chinese character.

    A single space between Latin letters or figures is not stray.
    """
    if has_white_space(text):
        yield from (match.span() for match in re.finditer(_STRAY_SPACE, text))


@lru_cache(_RECENT)
def remove_stray_spaces(text: str) -> str:
    """Return the text as it is printed: no space beside Chinese, one between other words."""
    pieces, at = [], 0
    for start, end in find_stray_spaces(text):
        is_inside = start > 0 and end < len(text)
        is_between_words = is_inside and not re.search(_CHINESE, text[start - 1] + text[end])
        pieces += [text[at:start], " " if is_between_words else ""]
        at = end
    return "".join((*pieces, text[at:]))


def remove_harmless_spaces(text: str) -> str:
    """Return a name or a date without white space, but for that between Latin letters or digits.

    There it may separate two of them: 1 2 is not 12.
    """
    return re.sub(HARMLESS_SPACE, "", text)


def has_half_width_marks(text: str) -> bool:
    """Return whether `find_half_width_marks` finds any."""
    return any(True for _mark in find_half_width_marks(text))


def find_half_width_marks(text: str) -> Iterator[tuple[int, str]]:
    """Yield the position of each half-width mark in Chinese, and the full-width mark for it.

    Such a mark is between two Chinese characters, or after one at the end of the text. Brackets
    are left alone.
    """
    for match in re.finditer(f"[{_MARKS}]", text):
        if _is_in_chinese(text, match.start()):
            yield match.start(), _FULL_WIDTH[match[0]]


def _is_in_chinese(text: str, at: int) -> bool:
    """Return whether Chinese characters are before a mark and, if anything is, after it.

    It is not a pattern, because the many characters of Chinese take a millisecond to compile.
    """
    return (
        at > 0 and _is_chinese(text[at - 1]) and (at + 1 == len(text) or _is_chinese(text[at + 1]))
    )


def _is_chinese(character: str) -> bool:
    """Return whether _CHINESE has a character."""
    return any(first <= character <= last for first, last in _CHINESE_RANGES)


def split_clauses(text: str) -> list[str]:
    """Return the parts of a text between its commas, semicolons and full stops."""
    return re.split(_CLAUSE_END, text)


def find_figures(text: str, unit: str) -> frozenset[Decimal]:
    """Return the figures that a text prints in a unit, without its years.

    The unit must follow the figure, unless the text prints none: 0 in “瞒报率为0”. 1万户 is 10000
    in 户 and 3亿元 is 3 in 亿元; 4000余户 is 4000 in 户, 一次 is 1 in 次, and 全覆盖 is 100 in ％.
    """
    from decimal import Decimal  # noqa: PLC0415  most answers have no figure

    written, unit = re.sub(_YEARS, "", to_half_width(text)), to_half_width(unit)
    # Most units are replaced, so that one pattern is compiled and not one for each.
    name = unit if unit in _MULTIPLIERS else _ANY_UNIT
    written = written.replace(unit, name)
    figures = {
        Decimal(figure) * _MULTIPLIERS[power]
        for figure, power in re.findall(rf"{_FIGURE}{_POWER}(?:[余多]?{name}|{_NO_UNIT})", written)
    }
    numerals = re.findall(_NUMERAL + name, written)
    figures.update(Decimal(parse_numeral(numeral)) for numeral in numerals)
    if unit == _PER_CENT and _FULL_COVERAGE in written:
        figures.add(Decimal(100))
    return frozenset(figures)


def find_quantity(text: str, figure: Decimal) -> str:
    """Return a figure as a text prints it, with what may be its unit: 4000户; "" if it does not."""
    from decimal import Decimal  # noqa: PLC0415  most answers have no figure

    written = re.sub(_YEARS, "", to_half_width(text))
    for match in re.finditer(_FIGURE + _POWER + _MAYBE_UNIT, written):
        printed = Decimal(match[1])
        if figure in (printed, printed * _MULTIPLIERS[match[2]]):
            return match[0]
    return ""


def parse_numeral(numeral: str) -> int:
    """Return the value of a Chinese numeral below ten thousand: 23 for 二十三."""
    total, digit = 0, 0
    for character in numeral:
        if character in _POWERS:
            total += (digit or 1) * _POWERS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def format_numeral(number: int) -> str:
    """Return the Chinese numeral of a number from 1 to 99: 二十三 for 23."""
    digits: Sequence[str] = ("", *"一二三四五六七八九")
    tens = "十" if number >= 10 else ""  # noqa: PLR2004
    return digits[number // 10].removeprefix("一") + tens + digits[number % 10]


def format_figure(figure: Decimal) -> str:
    """Return a figure without an exponent, and without zeros at the end of its decimals."""
    return f"{figure.normalize():f}"


def join_first(names: Sequence[str], most: int) -> str:
    """Return at most so many names, with “…” for the others: `7.5, 8.3, …`."""
    more = ["…"] if len(names) > most else []
    return join_list([*names[:most], *more])


def join_words(*words: str) -> str:
    """Return a command as it is typed into the system's shell."""
    if sys.platform == "win32":
        from subprocess import list2cmdline  # noqa: PLC0415  only advice on what to type needs it

        return list2cmdline(words)
    from shlex import join  # noqa: PLC0415  likewise

    return join(words)


def mark_id(measure: str) -> str:
    """Return 第7.10项, which is text in every spreadsheet: 7.10 alone becomes 7.1."""
    return f"第{measure}项"


def shorten(text: str) -> str:
    """Return as much of a text as is needed to recognise it."""
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"


def suggest(
    word: str, known: Iterable[str], *, most: int = 3, cutoff: float = 0.6
) -> tuple[str, ...]:
    """Return the known words that are most similar to a misspelt one, the most similar first.

    `cutoff` is the least similarity, as difflib measures it.
    """
    return tuple(get_close_matches(word, list(known), n=most, cutoff=cutoff))


class Vocabulary:
    """Words that may be meant by misspelt ones.

    Searches are slow, so their total work is limited. After that, only searches that were made
    before return anything.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)
        self._size = sum(map(len, self.words))
        self._left = _BUDGET
        self._found: dict[tuple[str, int, float], tuple[str, ...]] = {}

    def suggest(self, word: str, *, most: int = 3, cutoff: float = 0.6) -> tuple[str, ...]:
        """Return what the function `suggest` does; nothing if that would take too long."""
        search, cost = (word, most, cutoff), len(word) * self._size
        if search not in self._found and cost <= self._left:
            self._left -= cost
            self._found[search] = suggest(word, self.words, most=most, cutoff=cutoff)
        return self._found.get(search, ())
