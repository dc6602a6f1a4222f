"""What can stand in a cell of a report: texts, figures, dates, and what is drawn or marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class DatedText:
    """A passage of text and the day by which it is to be reached."""

    by: date
    text: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the places (start, end) that a search has hit; `field` says which text it is."""

    field: str
    label: str
    text: str
    hits: tuple[tuple[int, int], ...]

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The text in its order, cut where hits begin and end, and whether a piece is a hit."""
        end = 0
        for start, stop in self.hits:
            yield self.text[end:start], False
            yield self.text[start:stop], True
            end = stop
        yield self.text[end:], False


@dataclass(frozen=True, slots=True)
class Changed:
    """A text cut where it differs: what each piece was and what it is, the same where it stayed.

    `note` is a remark for people, behind it.
    """

    pieces: tuple[tuple[str, str], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A count that is drawn in proportion to the largest of its column."""

    count: int
    most: int


@dataclass(frozen=True, slots=True)
class Term:
    """A word from a closed list: the code that machines get, and what people read.

    `tone` is the light that it stands in: red, yellow, green, or none.
    """

    code: str
    label: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Lights:
    """How many of something stand in each light, drawn in proportion to the most of its column."""

    red: int
    yellow: int
    green: int
    most: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that was reported: its code for machines, and for people its name and unit."""

    code: str
    label: str
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Several figures, which to machines are values by their codes."""

    entries: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows that something is so: an address, or a file with its SHA-256."""

    place: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A line over the years: what was promised for a day, and what was reported of it.

    Of a promise the first day is the one from which on it counts.
    """

    promised: tuple[tuple[date, date, Decimal], ...]
    reported: tuple[tuple[date, Decimal], ...]
    unit: str


Cell = (
    str
    | int
    | bool
    | date
    | Decimal
    | Bar
    | Lights
    | Changed
    | Figures
    | Term
    | tuple[str, ...]
    | tuple[DatedText, ...]
    | tuple[Marked, ...]
    | tuple[Changed, ...]
    | tuple[Proof, ...]
    | None
)
