"""How many measures of each chapter, lead unit or year stand how: a bar of lights, and counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from credit_plan.cells import Cell, Lights
from credit_plan.i18n import _
from credit_plan.report.caption import caption, names
from credit_plan.report.fields import Field, columns, rows
from credit_plan.report.standings import STATES
from credit_plan.selection.asked import Asked, Selection
from credit_plan.selection.progress import StateTally
from credit_plan.table import Column, Show, Table
from credit_plan.terms import Dimension, Light, State

URGENT_FIRST: Final = (
    State.OVERDUE,
    State.NOT_REPORTED,
    State.BLOCKED,
    State.DUE_SOON,
    State.IN_PROGRESS,
    State.NOT_YET_DUE,
    State.DONE_LATE,
    State.DONE_ON_TIME,
)
"""The states in the order in which somebody has to look at them."""


@dataclass(frozen=True, slots=True)
class _Side:
    """What a dimension is called: the column of its rows, all of them, and their table."""

    key: Column
    nouns: str
    title: str


_SIDES: Final = {
    Dimension.CHAPTER: _Side(
        Column("chapter", _("Chapter"), is_count=True), _("chapters"), _("By chapter")
    ),
    Dimension.UNIT: _Side(
        Column("unit", _("Lead unit")), _("units that lead a measure"), _("By lead unit")
    ),
    Dimension.YEAR: _Side(
        Column("year", _("Deadline in"), is_count=True),
        _("years"),
        _("By the year of the deadline"),
    ),
}
_TITLE: Final[Field[StateTally]] = Field(
    Column("title", _("Title"), wrap=True), lambda it: it.title
)


def tallies(
    found: tuple[StateTally, ...], by: Dimension, asked: Asked, counts: Show = Show.DATA
) -> Table:
    """A row for each chapter, unit or year; `counts` says who sees the count of each state."""
    most = max((tally.measures for tally in found), default=0)
    side, all_of_them = _SIDES[by], Selection(found, len(found), asked)
    fields: tuple[Field[StateTally], ...] = (
        Field(side.key, lambda it: _key(it, by)),
        Field(Column("measures", _("Measures"), is_count=True), lambda it: it.measures),
        Field(Column("lights", _("红 黄 绿")), lambda it: _lights(it, most)),
        *(_count(state, counts) for state in URGENT_FIRST),
        *((_TITLE,) if by is Dimension.CHAPTER else ()),
    )
    return Table(
        by,
        columns(fields),
        rows(fields, found),
        title=side.title,
        caption=caption(all_of_them, side.nouns),
        names=names(all_of_them),
    )


def _key(tally: StateTally, by: Dimension) -> Cell:
    return tally.key if by is Dimension.UNIT else int(tally.key)


def _lights(tally: StateTally, most: int) -> Lights:
    red, yellow, green = (tally.lights[light] for light in Light)
    return Lights(red, yellow, green, most)


def _count(state: State, show: Show) -> Field[StateTally]:
    column = Column(state, STATES[state], show=show, is_count=True)
    return Field(column, lambda tally: tally.states[state])
