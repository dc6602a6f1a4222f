"""The fields of a duty, each a column and the cell it takes from a duty.

The keys are those of the JSON; a report says which fields people see, and in which order, and
the rest follow as data.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

from credit_plan.language import _
from credit_plan.model import Unit
from credit_plan.selection import Duty
from credit_plan.table import Cell, Column, DatedText, Show

RowT = TypeVar("RowT")


@dataclass(frozen=True, slots=True)
class Field(Generic[RowT]):
    """A column and the function that takes its cell from a row's subject."""

    column: Column
    cell: Callable[[RowT], Cell]

    def shown(self, show: Show) -> Field[RowT]:
        """The same field, shown otherwise."""
        return replace(self, column=replace(self.column, show=show))


def names(units: tuple[Unit, ...]) -> tuple[str, ...]:
    """The names by which answers speak of units."""
    return tuple(unit.name for unit in units)


def _milestones(duty: Duty) -> tuple[DatedText, ...]:
    return tuple(DatedText(it.by, it.text) for it in duty.measure.milestones)


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
)


def arranged(
    fields: Iterable[Field[RowT]], *, shown: Iterable[str], if_room: Container[str] = ()
) -> tuple[Field[RowT], ...]:
    """The fields in the order in which people see them; those that are only data stand behind."""
    by_key = {field.column.key: field for field in fields}
    seen = [by_key.pop(key).shown(Show.IF_ROOM if key in if_room else Show.ALWAYS) for key in shown]
    return (*seen, *(field.shown(Show.DATA) for field in by_key.values()))


def columns(fields: Iterable[Field[RowT]]) -> tuple[Column, ...]:
    """The columns of a table with these fields."""
    return tuple(field.column for field in fields)


def rows(fields: tuple[Field[RowT], ...], subjects: Iterable[RowT]) -> tuple[tuple[Cell, ...], ...]:
    """A row of cells for each subject."""
    return tuple(tuple(field.cell(subject) for field in fields) for subject in subjects)
