"""What a report is made of: typed cells in columns, rows of them in tables.

`key` is for machines (JSON, CSV) and never changes; `heading` is for people and is translated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto, unique
from itertools import groupby


@dataclass(frozen=True, slots=True)
class DatedText:
    """A passage of text and the day by which it is to be reached."""

    by: date
    text: str


@dataclass(frozen=True, slots=True)
class Highlighted:
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
    maximum: int


@dataclass(frozen=True, slots=True)
class Label:
    """A word from a closed list: the code that machines get, and what people read.

    `light` is the light that it stands in: red, yellow, green, or none.
    """

    code: str
    label: str
    light: str = ""


@dataclass(frozen=True, slots=True)
class Lights:
    """How many of something stand in each light, drawn in proportion to the most of its column."""

    red: int
    yellow: int
    green: int
    maximum: int


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
class EvidenceRef:
    """What shows that something is so: an address, or a file with its SHA-256."""

    place: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A line over the years: what was promised for a day, and what was reported of it.

    Of a promise the first day is the one from which on it counts.
    """

    targets: tuple[tuple[date, date, Decimal], ...]
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
    | Label
    | tuple[str, ...]
    | tuple[DatedText, ...]
    | tuple[Highlighted, ...]
    | tuple[Changed, ...]
    | tuple[EvidenceRef, ...]
    | None
)


@unique
class Show(Enum):
    """Where a column appears; JSON and CSV carry every column but those for people alone."""

    ALWAYS = auto()
    IF_ROOM = auto()
    DATA = auto()
    PEOPLE = auto()


@unique
class Layout(Enum):
    """A grid has a line per row; records are shown one below the other, a line per field."""

    GRID = auto()
    RECORDS = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `wrap` is for sentences; everything else is never broken over lines.

    `is_count` is for figures that are compared, and stand at the right.
    """

    key: str
    heading: str
    show: Show = Show.ALWAYS
    wrap: bool = False
    is_count: bool = False


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, each as long as `columns`. `name` tells tables of one report apart.

    `names` stand in the title or the caption and are not broken over lines. `sections`, where
    there are any, has a title for each row; rows of one title stand together. A `chart` is for
    people, and stands above the rows, which say the same; `preview_rows` is how many of the rows they
    see, all where it is None.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""
    caption: str = ""
    layout: Layout = Layout.GRID
    sections: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    chart: Chart | None = None
    preview_rows: int | None = None

    def visible_columns(self) -> list[int]:
        """The indexes of the columns that people may see."""
        return [at for at, column in enumerate(self.columns) if column.show is not Show.DATA]

    def data_columns(self) -> list[int]:
        """The indexes of the columns that JSON and CSV carry."""
        return [at for at, column in enumerate(self.columns) if column.show is not Show.PEOPLE]

    def visible_rows(self) -> tuple[Row, ...]:
        """The rows that people see."""
        return self.rows[: self.preview_rows]

    def visible_sections(self) -> Iterator[tuple[str, list[Row]]]:
        """The rows under the title of each section; under none where there are no sections."""
        titles = self.sections or ("",) * len(self.rows)
        pairs = list(zip(titles, self.rows, strict=True))[: self.preview_rows]
        for title, members in groupby(pairs, key=lambda pair: pair[0]):
            yield title, [row for _title, row in members]


@dataclass(frozen=True, slots=True)
class Report:
    """The answer to one question: its tables, and in `remarks` what is to be said about them.

    `has_table_key` means that the command's tables differ in kind, so that machines are told of each
    row which one it is from; that does not depend on how many there are this time.
    """

    command: str
    as_of: date
    tables: tuple[Table, ...]
    remarks: tuple[str, ...] = ()
    has_table_key: bool = False
