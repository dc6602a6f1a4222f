"""Which language is asked for: by an option, by a variable, by the locale, or by Windows."""

from __future__ import annotations

import locale
import re
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from credit_plan.i18n import CHINESE, ENGLISH

OPTION = "--lang"
VARIABLE = "CREDIT_PLAN_LANG"
_OF_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
DASHES = "-－—–―‐‑−"
"""What begins an option: hyphens, the dashes of a Chinese keyboard, those that editors make."""

_CHINESE_NAMES = frozenset({"zh", "chinese", "中文", "简体中文", "汉语"})
_ENGLISH_NAMES = frozenset({"en", "english", "英文", "英语"})


class Chosen(NamedTuple):
    """A language, and the option or variable that asks for it; "" where nothing does."""

    language: str
    source: str


def choose_language(words: Sequence[str], environ: Mapping[str, str]) -> Chosen:
    """Return the language for a command line and its environment.

    Names that are not known are no choice here: the option refuses them later.
    """
    asked = ((OPTION, _find_option(words)), (VARIABLE, environ.get(VARIABLE, "")))
    for source, name in asked:
        if language := parse_language(name):
            return Chosen(language, source)
    for source in _OF_LOCALE:
        if name := environ.get(source, ""):
            return Chosen(parse_language(name) or ENGLISH, source)
    if sys.platform == "win32" and parse_language(_name_windows_locale()) == CHINESE:
        return Chosen(CHINESE, "Windows")
    return Chosen(ENGLISH, "")


def parse_language(name: str) -> str:
    """Return the language of a name such as `zh`, `zh_CN.UTF-8` or `en-GB`; "" if it is none."""
    plain = re.split(r"[-_.@ ]", _to_half_width(name).strip().lower())[0]
    return CHINESE if plain in _CHINESE_NAMES else ENGLISH if plain in _ENGLISH_NAMES else ""


def _find_option(words: Sequence[str]) -> str:
    """Return what the last `--lang` on a command line says; "" if there is none."""
    found = ""
    for at, word in enumerate(words):
        if word == "--":
            break
        if word[:1] not in DASHES:
            continue
        name, sign, value = _to_half_width(word).partition("=")
        if name.strip(DASHES) == "lang":
            found = value if sign else "".join(words[at + 1 : at + 2])
    return found


def _to_half_width(text: str) -> str:
    if text.isascii():
        return text
    from credit_plan.text import to_half_width  # noqa: PLC0415  a start rarely needs it

    return to_half_width(text)


def _name_windows_locale() -> str:
    """Return the locale that Python has taken from Windows: `Chinese (Simplified)_China.936`."""
    return locale.setlocale(locale.LC_CTYPE)
