"""What a report is made of: typed cells in columns that have a key and a heading.

`key` is for machines (JSON, CSV) and never changes; `heading` is for people and is translated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto, unique
from itertools import groupby

from credit_plan.table.cells import Cell, Chart


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

    `count` is for figures that are compared, and stand at the right.
    """

    key: str
    heading: str
    show: Show = Show.ALWAYS
    wrap: bool = False
    count: bool = False


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, each as long as `columns`. `name` tells tables of one report apart.

    `names` stand in the title or the caption and are not broken over lines. `sections`, where
    there are any, has a title for each row; rows of one title stand together. A `chart` is for
    people, and stands above the rows, which say the same; `glance` is how many of the rows they
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
    glance: int | None = None

    def shown(self) -> list[int]:
        """The indexes of the columns that people may see."""
        return [at for at, column in enumerate(self.columns) if column.show is not Show.DATA]

    def carried(self) -> list[int]:
        """The indexes of the columns that JSON and CSV carry."""
        return [at for at, column in enumerate(self.columns) if column.show is not Show.PEOPLE]

    def seen(self) -> tuple[Row, ...]:
        """The rows that people see."""
        return self.rows[: self.glance]

    def sectioned(self) -> Iterator[tuple[str, list[Row]]]:
        """The rows under the title of each section; under none where there are no sections."""
        titles = self.sections or ("",) * len(self.rows)
        pairs = list(zip(titles, self.rows, strict=True))[: self.glance]
        for title, members in groupby(pairs, key=lambda pair: pair[0]):
            yield title, [row for _title, row in members]


@dataclass(frozen=True, slots=True)
class Report:
    """The answer to one question: its tables, and in `remarks` what is to be said about them.

    `tabled` means that the command's tables differ in kind, so that machines are told of each
    row which one it is from; that does not depend on how many there are this time.
    """

    command: str
    as_of: date
    tables: tuple[Table, ...]
    remarks: tuple[str, ...] = ()
    tabled: bool = False
