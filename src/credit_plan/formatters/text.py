"""Answers as text: for a screen as in `terminal`, for pipes and files a line per row.

Those lines are aligned and never wrapped, so that grep can read them.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from credit_plan.formatters import Screen
from credit_plan.formatters.lines import one_line
from credit_plan.formatters.width import cell_len
from credit_plan.table import Answer, Layout, Row, Table
from credit_plan.text import escape_controls

_GAP = "  "
_SENTENCE_SEPARATOR = " | "


def format_answer(answer: Answer, screen: Screen) -> str:
    """Return the tables one below the other, as wide as the screen."""
    if screen.width is not None:
        from credit_plan.formatters import terminal  # noqa: PLC0415  a pipe needs none of it

        return terminal.format_answer(answer, screen, screen.width)
    tables = answer.visible_tables()
    return "\n".join("".join(f"{line}\n" for line in _format_table(it)) for it in tables)


def _format_table(table: Table) -> Iterator[str]:
    yield from map(escape_controls, table.title.splitlines())
    if table.chart:
        from credit_plan.formatters.chart import chart_lines  # noqa: PLC0415  few tables have one

        yield from chart_lines(table.chart, None)
    if table.layout is Layout.RECORDS:
        yield from _format_records(table)
    elif table.rows:
        yield from _format_grid(table)
    if table.caption:
        yield escape_controls(table.caption)


def _format_records(table: Table) -> Iterator[str]:
    columns = table.visible_columns()
    width = max(cell_len(table.columns[at].heading) for at in columns)
    for number, row in enumerate(table.visible_rows()):
        if number:
            yield ""
        for at in columns:
            if text := one_line(row[at]):
                yield _align((table.columns[at].heading, text), (width, 0))


def _format_grid(table: Table) -> Iterator[str]:
    """Yield aligned rows: first the short columns, then the sentences in one column."""
    columns = table.visible_columns()
    short = [at for at in columns if not table.columns[at].wrap]
    long = [at for at in columns if table.columns[at].wrap]

    def join_sentences(row: Row) -> list[str]:
        sentences = (one_line(row[at]) for at in long)
        return [*(one_line(row[at]) for at in short), _SENTENCE_SEPARATOR.join(sentences)]

    headings = join_sentences(tuple(column.heading for column in table.columns))
    rows = [join_sentences(row) for row in table.visible_rows()]
    widths = [max(map(cell_len, column)) for column in zip(headings, *rows, strict=True)]
    yield _align(headings, widths)
    remaining = iter(rows)
    for title, members in table.visible_sections():
        if title:
            yield escape_controls(title)
        for row in islice(remaining, len(members)):
            yield _align(row, widths)


def _align(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Return cells side by side, filled up to their widths; the last is left as it is."""
    *filled, (last, _width) = zip(cells, widths, strict=True)
    padded = (cell + " " * (width - cell_len(cell)) for cell, width in filled)
    return _GAP.join((*padded, last)).rstrip()
