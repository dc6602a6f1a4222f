"""Which columns and rows of an answer somebody wants to see, and in which order.

Columns are named by their keys, as in JSON, or by their headings.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby, starmap
from typing import Any, NamedTuple

from credit_plan.cells import Cell, CellValue, Label
from credit_plan.errors import UnknownNameError
from credit_plan.i18n import ENGLISH, _, get_language, join_list, quote
from credit_plan.table import Answer, Column, Layout, Row, Show, Table
from credit_plan.text import suggest, to_hyphens, to_simplified

_COMMA = "[,，、]"
_DIGITS = "([0-9]+)"
_LIGHTS = ("red", "yellow", "green", "")
_DESCENDING = "-"
_SECTION = "section"


class View(NamedTuple):
    """The columns wanted, the keys to sort by, and how many rows; None for what the answer has.

    A text holds one or several keys with commas between them; `-` before a key sorts the other way
    round.
    """

    columns: Sequence[str] = ()
    sort: Sequence[str] = ()
    limit: int | None = None


def apply_view(answer: Answer, view: View) -> Answer:
    """Return the answer sorted, then cut to its first rows, then with the columns asked for.

    Each applies to every table that has the column. Raise UnknownNameError where none has it.
    """
    tables = answer.tables
    if view.sort:
        names = [(it.lstrip(_DESCENDING), it.startswith(_DESCENDING)) for it in _split(view.sort)]
        _refuse_unknown((name for name, _is_descending in names), tables)
        tables = tuple(_sort(table, names) for table in tables)
    if view.limit is not None:
        tables = tuple(_limit(table, view.limit) for table in tables)
    if view.columns:
        columns = _split(view.columns)
        _refuse_unknown(columns, tables)
        tables = tuple(_choose(it, columns) for it in tables if not it.columns or _has(it, columns))
    return answer._replace(tables=tables)


def _split(texts: Sequence[str]) -> list[str]:
    return [name.strip() for text in texts for name in re.split(_COMMA, to_hyphens(text))]


def _find(table: Table, name: str) -> int | None:
    """Return the index of the column with a key or, where there is none, with a heading."""
    wanted = _fold(to_simplified(name))
    for names in (
        [column.key for column in table.columns],
        [column.heading for column in table.columns],
    ):
        folded = [*map(_fold, names)]
        if wanted in folded:
            return folded.index(wanted)
    return None


def _fold(name: str) -> str:
    return name.casefold().replace("-", "_")


def _has(table: Table, names: Iterable[str]) -> bool:
    return any(_find(table, name) is not None for name in names)


def _refuse_unknown(names: Iterable[str], tables: Sequence[Table]) -> None:
    headings = {column.key: column.heading for table in tables for column in table.columns}
    for name in names:
        if headings and not any(_has(table, [name]) for table in tables):
            message = _("unknown column {name}; this answer has {known}")
            known = join_list(starmap(_describe, headings.items()))
            near = suggest(_fold(name), headings) or _suggest_heading(name, headings.values())
            raise UnknownNameError(message.format(name=quote(name), known=known), near)


def _suggest_heading(name: str, headings: Iterable[str]) -> tuple[str, ...]:
    """Return headings that may be meant; of four characters two may be others: 牵头部门."""
    return suggest(name, dict.fromkeys(headings), cutoff=0.5)


def _describe(key: str, heading: str) -> str:
    """Return the names of a column; an English heading says no more than its key."""
    if get_language() == ENGLISH:
        return key
    return _("{code} ({word})").format(code=key, word=heading)


def _sort(table: Table, names: Sequence[tuple[str, bool]]) -> Table:
    """Return the table with its rows in another order; what is empty is last in either."""
    order = list(range(len(table.rows)))
    for name, is_descending in reversed(names):
        if (at := _find(table, name)) is not None:
            keys = [_sort_key(row[at], is_descending=is_descending) for row in table.rows]
            order.sort(key=keys.__getitem__, reverse=is_descending)
    return _arrange(table, order)


def _arrange(table: Table, order: Sequence[int]) -> Table:
    """Return the rows in an order; sections that it would scatter become a column."""
    rows = tuple(table.rows[at] for at in order)
    if not table.sections:
        return table._replace(rows=rows)
    sections = tuple(table.sections[at] for at in order)
    runs = len(list(groupby(sections)))
    if runs == len(set(sections)):
        return table._replace(rows=rows, sections=sections)
    column = Column(_SECTION, _("Section"), show=Show.PEOPLE, wrap=True)
    rows = tuple((*row, section) for row, section in zip(rows, sections, strict=True))
    return table._replace(columns=(*table.columns, column), rows=rows, sections=())


def _sort_key(cell: Cell, *, is_descending: bool) -> tuple[bool, Any]:
    key = _order(cell)
    is_empty = key in ((1, ()), (2, ()))
    return is_empty != is_descending, key


def _order(value: object) -> tuple[int, Any]:
    """Return what sorts a value: numbers, then text with the numbers in it, then lists."""
    match value:
        case Label():
            return _order((_LIGHTS.index(value.light), value.code))
        case CellValue():
            return _order(value.data())
        case int() | Decimal():
            return 0, value
        case dict():
            return _order(tuple(value.values()))
        case list() | tuple():
            return 2, tuple(map(_order, value))
        case _:
            return 1, _order_text("" if value is None else str(value))


def _order_text(text: str) -> tuple[tuple[int, int, bytes], ...]:
    """Return what sorts 7.5 before 7.10, and common Chinese characters by their sound.

    That is their order in GB 18030.
    """
    pieces = (piece for piece in re.split(_DIGITS, text) if piece)
    return tuple(
        (0, int(piece), b"")
        if piece.isascii() and piece.isdigit()
        else (1, 0, piece.encode("gb18030", "replace"))
        for piece in pieces
    )


def _limit(table: Table, most: int) -> Table:
    """Return the first rows, and say in the caption how many there are."""
    shown = len(table.visible_rows())
    limited = table._replace(rows=table.rows[:most], sections=table.sections[:most])
    if shown <= most:
        return limited
    first, *others = table.caption.splitlines() or [""]
    phrase = _("first {count} of {total}").format(count=most, total=len(table.rows))
    first = " · ".join(filter(None, (first, phrase)))
    return limited._replace(caption="\n".join((first, *others)))


def _choose(table: Table, names: Iterable[str]) -> Table:
    """Return the table with the columns named, in their order; records become a grid."""
    found = dict.fromkeys(_find(table, name) for name in names)
    chosen = [at for at in found if at is not None]
    columns = tuple(table.columns[at]._replace(show=Show.ASKED) for at in chosen)
    rows: tuple[Row, ...] = tuple(tuple(row[at] for at in chosen) for row in table.rows)
    return table._replace(columns=columns, rows=rows, layout=Layout.GRID)
