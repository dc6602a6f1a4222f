"""Obligations: a measure together with one day on which something of it falls due."""

from __future__ import annotations

from collections.abc import Iterable

from credit_plan.model import Plan
from credit_plan.query.duties import belonging, duties, shared
from credit_plan.selection import Asked, Due, Duty, Obligation, Selection
from credit_plan.terms import ObligationKind


def due(plan: Plan, asked: Asked, kind: ObligationKind = ObligationKind.ALL) -> Due:
    """The obligations asked for that fall between the dates, earliest first.

    Where all kinds are meant, a milestone on the day of its measure's deadline is one
    obligation with it: a deadline, and the milestone says what.
    """
    everything = duties(plan)
    dated = obligations(belonging(everything, asked), kind)
    found = tuple(it for it in dated if asked.on(it.date))
    shared_ones = sum(asked.on(it.date) for it in obligations(shared(everything, asked), kind))
    return Due(
        Selection(found, len(obligations(everything, kind)), asked, shared_ones),
        kind,
        first=dated[0].date if dated else None,
        last=dated[-1].date if dated else None,
    )


def obligations(
    everything: Iterable[Duty], kind: ObligationKind = ObligationKind.ALL
) -> tuple[Obligation, ...]:
    """The obligations of these duties, earliest first, then in the order of the table."""
    found = [obligation for duty in everything for obligation in _of(duty, kind)]
    return tuple(sorted(found, key=lambda obligation: obligation.date))


def _of(duty: Duty, kind: ObligationKind) -> Iterable[Obligation]:
    """The obligations of one duty, its deadline last."""
    end = duty.measure.deadline.by
    together = []
    for milestone in duty.measure.milestones:
        if kind is ObligationKind.ALL and milestone.by == end:
            together.append(milestone.text)
        elif kind is not ObligationKind.DEADLINE:
            yield Obligation(duty, milestone.by, ObligationKind.MILESTONE, milestone.text)
    if kind is not ObligationKind.MILESTONE:
        what = "；".join(together) or duty.measure.text
        yield Obligation(duty, end, ObligationKind.DEADLINE, what)
