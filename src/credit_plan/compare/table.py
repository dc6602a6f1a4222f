"""The report of `diff`: a line for each change for people, and its values for machines."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import product
from typing import Any

from credit_plan import targets
from credit_plan.cells import Cell, Changed, DatedText
from credit_plan.compare.changes import Change, list_fields
from credit_plan.formatters.lines import one_line
from credit_plan.i18n import _, plural
from credit_plan.models.records import Milestone
from credit_plan.plan import UnitKind
from credit_plan.questions import captions, columns, units
from credit_plan.table import Column, Report, Show
from credit_plan.text import shorten

_EVENTS = {
    "added": _("added"),
    "removed": _("removed"),
    "moved": _("moved"),
    "renumbered": _("renumbered"),
    "renamed": _("renamed"),
    "changed": _("changed"),
}
_NOUNS: dict[str, Callable[[int], str]] = {
    "task": lambda count: plural("{count} task", "{count} tasks", count),
    "measure": lambda count: plural("{count} measure", "{count} measures", count),
    "indicator": lambda count: plural("{count} indicator", "{count} indicators", count),
    "unit": lambda count: plural("{count} unit", "{count} units", count),
    "chapter": lambda count: plural("{count} chapter", "{count} chapters", count),
    "plan": lambda count: plural("{count} fact of the plan", "{count} facts of the plan", count),
}
_HEADINGS = columns.HEADINGS | {"aliases": _("Also called")}
_INDICATOR_HEADINGS = {"id": _("Code"), "unit": _("Counted in"), "text": _("As printed")}
"""The headings of fields whose keys are not enough for people."""


def report_changes(changes: Sequence[Change], old: str, new: str, as_of: date) -> Report:
    """Return the report: task by task, then indicators, new numbers, units and metadata."""
    title = _("Changes of the plan from {old} to {new}").format(old=old, new=new)
    if not changes:
        remark = _(
            "Every record is the same; comments, the form of the files and reports of progress "
            "are not compared."
        )
        table = columns.make_table("changes", _DATA, (), title=title, caption=_("no difference"))
        return Report("diff", as_of, (table,), (remark,))
    section = partial(_section, _task_numbers(changes))
    tables = []
    for name, (heading, ids) in _TABLES.items():
        found = [change for change in changes if _table_name(change) == name]
        if found or name == "changes":
            visible = _NUMBER if name == "renumbered" else _DIFFERENCE
            fields = (_visible("id", ids, lambda change: change.known_as), *visible, *_DATA)
            sections = tuple(map(section, found)) if name in {"changes", "indicators"} else ()
            table = columns.make_table(name, fields, found, title=heading or title)
            tables.append(replace(table, sections=sections))
    tables.append(columns.make_table("all", _DATA, (), caption=_summarize(changes)))
    return Report("diff", as_of, tuple(tables))


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


def _section(numbers: dict[int, str], change: Change) -> str:
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
    phrases = []
    for event, kind in product(_EVENTS, _NOUNS):
        if count := counts[event, kind]:
            phrase = _("{things} {changed}")
            phrases.append(phrase.format(things=_NOUNS[kind](count), changed=_EVENTS[event]))
    return ", ".join(phrases)


def _visible(key: str, heading: str, cell: Callable[[Change], Cell]) -> columns.Field[Change]:
    column = Column(key, heading, show=Show.PEOPLE, wrap=key == "difference")
    return columns.Field(column, cell)


def _data(key: str, cell: Callable[[Change], Cell]) -> columns.Field[Change]:
    return columns.Field(Column(key, key, show=Show.DATA), cell)


def _heading(change: Change) -> str:
    own = _INDICATOR_HEADINGS if change.kind == "indicator" else _HEADINGS
    return own.get(change.field) or _(change.field.capitalize())


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
        return captions.SEPARATOR.join(("、".join(record.lead), str(record.deadline.by)))
    if change.kind == "indicator" and change.event in {"added", "removed"}:
        measure = _("measure {id}").format(id=record.measure)
        goals = plural("{count} goal", "{count} goals", len(record.goals))
        return captions.SEPARATOR.join((measure, goals))
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


def _pieces(change: Change) -> Changed | None:
    """Return where a text differs."""
    is_text = change.event == "changed" and isinstance(change.was or change.now, str)
    return Changed(change.lines[0]) if is_text and change.lines else None


def _detail(key: str, change: Change) -> Cell:
    """Return what the task, measure, indicator or target of a change has under a key."""
    record, task = change.candidate.record, change.candidate.task
    details: dict[str, Any] = {}
    if task:
        details = {"task": task.id, "text": change.candidate.text, **list_fields(record)}
    elif change.kind == "indicator":
        target = list_fields(change.target) if change.target else {}
        details = {"text": record.name, **list_fields(record), **target}
    return _cell(details.get(key))


_DIFFERENCE = (
    _visible("event", _("Change"), lambda change: _EVENTS[change.event]),
    _visible("heading", _("Field"), _heading),
    _visible("difference", _("What was and what is"), _differences),
)
_NUMBER = (
    _visible("was", _("Was"), lambda change: change.was_id),
    _visible("text", _("Task or measure"), lambda change: shorten(change.candidate.text)),
)
_DATA = (
    _data("change", lambda change: change.event),
    _data("kind", lambda change: change.kind),
    _data("id", lambda change: change.id),
    _data("was_id", lambda change: change.was_id),
    _data("field", lambda change: change.field),
    _data("was", lambda change: _cell(change.was)),
    _data("is", lambda change: _cell(change.now)),
    _data("days", lambda change: change.days),
    _data("pieces", _pieces),
    *(_data(key, partial(_detail, key)) for key in ("task", "text", "lead", "responsible")),
    *(_data(key, partial(_detail, key)) for key in ("deadline", "name", "measure", "by")),
    _data("comparison", partial(_detail, "comparison")),
)
_TABLES = {
    "changes": ("", _("ID")),
    "indicators": (_("Indicators"), _("ID")),
    "renumbered": (_("Renumbered"), _("ID")),
    "units": (_("Units"), _("Unit")),
    "plan": (_("The plan itself"), _("Chapter")),
}
"""The tables in their order: the title of each, and the heading of its ids."""
