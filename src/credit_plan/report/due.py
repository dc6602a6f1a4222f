"""`due`: obligations by date."""

from __future__ import annotations

from datetime import date
from typing import Final

from credit_plan.cells import Label
from credit_plan.i18n import _
from credit_plan.report.caption import ANY_DATE, caption, command, names, nothing_known
from credit_plan.report.fields import (
    DUTY_FIELDS,
    STANDING_FIELDS,
    Field,
    columns,
    of,
    rows,
    standing_as_well,
)
from credit_plan.report.standings import STATUSES, stands
from credit_plan.selection.duties import Due, Obligation
from credit_plan.table import Column, Report, Table
from credit_plan.terms import ObligationKind

NOTHING_DUE_FITS: Final = _("Nothing in the plan fits all that was asked: leave a filter out.")

_KINDS: Final = {
    ObligationKind.DEADLINE: _("deadline"),
    ObligationKind.MILESTONE: _("milestone"),
}


def _stands(it: Obligation) -> Label | None:
    """The state; of a milestone of which nobody can tell, what was reported of its measure."""
    if it.standing is None and it.duty.last is not None:
        return Label("", _("({status})").format(status=STATUSES[it.duty.last.status]))
    return stands(it.standing)


_OF_DUTY: Final[tuple[Field[Obligation], ...]] = tuple(
    of(lambda it: it.duty, field)
    for field in DUTY_FIELDS
    if field.column.key not in {own.column.key for own in STANDING_FIELDS}
)
_ALL_FIELDS: Final[tuple[Field[Obligation], ...]] = (
    Field(Column("date", _("Due")), lambda it: it.date),
    Field(Column("kind", _("Kind")), lambda it: Label(it.kind, _KINDS[it.kind])),
    Field(Column("what", _("What falls due"), wrap=True), lambda it: it.what),
    *_OF_DUTY,
    Field(Column("state", _("State")), _stands),
    *(of(lambda it: it.standing, field) for field in STANDING_FIELDS[1:]),
)
_SHOWN: Final = ("date", "id", "kind", "lead", "responsible", "what")
_IF_ROOM: Final = ("responsible",)


def due(answer: Due, as_of: date) -> Report:
    """The obligations found; where there are none, why, and where to look."""
    found = answer.obligations.found
    is_full = bool(answer.obligations.recorded)
    if_room = ("kind", *_IF_ROOM) if is_full else _IF_ROOM
    fields = standing_as_well(answer.obligations, _ALL_FIELDS, _SHOWN, if_room)
    table = Table(
        "obligations",
        columns(fields),
        rows(fields, found),
        caption=caption(answer.obligations, _nouns(answer.kind), ANY_DATE),
        names=names(answer.obligations),
    )
    return Report("due", as_of, (table,), () if found else tuple(_why_empty(answer, as_of)))


def _nouns(kind: ObligationKind) -> str:
    match kind:
        case ObligationKind.ALL:
            return _("obligations")
        case ObligationKind.DEADLINE:
            return _("deadlines")
        case ObligationKind.MILESTONE:
            return _("milestones")


def _why_empty(answer: Due, as_of: date) -> tuple[str, ...]:
    """Why nothing was found, and the command that finds something."""
    asked = answer.obligations.asked
    if asked.states and (unknown := nothing_known(answer.obligations.recorded, as_of)):
        return unknown
    if asked.states or asked.only_open:
        return (NOTHING_DUE_FITS,)
    if answer.last and asked.after and asked.after > answer.last:
        kind = () if answer.kind is ObligationKind.ALL else ("--kind", answer.kind)
        past = command("due", asked, *kind, "--before", str(answer.last))
        return (
            _("Nothing falls due from {after} on: the last date is {last}.").format(
                after=asked.after, last=answer.last
            ),
            _("What fell due until then: {command}").format(command=past),
        )
    if answer.first and asked.before and asked.before < answer.first:
        return (
            _("Nothing falls due by {before}: the first date is {first}.").format(
                before=asked.before, first=answer.first
            ),
        )
    return (NOTHING_DUE_FITS,)
