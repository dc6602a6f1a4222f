"""A line chart over the years as characters: targets are steps, reported figures are points."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

from credit_plan.i18n import _
from credit_plan.table import Chart
from credit_plan.text import escape_controls, format_figure

_HEIGHT = 9
_MAX_WIDTH = 72
_MIN_COLUMNS = 24
_STEP, _TARGET, _TREND, _POINT = "─○·●"


def chart_lines(chart: Chart, width: int | None) -> list[str]:
    """Return the lines of a chart, none wider than `width` cells."""
    values = [value for _first, _last, value in chart.targets]
    values += [value for _day, value in chart.reported]
    low, high = min(values), max(values)
    if low == high:
        low, high = low - 1, high + 1
    # Of several values on a row, the first is its label.
    labels = {_find_row(it, low, high): format_figure(it) for it in reversed(values)}
    margin = max(map(len, labels.values()))
    columns = max(min(width or _MAX_WIDTH, _MAX_WIDTH) - margin - 2, _MIN_COLUMNS)
    days = [chart.targets[0][0], chart.targets[-1][1], *(day for day, _value in chart.reported)]
    canvas = _Canvas(columns, low, high, min(days).year, max(days).year)
    _draw(canvas, chart)
    unit = escape_controls(chart.unit)
    legend = _("{line} promised   {point} reported   ({unit})")
    return [
        *(
            f"{labels.get(row, ''):>{margin}} │{''.join(cells)}".rstrip()
            for row, cells in enumerate(canvas.cells)
        ),
        f"{'':{margin}} └{'─' * columns}",
        f"{'':{margin}}  {_format_years(canvas)}".rstrip(),
        legend.format(line=f"{_STEP}{_STEP}{_TARGET}", point=_POINT, unit=unit),
    ]


class _Canvas:
    """Characters in rows and columns, which are found by value and day."""

    def __init__(
        self, columns: int, low: Decimal, high: Decimal, first_year: int, last_year: int
    ) -> None:
        self.low, self.high = low, high
        self.first, self.last = date(first_year, 1, 1), date(last_year, 12, 31)
        self.cells = [[" "] * columns for _row in range(_HEIGHT)]

    def column(self, day: date) -> int:
        """Return the column of a day."""
        last = len(self.cells[0]) - 1
        return round(last * (day - self.first).days / (self.last - self.first).days)

    def put(self, column: int, value: Decimal, character: str) -> None:
        """Write a character at the height of a value."""
        self.cells[_find_row(value, self.low, self.high)][column] = character


def _draw(canvas: _Canvas, chart: Chart) -> None:
    """Draw the targets first, and the reported figures over them."""
    for first, last, value in chart.targets:
        for column in range(canvas.column(first), canvas.column(last)):
            canvas.put(column, value, _STEP)
        canvas.put(canvas.column(last), value, _TARGET)
    for (day, value), (next_day, next_value) in pairwise(chart.reported):
        start, end = canvas.column(day), canvas.column(next_day)
        for column in range(start + 1, end):
            rise = (next_value - value) * (column - start) / (end - start)
            canvas.put(column, value + rise, _TREND)
    for day, value in chart.reported:
        canvas.put(canvas.column(day), value, _POINT)


def _find_row(value: Decimal, low: Decimal, high: Decimal) -> int:
    return round((_HEIGHT - 1) * (high - value) / (high - low))


def _format_years(canvas: _Canvas) -> str:
    """Return the years below the axis, each where it begins, as far as there is room for them."""
    text = ""
    for year in range(canvas.first.year, canvas.last.year + 1):
        at = canvas.column(date(year, 1, 1))
        if len(text) <= at <= len(canvas.cells[0]) - len(f"{year}"):
            text = f"{text.ljust(at)}{year} "
    return text
