"""Standings as cells: the light, the state in words, and how many days from the date it is."""

from __future__ import annotations

from typing import Final

from credit_plan.cells import Label
from credit_plan.i18n import _
from credit_plan.standing import Standing
from credit_plan.terms import Light, State, Status

LIGHTS: Final = {Light.RED: "红", Light.YELLOW: "黄", Light.GREEN: "绿"}
"""By the names that every clerk knows them by."""

STATUSES: Final = {
    Status.NOT_STARTED: _("not started"),
    Status.IN_PROGRESS: _("in progress"),
    Status.DONE: _("done"),
    Status.BLOCKED: _("blocked"),
}

STATES: Final = {
    State.DONE_ON_TIME: _("done on time"),
    State.DONE_LATE: _("done late"),
    State.NOT_REPORTED: _("not reported"),
    State.OVERDUE: _("overdue"),
    State.DUE_SOON: _("due soon"),
    State.IN_PROGRESS: _("in progress"),
    State.BLOCKED: _("blocked"),
    State.NOT_YET_DUE: _("not yet due"),
}
_OF_MEASURES: Final = STATES | {
    State.DONE_LATE: _("done {days} d late"),
    State.OVERDUE: _("overdue {days} d"),
    State.DUE_SOON: _("due in {left} d"),
}
_OF_BLOCKED: Final = {
    State.OVERDUE: _("blocked, {days} d late"),
    State.DUE_SOON: _("blocked, due in {left} d"),
}
"""What is blocked stays so where the date says more."""

_OF_FIGURES: Final = STATES | {
    State.DONE_ON_TIME: _("met"),
    State.DONE_LATE: _("met {days} d late"),
    State.NOT_REPORTED: _("no figure"),
    State.OVERDUE: _("missed"),
    State.DUE_SOON: _("due in {left} d"),
    State.IN_PROGRESS: _("not yet met"),
}


def stands(standing: Standing | None) -> Label | None:
    """`红 overdue 45 d`; machines get the state."""
    return _term(standing, _OF_MEASURES)


def figure_stands(standing: Standing) -> Label | None:
    """`红 missed`: the same of a promised figure."""
    return _term(standing, _OF_FIGURES)


def light_of(standing: Standing | None) -> Label | None:
    """`红`; machines get `red`."""
    if standing is None:
        return None
    return Label(standing.light, LIGHTS[standing.light], standing.light)


def _term(standing: Standing | None, labels: dict[State, str]) -> Label | None:
    if standing is None:
        return None
    said = labels | _OF_BLOCKED if standing.is_blocked else labels
    words = said[standing.state].format(days=standing.days, left=-standing.days)
    return Label(standing.state, f"{LIGHTS[standing.light]} {words}", standing.light)
