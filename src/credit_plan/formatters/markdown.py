"""Reports as Markdown, for documents and pull requests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from credit_plan.formatters import Screen
from credit_plan.formatters.cells import Part, cell_lines, escape_controls, parts
from credit_plan.formatters.chart import chart_lines
from credit_plan.table import Cell, Changed, Column, Highlighted, Layout, Report, Table

_BLANK: Final = "␣"
_MENTION: Final = re.compile(r"@(?=[0-9A-Za-z])")
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|#~&$])")


def format_report(report: Report, _screen: Screen) -> str:
    """Each table with its title as a heading and its caption in italics."""
    return "\n".join(line for table in report.tables for line in _table(table))


def _table(table: Table) -> Iterator[str]:
    for level, line in enumerate(table.title.splitlines(), 2):
        yield f"{'#' * level} {_escaped(line)}\n"
    if table.chart:
        yield "\n".join(("```text", *chart_lines(table.chart, None), "```\n"))
    shown = table.visible_columns()
    if table.layout is Layout.RECORDS:
        for row in table.visible_rows():
            yield from _record(table.columns, row, shown)
    elif table.rows:
        for section, rows in table.visible_sections():
            if section:
                yield f"### {_escaped(section)}\n"
            yield _line([_escaped(table.columns[at].heading) for at in shown])
            yield _line(["---"] * len(shown))
            for row in rows:
                yield _line([_cell(row[at]) for at in shown])
            yield ""
    if table.caption:
        yield f"*{_escaped(table.caption)}*\n"


def _record(columns: tuple[Column, ...], row: tuple[Cell, ...], shown: list[int]) -> Iterator[str]:
    """One row as a table of two columns, without the fields that are empty."""
    first, *rest = shown
    yield _line([_escaped(columns[first].heading), _cell(row[first])])
    yield _line(["---", "---"])
    for at in rest:
        if text := _cell(row[at]):
            yield _line([_escaped(columns[at].heading), text])
    yield ""


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    if isinstance(cell, tuple):
        return "<br>".join(
            _entry(entry, line) for entry, line in zip(cell, cell_lines(cell), strict=True)
        )
    return "<br>".join(_escaped(line) for line in cell_lines(cell))


def _entry(entry: object, line: str) -> str:
    if isinstance(entry, Highlighted):
        return _marked(entry)
    return _changed(entry) if isinstance(entry, Changed) else _escaped(line)


def _changed(entry: Changed) -> str:
    """A text with what went struck through and what came in bold.

    Spaces around them, or a mark beside a Chinese comma would be read as two stars.
    """
    marks = {Part.WAS: " ~~{}~~ ", Part.IS: " **{}** "}
    pieces = (
        marks[part].format(_escaped(text.strip() or _BLANK)) if part in marks else _escaped(text)
        for part, text in parts(entry)
    )
    return " ".join("".join(pieces).split())


def _marked(entry: Highlighted) -> str:
    """A text with its hits in bold."""
    text = "".join(
        f"**{_escaped(piece)}**" if is_hit else _escaped(piece) for piece, is_hit in entry.pieces()
    )
    return f"{entry.label}: {text}"


def _escaped(text: str) -> str:
    """The text as it is: no mark of Markdown in it acts, and nobody is mentioned by it."""
    return _MENTION.sub("@<!-- -->", _SPECIAL.sub(r"\\\1", escape_controls(text)))
