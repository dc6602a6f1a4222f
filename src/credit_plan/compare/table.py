"""The fields of a change: the columns that people see, and those that JSON and CSV carry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from credit_plan import targets
from credit_plan.compare.changes import Change, Event, Subject, Value, Word
from credit_plan.i18n import _, ngettext
from credit_plan.models.indicators import Indicator
from credit_plan.models.records import Milestone, Task
from credit_plan.plan import Direction, UnitKind
from credit_plan.questions.captions import SEPARATOR
from credit_plan.questions.columns import HEADINGS, Field, make_table
from credit_plan.questions.indicators import TARGET_FIELDS
from credit_plan.questions.units import UNIT_KINDS
from credit_plan.table import Cell, Changed, Column, DatedText, Report, Show, Table
from credit_plan.text import format_figure, shorten

EVENTS: Final = {
    Event.ADDED: _("added"),
    Event.REMOVED: _("removed"),
    Event.MOVED: _("moved"),
    Event.RENUMBERED: _("renumbered"),
    Event.RENAMED: _("renamed"),
    Event.CHANGED: _("changed"),
}
_HEADINGS: Final = HEADINGS | {
    "name": _("Name"),
    "kind": _("Kind"),
    "aliases": _("Also called"),
    "title": _("Title"),
    "city": _("City"),
    "period": _("Period"),
    "pages": _("Pages"),
    "tasks": _("Tasks"),
    "measures": _("Measures"),
}
_INDICATOR_HEADINGS: Final = {field.column.key: field.column.heading for field in TARGET_FIELDS} | {
    "id": _("Code"),
    "name": _("Name"),
    "measure": _("Measure"),
}
_DIRECTIONS: Final = {Direction.HIGHER: _("higher"), Direction.LOWER: _("lower")}


def _text(it: Change) -> str | None:
    """What the record of a change says: of a goal the passage, of an indicator its name."""
    if it.indicator:
        return it.goal.text if it.goal else it.indicator.name
    if it.version:
        return it.version.measure.text
    return it.task.task if it.task else None


def _heading(it: Change) -> str:
    headings = _INDICATOR_HEADINGS if it.subject is Subject.INDICATOR else _HEADINGS
    return headings[it.field]


def _differences(it: Change) -> tuple[Changed, ...]:
    """The lines of a change, the last with what is to be said of it."""
    *lines, last = it.lines or (((_said(it.was), _said(it.now)),),)
    if it.goal and None in {it.was, it.now}:
        promise = targets.describe(it.goal, it.indicator.unit if it.indicator else "")
        last = (("", promise) if it.was is None else (promise, ""),)
    return (*(Changed(pieces) for pieces in lines), Changed(last, _note(it)))


def _note(it: Change) -> str:
    """What is to be known of a change beside the two values.

    How far a date has moved; the year-end of a goal; who answers for a measure that came or went,
    and until when; how much an indicator promises that did.
    """
    if it.indicator and it.days is None:
        return _note_of_indicator(it, it.indicator)
    if it.version and it.event in (Event.ADDED, Event.REMOVED):
        return SEPARATOR.join(("、".join(it.version.lead), str(it.version.measure.deadline.by)))
    if it.days is None:
        return ""
    later = ngettext("{count} day later", "{count} days later", abs(it.days))
    earlier = ngettext("{count} day earlier", "{count} days earlier", abs(it.days))
    return (later if it.days > 0 else earlier).format(count=abs(it.days))


def _note_of_indicator(it: Change, indicator: Indicator) -> str:
    if it.goal:
        return _("by {date}").format(date=it.goal.by)
    if it.event in (Event.ADDED, Event.REMOVED):
        count = len(indicator.goals)
        said = ngettext("{count} goal", "{count} goals", count).format(count=count)
        return SEPARATOR.join((_("measure {id}").format(id=indicator.measure), said))
    if it.field == "measure" and it.lines[0][0][0] != it.was:
        return _("{id} was {was_id}").format(id=it.lines[0][0][0], was_id=it.was)
    return ""


def _said(value: Value) -> str:
    """A value that is replaced as a whole, in words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, UnitKind):
        return UNIT_KINDS[value]
    if isinstance(value, Direction):
        return _DIRECTIONS[value]
    if isinstance(value, Decimal):
        return format_figure(value)
    return "" if value is None else str(value)


def _cell(value: Value) -> Cell:
    if isinstance(value, Word):
        return value.value
    if isinstance(value, tuple):
        dated = tuple(DatedText(it.by, it.text) for it in value if isinstance(it, Milestone))
        return dated or tuple(it for it in value if isinstance(it, str))
    return value


def _pieces(it: Change) -> Changed | None:
    """Where a text differs."""
    of_texts = it.event is Event.CHANGED and isinstance(it.was or it.now, str)
    return Changed(it.lines[0]) if of_texts and it.lines else None


def _seen(key: str, heading: str, cell: Callable[[Change], Cell]) -> Field[Change]:
    return Field(Column(key, heading, show=Show.PEOPLE, wrap=key == "difference"), cell)


def _carried(key: str, cell: Callable[[Change], Cell]) -> Field[Change]:
    return Field(Column(key, key, show=Show.DATA), cell)


ID: Final = _seen("id", _("ID"), lambda it: it.known_as)
WHAT: Final = (
    _seen("event", _("Change"), lambda it: EVENTS[it.event]),
    _seen("heading", _("Field"), _heading),
    _seen("difference", _("What was and what is"), _differences),
)
NAME: Final = _seen("id", _("Unit"), lambda it: it.known_as)
CHAPTER: Final = _seen("id", _("Chapter"), lambda it: it.known_as)
RENUMBERED: Final = (
    ID,
    _seen("was", _("Was"), lambda it: it.was_id),
    _seen("text", _("Task or measure"), lambda it: shorten(_text(it) or "")),
)
DATA: Final = (
    _carried("change", lambda it: it.event.value),
    _carried("kind", lambda it: it.subject.value),
    _carried("id", lambda it: it.id),
    _carried("was_id", lambda it: it.was_id),
    _carried("field", lambda it: it.field),
    _carried("was", lambda it: _cell(it.was)),
    _carried("is", lambda it: _cell(it.now)),
    _carried("days", lambda it: it.days),
    _carried("pieces", _pieces),
    _carried("task", lambda it: it.task.id if it.task else None),
    _carried("text", _text),
    _carried("lead", lambda it: it.version.lead if it.version else None),
    _carried("responsible", lambda it: it.version.responsible if it.version else None),
    _carried("deadline", lambda it: it.version.measure.deadline.by if it.version else None),
    _carried("name", lambda it: it.indicator.name if it.indicator else None),
    _carried("measure", lambda it: it.indicator.measure if it.indicator else None),
    _carried("by", lambda it: it.goal.by if it.goal else None),
    _carried("comparison", lambda it: str(it.goal.comparison) if it.goal else None),
)

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


def report_changes(found: Sequence[Change], old: str, new: str, as_of: date) -> Report:
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
    return make_table(name, fields, found, title=title, caption=said)


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
        return f"{number}  {shorten(task.task)}"

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
