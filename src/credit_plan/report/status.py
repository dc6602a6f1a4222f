"""`status`: the plan's standing at a glance, or how its measures stand by chapter, unit or year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from credit_plan.cells import Bar, Label
from credit_plan.i18n import _
from credit_plan.report.caption import NOTHING_FITS, SEPARATOR, nothing_known, said_as_of
from credit_plan.report.fields import STANDING_FIELDS, Field, columns, of, rows
from credit_plan.report.fields import names as unit_names
from credit_plan.report.promises import PROMISE
from credit_plan.report.standings import LIGHTS, STATES
from credit_plan.report.state_tallies import URGENT_FIRST, tallies
from credit_plan.selection.duties import Obligation
from credit_plan.selection.progress import Status
from credit_plan.standing import LIGHTS as LIGHT_RULES
from credit_plan.standing import STATES as DEFINITIONS
from credit_plan.standing import Definition
from credit_plan.table import Column, Report, Show, Table
from credit_plan.terms import Dimension, Light, State

_MOST: Final = 10
"""So many rows of a table are a glance."""

_NEXT: Final[tuple[Field[Obligation], ...]] = (
    Field(Column("date", _("Due")), lambda it: it.date),
    Field(Column("id", _("ID")), lambda it: it.duty.id),
    *(of(lambda it: it.standing, field) for field in STANDING_FIELDS[:1]),
    Field(Column("lead", _("Lead")), lambda it: unit_names(it.duty.lead)),
    Field(Column("what", _("What falls due"), wrap=True), lambda it: it.what),
)


def status(answer: Status, as_of: date, by: Dimension | None = None) -> Report:
    """Every state with its measures, then chapters, units, missed figures and what is next.

    With `by`, all rows of that one table.
    """
    everything = {
        Dimension.CHAPTER: answer.chapters,
        Dimension.UNIT: answer.units,
        Dimension.YEAR: answer.years,
    }
    tables: tuple[Table, ...] = ()
    if by is None and answer.total.measures:
        tables = (
            _states(answer, as_of),
            tallies(answer.chapters, Dimension.CHAPTER, answer.asked),
            _units(answer),
            _missed(answer),
            _next(answer, as_of),
        )
    elif by is not None:
        table = tallies(everything[by], by, answer.asked, counts=Show.IF_ROOM)
        said = SEPARATOR.join((table.caption, said_as_of(as_of), _lights_rule()))
        tables = (replace(table, caption=said),)
    return Report("status", as_of, tables, _remarks(answer, as_of), has_table_key=True)


def _remarks(answer: Status, as_of: date) -> tuple[str, ...]:
    if not answer.total.measures:
        return NOTHING_FITS
    return nothing_known(answer.recorded, as_of)


def _states(answer: Status, as_of: date) -> Table:
    """Every state with how many measures are in it, and what it means."""
    most = max(answer.total.states.values(), default=0)
    by_state = {it.state: it for it in DEFINITIONS}
    fields: tuple[Field[Definition], ...] = (
        Field(Column("state", _("State")), lambda it: Label(it.state, STATES[it.state])),
        Field(Column("count", _("Measures")), lambda it: Bar(answer.total.states[it.state], most)),
        Field(
            Column("means", _("Means"), wrap=True),
            lambda it: it.words.format(within=answer.asked.within),
        ),
    )
    said = _("{count} of {total} measures have a report").format(
        count=answer.total.measures - answer.total.states[State.NOT_REPORTED],
        total=answer.total.measures,
    )
    return Table(
        "states",
        columns(fields),
        rows(fields, (by_state[state] for state in URGENT_FIRST)),
        title=SEPARATOR.join((_("How the measures stand"), said_as_of(as_of))),
        caption=SEPARATOR.join((said, _lights_rule())),
    )


def _lights_rule() -> str:
    """`红: overdue, …; 黄: …; 绿: all else`."""
    return "; ".join(f"{LIGHTS[rule.light]}: {rule.words}" for rule in LIGHT_RULES)


def _units(answer: Status) -> Table:
    """The units with the most red, then yellow measures."""
    worst = sorted(answer.units, key=lambda it: (-it.lights[Light.RED], -it.lights[Light.YELLOW]))
    table = tallies(tuple(worst), Dimension.UNIT, answer.asked)
    if len(worst) <= _MOST:
        return table
    more = _("{count} of {total} units that lead a measure · all: credit-plan status --by unit")
    said = more.format(count=_MOST, total=len(worst))
    return replace(table, caption=said, preview_rows=_MOST)


def _missed(answer: Status) -> Table:
    """The figures that were not what was promised when their year ended, or were never given."""
    found = sorted(answer.missed, key=lambda it: it.standing.state is State.NOT_REPORTED)
    silent = sum(it.standing.state is State.NOT_REPORTED for it in found)
    said = _(
        "{missed} figures missed, {silent} without a report, of the year-ends that have passed"
    )
    said = said.format(missed=len(found) - silent, silent=silent)
    if len(found) > _MOST:
        said = SEPARATOR.join((said, _("all: credit-plan indicators")))
    return Table(
        "indicators",
        columns(PROMISE),
        rows(PROMISE, found),
        title=_("Promised figures that are not there"),
        caption=said,
        preview_rows=_MOST,
    )


def _next(answer: Status, as_of: date) -> Table:
    """What falls due next, of what is not done."""
    count = len(answer.next)
    said = (
        _("{count} of {total} obligations that fall due from {date} on").format(
            count=min(count, _MOST), total=count, date=as_of
        )
        if count
        else _("nothing that is open falls due from {date} on").format(date=as_of)
    )
    return Table(
        "next",
        columns(_NEXT),
        rows(_NEXT, answer.next),
        title=_("What falls due next"),
        caption=said,
        preview_rows=_MOST,
    )
