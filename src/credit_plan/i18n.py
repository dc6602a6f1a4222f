"""The language of messages: every message passes through `_`, `pgettext` or `plural`.

Sentences are written in English in the code. A process has one language, which `use_language` sets
before any other module is imported; their translations are `locale/<language>/LC_MESSAGES/*.mo`.
`messages` has what the program says, `rules` the pages of the rules, which few commands show.
"""

import gettext
from collections.abc import Iterable
from functools import cache
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
ENGLISH = "en"
CHINESE = "zh_CN"

_MAX_QUOTED = 40

_language = ENGLISH
_catalogue = gettext.NullTranslations()


def use_language(language: str) -> None:
    """Say everything in a language from now on: ENGLISH or CHINESE.

    Without its catalogue, as in a damaged installation or a zip file, that is ENGLISH.
    """
    global _language, _catalogue  # noqa: PLW0603  a process has one language
    _catalogue = _find_catalogue("messages", language)
    _language = language if isinstance(_catalogue, gettext.GNUTranslations) else ENGLISH


def get_language() -> str:
    """Return the language in use."""
    return _language


def _(message: str) -> str:
    """Return a message in the language in use."""
    return _catalogue.gettext(message)


def pgettext(context: str, message: str) -> str:
    """Return a message that has other translations elsewhere; `context` says which one it is."""
    return _catalogue.pgettext(context, message)


def plural(one: str, many: str, count: int, **values: object) -> str:
    """Return a sentence about a number of things, with `{count}` and other values filled in."""
    return _catalogue.ngettext(one, many, count).format(count=count, **values)


def mark(message: str) -> str:
    """Mark a message for translation where `_` takes it from a table; return it as it is."""
    return message


def mark_plural(one: str, many: str) -> tuple[str, str]:
    """Mark a sentence about a number of things in a table from which `plural` takes it later."""
    return one, many


def translate_page(page: str) -> str:
    """Return the page of a rule, whose paragraphs are translated one by one."""
    paragraphs = _find_catalogue("rules", _language).gettext
    return "\n\n".join(map(paragraphs, page.split("\n\n")))


def quote(text: str) -> str:
    """Return a user's words for a message: in quotes, and cut where they are long."""
    return f"“{text}”" if len(text) <= _MAX_QUOTED else f"“{text[:_MAX_QUOTED]}…”"


def join_list(items: Iterable[str]) -> str:
    """Return names, ids or other items as a list: `a, b, c`, in Chinese with 、 between them."""
    return pgettext("between the items of a list", ", ").join(items)


def join_clauses(clauses: Iterable[str]) -> str:
    """Return short statements as one sentence: `2 files formatted, 80 kept`, in Chinese with ，."""
    return pgettext("between clauses", ", ").join(clauses)


def join_alternatives(items: Iterable[str]) -> str:
    """Return items of which any one may be meant: `a or b or c`, in Chinese `a、b或c`."""
    return _join(
        items,
        pgettext("between alternatives", " or "),
        pgettext("before the last alternative", " or "),
    )


def join_all(items: Iterable[str]) -> str:
    """Return items that are all meant: `a and b and c`, in Chinese `a、b和c`."""
    return _join(
        items,
        pgettext("between items that are all meant", " and "),
        pgettext("before the last item", " and "),
    )


def join_sentences(sentences: Iterable[str]) -> str:
    """Return sentences one after the other; in Chinese nothing is between them."""
    return ("" if _language == CHINESE else " ").join(sentences)


def label(name: str, text: str) -> str:
    """Return a text with its name before it: `Lead: 市营商局`."""
    return pgettext("a name and what it is of", "{name}: {text}").format(name=name, text=text)


def _join(items: Iterable[str], separator: str, last_separator: str) -> str:
    *others, last = [*items] or [""]
    return f"{separator.join(others)}{last_separator}{last}" if others else last


@cache
def _find_catalogue(domain: str, language: str) -> gettext.NullTranslations:
    """Return the translations of a domain: none for English, or if they cannot be read."""
    if language == ENGLISH:
        return gettext.NullTranslations()
    try:
        return gettext.translation(domain, LOCALE, [language])
    except Exception:  # noqa: BLE001  gettext has no error of its own for a damaged file
        return gettext.NullTranslations()
