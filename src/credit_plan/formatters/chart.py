"""A line over the years as characters: what was promised as steps, what was reported as points."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from rich.cells import cell_len

from credit_plan.i18n import _
from credit_plan.table import Chart
from credit_plan.text import format_figure

_ROWS: Final = 9
_WIDEST: Final = 72
_NARROWEST: Final = 24
_PROMISED, _KEPT, _BETWEEN, _REPORTED = "─○·●"


def chart_lines(chart: Chart, width: int | None) -> list[str]:
    """The lines of a chart, none wider than `width` cells."""
    values = [value for _first, _last, value in chart.targets]
    values += [value for _day, value in chart.reported]
    low, high = _range(values)
    labels = _labels(values, low, high)
    margin = max(map(cell_len, labels.values()))
    columns = max(min(width or _WIDEST, _WIDEST) - margin - 2, _NARROWEST)
    days = [chart.targets[0][0], chart.targets[-1][1], *(day for day, _value in chart.reported)]
    first = date(min(days).year, 1, 1)
    grid = _Grid(columns, low, high, first, date(max(days).year, 12, 31))
    _draw(grid, chart)
    lines = [
        f"{' ' * (margin - cell_len(labels.get(row, '')))}{labels.get(row, '')} │{cells}".rstrip()
        for row, cells in grid.rows()
    ]
    lines += (f"{' ' * margin} └{'─' * columns}", f"{' ' * margin}  {_years(grid)}".rstrip())
    legend = _("{line} promised   {point} reported   ({unit})")
    kept = f"{_PROMISED}{_PROMISED}{_KEPT}"
    return [*lines, legend.format(line=kept, point=_REPORTED, unit=chart.unit)]


class _Grid:
    """Characters in rows and columns, by days and values."""

    def __init__(self, columns: int, low: Decimal, high: Decimal, first: date, last: date) -> None:
        self.low, self.high, self.first, self.last = low, high, first, last
        self.cells = [[" "] * columns for _row in range(_ROWS)]

    def column(self, day: date) -> int:
        """The column of a day."""
        last = len(self.cells[0]) - 1
        return round(last * (day - self.first).days / (self.last - self.first).days)

    def put(self, column: int, value: Decimal, sign: str) -> None:
        """Writes a sign at the height of a value."""
        self.cells[_row(value, self.low, self.high)][column] = sign

    def rows(self) -> Iterator[tuple[int, str]]:
        """Each row from the top, with its number."""
        for row, cells in enumerate(self.cells):
            yield row, "".join(cells)


def _draw(grid: _Grid, chart: Chart) -> None:
    """The promises first, what was reported over them."""
    for first, last, value in chart.targets:
        for column in range(grid.column(first), grid.column(last)):
            grid.put(column, value, _PROMISED)
        grid.put(grid.column(last), value, _KEPT)
    for (day, value), (later, other) in zip(chart.reported, chart.reported[1:], strict=False):
        start, end = grid.column(day), grid.column(later)
        for column in range(start + 1, end):
            grid.put(column, value + (other - value) * (column - start) / (end - start), _BETWEEN)
    for day, value in chart.reported:
        grid.put(grid.column(day), value, _REPORTED)


def _range(values: list[Decimal]) -> tuple[Decimal, Decimal]:
    """The lowest and the highest value; with room around them where there is only one."""
    low, high = min(values), max(values)
    return (low, high) if low < high else (low - 1, high + 1)


def _row(value: Decimal, low: Decimal, high: Decimal) -> int:
    return round((_ROWS - 1) * (high - value) / (high - low))


def _labels(values: list[Decimal], low: Decimal, high: Decimal) -> dict[int, str]:
    """The values beside the rows that they stand on; of several on a row the first."""
    labels: dict[int, str] = {}
    for value in values:
        labels.setdefault(_row(value, low, high), format_figure(value))
    return labels


def _years(grid: _Grid) -> str:
    """The years below the axis, each where it begins, as many as there is room for."""
    text = ""
    for year in range(grid.first.year, grid.last.year + 1):
        at = grid.column(date(year, 1, 1))
        if len(text) <= at <= len(grid.cells[0]) - len(f"{year}"):
            text = f"{text.ljust(at)}{year} "
    return text
