"""Parse reports from a table as offices have them, with rows and columns that are no reports."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import zip_longest
from typing import Any

from credit_plan.filters import is_id, normalize_id
from credit_plan.i18n import _, join_alternatives, quote
from credit_plan.plan import OBLIGATION_KINDS_IN_CHINESE, ObligationKind
from credit_plan.reporting.reported import (
    FIELDS,
    FURTHER_NOTE,
    INDICATORS,
    OBLIGATION,
    OWN_STATUS,
    REPEATED,
    REQUIRED,
    InputError,
    Intake,
    Reported,
    Unfilled,
    find_fields,
    join_fields,
    make_report,
    suggest_field,
)
from credit_plan.text import to_half_width


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table: the line that it begins on, its number in a spreadsheet, and its cells."""

    line: int
    number: int
    cells: list[str]


_DELIMITERS = (",", ";", "\t")
_MAX_TITLES = 20
"""Lines in which the headings are looked for, to tell by which sign the cells are separated."""

_MAX_SUGGESTED = 1000
"""Unknown headings whose meaning is looked for: that is slow, and 1 MiB can have 300,000."""

_FILLED_IN = frozenset(FIELDS) - {"measure", "due", "unit"}
"""What a person fills in; the milestone and the unit may stand in a sheet beforehand."""

_NOTHING = frozenset({"/", "／", "-", "－", "--", "—", "——", "无", "无。"})
"""What people write into a cell in which they have nothing to say."""

_FIGURE = re.compile(
    r"[=＝:：]\s*[-−－]?\d|\d\s*[%％‰\w]?\s*(?:[;；、\n]|$)|(?:^|[;；、\n])\s*[\d.,]+\s*[(（]"
)
"""A figure behind the name of an indicator, or in its place; a name of `form` ends in brackets."""

_FIGURE_AS_TEXT = re.compile(r"[=\"'+]+([0-9][0-9.,]*)\"?")
"""What people write so that a spreadsheet keeps a figure as it is: ="66" or '66."""

_RUN_TOGETHER = re.compile(r"第?[0-9][0-9.-]*项?\s*[,，;；\t|]")
"""An id in one cell with others, which another sign separates than in the headings."""

_DEADLINE = (ObligationKind.DEADLINE, *OBLIGATION_KINDS_IN_CHINESE[ObligationKind.DEADLINE])
_TOTALS = frozenset({"合计", "总计", "小计", "共计"})

_COMMA_BEFORE_NAME = re.compile(r"，(?!\s*\d)|，(?=[^，;；、\n=＝]*[=＝])")
_SEPARATOR = re.compile(r"[;；、\n]")


def parse_sheet(text: str) -> Intake:
    """Return the reports in a table, and everything that keeps one from being read.

    The first row that names the columns a report needs has the headings. It may come again, with
    other columns. Rows above it, totals, and rows in which nothing is filled in are no reports.
    """
    rows = list(_read_rows(text))
    first = next((row.cells for row in _whole(rows) if _is_heading(row.cells)), None)
    if first is None:
        return Intake(tuple(_explain_headings(rows)))
    columns, is_below = _Columns.of(first), False
    reports: list[Reported | InputError] = []
    unfilled: list[Unfilled] = []
    left_out: list[str] = []
    meanings: dict[str, str] = {}
    for row in rows:
        if isinstance(row, InputError):
            reports.append(row)
        elif _is_heading(row.cells):
            columns, is_below = _Columns.of(row.cells), True
            reports += columns.find_errors(row.line, meanings)
            left_out += columns.list_unknown()
        elif isinstance(outcome := columns.parse(row, is_below=is_below), Unfilled):
            unfilled.append(outcome)
        else:
            reports.append(outcome)
    return Intake(tuple(reports), tuple(unfilled), tuple(dict.fromkeys(left_out)))


def split_figures(cell: str) -> tuple[tuple[str, str], ...]:
    """Return the names and figures in `a=1; b=2`.

    Without a = all is the name: whether `a：1` has a figure depends on the names in the plan.
    ， separates only before a name, not in 4，200.
    """
    parts = _split_list(_COMMA_BEFORE_NAME.sub("；", cell))
    pairs = (part.replace("＝", "=").partition("=") for part in parts)
    return tuple((name.strip(), figure.strip()) for name, _sign, figure in pairs)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table: their headings, and the field that each one means."""

    headings: list[str]
    fields: list[str]
    has_titles: bool

    @classmethod
    def of(cls, headings: list[str]) -> "_Columns":
        """Return the columns with these headings."""
        return cls(headings, find_fields(headings), not "".join(headings).isascii())

    def find_errors(self, line: int, meanings: dict[str, str]) -> Iterator[InputError]:
        """Yield the headings that name a field again, and those that are misspelt names of one.

        `meanings` has what the first unknown headings of the file may mean.
        """
        seen: set[str] = set()
        for heading, field in zip(self.headings, self.fields, strict=True):
            if field in FIELDS and field in seen:
                shown = join_fields([field], heading)
                yield InputError(line, quote(heading), REPEATED.format(field=shown))
            seen.add(field)
            if not field and heading not in meanings and len(meanings) < _MAX_SUGGESTED:
                meanings[heading] = suggest_field(heading)
            meant = "" if field else meanings.get(heading, "")
            if meant in FIELDS and meant not in self.fields:
                message = _("unknown column {name}; did you mean “{meant}”?")
                shown = join_fields([meant], heading)
                yield InputError(line, "", message.format(name=quote(heading), meant=shown))

    def list_unknown(self) -> Iterator[str]:
        """Yield the headings that mean nothing."""
        for heading, field in zip(self.headings, self.fields, strict=True):
            if heading and not field:
                yield heading

    def parse(self, row: _Row, *, is_below: bool) -> Reported | InputError | Unfilled:
        """Return what a row says; above the headings, only one with an id is a report."""
        given = self._read(row.cells)
        measure = _find_id(given["measure"])
        is_filled = any(map(given.get, _FILLED_IN))
        if message := self._find_fault(row.cells, given, measure, is_filled=is_filled):
            place = Reported(measure, line=row.line, row=row.number, has_titles=self.has_titles)
            return place.locate(InputError(0, "", message))
        if self._is_total(row.cells, given) or not (measure or (is_filled and is_below)):
            return Unfilled("", row.line, row=row.number)
        if not is_filled:
            return Unfilled(measure, row.line, row=row.number)
        parts: dict[str, Any] = given | {
            "values": split_figures(given.get("values", "")),
            "evidence": _split_list(given.get("evidence", "")),
        }
        return make_report(parts, line=row.line, row=row.number, has_titles=self.has_titles)

    def _read(self, cells: list[str]) -> dict[str, str]:
        """Return the cells by field, with all remarks as one note, and the figures as values."""
        given = dict.fromkeys(self.fields, "") | dict(zip(self.fields, cells, strict=False))
        given |= {name: "" for name in _FILLED_IN if given.get(name) in _NOTHING}
        if not given.get("values") and _FIGURE.search(given.get(INDICATORS, "")):
            given["values"] = given[INDICATORS]
        if figure := _FIGURE_AS_TEXT.fullmatch(given.get("values", "")):
            given["values"] = figure[1]
        if "status" not in given:
            is_filled = any(map(given.get, _FILLED_IN))
            given["status"] = given.get(OWN_STATUS, "") if is_filled else ""
        if "due" not in given and given.keys() >= set(OBLIGATION):
            given["due"] = _find_due(*(given[name] for name in OBLIGATION))
        if FURTHER_NOTE in given:
            given["note"] = self._join_notes(cells)
        return given

    def _join_notes(self, cells: list[str]) -> str:
        notes = (
            cell
            for field, cell in zip(self.fields, cells, strict=False)
            if field in {"note", FURTHER_NOTE} and cell not in _NOTHING
        )
        return "\n".join(filter(None, dict.fromkeys(notes)))

    def _find_fault(
        self, cells: list[str], given: dict[str, str], measure: str, *, is_filled: bool
    ) -> str:
        """Return why the cells of a row are not those of the columns; "" if they are."""
        if any("\0" in cell for cell in cells):
            return _("the file is damaged here (NUL character); save it again")
        if not is_filled and _RUN_TOGETHER.match(to_half_width(given["measure"])):
            message = _("{cell} is one cell; separate its cells as those of the headings are")
            return message.format(cell=quote(given["measure"]))
        if (is_filled or measure) and (stray := self._find_stray(cells)):
            message = _("{cell} is in a column without a name; quote a cell with a comma in it")
            return message.format(cell=quote(stray))
        return ""

    def _find_stray(self, cells: list[str]) -> str:
        """Return a cell in a column without a heading; "" if there is none."""
        pairs = zip_longest(self.headings, cells, fillvalue="")
        return next((cell for heading, cell in pairs if cell and not heading), "")

    def _is_total(self, cells: list[str], given: dict[str, str]) -> bool:
        """Return whether a row has totals, or the numbers of the columns, and no status."""
        if given["status"] and not given["status"].isdecimal():
            return False
        of_plan = (
            re.sub(r"[\s:：]", "", cell)
            for field, cell in zip(self.fields, cells, strict=False)
            if field not in _FILLED_IN
        )
        numbers = [str(number) for number in range(1, len(cells) + 1)]
        return not _TOTALS.isdisjoint(of_plan) or (len(cells) > 1 and cells == numbers)


def _read_rows(text: str) -> Iterator[_Row | InputError]:
    """Yield the rows that are not empty, each with the line that it begins on."""
    # A cell that is too long for a report is refused where its field is known.
    csv.field_size_limit(max(len(text), csv.field_size_limit()))
    # Where files were put together, each may begin with a mark.
    text = text.replace("\n\ufeff", "\n")
    delimiter = _detect_delimiter(text)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for number, row in enumerate(reader, 1):
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield _Row(line, number, cells)
            line = reader.line_num + 1
    except csv.Error:
        message = _("a quotation mark is not closed, or one inside a cell is not doubled")
        yield InputError(line, "", message)


def _detect_delimiter(text: str) -> str:
    """Return the sign that separates the most headings which a report has."""
    lines = text.split("\n", _MAX_TITLES)[:_MAX_TITLES]

    def count_fields(delimiter: str) -> int:
        return max(sum(map(bool, find_fields(line.split(delimiter)))) for line in lines)

    return max(_DELIMITERS, key=count_fields)


def _whole(rows: Iterable[_Row | InputError]) -> Iterator[_Row]:
    return (row for row in rows if not isinstance(row, InputError))


def _is_heading(cells: list[str]) -> bool:
    """Return whether a row names the columns that a report needs.

    In a list that this program wrote, somebody may have changed the status, and added a note.
    """
    fields = set(find_fields(cells))
    return fields.issuperset(REQUIRED) or (
        fields.issuperset(("measure", OWN_STATUS)) and not fields.isdisjoint(_FILLED_IN)
    )


def _explain_headings(rows: list[_Row | InputError]) -> Iterator[InputError]:
    """Yield why the row that names the most columns of a report does not name all it needs."""
    if not rows or isinstance(rows[0], InputError):
        yield from (row for row in rows if isinstance(row, InputError))
        return
    row = max(_whole(rows), key=lambda row: sum(map(bool, find_fields(row.cells))))
    columns = _Columns.of(row.cells)
    if OWN_STATUS in columns.fields:
        message = _(
            "the status in this list is what was reported before: add a column {fields}, and fill "
            "it in where you have changed the status"
        )
        listed = join_alternatives(join_fields([it], "".join(row.cells)) for it in ("on", "note"))
        yield InputError(row.line, "", message.format(fields=listed))
        return
    missing = [field for field in REQUIRED if field not in columns.fields]
    message = _("no line names the columns that a report needs; missing here: {names}")
    listed = join_fields(missing, "".join(row.cells))
    yield InputError(row.line, "", message.format(names=listed))
    if any(columns.fields):
        yield from columns.find_errors(row.line, {})


def _find_id(cell: str) -> str:
    """Return the id of a measure in a cell, as 7.10 in 第7.10项; "" if it is no id."""
    return normalize_id(cell) if is_id(cell) else ""


def _find_due(kind: str, day: str, period: str) -> str:
    """Return what a report on a row in a list of obligations is about; "" for the deadline."""
    return "" if kind in _DEADLINE else period or day


def _split_list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _SEPARATOR.split(cell) if part.strip())
