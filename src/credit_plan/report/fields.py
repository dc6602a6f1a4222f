"""The fields of a duty, each a column and the cell it takes from a duty.

The keys are those of the JSON; a report says which fields people see, and in which order, and
the rest follow as data.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Generic, TypeVar

from credit_plan.cells import Cell, DatedText, Label
from credit_plan.i18n import _
from credit_plan.models.records import Unit
from credit_plan.report.standings import STATUSES, light_of, stands
from credit_plan.selection.asked import Selection
from credit_plan.selection.duties import Duty
from credit_plan.standing import Standing
from credit_plan.table import Column, Show

RowT = TypeVar("RowT")
PartT = TypeVar("PartT")


@dataclass(frozen=True, slots=True)
class Field(Generic[RowT]):
    """A column and the function that takes its cell from a row's subject."""

    column: Column
    cell: Callable[[RowT], Cell]

    def shown(self, show: Show) -> Field[RowT]:
        """The same field, shown otherwise."""
        return replace(self, column=replace(self.column, show=show))


def of(part: Callable[[RowT], PartT], field: Field[PartT]) -> Field[RowT]:
    """The field of a part of a row's subject as a field of the whole."""
    return Field(field.column, lambda subject: field.cell(part(subject)))


def names(units: tuple[Unit, ...]) -> tuple[str, ...]:
    """The names by which answers speak of units."""
    return tuple(unit.name for unit in units)


def _milestones(duty: Duty) -> tuple[DatedText, ...]:
    return tuple(DatedText(it.by, it.text) for it in duty.measure.milestones)


def _status(duty: Duty) -> Label | None:
    return Label(duty.last.status, STATUSES[duty.last.status]) if duty.last else None


def _reported_on(duty: Duty) -> date | None:
    return duty.last.on if duty.last else None


STANDING_FIELDS: Final[tuple[Field[Standing | None], ...]] = (
    Field(Column("state", _("State")), stands),
    Field(Column("light", _("Light")), light_of),
    Field(Column("days", _("Days late"), is_count=True), lambda it: it.days if it else None),
)

DUTY_FIELDS: Final[tuple[Field[Duty], ...]] = (
    Field(Column("id", _("ID")), lambda duty: duty.id),
    Field(Column("task", _("Task no.")), lambda duty: duty.task.id),
    Field(Column("chapter", _("Chapter")), lambda duty: duty.task.chapter),
    Field(Column("task_text", _("Task"), wrap=True), lambda duty: duty.task.task),
    Field(Column("text", _("Measure"), wrap=True), lambda duty: duty.measure.text),
    Field(Column("target", _("Target"), wrap=True), lambda duty: duty.measure.target),
    Field(Column("milestones", _("Milestones"), wrap=True), _milestones),
    Field(Column("lead", _("Lead")), lambda duty: names(duty.lead)),
    Field(Column("responsible", _("Responsible")), lambda duty: names(duty.responsible)),
    Field(Column("deadline", _("Deadline")), lambda duty: duty.measure.deadline.by),
    Field(Column("deadline_text", _("As printed")), lambda duty: duty.measure.deadline.text),
    Field(Column("ongoing", _("Goes on after")), lambda duty: duty.measure.deadline.ongoing),
    Field(Column("page", _("Page")), lambda duty: duty.measure.page),
    Field(Column("note", _("Note"), wrap=True), lambda duty: duty.measure.note),
    *(of(lambda duty: duty.standing, field) for field in STANDING_FIELDS),
    Field(Column("reported_status", _("Reported as")), _status),
    Field(Column("reported_on", _("As of")), _reported_on),
    Field(Column("recorded_on", _("Last heard")), lambda duty: duty.heard),
)


def arranged(
    fields: Iterable[Field[RowT]],
    *,
    shown: Iterable[str],
    if_room: Container[str] = (),
    hidden: Container[str] = (),
) -> tuple[Field[RowT], ...]:
    """The fields in the order in which people see them; those that are only data stand behind.

    One that is `hidden` keeps its place for machines.
    """
    by_key = {field.column.key: field for field in fields}

    def show(key: str) -> Show:
        return Show.DATA if key in hidden else Show.IF_ROOM if key in if_room else Show.ALWAYS

    seen = [by_key.pop(key).shown(show(key)) for key in shown]
    return (*seen, *(field.shown(Show.DATA) for field in by_key.values()))


def standing_as_well(
    selection: Selection[Any],
    fields: Iterable[Field[RowT]],
    shown: tuple[str, ...],
    if_room: tuple[str, ...],
) -> tuple[Field[RowT], ...]:
    """The fields arranged, with the state behind the first two; seen once anything was reported."""
    hidden = () if selection.recorded else ("state",)
    shown = (*shown[:2], "state", *shown[2:])
    return arranged(fields, shown=shown, if_room=if_room, hidden=hidden)


def columns(fields: Iterable[Field[RowT]]) -> tuple[Column, ...]:
    """The columns of a table with these fields."""
    return tuple(field.column for field in fields)


def rows(fields: tuple[Field[RowT], ...], subjects: Iterable[RowT]) -> tuple[tuple[Cell, ...], ...]:
    """A row of cells for each subject."""
    return tuple(tuple(field.cell(subject) for field in fields) for subject in subjects)
