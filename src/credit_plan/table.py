"""Answers: tables with their columns and rows.

A column's `key` is for machines (JSON, CSV) and never changes; its `heading` is for people and is
translated. They are named tuples: every answer imports them, and a dataclass takes eight times as
long to define.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum, auto, unique
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from credit_plan.cells import Cell, Label
from credit_plan.errors import UnknownNameError
from credit_plan.i18n import _, pgettext, quote

if TYPE_CHECKING:
    from decimal import Decimal

_TABLE = "table"
_TABLES = {
    "lead": pgettext("table", "lead"),
    "responsible": pgettext("table", "responsible"),
    "shared": pgettext("table", "shared"),
    "totals": pgettext("table", "totals"),
    "timings": pgettext("table", "timings"),
    "years": pgettext("table", "years"),
    "chapters": pgettext("table", "chapters"),
    "units": pgettext("table", "units"),
    "matrix": pgettext("table", "matrix"),
    "indicators": pgettext("table", "indicators"),
    "next": pgettext("table", "next"),
    "promised": pgettext("table", "promised"),
    "reported": pgettext("table", "reported"),
}
"""What people call the tables of answers with several."""


@unique
class Show(Enum):
    """Where a column appears: JSON and CSV carry every column but those for people alone.

    One that was ASKED for by name is also shown where all rows share its value.
    """

    ALWAYS = auto()
    ASKED = auto()
    IF_ROOM = auto()
    DATA = auto()
    PEOPLE = auto()


@unique
class Layout(Enum):
    """A grid has a line per row; records are shown one below the other, with a line per field."""

    GRID = auto()
    RECORDS = auto()


class Column(NamedTuple):
    """A column. `wrap` is for sentences; everything else is never broken over lines.

    `is_count` is for figures to be compared, which are aligned to the right. `is_id` is for ids,
    which spreadsheets take for numbers.
    """

    key: str
    heading: str
    show: Show = Show.ALWAYS
    wrap: bool = False
    is_count: bool = False
    is_id: bool = False


class Chart(NamedTuple):
    """A line over the years: the targets, each from its first day to its last, and the reports."""

    targets: "tuple[tuple[date, date, Decimal], ...]"
    reported: "tuple[tuple[date, Decimal], ...]"
    unit: str


Row = Sequence[Cell]


class Table(NamedTuple):
    """Rows of cells, one for each of `columns`. `name` tells tables of one answer apart.

    `names` occur in the title or the caption and are not broken over lines. `sections`, where
    there are any, has a title for each row; rows with the same title follow one another. A `chart`
    is for people, above the rows, which hold the same data. People see the first `preview_rows`
    rows, or all where it is None.
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
        """Return the indexes of the columns that people may see."""
        return [at for at, column in enumerate(self.columns) if column.show is not Show.DATA]

    def data_columns(self) -> list[int]:
        """Return the indexes of the columns that JSON and CSV carry."""
        return [at for at, column in enumerate(self.columns) if column.show is not Show.PEOPLE]

    def holds(self, at: int) -> bool:
        """Return whether a column is shown even without room, or has anything to show."""
        is_empty = all(cell in (None, "", ()) for cell in self.visible_cells(at))
        return self.columns[at].show is not Show.IF_ROOM or not is_empty

    def show_whole(self) -> "Table":
        """Return the table with all rows; its caption was about the first ones."""
        return self._replace(preview_rows=None, caption="")

    def visible_rows(self) -> tuple[Row, ...]:
        """Return the rows that people see."""
        return self.rows[: self.preview_rows]

    def visible_cells(self, at: int) -> list[Cell]:
        """Return the cells of a column that people see."""
        return [row[at] for row in self.visible_rows()]

    def visible_sections(self) -> Iterator[tuple[str, list[Row]]]:
        """Yield the title and the rows of each section; without sections, the title is empty."""
        titles = self.sections or ("",) * len(self.rows)
        pairs = list(zip(titles, self.rows, strict=True))[: self.preview_rows]
        for title, members in groupby(pairs, key=lambda pair: pair[0]):
            yield title, [row for _title, row in members]


class Answer(NamedTuple):
    """The answer to one question: its tables, and in `remarks` what is to be said about them.

    It is as of a day and, where one was given, by what was known on another.

    `has_table_key` adds the name of its table to each row for machines. It is set for a command
    whose tables differ in kind, no matter how many of them there are this time. Where they have
    other columns, JSON and CSV carry `one_table`, the first, unless another one is asked for.

    It `has_keys` where CSV is for programs too: keys and codes whatever the language.
    """

    command: str
    as_of: date
    tables: tuple[Table, ...]
    remarks: tuple[str, ...] = ()
    has_table_key: bool = False
    one_table: bool = False
    known_by: date | None = None
    has_keys: bool = False

    def only(self, name: str | None) -> "Answer":
        """Return the answer with the one table of this name, all of whose rows people see.

        Without a name, return it as it is. Raise UnknownNameError if no table has the name.
        """
        if name is None:
            return self
        chosen = tuple(table for table in self.tables if table.name == name)
        if not chosen:
            message = _("{command} has no table {name}").format(
                command=self.command, name=quote(name)
            )
            raise UnknownNameError(message, tuple(table.name for table in self.tables))
        whole = (it if it.preview_rows is None else it.show_whole() for it in chosen)
        return self._replace(tables=tuple(whole))

    def other_tables(self) -> tuple[str, ...]:
        """Return the names of the tables that JSON and CSV leave out."""
        return tuple(table.name for table in self.tables[1:]) if self.one_table else ()

    def visible_tables(self) -> tuple[Table, ...]:
        """Return the tables of which people see anything."""
        return tuple(it for it in self.tables if it.title or it.caption or it.visible_rows())

    def data_tables(self) -> tuple[Table, ...]:
        """Return the tables that JSON and CSV carry."""
        return self.tables[:1] if self.one_table else self.tables

    def data_columns(self) -> dict[str, Column]:
        """Return the columns of `data_rows` by their keys, in order."""
        columns = [Column(_TABLE, _("Table"))] if self.has_table_key else []
        for table in self.data_tables():
            columns += [table.columns[at] for at in table.data_columns()]
        found: dict[str, Column] = {}
        for column in columns:
            found.setdefault(column.key, column)
        return found

    def data_rows(self) -> Iterator[dict[str, Cell]]:
        """Yield each row as JSON and CSV carry it: its cells by the keys of their columns."""
        for table in self.data_tables():
            name = Label(table.name, _TABLES.get(table.name, table.name))
            for row in table.rows:
                cells: dict[str, Cell] = {_TABLE: name} if self.has_table_key else {}
                cells.update((table.columns[at].key, row[at]) for at in table.data_columns())
                yield cells
