"""The sheet to be filled in: the measures of a unit, with empty columns for its reports.

Its columns are the same in every kind of file. `record` reads those of a report, and takes the
others for the plan's own.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from credit_plan.as_of import TrackedMeasure
from credit_plan.filters import Filters, mark_id
from credit_plan.plan import STATUSES_IN_CHINESE, Indicator, Measure, Plan, Report, Unit
from credit_plan.questions.columns import Field, field, make_table
from credit_plan.reporting.reported import FORM_TITLES, TITLES
from credit_plan.table import Table
from credit_plan.text import format_figure, is_unseen

_UNSAFE = re.compile(r'[<>:"/\\|?*\s]')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?")
"""What Windows allows in no file name, and the names that it keeps for devices."""

_MAX_LETTERS = 60
"""Characters of a name; four bytes each and an ending are less than the 255 bytes of most disks."""


@dataclass(frozen=True, slots=True)
class _Subject:
    """A row before it is written: a measure with its last report, and whose sheet it is in."""

    measure: Measure
    last: Report | None
    unit: Unit
    indicators: dict[str, Indicator]


def _describe_last_report(row: _Subject) -> str:
    """Return `2024-06-30 市营商局 进行中；承诺率 66％；还差三家`, on one line."""
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
    _field("deadline_text", lambda row: row.measure.deadline_text or ""),
    _field("last_report", _describe_last_report, wrap=True),
    _field("indicators", _list_indicators, wrap=True),
    _field("on", _leave_empty),
    _field("unit", _name_reporter),
    _field("status", _leave_empty),
    _field("values", _leave_empty, wrap=True),
    _field("note", _leave_empty, wrap=True),
    _field("evidence", _leave_empty, wrap=True),
)


def make_form(plan: Plan, filters: Filters, *, with_shared: bool) -> Table:
    """Return the sheet of the only unit in `filters`: a row for each measure, in printed order.

    `with_shared` adds the measures of groups that may include the unit.
    """
    (unit,) = filters.units
    tracked = tuple(map(filters.as_of(plan).track, plan.measures))
    chosen = _ids(filters.select(tracked))
    if with_shared:
        chosen |= _ids(filters.select_via_group(tracked))
    indicators = {indicator.id: indicator for indicator in plan.indicators}
    rows = (
        _Subject(it.measure, it.last_report, unit, indicators)
        for it in tracked
        if it.measure.id in chosen
    )
    return make_table("form", _FIELDS, rows)


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


def _ids(tracked: Iterable[TrackedMeasure]) -> set[str]:
    return {it.measure.id for it in tracked}


def _make_safe(name: str) -> str:
    """Return a name with _ for what may be in no file name, or would lead to another folder."""
    seen = "".join("_" if is_unseen(it) else it for it in unicodedata.normalize("NFC", name))
    safe = _UNSAFE.sub("_", seen)[:_MAX_LETTERS].strip(".")
    return f"_{safe}" if not safe or _RESERVED.fullmatch(safe) else safe
