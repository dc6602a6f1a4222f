"""`overdue`, `stale`, `missing` and `history`: what was reported, and what was not."""

from __future__ import annotations

from datetime import date
from typing import Final

from credit_plan.cells import EvidenceRef, Figure, Figures, Label
from credit_plan.i18n import _, ngettext
from credit_plan.models.indicators import Indicator
from credit_plan.models.progress import Entry
from credit_plan.report.caption import SEPARATOR, caption, names, nothing_known, said_as_of
from credit_plan.report.fields import DUTY_FIELDS, Field, arranged, columns, rows
from credit_plan.report.standings import STATUSES
from credit_plan.selection.asked import Selection
from credit_plan.selection.duties import Duty
from credit_plan.selection.progress import History, Missing, Silence
from credit_plan.table import Column, Layout, Report, Show, Table
from credit_plan.terms import State

_OVERDUE: Final = arranged(
    DUTY_FIELDS,
    shown=(
        "id",
        "days",
        "lead",
        "reported_status",
        "reported_on",
        "deadline",
        "responsible",
        "text",
    ),
    if_room=("reported_on", "deadline", "responsible"),
)
_STALE: Final = arranged(
    DUTY_FIELDS,
    shown=("id", "recorded_on", "state", "deadline", "lead", "responsible", "text"),
    if_room=("deadline", "responsible"),
)
_SILENCE: Final[tuple[Field[Silence], ...]] = (
    Field(Column("unit", _("Unit")), lambda it: it.unit.name),
    Field(Column("open", _("Leads, open"), is_count=True), lambda it: it.open),
    Field(Column("late", _("Date passed"), is_count=True), lambda it: it.late),
    Field(Column("next_due", _("Next due")), lambda it: it.next_due),
    Field(Column("last", _("Last heard")), lambda it: it.last),
)


def overdue(answer: Selection[Duty], as_of: date) -> Report:
    """What is overdue, and what nobody reported though its date has passed."""
    titles = {
        True: _("Overdue: reported, and not as done"),
        False: _("Not reported, and the date has passed"),
    }
    table = Table(
        "measures",
        columns(_OVERDUE),
        rows(_OVERDUE, answer.found),
        caption=caption(answer, _("measures"), day=as_of),
        names=names(answer),
        sections=tuple(
            titles[it.standing is not None and it.standing.state is State.OVERDUE]
            for it in answer.found
        ),
    )
    return Report("overdue", as_of, (table,), _remarks(answer, _("Nothing is overdue."), as_of))


def stale(answer: Selection[Duty], as_of: date, days: int) -> Report:
    """Open measures of which nothing was reported in the last days."""
    said = _("open, no report in {days} days").format(days=days)
    table = Table(
        "measures",
        columns(_STALE),
        rows(_STALE, answer.found),
        caption=caption(answer, _("measures"), said=(said,), day=as_of),
        names=names(answer),
    )
    nothing = _("Every open measure has a report of the last {days} days.").format(days=days)
    return Report("stale", as_of, (table,), _remarks(answer, nothing, as_of))


def missing(answer: Missing, as_of: date) -> Report:
    """The units that lead open measures and are silent."""
    said = [_silent_since(answer.since)]
    if answer.shared:
        said.append(
            ngettext(
                "{count} more open measure is led by a group",
                "{count} more open measures are led by groups",
                answer.shared,
            ).format(count=answer.shared)
        )
    table = Table(
        "units",
        columns(_SILENCE),
        rows(_SILENCE, answer.units.found),
        caption=caption(
            answer.units, _("units that lead open measures"), said=tuple(said), day=as_of
        ),
        names=names(answer.units),
    )
    nothing = (
        _("Every unit that leads an open measure has reported.")
        if answer.units.total
        else _("No unit leads an open measure.")
    )
    return Report("missing", as_of, (table,), _remarks(answer.units, nothing, as_of))


def history(answer: History, as_of: date) -> Report:
    """What was reported, oldest first, with evidence."""
    ids = ", ".join(duty.id for duty in answer.duties)
    fields = _entry_fields({it.id: it for it in answer.indicators})
    count = len(answer.entries)
    said = ngettext("{count} report of {ids}", "{count} reports of {ids}", count)
    table = Table(
        "reports",
        columns(fields),
        rows(fields, answer.entries),
        caption=SEPARATOR.join((said.format(count=count, ids=ids), said_as_of(as_of))),
        layout=Layout.RECORDS,
    )
    nothing = (_("Nothing was reported of {ids} by {day}.").format(ids=ids, day=as_of),)
    why = nothing_known(answer.recorded, as_of) or nothing
    return Report("history", as_of, (table,), () if answer.entries else why)


def _remarks(
    answer: Selection[Duty] | Selection[Silence], nothing: str, day: date
) -> tuple[str, ...]:
    """What is to be said where nothing was reported, or where nothing was found."""
    narrowed = _("Leave a filter out to look further.") if answer.asked.narrows else ""
    not_found = (" ".join(filter(None, (nothing, narrowed))),)
    return nothing_known(answer.recorded, day) or (() if answer.found else not_found)


def _silent_since(since: date | None) -> str:
    if since is None:
        return _("no report at all")
    return _("no report since {date}").format(date=since)


def _entry_fields(indicators: dict[str, Indicator]) -> tuple[Field[Entry], ...]:
    """The fields of a report; its figures go by the names of their indicators."""

    def figures(entry: Entry) -> Figures:
        named = ((indicators[code], value) for code, value in entry.values.items())
        return Figures(tuple(Figure(it.id, it.name, value, it.unit) for it, value in named))

    return (
        Field(Column("on", _("As of")), lambda it: it.on),
        Field(Column("id", _("ID")), lambda it: it.measure),
        Field(Column("unit", _("Reported by")), lambda it: it.unit),
        Field(Column("status", _("Status")), lambda it: Label(it.status, STATUSES[it.status])),
        Field(Column("values", _("Figures"), wrap=True), figures),
        Field(Column("note", _("Note"), wrap=True), lambda it: it.note),
        Field(Column("evidence", _("Evidence"), wrap=True), _proofs),
        Field(Column("recorded_on", _("Recorded")), lambda it: it.known_from),
        Field(Column("recorded", _("Time"), show=Show.DATA), lambda it: it.recorded.isoformat()),
    )


def _proofs(entry: Entry) -> tuple[EvidenceRef, ...]:
    return tuple(EvidenceRef(it.url or it.file or "", it.sha256) for it in entry.evidence)
