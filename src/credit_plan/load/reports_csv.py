"""A table of reports: a line of headings in any order, then a report a line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Final

from credit_plan.language import _, quoted
from credit_plan.load.report_fields import BY_TITLE, FIELDS, REQUIRED, listed, pairs, unknown
from credit_plan.model import Mistake, Reported

_DIVIDERS: Final = (",", ";", "\t")


def read(text: str) -> Iterator[Reported | Mistake]:
    """Every report of a table, and every mistake in it; the headings say what divides its cells."""
    divider = max(_DIVIDERS, key=lambda sign: _known(text, sign))
    rows = _rows(text, divider)
    heading = next(rows, None)
    if not isinstance(heading, _Row):
        yield from filter(None, (heading,))
        return
    names = tuple(map(_field, heading.cells))
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        message = _("the first line of a table names its columns; here these are missing: {names}")
        yield Mistake(heading.line, "", message.format(names=", ".join(missing)))
        return
    for at, name in enumerate(names):
        if name and name not in FIELDS:
            yield unknown(name, heading.line)
        elif name and name in names[:at]:
            yield Mistake(heading.line, name, _("stands twice in the line of headings"))
    for row in rows:
        yield row if isinstance(row, Mistake) else _report(row, names)


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row without the spaces around them, and the line it begins on, from 1."""

    line: int
    cells: tuple[str, ...]


def _known(text: str, divider: str) -> int:
    """How many headings there are if this is what divides them."""
    first = text.lstrip().partition("\n")[0]
    return sum(_field(cell) in FIELDS for cell in first.split(divider))


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


def _field(heading: str) -> str:
    """The field that a heading means; the heading itself where it means none."""
    plain = heading.strip().strip('"').strip()
    return BY_TITLE.get(plain) or (plain.lower() if plain.lower() in FIELDS else plain)


def _report(row: _Row, names: tuple[str, ...]) -> Reported | Mistake:
    spare = [cell for at, cell in enumerate(row.cells) if cell and not "".join(names[at : at + 1])]
    if spare:
        message = _("{cell} stands below no heading: a cell that holds a comma goes in quotes")
        return Mistake(row.line, "", message.format(cell=quoted(spare[0])))
    given = {name: cell for name, cell in zip(names, row.cells, strict=False) if name in FIELDS}
    values = pairs(given.pop("values", ""))
    evidence = listed(given.pop("evidence", ""))
    texts = dict.fromkeys(REQUIRED, "") | given
    return Reported(**texts, values=values, evidence=evidence, line=row.line)
