"""Questions about what was reported: what is late, what is stale, who is silent, what was said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain

from credit_plan.models.draft import Plan
from credit_plan.models.records import Unit, UnitKind
from credit_plan.query.duties import belonging, duties, ending, laid_out
from credit_plan.query.known import Known, known_entries
from credit_plan.query.names import find_duties
from credit_plan.selection.asked import Asked, Selection
from credit_plan.selection.duties import Duty
from credit_plan.selection.progress import History, Missing, Silence
from credit_plan.terms import State


def overdue(plan: Plan, asked: Asked) -> Selection[Duty]:
    """What is overdue, and then what nobody reported though its date has passed; latest first."""
    everything, recorded = laid_out(plan, asked)
    late = [it for it in ending(belonging(everything, asked), asked) if _is_late(it)]
    found = sorted(late, key=_lateness)
    return Selection(tuple(found), len(everything), asked, 0, recorded)


def stale(plan: Plan, asked: Asked, days: int) -> Selection[Duty]:
    """Open measures without a report in the last days; those never reported first, then oldest.

    What counts is when a report was recorded: one about an earlier day is news as well.
    """
    known = Known.asked(plan, asked)
    everything = duties(plan, known)
    found = [
        it
        for it in ending(belonging(everything, asked), asked)
        if _is_open(it) and (it.heard is None or (known.day - it.heard).days > days)
    ]
    found.sort(key=lambda it: it.heard or date.min)
    return Selection(tuple(found), len(everything), asked, 0, known.recorded)


def missing(plan: Plan, asked: Asked, since: date | None) -> Missing:
    """The units that lead open measures and have reported nothing, or nothing since a day.

    A group cannot report: what only groups lead is counted apart.
    """
    known = Known.asked(plan, asked)
    is_open = [it for it in ending(belonging(duties(plan, known), asked), asked) if _is_open(it)]
    spoke = _last_spoken(known)
    led: dict[str, list[Duty]] = {}
    for duty in is_open:
        for unit in duty.lead:
            led.setdefault(unit.name, []).append(duty)
    leading = [it for it in plan.units if it.name in led and it.kind is not UnitKind.GROUP]
    found = tuple(
        _silence(unit, led[unit.name], spoke.get(unit.name), known.day)
        for unit in leading
        if (last := spoke.get(unit.name)) is None or (since is not None and last < since)
    )
    shared = sum(all(unit.kind is UnitKind.GROUP for unit in duty.lead) for duty in is_open)
    selection = Selection(found, len(leading), asked, 0, known.recorded)
    return Missing(selection, since, shared)


def history(plan: Plan, ids: Iterable[str], day: date) -> History:
    """What was reported by a day of the measures that ids name, oldest first."""
    known = Known.of(plan, day)
    named = {duty.id for name in ids for duty in find_duties(plan, name)}
    chosen = tuple(duty for duty in duties(plan, known) if duty.id in named)
    entries = known_entries(known, (duty.id for duty in chosen))
    return History(chosen, entries, plan.indicators, known.recorded)


def _is_open(duty: Duty) -> bool:
    return duty.standing is not None and duty.standing.is_open


def _is_late(duty: Duty) -> bool:
    return duty.standing is not None and duty.standing.is_late


def _lateness(duty: Duty) -> tuple[bool, int]:
    if duty.standing is None:
        return True, 0
    return duty.standing.state is not State.OVERDUE, -duty.standing.days


def _last_spoken(known: Known) -> dict[str, date]:
    """The day on which each unit was last heard."""
    spoke: dict[str, date] = {}
    for entry in chain.from_iterable(known.reports.values()):
        spoke[entry.unit] = max(entry.known_from, spoke.get(entry.unit, date.min))
    return spoke


def _silence(unit: Unit, led: list[Duty], last: date | None, day: date) -> Silence:
    ahead = [it.measure.deadline.by for it in led if it.measure.deadline.by >= day]
    late = sum(map(_is_late, led))
    return Silence(unit, len(led), late, min(ahead, default=None), last)
