"""Cells of a table: text, numbers, dates, and the types here, which say how they are read.

Each type gives the lines that people read and the data that machines get. Formatters add what
they need around it: escapes, styles, folding. Types that few answers have are in modules of their
own, and only these are dataclasses: to define one takes as long as a hundred cells.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum, auto, unique
from typing import TYPE_CHECKING, ClassVar, TypeAlias

if TYPE_CHECKING:
    from decimal import Decimal


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

    __slots__: tuple[str, ...] = ()
    is_list: ClassVar[bool] = False
    """Whether its lines are joined as in a Chinese list, where there is one line for all."""
    has_codes: ClassVar[bool] = False
    """Whether its `data_line` has codes, which no person reads."""

    def __eq__(self, other: object) -> bool:
        """Return whether another cell is of the same type, and has the same values."""
        if type(self) is not type(other):
            return False
        return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in self.__slots__))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"{type(self).__name__}({values})"

    def lines(self) -> tuple[Line, ...]:
        """Return the lines that people read."""
        raise NotImplementedError

    def data(self) -> object:
        """Return what JSON carries."""
        raise NotImplementedError

    def data_line(self) -> Line:
        """Return what CSV carries: codes where the words depend on the language."""
        return self.lines()[0]


class DatedText(CellValue):
    """A passage of text and the day by which it is to be reached."""

    __slots__ = ("by", "text")

    def __init__(self, by: date, text: str) -> None:
        self.by = by
        self.text = text

    def lines(self) -> tuple[Line, ...]:
        """Return the day and the text."""
        return (plain_line(f"{self.by} {self.text}"),)

    def data(self) -> object:
        """Return an object with the same keys."""
        return {"by": self.by, "text": self.text}


class Label(CellValue):
    """A word from a closed list: its code or number for machines, and what people read.

    `light` colours it: red, yellow, green, or "". `name` is the word alone, without what the label
    says beside it: people filter by it in a spreadsheet.
    """

    __slots__ = ("code", "label", "light", "name")
    has_codes: ClassVar[bool] = True

    def __init__(self, code: str | int, label: str, light: str = "", name: str = "") -> None:
        self.code = code
        self.label = label
        self.light = light
        self.name = name or label

    def lines(self) -> tuple[Line, ...]:
        """Return the words."""
        return (plain_line(self.label),)

    def data(self) -> object:
        """Return the code, None where there is none."""
        return self.code or None

    def data_line(self) -> Line:
        """Return the code."""
        return plain_line(str(self.code))


class Described(CellValue):
    """An object for machines, and the same in lines for people; in `coded`, codes are its words.

    As an entry of a tuple it has one line.
    """

    __slots__ = ("coded", "texts", "values")
    has_codes: ClassVar[bool] = True

    def __init__(self, values: Mapping[str, object], texts: tuple[str, ...], coded: str) -> None:
        self.values = values
        self.texts = texts
        self.coded = coded

    def lines(self) -> tuple[Line, ...]:
        """Return the lines."""
        return tuple(map(plain_line, self.texts))

    def data(self) -> object:
        """Return the object."""
        return self.values

    def data_line(self) -> Line:
        """Return the line with the codes."""
        return plain_line(self.coded)


Cell: TypeAlias = (
    "str | int | date | Decimal | CellValue | tuple[str, ...] | tuple[CellValue, ...] | None"
)
