"""The answer of `diff`: a line for each change for people, and its values for machines."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from credit_plan import targets
from credit_plan.cells import Cell, DatedText
from credit_plan.cells.marked import Changed
from credit_plan.compare.changes import Change, list_fields
from credit_plan.formatters.lines import one_line
from credit_plan.i18n import _, join_clauses, join_list, mark_plural, pgettext, plural
from credit_plan.models.records import Milestone
from credit_plan.plan import UnitKind
from credit_plan.questions import captions, units
from credit_plan.questions.columns import HEADINGS
from credit_plan.table import Answer, Column, Show, Table
from credit_plan.text import shorten

_EVENTS = {
    "added": _("added"),
    "removed": _("removed"),
    "moved": _("moved"),
    "renumbered": _("renumbered"),
    "renamed": _("renamed"),
    "changed": _("changed"),
}
_SUMMARY = {
    ("added", "task"): mark_plural("{count} task added", "{count} tasks added"),
    ("added", "measure"): mark_plural("{count} measure added", "{count} measures added"),
    ("added", "indicator"): mark_plural("{count} indicator added", "{count} indicators added"),
    ("added", "unit"): mark_plural("{count} unit added", "{count} units added"),
    ("added", "chapter"): mark_plural("{count} chapter added", "{count} chapters added"),
    ("removed", "task"): mark_plural("{count} task removed", "{count} tasks removed"),
    ("removed", "measure"): mark_plural("{count} measure removed", "{count} measures removed"),
    ("removed", "indicator"): mark_plural(
        "{count} indicator removed", "{count} indicators removed"
    ),
    ("removed", "unit"): mark_plural("{count} unit removed", "{count} units removed"),
    ("removed", "chapter"): mark_plural("{count} chapter removed", "{count} chapters removed"),
    ("moved", "measure"): mark_plural("{count} measure moved", "{count} measures moved"),
    ("renumbered", "task"): mark_plural("{count} task renumbered", "{count} tasks renumbered"),
    ("renumbered", "measure"): mark_plural(
        "{count} measure renumbered", "{count} measures renumbered"
    ),
    ("renumbered", "chapter"): mark_plural(
        "{count} chapter renumbered", "{count} chapters renumbered"
    ),
    ("renamed", "indicator"): mark_plural(
        "{count} indicator renamed", "{count} indicators renamed"
    ),
    ("renamed", "unit"): mark_plural("{count} unit renamed", "{count} units renamed"),
    ("changed", "task"): mark_plural("{count} task changed", "{count} tasks changed"),
    ("changed", "measure"): mark_plural("{count} measure changed", "{count} measures changed"),
    ("changed", "indicator"): mark_plural(
        "{count} indicator changed", "{count} indicators changed"
    ),
    ("changed", "unit"): mark_plural("{count} unit changed", "{count} units changed"),
    ("changed", "chapter"): mark_plural("{count} chapter changed", "{count} chapters changed"),
    ("changed", "plan"): mark_plural("plan metadata changed", "plan metadata changed"),
}
"""What the closing line says of the records of a kind to which the same happened, in its order."""

_HEADINGS = HEADINGS | {
    "name": pgettext("field of a file", "Name"),
    "kind": pgettext("field of a file", "Kind"),
    "aliases": _("Also called"),
    "title": pgettext("field of a file", "Title"),
    "label": pgettext("field of a file", "Label"),
    "city": pgettext("field of a file", "City"),
    "period": pgettext("field of a file", "Period"),
    "required": pgettext("field of a file", "Required"),
    "pages": pgettext("field of a file", "Pages"),
    "tasks": pgettext("field of a file", "Tasks"),
    "measures": pgettext("field of a file", "Measures"),
    "every": pgettext("field of a file", "Every"),
    "on": pgettext("field of a file", "On"),
    "from": pgettext("field of a file", "From"),
    "until": pgettext("field of a file", "Until"),
}
_INDICATOR_HEADINGS = {
    "id": _("Code"),
    "name": pgettext("field of a file", "Name"),
    "unit": _("Counted in"),
    "better": pgettext("field of a file", "Better"),
    "measure": _("Measure"),
    "note": _("Note"),
    "by": pgettext("field of a file", "By"),
    "comparison": pgettext("field of a file", "Comparison"),
    "value": pgettext("field of a file", "Value"),
    "text": _("As printed"),
}
"""What people call the fields of an indicator, and those of all other records."""

_DETAILS = ("task", "text", "lead", "responsible", "deadline", "name", "measure")
_DATA_HEADINGS = {
    "change": pgettext("heading of diff", "Change"),
    "kind": pgettext("heading of diff", "Kind"),
    "id": pgettext("heading of diff", "ID"),
    "was_id": _("Old ID"),
    "field": _("Field"),
    "was": pgettext("heading of diff", "Was"),
    "is": pgettext("heading of diff", "Is"),
    "days": _("Days later"),
    "pieces": _("Difference"),
    "task": _("Task no."),
    "text": _("Task or measure"),
    "lead": _("Lead"),
    "responsible": _("Responsible"),
    "deadline": _("Deadline"),
    "name": _("Indicator"),
    "measure": _("Measure of the indicator"),
    "by": _("Target by"),
    "comparison": _("Comparison"),
}
_DATA = tuple(Column(key, it, show=Show.DATA) for key, it in _DATA_HEADINGS.items())
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
    tables.append(Table("all", _DATA, (), caption=_summarize(changes)))
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


def _summarize(changes: Iterable[Change]) -> str:
    """Return `1 task added, 2 measures removed, 3 measures changed, 12 measures renumbered`."""
    records = {(change.kind, change.event, change.id, change.was_id) for change in changes}
    counts = Counter[tuple[str, str]]((event, kind) for kind, event, _id, _was_id in records)
    return join_clauses(
        plural(*sentences, counts[happened])
        for happened, sentences in _SUMMARY.items()
        if counts[happened]
    )


def _cells(change: Change, table: str) -> tuple[Cell, ...]:
    """Return what people see of a change."""
    if table == "renumbered":
        return change.known_as, change.was_id, shorten(change.candidate.text)
    headings = _INDICATOR_HEADINGS if change.kind == "indicator" else _HEADINGS
    heading = headings.get(change.field) or change.field.capitalize()
    return change.known_as, _EVENTS[change.event], heading, _differences(change)


def _differences(change: Change) -> tuple[Changed, ...]:
    """Return the lines of a change, the last with a note."""
    *lines, last = change.lines or (((_describe(change.was), _describe(change.now)),),)
    if change.target and None in {change.was, change.now}:
        text = targets.describe(change.target, change.candidate.record.unit)
        last = ((text, "") if change.now is None else ("", text),)
    return (*map(Changed, lines), Changed(last, _note(change)))


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
    if isinstance(value, UnitKind):
        return units.UNIT_KINDS[value]
    return str(value) if isinstance(value, str) else one_line(_cell(value))


def _cell(value: Any) -> Cell:  # noqa: ANN401  any field's
    if isinstance(value, tuple):
        dated = tuple(DatedText(it.by, it.text) for it in value if isinstance(it, Milestone))
        return dated or tuple(map(str, value))
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
    ids = (change.event, change.kind, change.id, change.was_id, change.field)
    values = (_cell(change.was), _cell(change.now), change.days, pieces)
    return (*ids, *values, *(details.get(key) for key in (*_DETAILS, "by", "comparison")))
