"""Obligations: a measure together with one day on which something of it falls due."""

from __future__ import annotations

from collections.abc import Iterable

from credit_plan.models.draft import Plan
from credit_plan.query.duties import belonging, duties, shared
from credit_plan.query.known import Known
from credit_plan.selection.asked import Asked, Selection
from credit_plan.selection.duties import Due, Duty, Obligation
from credit_plan.terms import ObligationKind


def due(plan: Plan, asked: Asked, kind: ObligationKind = ObligationKind.ALL) -> Due:
    """The obligations asked for that fall between the dates, earliest first.

    Where all kinds are meant, a milestone on the day of its measure's deadline is one
    obligation with it: a deadline, and the milestone says what.
    """
    known = Known.asked(plan, asked) if asked.day else None
    everything = duties(plan, known)
    dated = obligations(belonging(everything, asked), kind, known)
    found = _fitting(dated, asked)
    shared_ones = _fitting(obligations(shared(everything, asked), kind, known), asked)
    total = len(obligations(everything, kind))
    return Due(
        Selection(found, total, asked, len(shared_ones), known.recorded if known else 0),
        kind,
        first=dated[0].date if dated else None,
        last=dated[-1].date if dated else None,
    )


def obligations(
    everything: Iterable[Duty],
    kind: ObligationKind = ObligationKind.ALL,
    known: Known | None = None,
) -> tuple[Obligation, ...]:
    """The obligations of these duties, earliest first, then in the order of the table.

    A deadline stands as its duty does, a milestone by its own date.
    """
    found = [obligation for duty in everything for obligation in _of(duty, kind, known)]
    return tuple(sorted(found, key=lambda obligation: obligation.date))


def _fitting(dated: Iterable[Obligation], asked: Asked) -> tuple[Obligation, ...]:
    return tuple(it for it in dated if asked.on(it.date) and _stands_so(it, asked))


def _stands_so(it: Obligation, asked: Asked) -> bool:
    """Whether it stands as asked for; of what nobody can tell, only that it may be open."""
    if it.standing is None and asked.states:
        return False
    return asked.stands_so(it.standing)


def _of(duty: Duty, kind: ObligationKind, known: Known | None) -> Iterable[Obligation]:
    """The obligations of one duty, its deadline last."""
    end = duty.measure.deadline.by
    together = []
    for milestone in duty.measure.milestones:
        if kind is ObligationKind.ALL and milestone.by == end:
            together.append(milestone.text)
        elif kind is not ObligationKind.DEADLINE:
            stands = known.of_milestone(duty.id, milestone) if known else None
            yield Obligation(duty, milestone.by, ObligationKind.MILESTONE, milestone.text, stands)
    if kind is not ObligationKind.MILESTONE:
        what = "；".join(together) or duty.measure.text
        yield Obligation(duty, end, ObligationKind.DEADLINE, what, duty.standing)
