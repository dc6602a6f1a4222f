"""Cells of a table: text, numbers, dates, and the types here, which say how they are read.

Each type gives the lines that people read and the data that machines get. Formatters add what
they need around it: escapes, styles, folding.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto, unique

from credit_plan.text import format_figure

_ELLIPSIS = "…"
_HEAD = re.compile(r"(?s).{0,12}[0-9A-Za-z.]*")
_TAIL = re.compile(r"(?s)[0-9A-Za-z.]*.{12}\Z")
"""What is kept of a long unchanged part beside a change; no figure and no word is torn apart."""


@unique
class Emphasis(Enum):
    """What sets a piece of text off from the rest of its line.

    REMOVED and ADDED are parts of a text that changed; OLD and NEW are whole values, one of which
    replaced the other.
    """

    NONE = auto()
    FIELD = auto()
    HIT = auto()
    REMOVED = auto()
    ADDED = auto()
    OLD = auto()
    NEW = auto()


Line = tuple[tuple[str, Emphasis], ...]
"""The pieces of a line, each with its emphasis."""


def plain_line(text: str) -> Line:
    """Return a line of one piece, which is not set off."""
    return ((text, Emphasis.NONE),)


class CellValue:
    """A cell, or an entry of one, that is more than text, a number or a date.

    An entry of a tuple has one line.
    """

    __slots__ = ()

    def lines(self) -> tuple[Line, ...]:
        """Return the lines that people read."""
        raise NotImplementedError

    def data(self) -> object:
        """Return what JSON carries."""
        raise NotImplementedError

    def data_line(self) -> Line:
        """Return what CSV carries: codes where the words depend on the language."""
        return self.lines()[0]


@dataclass(frozen=True, slots=True)
class DatedText(CellValue):
    """A passage of text and the day by which it is to be reached."""

    by: date
    text: str

    def lines(self) -> tuple[Line, ...]:
        """Return the day and the text."""
        return (plain_line(f"{self.by} {self.text}"),)

    def data(self) -> object:
        """Return an object with the same keys."""
        return {"by": self.by, "text": self.text}


@dataclass(frozen=True, slots=True)
class Highlighted(CellValue):
    """A text with the hits (start, end) of a search; `field` says which text it is."""

    field: str
    label: str
    text: str
    hits: tuple[tuple[int, int], ...]

    def lines(self) -> tuple[Line, ...]:
        """Return the label and the text, in which the hits are marked."""
        return (((f"{self.label}: ", Emphasis.FIELD), *self._pieces()),)

    def data(self) -> object:
        """Return the text and where its hits are."""
        return {"field": self.field, "text": self.text, "hits": self.hits}

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
        note = plain_line(f" ({self.note})") if self.note else ()
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


@dataclass(frozen=True, slots=True)
class Bar(CellValue):
    """A count, drawn in proportion to the largest of its column."""

    count: int
    maximum: int

    def lines(self) -> tuple[Line, ...]:
        """Return the count."""
        return (plain_line(str(self.count)),)

    def data(self) -> object:
        """Return the count."""
        return self.count


@dataclass(frozen=True, slots=True)
class Lights(CellValue):
    """How many of something have each light, drawn in proportion to the largest of the column.

    Without a maximum nothing is drawn, and people read only the counts.
    """

    red: int
    yellow: int
    green: int
    maximum: int | None = None

    def lines(self) -> tuple[Line, ...]:
        """Return the three counts: `红2 黄1 绿0`, or `2·1·0`."""
        if self.maximum is None:
            return (plain_line("·".join(map(str, self.data().values()))),)
        return (self.data_line(),)

    def data_line(self) -> Line:
        """Return the three counts with the names of their lights."""
        return plain_line(f"红{self.red} 黄{self.yellow} 绿{self.green}")

    def data(self) -> dict[str, int]:
        """Return the counts by their lights."""
        return {"red": self.red, "yellow": self.yellow, "green": self.green}


@dataclass(frozen=True, slots=True)
class Label(CellValue):
    """A word from a closed list: its code or number for machines, and what people read.

    `light` colours it: red, yellow, green, or "".
    """

    code: str | int
    label: str
    light: str = ""

    def lines(self) -> tuple[Line, ...]:
        """Return the words."""
        return (plain_line(self.label),)

    def data(self) -> object:
        """Return the code, None where there is none."""
        return self.code or None

    def data_line(self) -> Line:
        """Return the code."""
        return plain_line(str(self.code))


@dataclass(frozen=True, slots=True)
class Figure:
    """A reported figure: its code for machines, and its name and unit for people."""

    code: str
    label: str
    value: Decimal
    unit: str

    @property
    def text(self) -> str:
        """Return the name and the figure with its unit."""
        return f"{self.label} {format_figure(self.value)}{self.unit}"


@dataclass(frozen=True, slots=True)
class Figures(CellValue):
    """Several figures, which are values by their codes for machines."""

    entries: tuple[Figure, ...]

    def lines(self) -> tuple[Line, ...]:
        """Return a line for each figure."""
        return tuple(plain_line(figure.text) for figure in self.entries)

    def data(self) -> object:
        """Return the values by their codes."""
        return {figure.code: figure.value for figure in self.entries}

    def data_line(self) -> Line:
        """Return the codes and values, as `record` reads them."""
        pairs = (f"{figure.code}={format_figure(figure.value)}" for figure in self.entries)
        return plain_line("; ".join(pairs))


@dataclass(frozen=True, slots=True)
class EvidenceRef(CellValue):
    """The evidence for a report: an address, or a file with its SHA-256."""

    place: str
    sha256: str | None = None

    def lines(self) -> tuple[Line, ...]:
        """Return the address or the file."""
        return (plain_line(self.place),)

    def data(self) -> object:
        """Return the address, or the file with its SHA-256."""
        return {"file": self.place, "sha256": self.sha256} if self.sha256 else {"url": self.place}


@dataclass(frozen=True, slots=True)
class Described(CellValue):
    """An object for machines, and the same in lines for people; in `coded`, codes are its words.

    As an entry of a tuple it has one line.
    """

    values: Mapping[str, object]
    texts: tuple[str, ...]
    coded: str

    def lines(self) -> tuple[Line, ...]:
        """Return the lines."""
        return tuple(map(plain_line, self.texts))

    def data(self) -> object:
        """Return the object."""
        return self.values

    def data_line(self) -> Line:
        """Return the line with the codes."""
        return plain_line(self.coded)


Cell = str | int | date | Decimal | CellValue | tuple[str, ...] | tuple[CellValue, ...] | None
