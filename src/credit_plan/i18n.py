"""The language of messages: every message passes through `_`, `pgettext` or `plural`.

Sentences are written in English in the code. A process has one language, which `use_language` sets
before any other module is imported; their translations are `locale/<language>/LC_MESSAGES/*.mo`.
`messages` has what the program says, `rules` the pages of the rules, which few commands show.
"""

import gettext
from functools import cache
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
ENGLISH = "en"
CHINESE = "zh_CN"

_MAX_QUOTED = 40

_language = ENGLISH
_catalogue = gettext.NullTranslations()


def use_language(language: str) -> None:
    """Say everything in a language from now on: ENGLISH or CHINESE."""
    global _language, _catalogue  # noqa: PLW0603  a process has one language
    _language = language
    _catalogue = _find_catalogue("messages", language)


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


def translate_page(page: str) -> str:
    """Return the page of a rule, whose paragraphs are translated one by one."""
    paragraphs = _find_catalogue("rules", _language).gettext
    return "\n\n".join(map(paragraphs, page.split("\n\n")))


def quote(text: str) -> str:
    """Return a user's words for a message: in quotes, and cut where they are long."""
    return f"“{text}”" if len(text) <= _MAX_QUOTED else f"“{text[:_MAX_QUOTED]}…”"


@cache
def _find_catalogue(domain: str, language: str) -> gettext.NullTranslations:
    if language == ENGLISH:
        return gettext.NullTranslations()
    return gettext.translation(domain, LOCALE, [language])
