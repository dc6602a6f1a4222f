"""The plan laid out as duties, as they stand on a day, and the filters that leave some of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from credit_plan.models.draft import Plan
from credit_plan.models.records import Measure, Task, Unit, UnitKind
from credit_plan.query.known import Known
from credit_plan.selection.asked import Asked
from credit_plan.selection.duties import Duty


def duties(plan: Plan, known: Known | None = None, *, only: Task | None = None) -> tuple[Duty, ...]:
    """All duties of the plan, or of one task, in the order of the table, as they stand."""
    by_name = plan.by_name
    tasks = plan.tasks if only is None else (only,)
    return tuple(
        _duty(task, measure, by_name, known) for task in tasks for measure in task.measures
    )


def laid_out(plan: Plan, asked: Asked) -> tuple[tuple[Duty, ...], int]:
    """All duties as they stand on the day asked for, and how many reports are known."""
    if asked.day is None:
        return duties(plan), 0
    known = Known.asked(plan, asked)
    return duties(plan, known), known.recorded


def belonging(everything: Iterable[Duty], asked: Asked) -> tuple[Duty, ...]:
    """The duties of the units, chapters and tasks that were asked for, whatever their dates."""
    units = {unit.name for unit in asked.units}
    chapters = {chapter.number for chapter in asked.chapters}
    tasks = {task.id for task in asked.tasks}
    return tuple(
        duty
        for duty in everything
        if (not units or any(unit.name in units for unit in duty.units(asked.role)))
        and (not chapters or duty.task.chapter in chapters)
        and (not tasks or duty.task.id in tasks)
    )


def shared(everything: Iterable[Duty], asked: Asked) -> tuple[Duty, ...]:
    """The duties of groups that may include the units asked for, and do not name them."""
    names = {unit.name for unit in asked.units}
    if not names or any(unit.kind is UnitKind.GROUP for unit in asked.units):
        return ()
    return tuple(
        duty
        for duty in belonging(everything, replace(asked, units=()))
        if duty.groups(asked.role) and names.isdisjoint(unit.name for unit in duty.units())
    )


def ending(selection: Iterable[Duty], asked: Asked) -> tuple[Duty, ...]:
    """Those of a selection whose deadline lies between the dates, and who stand as asked for."""
    return tuple(
        duty
        for duty in selection
        if asked.on(duty.measure.deadline.by) and asked.stands_so(duty.standing)
    )


def _duty(task: Task, measure: Measure, by_name: dict[str, Unit], known: Known | None) -> Duty:
    name = task.measure_id(measure)
    lead, responsible = _units(by_name, measure.lead), _units(by_name, measure.responsible)
    if known is None:
        return Duty(name, task, measure, lead, responsible)
    standing = known.of_measure(name, measure.deadline.by)
    last, heard = known.last(name), known.heard(name)
    return Duty(name, task, measure, lead, responsible, standing, last, heard)


def _units(by_name: dict[str, Unit], printed: tuple[str, ...]) -> tuple[Unit, ...]:
    """The units meant by printed names; two names of one unit count once."""
    return tuple({by_name[name].name: by_name[name] for name in printed}.values())
