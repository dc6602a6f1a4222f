"""`indicators`: what the plan promises in figures, beside what was reported."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from credit_plan import targets
from credit_plan.as_of import AsOf, find_points
from credit_plan.cells import Label
from credit_plan.filters import Filters, find_indicator, find_measures, is_id, normalize_id
from credit_plan.i18n import _, join_list, pgettext, plural
from credit_plan.plan import Direction, Indicator, Plan, Report, Target
from credit_plan.questions import captions, columns
from credit_plan.questions.columns import Field, field
from credit_plan.status import Assessment
from credit_plan.table import Answer, Chart, Show, Table
from credit_plan.text import format_figure


class TargetResult(NamedTuple):
    """A target of an indicator, how it stands, and the reported value that decides."""

    indicator: Indicator
    target: Target
    assessment: Assessment
    value: Decimal | None
    on: date | None


def _reported(row: TargetResult) -> str | None:
    return None if row.value is None else f"{format_figure(row.value)}{row.indicator.unit}"


DIRECTIONS = {
    Direction.HIGHER: pgettext("direction", "higher"),
    Direction.LOWER: pgettext("direction", "lower"),
}

TARGET_FIELDS: tuple[Field[TargetResult], ...] = (
    field("by", _("By"), lambda row: row.target.by),
    field("name", _("Indicator"), lambda row: row.indicator.name, wrap=True),
    field("measure", _("ID"), lambda row: row.indicator.measure, show=Show.IF_ROOM, is_id=True),
    field(
        "promised",
        pgettext("of an indicator", "Target"),
        lambda row: targets.describe(row.target, row.indicator.unit),
    ),
    field("reported", pgettext("figure", "Reported"), _reported),
    field("on", _("On"), lambda row: row.on, show=Show.IF_ROOM),
    field("timing", _("Timing"), lambda row: columns.target_label(row.assessment)),
    field("indicator", _("Code"), lambda row: row.indicator.id, show=Show.IF_ROOM),
    field("unit", _("Counted in"), lambda row: row.indicator.unit, show=Show.DATA),
    field(
        "better",
        _("Better"),
        lambda row: Label(row.indicator.better, DIRECTIONS[row.indicator.better]),
        show=Show.DATA,
    ),
    field("comparison", _("Comparison"), lambda row: str(row.target.comparison), show=Show.DATA),
    field("value", _("Value"), lambda row: row.target.value, show=Show.DATA),
    field("figure", _("Figure"), lambda row: row.value, show=Show.DATA),
    field("status", _("Status"), lambda row: columns.status_label(row.assessment), show=Show.DATA),
    field("light", _("Light"), lambda row: columns.light_label(row.assessment), show=Show.DATA),
    field("days", _("Days late"), lambda row: row.assessment.days, show=Show.DATA),
    field("text", pgettext("target", "As printed"), lambda row: row.target.text, show=Show.DATA),
    field("note", _("Note"), lambda row: row.indicator.note, show=Show.DATA),
)
_ALL = columns.arrange(
    TARGET_FIELDS,
    shown=("name", "promised", "reported", "timing", "measure", "on", "indicator"),
    if_room=("measure", "on", "indicator"),
)
_OF_ONE = columns.arrange(
    TARGET_FIELDS, shown=("by", "promised", "reported", "on", "timing", "text"), if_room=("text",)
)


def answer(plan: Plan, filters: Filters, day: date, names: Iterable[str] | None = None) -> Answer:
    """Return the targets of the measures asked for, by year-end; or those of some indicators.

    These are named, or have the id of their measure or task. If it is a single one, its reports
    follow. Dates are those of the year-ends. Raise NameLookupError for a name that means nothing.
    """
    as_of = filters.as_of(plan)
    asked = {name: _find_indicators(plan, name) for name in names or ()}
    chosen = set(chain.from_iterable(asked.values()) if asked else plan.indicators)
    every = assess_targets(plan, as_of)
    measures = {measure.id for measure in filter(filters.matches, plan.measures)}
    rows = tuple(
        row
        for row in every
        if row.indicator in chosen
        and row.indicator.measure in measures
        and filters.covers(row.target.by)
        and filters.accepts(row.assessment)
    )
    result = captions.Result(rows, len(every), filters, 0, as_of.report_count)
    if asked and len(chosen) == 1:
        tables = _tables_of_one(result, chosen.pop(), as_of, day)
    else:
        tables = (_table_of_all(result, as_of, day, tuple(asked)),)
    remarks = tuple(_explain(result, asked))
    return Answer("indicators", day, tables, remarks, has_table_key=True, one_table=True)


def assess_targets(plan: Plan, as_of: AsOf) -> tuple[TargetResult, ...]:
    """Return every target of the plan by its year-end, then in the order of the indicators."""
    rows = []
    for indicator in plan.indicators:
        for target in indicator.targets:
            assessment, point = as_of.assess_target(indicator, target)
            on, value = point or (None, None)
            rows.append(TargetResult(indicator, target, assessment, value, on))
    return tuple(sorted(rows, key=lambda row: row.target.by))


def _find_indicators(plan: Plan, name: str) -> tuple[Indicator, ...]:
    """Return the indicator with a name, or those of a measure or a task; these may have none."""
    if not is_id(name):
        return (find_indicator(plan, name),)
    measures = {measure.id for measure in find_measures(plan, name)}
    return tuple(indicator for indicator in plan.indicators if indicator.measure in measures)


def _table_of_all(
    result: captions.Result[TargetResult], as_of: AsOf, day: date, names: tuple[str, ...]
) -> Table:
    dates = captions.count_dates((row.assessment for row in result.rows), as_of)
    asked = (_("of {names}").format(names=join_list(names)),) if names else ()
    return columns.make_table(
        "promised",
        _ALL if result.report_count else columns.hide_lights(_ALL),
        result.rows,
        caption=captions.caption(
            result,
            _("{count} of {total} targets"),
            captions.ANY_DATE,
            more=(*asked, *dates),
            day=day,
        ),
        names=result.unit_names,
        sections=tuple(_("By {date}").format(date=row.target.by) for row in result.rows),
    )


def _tables_of_one(
    result: captions.Result[TargetResult], indicator: Indicator, as_of: AsOf, day: date
) -> tuple[Table, ...]:
    """Return the targets of an indicator with its line over the years, and its reports."""
    own = as_of.reports.get(indicator.measure, ()) if result.rows else ()
    reports = tuple(report for report in own if indicator.id in dict(report.values))
    title = _("{name} ({id}, {unit}), measure {measure}").format(
        name=indicator.name, id=indicator.id, unit=indicator.unit, measure=indicator.measure
    )
    head = columns.make_table(
        "promised",
        _OF_ONE if result.report_count else columns.hide_lights(_OF_ONE),
        result.rows,
        title=title,
        caption="\n".join(filter(None, (captions.as_of_phrase(day), indicator.note))),
        chart=_chart(indicator, reports),
    )
    caption = plural("{count} figure reported", "{count} figures reported", len(reports))
    return head, columns.make_table("reported", _report_fields(indicator), reports, caption=caption)


def _report_fields(indicator: Indicator) -> tuple[Field[Report], ...]:
    return (
        field("on", _("On"), lambda report: report.on),
        field(
            "figure", _("Figure"), lambda report: dict(report.values)[indicator.id], is_count=True
        ),
        field("by_unit", _("Reported by"), lambda report: report.unit),
        field("recorded_on", _("Recorded"), lambda report: report.recorded_on),
        field("recorded", _("Time"), lambda report: report.recorded.isoformat(), show=Show.DATA),
        field("note", pgettext("of a report", "Note"), lambda report: report.note, wrap=True),
        field("indicator", _("Code"), lambda _report: indicator.id, show=Show.DATA),
        field("measure", _("ID"), lambda report: report.measure, show=Show.DATA, is_id=True),
    )


def _chart(indicator: Indicator, reports: tuple[Report, ...]) -> Chart:
    """Return the line of an indicator, from the beginning of its first year on."""
    in_order = sorted(indicator.targets, key=attrgetter("by"))
    first = date(in_order[0].by.year, 1, 1)
    spans = (
        (max(targets.window_start(in_order, target), first), target.by, target.value)
        for target in in_order
    )
    return Chart(tuple(spans), find_points(indicator.id, reports), indicator.unit)


def _explain(
    result: captions.Result[TargetResult], asked: Mapping[str, Sequence[Indicator]]
) -> Iterator[str]:
    """Yield which names have no indicator, and why there is nothing to see of the others."""
    message = _("The plan promises no figure in {id}; to read its target: credit-plan show {id}")
    for name, found in asked.items():
        if not found:
            yield message.format(id=normalize_id(name))
    if asked and not any(asked.values()):
        return
    if not result.total:
        yield _("This plan has no indicators.yaml, so it has no targets to show.")
    elif not result.rows:
        yield _("No target matches; try fewer filters.")
    else:
        yield from captions.explain_no_reports(result.report_count, result.filters)
