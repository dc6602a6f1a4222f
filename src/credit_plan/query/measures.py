"""Which measures: narrowed by filters, of one unit, or by their ids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from credit_plan.errors import ContradictionError
from credit_plan.i18n import _
from credit_plan.models.draft import Plan
from credit_plan.query.duties import belonging, ending, laid_out, shared
from credit_plan.query.names import find_chapter, find_duties, find_task, find_unit
from credit_plan.selection.asked import Asked, Selection
from credit_plan.selection.duties import Duty, TaskDuties, UnitDuties
from credit_plan.standing import DONE
from credit_plan.terms import WITHIN, Role, State


def ask(  # noqa: PLR0913  one parameter per filter
    plan: Plan,
    *,
    units: Iterable[str] | None = None,
    role: Role = Role.ANY,
    chapters: Iterable[str] | None = None,
    tasks: Iterable[str] | None = None,
    after: date | None = None,
    before: date | None = None,
    states: Iterable[State] | None = None,
    only_open: bool = False,
    day: date | None = None,
    within: int = WITHIN,
) -> Asked:
    """The filters meant by a user's words.

    Raises NameLookupError for a name that means nothing, ContradictionError for filters that
    leave nothing, such as dates with no day between them.
    """
    if after and before and after > before:
        raise ContradictionError(
            _("no day is both from {after} on and by {before}").format(after=after, before=before)
        )
    if role is not Role.ANY and not units:
        raise ContradictionError(_("--role says how a unit is meant: name one with --unit"))
    if only_open and states and all(state in DONE for state in states):
        raise ContradictionError(_("what is done is not open: leave out --open or --state"))
    return Asked(
        units=tuple(find_unit(plan, name) for name in units or ()),
        role=role,
        chapters=tuple(find_chapter(plan, name) for name in chapters or ()),
        tasks=tuple(find_task(plan, name) for name in tasks or ()),
        after=after,
        before=before,
        states=tuple(states or ()),
        only_open=only_open,
        day=day,
        within=within,
    )


def measures(plan: Plan, asked: Asked) -> Selection[Duty]:
    """The measures asked for, in the order of the table; dates are those of their deadlines."""
    everything, recorded = laid_out(plan, asked)
    found = ending(belonging(everything, asked), asked)
    shared_ones = ending(shared(everything, asked), asked)
    return Selection(found, len(everything), asked, len(shared_ones), recorded)


def unit(plan: Plan, asked: Asked) -> UnitDuties:
    """The duties of the single unit in `asked`; a role that was not asked for stays empty."""
    (body,) = asked.units
    everything, recorded = laid_out(plan, asked)

    def in_role(role: Role) -> Selection[Duty]:
        wanted = replace(asked, role=role)
        found = belonging(everything, wanted) if asked.role in (Role.ANY, role) else ()
        return Selection(ending(found, asked), len(everything), wanted, 0, recorded)

    shared_ones = ending(shared(everything, asked), asked)
    return UnitDuties(
        body,
        in_role(Role.LEAD),
        in_role(Role.RESPONSIBLE),
        Selection(shared_ones, len(everything), asked, 0, recorded),
    )


def show(plan: Plan, ids: Iterable[str], day: date | None = None) -> tuple[TaskDuties, ...]:
    """The measures that the ids name, gathered by task, each once, in the order asked.

    They stand as on the day, if one is given.
    """
    standing = {duty.id: duty for duty in laid_out(plan, Asked(day=day))[0]}
    chapters = {chapter.number: chapter for chapter in plan.facts.chapters}
    by_task: dict[int, dict[str, Duty]] = {}
    for name in ids:
        for duty in find_duties(plan, name):
            by_task.setdefault(duty.task.id, {})[duty.id] = standing[duty.id]
    shown = []
    for chosen in by_task.values():
        task = next(iter(chosen.values())).task
        shown.append(TaskDuties(chapters[task.chapter], task, tuple(chosen.values())))
    return tuple(shown)
