"""Which columns of a grid fit a screen, and how wide each is.

What every row needs comes first; sentences take what is left. Columns that are shown if there is
room must leave the sentences readable.
"""

from collections.abc import Sequence
from enum import Enum, auto, unique
from typing import NamedTuple

from credit_plan.cells import Cell, Label
from credit_plan.cells.bars import Bar, Lights
from credit_plan.formatters.ansi import plain
from credit_plan.formatters.lines import one_line
from credit_plan.formatters.styled import (
    MAX_BAR,
    compact_width,
    draw_bar,
    draw_cell,
    is_names,
    split_heading,
    two_line_width,
)
from credit_plan.formatters.width import cell_len
from credit_plan.table import Column, Show, Table
from credit_plan.text import escape_controls

GAP = 2
_NUMBER = 4
"""The width of a column that shows how many names there are: `+12`."""

_MIN_BAR = 6
_LONGEST_NAME = 40
"""A text that is not wider is a name rather than a sentence."""

_COMMON_NAMES = 16
"""The width of a name of most units with the number of the others."""

_AMPLE_SENTENCE = 60
"""Lists of names are whole on one line only beside sentences of this width."""


@unique
class Form(Enum):
    """How much of an answer is shown.

    WHOLE folds the cells; columns may be left out. LONG leaves nothing out. SHORT has one line a
    row, and cuts the sentences.
    """

    WHOLE = auto()
    LONG = auto()
    SHORT = auto()


_COMFORTABLE_SENTENCE = {Form.WHOLE: 24, Form.LONG: 24, Form.SHORT: 20}
_MIN_SENTENCE = {Form.WHOLE: 16, Form.LONG: 16, Form.SHORT: 10}
_SENTENCE_BESIDE_NAMES = 16
_SENTENCE_BESIDE_NUMBERS = 14


class Fit(NamedTuple):
    """The widths of the columns shown, by their indexes, and the columns for which is no room.

    `bars` are the lengths of the longest bars; in a column without any they mean nothing.
    """

    widths: dict[int, int]
    bars: dict[int, int]
    left_out: tuple[int, ...]


class _Need(NamedTuple):
    """The least width of a column, one in which most cells are whole, and one in which all are.

    All are 0 for sentences, which take any; `wanted` is the width that one should have, and
    `longest` one that is enough. `is_countable` are names of which the number is better than
    nothing.
    """

    at: int
    least: int = 0
    steps: tuple[int, int] = (0, 0)
    wanted: int = 0
    longest: int = 0
    is_countable: bool = False


def find_shared(table: Table) -> tuple[int, ...]:
    """Return the columns in which all rows are the same, and which need to be said only once.

    Figures to be compared, and what was asked for by name, stay in the table. The first rows of a
    longer table may differ from the rest.
    """
    if table.preview_rows is not None:
        return ()
    visible = table.visible_columns()
    shared = tuple(at for at in visible if _is_shared(table.columns[at], table.visible_cells(at)))
    return shared if len(shared) < len(visible) else ()


def fit_columns(table: Table, columns: Sequence[int], width: int, form: Form) -> Fit | None:
    """Return how columns of a table fit a width; None if not even the required ones do."""
    optional = [at for at in columns if table.columns[at].show is Show.IF_ROOM]
    needs = [_measure(table, at, form) for at in columns if at not in optional]
    if _sentence_width(needs, width) < _MIN_SENTENCE[form]:
        return None
    for at in optional:
        if need := _squeeze(_measure(table, at, form), needs, width):
            needs.append(need)
    widths = _share(_grow(sorted(needs, key=lambda need: need.at), width), width)
    bars = {at: find_bar_size(table.visible_cells(at), widths[at]) for at in widths}
    left_out = tuple(at for at in columns if at not in widths)
    return Fit(widths, bars, left_out) if widths else None


def _is_shared(column: Column, cells: Sequence[Cell]) -> bool:
    if len(cells) <= 1 or column.show is Show.ASKED or column.is_count:
        return False
    return not isinstance(cells[0], Bar | Lights) and all(cell == cells[0] for cell in cells[1:])


def _measure(table: Table, at: int, form: Form) -> _Need:
    column, cells = table.columns[at], table.visible_cells(at)
    if column.wrap:
        return _measure_sentences(at, column, cells, form)
    lists = [cell for cell in cells if is_names(cell)]
    if lists and not any(one_line(cell) for cell in cells if not is_names(cell)):
        return _measure_names(at, column, lists, form)
    return _measure_values(at, column, cells, form)


def _measure_values(at: int, column: Column, cells: Sequence[Cell], form: Form) -> _Need:
    """Return what values need: they are whole, but bars get shorter and labels take two lines."""
    drawn = [plain(line) for cell in cells for line in draw_cell(cell)]
    least = _bar_width(cells, _MIN_BAR)
    if not least:
        is_folded = form is not Form.SHORT and any(isinstance(cell, Label) for cell in cells)
        least = max(map(two_line_width if is_folded else cell_len, drawn))
    whole = max(map(cell_len, (column.heading, *drawn)))
    return _Need(at, max(least, _heading_width(column)), (whole, whole))


def _measure_sentences(at: int, column: Column, cells: Sequence[Cell], form: Form) -> _Need:
    """Return what texts need: short ones their width, and names are whole even on one line."""
    is_short = form is Form.SHORT
    drawn = (plain(line) for cell in cells for line in draw_cell(cell))
    longest = max(
        _heading_width(column), *map(cell_len, map(one_line, cells) if is_short else drawn)
    )
    comfortable = _COMFORTABLE_SENTENCE[form]
    if longest <= comfortable:
        return _Need(at, longest, (longest, longest))
    wanted = longest if is_short and longest <= _LONGEST_NAME else comfortable
    return _Need(at, wanted=wanted, longest=longest)


def _measure_names(at: int, column: Column, cells: Sequence[tuple[str, ...]], form: Form) -> _Need:
    """Return the widths of a column of names: no name is cut, but those of some may be counted."""
    heading, is_short = _heading_width(column), form is Form.SHORT
    widths = sorted(map(compact_width if is_short else _longest_name, cells))
    whole = [cell_len(one_line(it)) for it in cells] if is_short else widths
    most, every = max(heading, widths[-1]), max(cell_len(column.heading), *whole)
    if column.show is not Show.IF_ROOM or form is Form.LONG:
        return _Need(at, most, (most, every))
    least = max(heading, widths[len(widths) * 9 // 10])
    common = max((least, *(it for it in widths if it <= _COMMON_NAMES)))
    return _Need(at, least, (common, every), is_countable=is_short)


def _heading_width(column: Column) -> int:
    """Return the least width of a heading, at least 1: only sentences have columns of 0."""
    return max(*map(cell_len, split_heading(column.heading)), 1)


def _longest_name(names: tuple[str, ...]) -> int:
    return max(map(cell_len, map(escape_controls, names)))


def find_bar_size(cells: Sequence[Cell], width: int) -> int:
    """Return the length of the longest bar with which all bars of a column fit its width."""
    sizes = range(MAX_BAR, 0, -1)
    return next((size for size in sizes if _bar_width(cells, size) <= width), 0)


def _bar_width(cells: Sequence[Cell], size: int) -> int:
    """Return the width of a column's bars with their counts; 0 if it has none."""
    bars = (cell for cell in cells if isinstance(cell, Bar | Lights))
    return max((cell_len(plain(draw_bar(bar, size))) for bar in bars), default=0)


def _squeeze(need: _Need, others: Sequence[_Need], width: int) -> _Need | None:
    """Return an optional column that leaves enough to the sentences, names perhaps as numbers."""
    comfortable = max(it.wanted for it in (*others, need))
    candidates = [(need, comfortable)]
    if need.is_countable:
        number = need._replace(least=_NUMBER)
        candidates = [(need, _SENTENCE_BESIDE_NAMES), (number, _SENTENCE_BESIDE_NUMBERS)]
    for candidate, sentence in candidates:
        if _sentence_width([*others, candidate], width) >= min(sentence, comfortable):
            return candidate
    return None


def _grow(needs: Sequence[_Need], width: int) -> list[_Need]:
    """Return the needs with what the columns take beyond their least, from left to right."""
    grown = list(needs)
    comfortable = max((it.wanted for it in needs), default=0)
    for step, sentence in enumerate((comfortable, _AMPLE_SENTENCE)):
        for index, need in enumerate(grown):
            spare = _rest(grown, width) - sentence * _count_sentences(grown)
            more = min(need.steps[step] - need.least, spare)
            if need.least and more > 0:
                grown[index] = need._replace(least=need.least + more)
    return grown


def _share(needs: Sequence[_Need], width: int) -> dict[int, int]:
    """Return the widths, with what is left for sentences; none takes more than it needs."""
    shared = list(needs)
    while _count_sentences(shared):
        sentence = _sentence_width(shared, width)
        fitting = [it for it in shared if not it.least and it.longest <= sentence]
        for need in fitting or [it for it in shared if not it.least]:
            shared[shared.index(need)] = need._replace(least=min(need.longest, sentence))
    return {need.at: need.least for need in shared}


def _sentence_width(needs: Sequence[_Need], width: int) -> int:
    """Return the width of a column of sentences; without one, all of the width if all fit."""
    sentences, rest = _count_sentences(needs), _rest(needs, width)
    return rest // sentences if sentences else width if rest >= 0 else -1


def _rest(needs: Sequence[_Need], width: int) -> int:
    return width - sum(need.least for need in needs) - GAP * (len(needs) - 1)


def _count_sentences(needs: Sequence[_Need]) -> int:
    return sum(not need.least for need in needs)
