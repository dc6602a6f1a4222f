"""Options whose values come from a short list, in codes or in Chinese.

Typer's own choice takes codes alone.
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Generic, NamedTuple, TypeVar

import typer

from credit_plan.i18n import _, join_list, quote
from credit_plan.text import to_half_width, to_simplified

ValueT = TypeVar("ValueT", bound=StrEnum)

_SEPARATOR = "[,、]"


class Choice(NamedTuple, Generic[ValueT]):
    """The values of an option, each with its Chinese words; the first of them is shown.

    English shows the code before the word, and Chinese the word before the code.
    """

    words: Mapping[ValueT, tuple[str, ...]]

    def option(self, name: str, metavar: str, help_text: str) -> Any:  # noqa: ANN401  typer's own
        """Return an option for one value; `{values}` in its help becomes all of them."""
        return typer.Option(
            name,
            metavar=metavar,
            help=help_text.format(values=self),
            parser=self.parse,
            autocompletion=self.complete,
        )

    def repeatable_option(self, name: str, metavar: str, help_text: str) -> Any:  # noqa: ANN401  as above
        """Return an option for several values: repeated, or with commas between them.

        Annotate it as `list[str] | None`: typer would take `done,blocked` for one member of an
        enum. The command gets the members.
        """
        return typer.Option(
            name,
            metavar=metavar,
            help=help_text.format(values=self),
            callback=self.parse_several,
            autocompletion=self.complete_last,
        )

    def __str__(self) -> str:
        pairs = ((value, words[0]) for value, words in self.words.items())
        return join_list(_("{code} ({word})").format(code=code, word=word) for code, word in pairs)

    def parse(self, text: str) -> ValueT:
        """Return the value of a code or of a Chinese word; raise BadParameter for another."""
        written = to_half_width(text).strip().lower()
        for value, words in self.words.items():
            if written in (value, *words) or to_simplified(written) in words:
                return value
        message = _("{text} is not one of: {values}")
        raise typer.BadParameter(message.format(text=quote(text), values=self))

    def parse_several(self, texts: Iterable[str] | None) -> list[ValueT] | None:
        """Return the values of all texts, each once; None where nothing was given."""
        parts = (part for text in texts or () for part in _split(text))
        return list(dict.fromkeys(map(self.parse, parts))) or None

    def complete(self, incomplete: str) -> list[tuple[str, str]]:
        """Return the codes that begin with what was typed, or else the Chinese words that do."""
        codes = [(str(it), words[0]) for it, words in self.words.items()]
        chinese = [(word, str(it)) for it, words in self.words.items() for word in words]
        return [pair for pair in codes if pair[0].startswith(incomplete)] or [
            pair for pair in chinese if pair[0].startswith(incomplete)
        ]

    def complete_last(self, incomplete: str) -> list[tuple[str, str]]:
        """Return what `complete` does for what comes after the last comma; the rest stays.

        Nothing completes after a word that is none of the values: a shell would read it again.
        """
        *others, last = _split(incomplete)
        known = {word for value, words in self.words.items() for word in (value, *words)}
        if not known.issuperset(others):
            return []
        before = incomplete.removesuffix(last)
        return [(f"{before}{value}", word) for value, word in self.complete(last)]


def _split(text: str) -> list[str]:
    return re.split(_SEPARATOR, text.replace("，", ","))
