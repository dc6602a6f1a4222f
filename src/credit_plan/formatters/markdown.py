"""Answers as Markdown, for documents and pull requests."""

import re
from collections.abc import Iterator, Sequence

from credit_plan.cells import Cell, Emphasis, Line
from credit_plan.formatters import Screen
from credit_plan.formatters.chart import chart_lines
from credit_plan.formatters.lines import cell_lines
from credit_plan.table import Answer, Layout, Row, Table
from credit_plan.text import escape_controls

_MENTION = re.compile(r"@(?=[0-9A-Za-z])")
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&$])")
_BLANK = "␣"
_CHANGES = {
    **dict.fromkeys((Emphasis.REMOVED, Emphasis.OLD), " ~~{}~~ "),
    **dict.fromkeys((Emphasis.ADDED, Emphasis.NEW), " **{}** "),
}
"""Without the spaces, a mark beside a Chinese comma would be read as two stars."""


def format_answer(answer: Answer, _screen: Screen) -> str:
    """Return the tables, each with its title as a heading and its caption in italics."""
    return "\n".join(line for table in answer.visible_tables() for line in _format_table(table))


def _format_table(table: Table) -> Iterator[str]:
    for level, line in enumerate(table.title.splitlines(), 2):
        yield f"{'#' * level} {_escape(line)}\n"
    if table.chart:
        yield "\n".join(("```text", *chart_lines(table.chart, None), "```\n"))
    if table.layout is Layout.RECORDS:
        for row in table.visible_rows():
            yield from _format_record(table, row)
    elif table.rows:
        yield from _format_grid(table)
    if table.caption:
        yield f"*{_escape(table.caption)}*\n"


def _format_grid(table: Table) -> Iterator[str]:
    columns = table.visible_columns()
    for section, rows in table.visible_sections():
        if section:
            yield f"### {_escape(section)}\n"
        yield _join_cells([_escape(table.columns[at].heading) for at in columns])
        yield _join_cells(["---"] * len(columns))
        for row in rows:
            yield _join_cells([_format_cell(row[at]) for at in columns])
        yield ""


def _format_record(table: Table, row: Row) -> Iterator[str]:
    """Yield one row as a table of two columns, without the fields that are empty."""
    for number, at in enumerate(table.visible_columns()):
        text = _format_cell(row[at])
        if text or number == 0:
            yield _join_cells([_escape(table.columns[at].heading), text])
        if number == 0:
            yield _join_cells(["---", "---"])
    yield ""


def _join_cells(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _format_cell(cell: Cell) -> str:
    return "<br>".join(map(_format_line, cell_lines(cell)))


def _format_line(line: Line) -> str:
    """Return a line as Markdown: hits and added text in bold, removed text struck through."""
    text = "".join(_format_piece(text, emphasis) for text, emphasis in line)
    return " ".join(text.split()) if any(emphasis in _CHANGES for _text, emphasis in line) else text


def _format_piece(text: str, emphasis: Emphasis) -> str:
    if emphasis in _CHANGES:
        return _CHANGES[emphasis].format(_escape(text.strip() or _BLANK))
    return f"**{_escape(text)}**" if emphasis is Emphasis.HIT else _escape(text)


def _escape(text: str) -> str:
    """Return text with Markdown's special characters escaped, and without @mentions."""
    return _MENTION.sub("@<!-- -->", _SPECIAL.sub(r"\\\1", escape_controls(text)))
