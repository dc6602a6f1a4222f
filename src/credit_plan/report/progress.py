"""`overdue`, `stale`, `missing` and `history`: what was reported, and what was not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from credit_plan.language import _, ngettext
from credit_plan.model import Entry, Evidence
from credit_plan.report.caption import SEPARATOR, caption, names
from credit_plan.report.fields import DUTY_FIELDS, Field, arranged, columns, rows
from credit_plan.report.standings import STATUSES
from credit_plan.selection import Duty, History, Missing, Selection, Silence
from credit_plan.table import Column, Layout, Report, Show, Table, Term
from credit_plan.terms import State

NOTHING_RECORDED: Final = (
    _(
        "Nothing has been recorded yet, so all that is not done is “not reported”. To begin:\n"
        "  credit-plan init DIR                   (a workspace of your own)\n"
        "  credit-plan record ID --status STATUS  (in it; or “credit-plan record” to be asked)"
    ),
)
"""What is said where a question about reports finds that there are none."""

_OVERDUE: Final = arranged(
    DUTY_FIELDS,
    shown=("id", "days", "deadline", "lead", "reported_on", "status", "responsible", "text"),
    if_room=("reported_on", "status", "responsible"),
)
_STALE: Final = arranged(
    DUTY_FIELDS,
    shown=("id", "reported_on", "state", "deadline", "lead", "responsible", "text"),
    if_room=("deadline", "responsible"),
)
_SILENCE: Final[tuple[Field[Silence], ...]] = (
    Field(Column("unit", _("Unit")), lambda it: it.unit.name),
    Field(Column("open", _("Leads, open"), count=True), lambda it: it.open),
    Field(Column("late", _("Date passed"), count=True), lambda it: it.late),
    Field(Column("next_due", _("Next due")), lambda it: it.next_due),
    Field(Column("last", _("Last report")), lambda it: it.last),
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
        caption=SEPARATOR.join((caption(answer, _("measures")), said_as_of(as_of))),
        names=names(answer),
        sections=tuple(
            titles[it.standing is not None and it.standing.state is State.OVERDUE]
            for it in answer.found
        ),
    )
    return Report("overdue", as_of, (table,), _remarks(answer, _("Nothing is overdue.")))


def stale(answer: Selection[Duty], as_of: date, days: int) -> Report:
    """Open measures of which nothing was reported in the last days."""
    said = _("open, no report in {days} days").format(days=days)
    table = Table(
        "measures",
        columns(_STALE),
        rows(_STALE, answer.found),
        caption=SEPARATOR.join((caption(answer, _("measures")), said, said_as_of(as_of))),
        names=names(answer),
    )
    nothing = _("Every open measure has a report of the last {days} days.").format(days=days)
    return Report("stale", as_of, (table,), _remarks(answer, nothing))


def missing(answer: Missing, as_of: date) -> Report:
    """The units that lead open measures and are silent."""
    said = [caption(answer.units, _("units that lead open measures")), said_as_of(as_of)]
    said.insert(1, _silent_since(answer.since))
    if answer.shared:
        said.append(
            ngettext(
                "{count} open measure more is led by a group",
                "{count} open measures more are led by groups",
                answer.shared,
            ).format(count=answer.shared)
        )
    table = Table(
        "units",
        columns(_SILENCE),
        rows(_SILENCE, answer.units.found),
        caption=SEPARATOR.join(said),
        names=names(answer.units),
    )
    nothing = _("Every unit that leads an open measure has reported.")
    return Report("missing", as_of, (table,), _remarks(answer.units, nothing))


def history(answer: History, as_of: date) -> Report:
    """What was reported, oldest first, with evidence."""
    ids = ", ".join(duty.id for duty in answer.duties)
    count = len(answer.entries)
    said = ngettext("{count} report of {ids}", "{count} reports of {ids}", count)
    table = Table(
        "reports",
        columns(_ENTRY),
        rows(_ENTRY, answer.entries),
        caption=SEPARATOR.join((said.format(count=count, ids=ids), said_as_of(as_of))),
        layout=Layout.RECORDS,
    )
    if answer.entries:
        return Report("history", as_of, (table,))
    nothing = (_("Nothing was reported of {ids} by {day}.").format(ids=ids, day=as_of),)
    return Report("history", as_of, (table,), nothing if answer.has_reports else NOTHING_RECORDED)


def said_as_of(day: date) -> str:
    """`as of 2023-12-31`."""
    return _("as of {date}").format(date=day)


def _remarks(answer: Selection[Duty] | Selection[Silence], nothing: str) -> tuple[str, ...]:
    """What is to be said where nothing was reported, or where nothing was found."""
    if not answer.has_reports:
        return NOTHING_RECORDED
    if answer.found:
        return ()
    narrowed = _("Leave a filter out to look further.") if answer.asked.narrows else ""
    return (" ".join(filter(None, (nothing, narrowed))),)


def _silent_since(since: date | None) -> str:
    if since is None:
        return _("no report at all")
    return _("no report since {date}").format(date=since)


def figures(entry: Entry) -> tuple[str, ...]:
    """`public-commitment = 61.5`."""
    return tuple(f"{name} = {plain(figure)}" for name, figure in entry.values.items())


def plain(figure: Decimal) -> str:
    """A figure without noughts behind the point that say nothing."""
    return f"{figure.normalize():f}"


def _shown(evidence: Evidence) -> str:
    return evidence.url or f"{evidence.file}"


_ENTRY: Final[tuple[Field[Entry], ...]] = (
    Field(Column("on", _("As of")), lambda it: it.on),
    Field(Column("id", _("ID")), lambda it: it.measure),
    Field(Column("unit", _("Reported by")), lambda it: it.unit),
    Field(Column("status", _("Status")), lambda it: Term(it.status, STATUSES[it.status])),
    Field(Column("values", _("Figures"), wrap=True), figures),
    Field(Column("note", _("Note"), wrap=True), lambda it: it.note),
    Field(
        Column("evidence", _("Evidence"), wrap=True),
        lambda it: tuple(_shown(evidence) for evidence in it.evidence),
    ),
    Field(
        Column("sha256", "SHA-256", show=Show.DATA),
        lambda it: tuple(evidence.sha256 or "" for evidence in it.evidence),
    ),
    Field(Column("recorded", _("Recorded")), lambda it: it.recorded.isoformat()),
)
