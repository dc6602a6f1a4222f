"""`missing`: units that lead open measures and have reported nothing."""

from collections.abc import Sequence
from datetime import date

from credit_plan.as_of import AsOf, TrackedMeasure
from credit_plan.filters import Filters
from credit_plan.i18n import _, plural
from credit_plan.plan import Plan, Unit
from credit_plan.questions import captions
from credit_plan.table import Answer, Column, Row, Table

_COLUMNS = (
    Column("unit", _("Unit")),
    Column("open", _("Leads (open)"), is_count=True),
    Column("late", _("Overdue"), is_count=True),
    Column("next_due", _("Next due")),
    Column("last", _("Last report")),
)


def answer(plan: Plan, filters: Filters, day: date, since: date | None) -> Answer:
    """Return the units that lead open measures and have reported nothing, or nothing since a day.

    A measure without a lead is that of the units responsible for it. A group cannot report: what
    only groups lead is counted apart.
    """
    as_of = filters.as_of(plan)
    selected = filters.select(map(as_of.track, plan.measures))
    open_measures = [row for row in selected if row.is_open]
    led = _group_by_lead(open_measures)
    last_recorded = _find_last_recorded(as_of)
    leading = [unit for unit in plan.units if unit.name in led and not unit.is_group]
    rows = tuple(
        _row(unit, led[unit.name], last_recorded.get(unit.name), as_of)
        for unit in leading
        if _is_silent(last_recorded.get(unit.name), since)
    )
    result = captions.Result(rows, len(leading), filters, 0, as_of.report_count)
    counts = _("{count} of {total} units that lead open measures")
    caption = captions.caption(result, counts, more=_phrases(open_measures, since), day=day)
    table = Table("units", _COLUMNS, rows, caption=caption, names=result.unit_names)
    nothing = (
        _("Every unit leading an open measure has reported.")
        if leading
        else _("No unit leads an open measure.")
    )
    return Answer("missing", day, (table,), captions.explain_nothing_reported(result, nothing))


def _group_by_lead(measures: Sequence[TrackedMeasure]) -> dict[str, list[TrackedMeasure]]:
    led: dict[str, list[TrackedMeasure]] = {}
    for row in measures:
        for unit in row.measure.accountable:
            led.setdefault(unit.name, []).append(row)
    return led


def _find_last_recorded(as_of: AsOf) -> dict[str, date]:
    """Return the day on which the latest report of each unit was received."""
    last: dict[str, date] = {}
    for reports in as_of.reports.values():
        for report in reports:
            last[report.unit] = max(as_of.received_on(report), last.get(report.unit, date.min))
    return last


def _is_silent(last: date | None, since: date | None) -> bool:
    return last is None or (since is not None and last < since)


def _row(unit: Unit, led: list[TrackedMeasure], last: date | None, as_of: AsOf) -> Row:
    dates = (it.date for row in led for it in as_of.obligations[row.measure.id])
    ahead = (it for it in dates if it >= as_of.day)
    late = sum(row.is_overdue for row in led)
    return unit.name, len(led), late, min(ahead, default=None), last


def _phrases(measures: Sequence[TrackedMeasure], since: date | None) -> tuple[str, ...]:
    """Return since when units are silent, and how many open measures no unit leads."""
    silent = (
        _("no report at all") if since is None else _("no report since {date}").format(date=since)
    )
    nobody = [it for it in measures if all(unit.is_group for unit in it.measure.accountable)]
    of_groups = sum(bool(it.measure.lead) for it in nobody)
    of_none = len(nobody) - of_groups
    has_no_lead = any(not it.measure.lead for it in measures)
    led_by_groups = plural(
        "{count} more open measure is led by a group",
        "{count} more open measures are led by groups",
        of_groups,
    )
    naming_none = plural(
        "{count} more open measure names no unit",
        "{count} more open measures name no unit",
        of_none,
    )
    return (
        silent,
        *((led_by_groups,) if of_groups else ()),
        *((naming_none,) if of_none else ()),
        *((captions.WITHOUT_LEAD,) if has_no_lead else ()),
    )
