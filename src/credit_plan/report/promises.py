"""`indicators`: what the plan promises in figures, beside what was reported."""

from __future__ import annotations

from datetime import date
from typing import Final

from credit_plan.cells import Label
from credit_plan.i18n import _, ngettext
from credit_plan.models.indicators import Indicator
from credit_plan.models.progress import Entry
from credit_plan.promised import begins, points
from credit_plan.report.caption import ANY_DATE, caption, names, nothing_known, said_as_of
from credit_plan.report.fields import Field, arranged, columns, rows
from credit_plan.report.standings import figure_stands, light_of
from credit_plan.selection.progress import Figures, Promise
from credit_plan.table import Chart, Column, Report, Show, Table
from credit_plan.text import format_figure


def _reported(it: Promise) -> str | None:
    return None if it.figure is None else f"{format_figure(it.figure)}{it.indicator.unit}"


PROMISE: Final[tuple[Field[Promise], ...]] = (
    Field(Column("by", _("By")), lambda it: it.goal.by),
    Field(Column("name", _("Indicator"), wrap=True), lambda it: it.indicator.name),
    Field(Column("measure", _("ID"), show=Show.IF_ROOM), lambda it: it.indicator.measure),
    Field(Column("promised", _("Promised")), lambda it: it.goal.promised(it.indicator.unit)),
    Field(Column("reported", _("Reported")), _reported),
    Field(Column("on", _("As of"), show=Show.IF_ROOM), lambda it: it.on),
    Field(Column("state", _("State")), lambda it: figure_stands(it.standing)),
    Field(Column("indicator", _("Code"), show=Show.IF_ROOM), lambda it: it.indicator.id),
    Field(Column("unit", _("Counted in"), show=Show.DATA), lambda it: it.indicator.unit),
    Field(
        Column("better", _("Better"), show=Show.DATA),
        lambda it: Label(it.indicator.better, it.indicator.better),
    ),
    Field(
        Column("comparison", _("Comparison"), show=Show.DATA), lambda it: str(it.goal.comparison)
    ),
    Field(Column("value", _("Value"), show=Show.DATA), lambda it: it.goal.value),
    Field(Column("figure", _("Figure"), show=Show.DATA), lambda it: it.figure),
    Field(Column("light", _("Light"), show=Show.DATA), lambda it: light_of(it.standing)),
    Field(Column("days", _("Days late"), show=Show.DATA), lambda it: it.standing.days),
    Field(Column("text", _("As printed"), show=Show.DATA), lambda it: it.goal.text),
    Field(Column("note", _("Note"), show=Show.DATA), lambda it: it.indicator.note),
)
_ALL: Final = arranged(
    PROMISE,
    shown=("name", "promised", "reported", "state", "measure", "on", "indicator"),
    if_room=("measure", "on", "indicator"),
)
_OF_ONE: Final = arranged(
    PROMISE, shown=("by", "promised", "reported", "on", "state", "text"), if_room=("text",)
)
_REPORTED: Final[tuple[Field[tuple[Indicator, Entry]], ...]] = (
    Field(Column("on", _("As of")), lambda it: it[1].on),
    Field(Column("figure", _("Figure"), is_count=True), lambda it: it[1].values[it[0].id]),
    Field(Column("by_unit", _("Reported by")), lambda it: it[1].unit),
    Field(Column("recorded_on", _("Recorded")), lambda it: it[1].known_from),
    Field(Column("recorded", _("Time"), show=Show.DATA), lambda it: it[1].recorded.isoformat()),
    Field(Column("note", _("Note"), wrap=True), lambda it: it[1].note),
    Field(Column("indicator", _("Code"), show=Show.DATA), lambda it: it[0].id),
    Field(Column("measure", _("ID"), show=Show.DATA), lambda it: it[1].measure),
)


def indicators(answer: Figures, as_of: date) -> Report:
    """All promises by year-end; or those of one indicator, with its line and its reports."""
    tables = (_all(answer, as_of),) if answer.one is None else _one(answer, answer.one, as_of)
    return Report("indicators", as_of, tables, _remarks(answer, as_of), has_table_key=True)


def _all(answer: Figures, as_of: date) -> Table:
    found = answer.promises.found
    return Table(
        "promised",
        columns(_ALL),
        rows(_ALL, found),
        caption=caption(answer.promises, _("promised figures"), ANY_DATE, day=as_of),
        names=names(answer.promises),
        sections=tuple(_("By {date}").format(date=it.goal.by) for it in found),
    )


def _one(answer: Figures, one: Indicator, as_of: date) -> tuple[Table, ...]:
    found = answer.promises.found
    head = Table(
        "promised",
        columns(_OF_ONE),
        rows(_OF_ONE, found),
        title=_heading(one),
        caption="\n".join(filter(None, (said_as_of(as_of), one.note))),
        chart=_chart(answer, one),
    )
    count = len(answer.reported)
    said = ngettext("{count} figure reported", "{count} figures reported", count)
    reports = Table(
        "reported",
        columns(_REPORTED),
        rows(_REPORTED, answer.reported),
        caption=said.format(count=count),
    )
    return head, reports


def _heading(one: Indicator) -> str:
    return _("{name} ({id}, {unit}), measure {measure}").format(
        name=one.name, id=one.id, unit=one.unit, measure=one.measure
    )


def _chart(answer: Figures, one: Indicator) -> Chart:
    """The line of one indicator, from the beginning of its first year on."""
    goals = sorted(one.goals, key=lambda it: it.by)
    first = date(goals[0].by.year, 1, 1)
    spans = ((max(begins(one, goal), first), goal.by, goal.value) for goal in goals)
    told = points(one, (entry for _one, entry in answer.reported))
    return Chart(tuple(spans), told, one.unit)


def _remarks(answer: Figures, day: date) -> tuple[str, ...]:
    if not answer.promises.total:
        return (_("This plan has no indicators.yaml: no figures that it promises are known."),)
    if not answer.promises.found:
        return (_("No promised figure fits all that was asked: leave a filter out."),)
    return nothing_known(answer.promises.recorded, day)
