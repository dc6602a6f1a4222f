"""`status`: the plan's standing at a glance, or how its measures stand by chapter, unit or year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from credit_plan.language import _
from credit_plan.report.caption import (
    NOTHING_FITS,
    SEPARATOR,
    caption,
    names,
    nothing_known,
    said_as_of,
)
from credit_plan.report.fields import STANDING_FIELDS, Field, columns, of, rows
from credit_plan.report.fields import names as unit_names
from credit_plan.report.promises import PROMISE
from credit_plan.report.standings import LIGHTS, STATES
from credit_plan.selection import Asked, Obligation, Selection, StateTally, Status
from credit_plan.standing import LIGHTS as LIGHT_RULES
from credit_plan.standing import STATES as DEFINITIONS
from credit_plan.standing import Definition
from credit_plan.table import Bar, Cell, Column, Lights, Report, Show, Table, Term
from credit_plan.terms import Dimension, Light, State

_MOST: Final = 10
"""So many rows of a table are a glance."""

_URGENT_FIRST: Final = (
    State.OVERDUE,
    State.NOT_REPORTED,
    State.BLOCKED,
    State.DUE_SOON,
    State.IN_PROGRESS,
    State.NOT_YET_DUE,
    State.DONE_LATE,
    State.DONE_ON_TIME,
)
_KEYS: Final = {
    Dimension.CHAPTER: Column("chapter", _("Chapter"), count=True),
    Dimension.UNIT: Column("unit", _("Lead unit")),
    Dimension.YEAR: Column("year", _("Deadline in"), count=True),
}
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
    if by is None:
        tables: tuple[Table, ...] = (
            _states(answer, as_of),
            _tallies(answer.chapters, Dimension.CHAPTER, answer.asked),
            _units(answer),
            _missed(answer),
            _next(answer, as_of),
        )
    else:
        table = _tallies(everything[by], by, answer.asked, counts=Show.IF_ROOM)
        said = SEPARATOR.join((table.caption, said_as_of(as_of), _lights_rule()))
        tables = (replace(table, caption=said),)
    return Report("status", as_of, tables, _remarks(answer, as_of), tabled=True)


def _remarks(answer: Status, as_of: date) -> tuple[str, ...]:
    if not answer.total.measures:
        return NOTHING_FITS
    return nothing_known(answer.recorded, as_of)


def _states(answer: Status, as_of: date) -> Table:
    """Every state with how many measures are in it, and what it means."""
    most = max(answer.total.states.values(), default=0)
    fields: tuple[Field[Definition], ...] = (
        Field(Column("state", _("State")), lambda it: Term(it.state, STATES[it.state])),
        Field(Column("count", _("Measures")), lambda it: Bar(answer.total.states[it.state], most)),
        Field(
            Column("means", _("Means"), wrap=True),
            lambda it: it.words.format(within=answer.asked.within),
        ),
    )
    said = _("{count} of {total} measures have a report").format(
        count=answer.reported, total=answer.total.measures
    )
    return Table(
        "states",
        columns(fields),
        rows(fields, sorted(DEFINITIONS, key=lambda it: _URGENT_FIRST.index(it.state))),
        title=SEPARATOR.join((_("How the measures stand"), said_as_of(as_of))),
        caption=SEPARATOR.join((said, _lights_rule())),
    )


def _lights_rule() -> str:
    """`红: overdue, …; 黄: …; 绿: all else`."""
    return "; ".join(f"{LIGHTS[rule.light]}: {rule.words}" for rule in LIGHT_RULES)


def _tallies(
    tallies: tuple[StateTally, ...],
    by: Dimension,
    asked: Asked,
    counts: Show = Show.DATA,
) -> Table:
    """A row for each chapter, unit or year: a bar of its lights, and each state's count."""
    most = max((tally.measures for tally in tallies), default=0)
    fields: tuple[Field[StateTally], ...] = (
        Field(_KEYS[by], lambda it: _key(it, by)),
        Field(Column("measures", _("Measures"), count=True), lambda it: it.measures),
        Field(Column("lights", _("红 黄 绿")), lambda it: _lights(it, most)),
        *(_count(state, counts) for state in _URGENT_FIRST),
        *((_TITLE,) if by is Dimension.CHAPTER else ()),
    )
    nouns = {
        Dimension.CHAPTER: _("chapters"),
        Dimension.UNIT: _("units that lead a measure"),
        Dimension.YEAR: _("years"),
    }
    titles = {
        Dimension.CHAPTER: _("By chapter"),
        Dimension.UNIT: _("By lead unit"),
        Dimension.YEAR: _("By the year of the deadline"),
    }
    return Table(
        by,
        columns(fields),
        rows(fields, tallies),
        title=titles[by],
        caption=caption(Selection(tallies, len(tallies), asked), nouns[by]),
        names=names(Selection(tallies, len(tallies), asked)),
    )


_TITLE: Final[Field[StateTally]] = Field(
    Column("title", _("Title"), wrap=True), lambda it: it.title
)


def _key(tally: StateTally, by: Dimension) -> Cell:
    return tally.key if by is Dimension.UNIT else int(tally.key)


def _lights(tally: StateTally, most: int) -> Lights:
    red, yellow, green = (tally.lights[light] for light in Light)
    return Lights(red, yellow, green, most)


def _count(state: State, show: Show) -> Field[StateTally]:
    column = Column(state, STATES[state], show=show, count=True)
    return Field(column, lambda tally: tally.states[state])


def _units(answer: Status) -> Table:
    """The units with the most red, then yellow measures."""
    worst = sorted(answer.units, key=lambda it: (-it.lights[Light.RED], -it.lights[Light.YELLOW]))
    table = _tallies(tuple(worst), Dimension.UNIT, answer.asked)
    if len(worst) <= _MOST:
        return table
    more = _("{count} of {total} units that lead a measure · all: credit-plan status --by unit")
    said = more.format(count=_MOST, total=len(worst))
    return replace(table, caption=said, glance=_MOST)


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
        glance=_MOST,
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
        glance=_MOST,
    )
