"""The answer of `diff`: a line for each change for people, and its values for machines."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from credit_plan import targets
from credit_plan.cells import Cell, DatedText, Label
from credit_plan.cells.marked import Changed
from credit_plan.compare.changes import Change, list_fields, split
from credit_plan.compare.matching import Pieces
from credit_plan.compare.wording import (
    DATA_HEADINGS,
    EVENTS,
    KINDS,
    code_recurrence,
    find_heading,
    summarize,
    word_recurrence,
)
from credit_plan.dates import CalendarPeriod
from credit_plan.formatters.lines import one_line
from credit_plan.i18n import _, join_list, plural
from credit_plan.models.records import Milestone, Recurrence
from credit_plan.plan import Direction, UnitKind
from credit_plan.questions import captions, units
from credit_plan.questions.columns import PERIODS
from credit_plan.questions.indicators import DIRECTIONS
from credit_plan.table import Answer, Column, Show, Table
from credit_plan.text import shorten

_DETAILS = ("task", "text", "lead", "responsible", "deadline", "name", "measure")
_DATA = tuple(Column(key, it, show=Show.DATA) for key, it in DATA_HEADINGS.items())
_DIFFERENCE = (
    Column("event", _("Change"), show=Show.PEOPLE),
    Column("heading", _("Field"), show=Show.PEOPLE),
    Column("difference", _("Difference"), show=Show.PEOPLE, wrap=True),
)
_NUMBER = (
    Column("was", _("Old ID"), show=Show.PEOPLE),
    Column("text", _("Task or measure"), show=Show.PEOPLE),
)
_TABLES = {
    "changes": ("", _("ID"), _DIFFERENCE),
    "indicators": (_("Indicators"), _("ID"), _DIFFERENCE),
    "renumbered": (_("Renumbered"), _("ID"), _NUMBER),
    "units": (_("Units"), _("Unit"), _DIFFERENCE),
    "plan": (_("Plan metadata"), _("Chapter"), _DIFFERENCE),
}
"""The tables in their order: the title of each, the heading of its ids, its other columns."""


def build_answer(
    changes: Sequence[Change], old: str, new: str, as_of: date, ids: Iterable[str] = ()
) -> Answer:
    """Return the changes task by task, then indicators, new numbers, units and metadata.

    `ids` are the tasks and measures to which the changes were narrowed.
    """
    title = _("Changes from {old} to {new}").format(old=old, new=new)
    named = join_list(ids)
    title = captions.SEPARATOR.join(filter(None, (title, named)))
    if not changes:
        remark = _(
            "All records are the same. Comments, formatting and reports of progress are not "
            "compared."
        )
        if named:
            remark = _(
                "The records of {ids} are the same. Comments, formatting and reports of progress "
                "are not compared."
            ).format(ids=named)
        table = Table("changes", _DATA, (), title, _("no differences"))
        return Answer("diff", as_of, (table,), (remark,))
    numbers = _task_numbers(changes)
    tables = []
    for name, (heading, id_heading, visible) in _TABLES.items():
        found = [change for change in changes if _table_name(change) == name]
        if found or name == "changes":
            columns = (Column("id", id_heading, show=Show.PEOPLE), *visible, *_DATA)
            rows = tuple((*_cells(change, name), *_data_cells(change)) for change in found)
            has_sections = name in {"changes", "indicators"}
            sections = tuple(_section(one, numbers) for one in found) if has_sections else ()
            tables.append(Table(name, columns, rows, heading or title, sections=sections))
    tables.append(Table("all", _DATA, (), caption=summarize(changes)))
    return Answer("diff", as_of, tuple(tables))


def _table_name(change: Change) -> str:
    if change.candidate.task:
        return "renumbered" if change.event == "renumbered" else "changes"
    return {"indicator": "indicators", "unit": "units"}.get(change.kind, "plan")


def _task_numbers(changes: Iterable[Change]) -> dict[int, str]:
    """Return the numbers of tasks with what became of them, by the identity of the task."""
    patterns = {"renumbered": _("{id} (was {was_id})"), "removed": _("{id} (removed)")}
    return {
        id(change.candidate.task): patterns[change.event].format(
            id=change.known_as, was_id=change.was_id
        )
        for change in changes
        if change.kind == "task" and change.event in patterns
    }


def _section(change: Change, numbers: dict[int, str]) -> str:
    """Return the task or the indicator of a change; an added indicator is named in its line."""
    record, task = change.candidate.record, change.candidate.task
    if task:
        return f"{numbers.get(id(task), task.id)}  {shorten(task.task)}"
    is_whole = change.event in {"added", "removed"}
    return "" if is_whole else f"{record.id}  {record.name}{captions.SEPARATOR}{record.unit}"


def _cells(change: Change, table: str) -> tuple[Cell, ...]:
    """Return what people see of a change."""
    if table == "renumbered":
        return change.known_as, change.was_id, shorten(change.candidate.text)
    return change.known_as, EVENTS[change.event], find_heading(change), _differences(change)


def _differences(change: Change) -> tuple[Changed, ...]:
    """Return the lines of a change, the last with a note."""
    *lines, last = _lines(change) or (((_describe(change.was), _describe(change.now)),),)
    if change.target and None in {change.was, change.now}:
        text = targets.describe(change.target, change.candidate.record.unit)
        last = ((text, "") if change.now is None else ("", text),)
    return (*map(Changed, lines), Changed(last, _note(change)))


def _lines(change: Change) -> tuple[Pieces, ...]:
    """Return the pieces of each line of a change; recurrences as people read them."""
    if change.kind == "measure" and change.field == "recurrences":
        return split(*(tuple(map(word_recurrence, it)) for it in (change.was, change.now)))
    return change.lines


def _note(change: Change) -> str:
    """Return what helps to judge a change: how far a date moved, or what was added or removed."""
    record, days = change.candidate.record, change.days
    if days is not None:
        later = plural("{count} day later", "{count} days later", days)
        return later if days > 0 else plural("{count} day earlier", "{count} days earlier", -days)
    if change.target:
        return _("by {date}").format(date=change.target.by)
    if change.kind == "measure" and change.event in {"added", "removed"}:
        deadline = record.deadline and (record.deadline.by or record.deadline.text)
        known = filter(None, ("、".join(record.lead or record.responsible), deadline))
        return captions.SEPARATOR.join(map(str, known))
    if change.kind == "indicator" and change.event in {"added", "removed"}:
        measure = _("measure {id}").format(id=record.measure)
        promised = plural("{count} target", "{count} targets", len(record.goals))
        return captions.SEPARATOR.join((measure, promised))
    if change.field == "measure" and change.lines[0][0][0] != change.was:
        return _("{id} was {was_id}").format(id=change.lines[0][0][0], was_id=change.was)
    return ""


def _describe(value: object) -> str:
    """Return a value that is replaced as a whole in words."""
    cell = _cell(value)
    return str(cell) if isinstance(cell, str) else one_line(cell)


def _cell(value: Any) -> Cell:  # noqa: ANN401  any field's
    match value:
        case tuple():
            entries = tuple(DatedText(it.by, it.text) for it in value if isinstance(it, Milestone))
            if value and isinstance(value[0], Recurrence):
                return tuple(Label(code_recurrence(it), word_recurrence(it)) for it in value)
            return entries or tuple(map(str, value))
        case UnitKind():
            return Label(value, units.UNIT_KINDS[value])
        case CalendarPeriod():
            return Label(value, PERIODS[value])
        case Direction():
            return Label(value, DIRECTIONS[value])
        case _:
            cell: Cell = value
            return cell


def _data_cells(change: Change) -> tuple[Cell, ...]:
    """Return the values of a change, and what its task, measure, indicator or target is."""
    record, task = change.candidate.record, change.candidate.task
    is_text = change.event == "changed" and isinstance(change.was or change.now, str)
    pieces = Changed(change.lines[0]) if is_text and change.lines else None
    details: dict[str, Any] = {}
    if task:
        details = {"task": task.id, "text": change.candidate.text, **list_fields(record)}
    elif change.kind == "indicator":
        target = list_fields(change.target) if change.target else {}
        details = {"text": record.name, **list_fields(record), **target}
    event = Label(change.event, EVENTS[change.event])
    kind = Label(change.kind, KINDS[change.kind])
    field = Label(change.field, find_heading(change))
    ids = (event, kind, change.id, change.was_id, field)
    values = (_cell(change.was), _cell(change.now), change.days, pieces)
    return (*ids, *values, *(details.get(key) for key in (*_DETAILS, "by", "comparison")))
