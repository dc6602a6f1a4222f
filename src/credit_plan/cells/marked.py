"""Texts in which something is marked: the hits of `search`, the changes of `diff`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from credit_plan.cells import CellValue, Emphasis, Line, plain_line
from credit_plan.i18n import label, pgettext

_ELLIPSIS = "…"
_HEAD = re.compile(r"(?s).{0,12}[0-9A-Za-z.]*")
_TAIL = re.compile(r"(?s)[0-9A-Za-z.]*.{12}\Z")
"""What is kept of a long unchanged part beside a change; no figure and no word is torn apart."""


@dataclass(frozen=True, slots=True)
class Highlighted(CellValue):
    """A text with the hits (start, end) of a search; `field` says which text it is.

    It is called `label` where people read it, and `name` in CSV for programs.
    """

    field: str
    label: str
    text: str
    hits: tuple[tuple[int, int], ...]
    name: str
    has_codes: ClassVar[bool] = True

    def lines(self) -> tuple[Line, ...]:
        """Return the label and the text, in which the hits are marked."""
        return (((label(self.label, ""), Emphasis.FIELD), *self._pieces()),)

    def data(self) -> object:
        """Return the text and where its hits are."""
        return {"field": self.field, "text": self.text, "hits": self.hits}

    def data_line(self) -> Line:
        """Return the text with its name, which is the same in every language."""
        return plain_line(f"{self.name}: {self.text}")

    def _pieces(self) -> Iterator[tuple[str, Emphasis]]:
        end = 0
        for start, stop in self.hits:
            yield self.text[end:start], Emphasis.NONE
            yield self.text[start:stop], Emphasis.HIT
            end = stop
        yield self.text[end:], Emphasis.NONE


@dataclass(frozen=True, slots=True)
class Changed(CellValue):
    """A text in pieces, each as it was and as it is; both are the same where nothing changed.

    `note` is a remark for people, and follows the text.
    """

    pieces: tuple[tuple[str, str], ...]
    note: str = ""

    def lines(self) -> tuple[Line, ...]:
        """Return one line; of unchanged parts only what is near a change."""
        return (self._line(is_cut=len(self.pieces) > 1),)

    def data(self) -> object:
        """Return an object for each piece."""
        return [
            {"same": was} if was == now else {"was": was, "is": now} for was, now in self.pieces
        ]

    def data_line(self) -> Line:
        """Return the whole text."""
        return self._line(is_cut=False)

    def _line(self, *, is_cut: bool) -> Line:
        (was, now), *others = self.pieces
        remark = pgettext("after a text", " ({remark})").format(remark=self.note)
        note = plain_line(remark) if self.note else ()
        if was and now and was != now and not others:
            return (was, Emphasis.OLD), (" → ", Emphasis.NONE), (now, Emphasis.NEW), *note
        return (*self._parts(is_cut=is_cut), *note)

    def _parts(self, *, is_cut: bool) -> Iterator[tuple[str, Emphasis]]:
        last = len(self.pieces) - 1
        for at, (was, now) in enumerate(self.pieces):
            if was == now:
                part = _cut(was, is_first=at == 0, is_last=at == last) if is_cut else was
                yield part, Emphasis.NONE
                continue
            if was:
                yield was, Emphasis.REMOVED
            if now:
                yield now, Emphasis.ADDED


def _cut(text: str, *, is_first: bool, is_last: bool) -> str:
    """Shorten an unchanged part to what is beside the changes before and after it."""
    head = "" if is_first or not (match := _HEAD.match(text)) else match[0]
    tail = "" if is_last or not (match := _TAIL.search(text)) else match[0]
    short = f"{head}{_ELLIPSIS}{tail}"
    return short if len(short) < len(text) and (is_last or tail) else text
