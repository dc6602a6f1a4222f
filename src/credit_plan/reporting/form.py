"""The sheet to be filled in: the measures of a unit, with empty columns for its reports.

What recurs has rows of its own below its measure, each with its period in 对应节点; a sheet without
such rows does not have that column. `record` reads the columns of a report, and takes the others
for the plan's own.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from credit_plan.as_of import AsOf, TrackedMeasure
from credit_plan.dates import CalendarPeriod, Span
from credit_plan.filters import Filters
from credit_plan.plan import (
    STATUSES_IN_CHINESE,
    Indicator,
    Measure,
    Obligation,
    Plan,
    Report,
    Unit,
)
from credit_plan.questions.columns import Field, field, make_table
from credit_plan.reporting.reported import FORM_TITLES, TITLES
from credit_plan.status import Assessment, Timing
from credit_plan.table import Table
from credit_plan.text import format_figure, is_unseen, mark_id

_UNSAFE = re.compile(r'[<>:"/\\|?*\s]')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?")
"""What Windows allows in no file name, and the names that it keeps for devices."""

_MAX_LETTERS = 60
"""Characters of a name; four bytes each and an ending are less than the 255 bytes of most disks."""

_IN_CHINESE = {
    CalendarPeriod.MONTH: "{year}年{number}月份",
    CalendarPeriod.QUARTER: "{year}年第{number}季度",
    CalendarPeriod.YEAR: "{year}年",
}

_MAX_PERIODS = 4
"""Of what recurs in a measure, the latest periods are asked for; with dates, all between these."""


@dataclass(frozen=True, slots=True)
class _Subject:
    """A row before it is written: a measure, or what of it recurs, and whose sheet it is in.

    `last` is the last report on it.
    """

    measure: Measure
    last: Report | None
    unit: Unit
    indicators: dict[str, Indicator]
    owed: Obligation | None = None


def _describe_last_report(row: _Subject) -> str:
    """Return `2024-06-30 市营商局 推进中；承诺率 66％；还差三家`, on one line."""
    if not (report := row.last):
        return ""
    named = ((row.indicators[code], value) for code, value in report.values)
    figures = (f"{it.name} {format_figure(value)}{it.unit}" for it, value in named)
    head = f"{report.on} {report.unit} {STATUSES_IN_CHINESE[report.status]}"
    return "；".join((head, *figures, *(report.note or "").splitlines()))


def _list_indicators(row: _Subject) -> str:
    """Return the names to be copied to 指标值, each with its unit: 合规率（％）；瞒报率（％）."""
    own = (it for it in row.indicators.values() if it.measure == row.measure.id)
    return "；".join(it.name_with_unit for it in own)


def _describe_deadline(row: _Subject) -> str:
    """Return `2025年底前`; of what recurs, when it is due and what: `2023-03-31 按季度通报`."""
    if row.owed:
        return f"{row.owed.date} {row.owed.what}"
    return row.measure.deadline_text or ""


def _name_period(row: _Subject) -> str:
    """Return 2023年第1季度, which no spreadsheet takes for a date as it does 2023-09."""
    span = row.owed.span if row.owed else None
    if not span:
        return ""
    half = "上" if span.first.month == 1 else "下"
    return span.write(_IN_CHINESE | {CalendarPeriod.HALF_YEAR: f"{{year}}年{half}半年"})


def _name_reporter(row: _Subject) -> str:
    """Return the unit; whoever reports for a group writes its own name."""
    return "" if row.unit.is_group else row.unit.name


def _leave_empty(_row: _Subject) -> str:
    return ""


_HEADINGS = TITLES | FORM_TITLES


def _field(key: str, cell: Callable[[_Subject], str], *, wrap: bool = False) -> Field[_Subject]:
    return field(key, _HEADINGS[key], cell, wrap=wrap)


_FIELDS = (
    _field("measure", lambda row: mark_id(row.measure.id)),
    _field("text", lambda row: row.measure.text, wrap=True),
    _field("target", lambda row: row.measure.target or "", wrap=True),
    _field("deadline_text", _describe_deadline, wrap=True),
    _field("last_report", _describe_last_report, wrap=True),
    _field("indicators", _list_indicators, wrap=True),
    _field("due", _name_period),
    _field("on", _leave_empty),
    _field("unit", _name_reporter),
    _field("status", _leave_empty),
    _field("values", _leave_empty, wrap=True),
    _field("note", _leave_empty, wrap=True),
    _field("evidence", _leave_empty, wrap=True),
)


def make_form(plan: Plan, filters: Filters, *, with_shared: bool) -> Table:
    """Return the sheet of the only unit in `filters`: a row for each measure, in printed order.

    What recurs follows its measure, with a row for each period that is owed. `with_shared` adds
    the measures of groups that may include the unit.
    """
    rows = tuple(_list_rows(plan, filters, with_shared=with_shared))
    has_periods = any(row.owed for row in rows)
    fields = (it for it in _FIELDS if it.column.key != "due" or has_periods)
    return make_table("form", tuple(fields), rows)


def list_owed(as_of: AsOf, measure: Measure, filters: Filters) -> list[Obligation]:
    """Return what recurs in a measure, is not done, and has begun or is due soon: the latest ones.

    With dates in the filters, return all that is not done and falls due between them.
    """
    has_dates = bool(filters.before or filters.after)

    def is_near(it: Obligation, span: Span, assessment: Assessment) -> bool:
        if has_dates:
            return filters.covers(it.date)
        return span.first <= as_of.day or assessment.timing is Timing.DUE_SOON

    owed = []
    for it in as_of.obligations[measure.id]:
        if it.span:
            assessment = as_of.assess_obligation(it)
            if assessment.is_open and is_near(it, it.span, assessment):
                owed.append(it)
    return owed if has_dates else owed[-_MAX_PERIODS:]


def name_files(units: Iterable[Unit], ending: str) -> dict[str, Unit]:
    """Return each unit by a file name that every system takes, and that no other unit has."""
    named: dict[str, Unit] = {}
    taken = set()
    for unit in units:
        stem = name = _make_safe(unit.name)
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        named[name + ending] = unit
    return named


def _list_rows(plan: Plan, filters: Filters, *, with_shared: bool) -> Iterator[_Subject]:
    (unit,) = filters.units
    as_of = filters.as_of(plan)
    tracked = tuple(map(as_of.track, plan.measures))
    chosen = _ids(filters.select(tracked))
    if with_shared:
        chosen |= _ids(filters.select_via_group(tracked))
    indicators = {indicator.id: indicator for indicator in plan.indicators}
    for it in tracked:
        measure = it.measure
        if measure.id in chosen:
            yield _Subject(measure, it.last_report, unit, indicators)
        if filters.matches(measure) or (with_shared and filters.matches_via_group(measure)):
            for owed in list_owed(as_of, measure, filters):
                last = next(reversed(as_of.find_reports(measure.id, owed.due)), None)
                yield _Subject(measure, last, unit, indicators, owed)


def _ids(tracked: Iterable[TrackedMeasure]) -> set[str]:
    return {it.measure.id for it in tracked}


def _make_safe(name: str) -> str:
    """Return a name with _ for what may be in no file name, or would lead to another folder."""
    seen = "".join("_" if is_unseen(it) else it for it in unicodedata.normalize("NFC", name))
    safe = _UNSAFE.sub("_", seen)[:_MAX_LETTERS].strip(".")
    return f"_{safe}" if not safe or _RESERVED.fullmatch(safe) else safe
