"""The plan's standing at a glance: measures by state, figures that were missed, what is next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from credit_plan.models.draft import Plan
from credit_plan.query.due import obligations
from credit_plan.query.duties import belonging, duties, ending
from credit_plan.query.known import Known
from credit_plan.query.promises import promises
from credit_plan.selection.asked import Asked
from credit_plan.selection.duties import Duty
from credit_plan.selection.progress import StateTally, Status
from credit_plan.terms import Light


def status(plan: Plan, asked: Asked) -> Status:
    """How the measures asked for stand, in all and by chapter, lead unit and year."""
    known = Known.asked(plan, asked)
    chosen = ending(belonging(duties(plan, known), asked), asked)
    ids = {duty.id for duty in chosen}
    missed = tuple(
        it
        for it in promises(plan, known)
        if it.indicator.measure in ids and it.standing.light is Light.RED
    )
    ahead = tuple(
        it
        for it in obligations(chosen, known=known)
        if it.date >= known.day and it.standing is not None and it.standing.is_open
    )
    return Status(
        asked,
        _tally("", "", chosen),
        tuple(
            _tally(str(it.number), it.title, own)
            for it in plan.facts.chapters
            if (own := [duty for duty in chosen if duty.task.chapter == it.number])
        ),
        tuple(
            _tally(it.name, it.name, own)
            for it in plan.units
            if (own := [duty for duty in chosen if it in duty.lead])
        ),
        tuple(
            _tally(str(year), "", [it for it in chosen if it.measure.deadline.by.year == year])
            for year in sorted({it.measure.deadline.by.year for it in chosen})
        ),
        missed,
        ahead,
        known.recorded,
    )


def _tally(key: str, title: str, duties: Iterable[Duty]) -> StateTally:
    standings = [duty.standing for duty in duties if duty.standing is not None]
    return StateTally(
        key,
        title,
        Counter(it.state for it in standings),
        Counter(it.light for it in standings),
    )
