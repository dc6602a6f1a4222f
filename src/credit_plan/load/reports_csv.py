"""A table of reports: a line of headings in any order, then a report a line."""

from __future__ import annotations

import csv
from collections.abc import Container, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Final

from credit_plan.language import _, quoted
from credit_plan.load.report_fields import FIELDS, REQUIRED, TITLES, field, listed, pairs, unknown
from credit_plan.model import Mistake, Reported

_DIVIDERS: Final = (",", ";", "\t")
_OF_PLAN: Final = "note (of the plan)"
_WORDS_OF_PLAN: Final = frozenset({"task_text", "text", "target"})


def read(text: str, others: Container[str] = ()) -> Iterator[Reported | Mistake]:
    """Every report of a table, and every mistake in it; the headings say what divides its cells.

    Columns with one of the `others` as heading are left out. In a table that has such, what this
    program has listed, a row without a status reports nothing; and where it tells the plan's own
    words, its `note` is one of these.
    """
    divider = max(_DIVIDERS, key=lambda sign: _known(text, sign))
    rows = _rows(text, divider)
    heading = next(rows, None)
    if not isinstance(heading, _Row):
        yield from filter(None, (heading,))
        return
    names = tuple(map(field, heading.cells))
    if not set(REQUIRED).issubset(names):
        message = _("the first line of a table names its columns; here these are missing: {names}")
        yield Mistake(heading.line, "", message.format(names=_missing(heading.cells, names)))
        return
    yield from _misnamed(heading, names, others)
    is_list = any(name in others for name in names)
    if not _WORDS_OF_PLAN.isdisjoint(names):
        heads = zip(heading.cells, names, strict=True)
        names = tuple(_OF_PLAN if cell == "note" else name for cell, name in heads)
    for row in rows:
        if isinstance(row, Mistake):
            yield row
        elif not is_list or _status(row, names):
            yield _report(row, names)


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row without the spaces around them, and the line it begins on, from 1."""

    line: int
    cells: tuple[str, ...]


def _misnamed(heading: _Row, names: tuple[str, ...], others: Container[str]) -> Iterator[Mistake]:
    """What is wrong with single headings."""
    for at, name in enumerate(names):
        if name and name not in FIELDS and name not in others:
            yield unknown(name, heading.line)
        elif name and name in names[:at]:
            message = _("{field} stands twice in the line of headings").format(field=name)
            yield Mistake(heading.line, quoted(heading.cells[at]), message)


def _known(text: str, divider: str) -> int:
    """How many headings there are if this is what divides them."""
    first = text.lstrip().partition("\n")[0]
    return sum(field(cell) in FIELDS for cell in first.split(divider))


def _rows(text: str, divider: str) -> Iterator[_Row | Mistake]:
    """The rows in which something stands."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=divider, strict=True)
    line = 1
    try:
        for row in reader:
            cells = tuple(cell.strip() for cell in row)
            if any(cells):
                yield _Row(line, cells)
            line = reader.line_num + 1
    except csv.Error:
        message = _("quotes are opened here and not closed, or stand single within a cell")
        yield Mistake(line, "", message)


def _status(row: _Row, names: tuple[str, ...]) -> str:
    return dict(zip(names, row.cells, strict=False)).get("status", "")


def _missing(headings: tuple[str, ...], names: tuple[str, ...]) -> str:
    """The columns that are not there, in the language of those that are."""
    missing = [name for name in REQUIRED if name not in names]
    if "".join(headings).isascii():
        return ", ".join(missing)
    return "、".join(TITLES[name] for name in missing)


def _report(row: _Row, names: tuple[str, ...]) -> Reported | Mistake:
    spare = [cell for at, cell in enumerate(row.cells) if cell and not "".join(names[at : at + 1])]
    if spare:
        message = _("{cell} stands below no heading: a cell that holds a comma goes in quotes")
        return Mistake(row.line, "", message.format(cell=quoted(spare[0])))
    given = {name: cell for name, cell in zip(names, row.cells, strict=False) if name in FIELDS}
    values = pairs(given.pop("values", ""))
    evidence = listed(given.pop("evidence", ""))
    texts = dict.fromkeys(REQUIRED, "") | given
    left_out = tuple(name for name in names if name and name not in FIELDS)
    return Reported(**texts, values=values, evidence=evidence, line=row.line, left_out=left_out)
