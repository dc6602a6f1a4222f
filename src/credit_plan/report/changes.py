"""`diff`: what differs between two plans, by task, by indicator, and in short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from credit_plan.changes import Change, Event, Subject
from credit_plan.language import _, ngettext
from credit_plan.model import Task
from credit_plan.prose import beginning
from credit_plan.report.caption import SEPARATOR
from credit_plan.report.change_fields import (
    CHAPTER,
    DATA,
    EVENTS,
    ID,
    NAME,
    RENUMBERED,
    WHAT,
)
from credit_plan.report.fields import Field, columns, rows
from credit_plan.table import Report, Table

_NOUNS: Final[dict[Subject, Callable[[int], str]]] = {
    Subject.TASK: lambda count: ngettext("{count} task", "{count} tasks", count),
    Subject.MEASURE: lambda count: ngettext("{count} measure", "{count} measures", count),
    Subject.INDICATOR: lambda count: ngettext("{count} indicator", "{count} indicators", count),
    Subject.UNIT: lambda count: ngettext("{count} unit", "{count} units", count),
    Subject.CHAPTER: lambda count: ngettext("{count} chapter", "{count} chapters", count),
    Subject.PLAN: lambda count: ngettext(
        "{count} fact of the plan", "{count} facts of the plan", count
    ),
}


def changes(found: Sequence[Change], old: str, new: str, as_of: date) -> Report:
    """What differs task by task, then indicators, new numbers, units and facts, and how much."""
    title = _("Changes of the plan from {old} to {new}").format(old=old, new=new)
    if not found:
        table = _table("changes", (), title, said=_("no difference"))
        why = _(
            "Every record is the same; comments, the form of the files and reports of progress "
            "are not compared."
        )
        return Report("diff", as_of, (table,), (why,))
    numbers = [it for it in found if it.task and it.event is Event.RENUMBERED]
    others = [it for it in found if it.task and it.event is not Event.RENUMBERED]
    facts = [it for it in found if it.subject in (Subject.PLAN, Subject.CHAPTER)]
    units = [it for it in found if it.subject is Subject.UNIT]
    figures = [it for it in found if it.subject is Subject.INDICATOR]
    promised = _table("indicators", figures, _("Indicators"), (ID, *WHAT))
    parts = (
        replace(promised, sections=tuple(map(_of_indicator, figures))),
        _table("renumbered", numbers, _("Renumbered"), RENUMBERED),
        _table("units", units, _("Units"), (NAME, *WHAT)),
        _table("plan", facts, _("The plan itself"), (CHAPTER, *WHAT)),
    )
    tables = (
        replace(_table("changes", others, title, (ID, *WHAT)), sections=_sections(others, found)),
        *(table for table in parts if table.rows),
        _table("all", (), said=_summary(found)),
    )
    return Report("diff", as_of, tables)


def _table(
    name: str,
    found: Iterable[Change],
    title: str = "",
    seen: tuple[Field[Change], ...] = (),
    said: str = "",
) -> Table:
    fields = (*seen, *DATA)
    return Table(name, columns(fields), rows(fields, found), title, said)


def _sections(shown: Iterable[Change], found: Iterable[Change]) -> tuple[str, ...]:
    """The task of each change, with the number that it had where that was another."""
    of_tasks = [it for it in found if it.task and it.subject is Subject.TASK]
    were = {id(it.task): it.was_id for it in of_tasks if it.event is Event.RENUMBERED}
    gone = {id(it.task) for it in of_tasks if it.event is Event.REMOVED}

    def section(task: Task) -> str:
        number = str(task.id)
        if id(task) in were:
            number = _("{id} (was {was_id})").format(id=number, was_id=were[id(task)])
        elif id(task) in gone:
            number = _("{id} (removed)").format(id=number)
        return f"{number}  {beginning(task.task)}"

    return tuple(section(it.task) for it in shown if it.task)


def _of_indicator(it: Change) -> str:
    """The indicator of a change of it; what came and what went says itself what it is."""
    one = it.indicator
    if one is None or it.event in (Event.ADDED, Event.REMOVED):
        return ""
    return f"{one.id}  {one.name}{SEPARATOR}{one.unit}"


def _summary(found: Iterable[Change]) -> str:
    """`1 task added, 2 measures removed, 3 measures changed, 12 measures renumbered`."""
    subjects = Counter(
        (it.subject, it.event)
        for it in {(it.subject, it.event, it.id, it.was_id): it for it in found}.values()
    )
    phrase = _("{things} {changed}")
    return ", ".join(
        phrase.format(things=_NOUNS[subject](count).format(count=count), changed=EVENTS[event])
        for event in Event
        for subject in _NOUNS
        if (count := subjects[subject, event])
    )
