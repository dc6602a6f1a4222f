"""Columns and their cells: those of a measure follow from the fields of `plan.Measure`.

The keys are those of the JSON; a question says which columns people see, and in which order, and
the rest follow as data.
"""

from collections.abc import Callable, Collection, Container, Iterable, Sequence
from datetime import date
from functools import partial
from itertools import starmap
from typing import Any, Generic, TypeVar

from credit_plan.as_of import TrackedMeasure
from credit_plan.cells import Cell, DatedText, Described, Label
from credit_plan.dates import CalendarPeriod
from credit_plan.i18n import CHINESE, _, get_language, join_list, label, pgettext
from credit_plan.plan import (
    MEASURE_HEADINGS,
    Chapter,
    DeadlineKind,
    Measure,
    Milestone,
    Recurrence,
    Unit,
)
from credit_plan.questions.captions import name_chapter
from credit_plan.status import (
    LIGHT_NAMES,
    STATUS_NAMES,
    TIMING_NAMES,
    Assessment,
    LastStatus,
    Light,
    Timing,
)
from credit_plan.table import Column, Row, Show, Table

RowT = TypeVar("RowT")
PartT = TypeVar("PartT")


class Field(Generic[RowT]):
    """A column and the function that takes its cell from the subject of a row."""

    __slots__ = ("cell", "column")

    def __init__(self, column: Column, cell: Callable[[RowT], Cell]) -> None:
        self.column = column
        self.cell = cell

    def shown(self, show: Show) -> "Field[RowT]":
        """Return the same field, shown otherwise."""
        return Field(self.column._replace(show=show), self.cell)


def field(
    key: str,
    heading: str,
    cell: Callable[[RowT], Cell],
    **options: Any,  # noqa: ANN401  as Column takes them
) -> Field[RowT]:
    """Return a field: its column's key and heading, its cell, and what else a Column takes."""
    return Field(Column(key, heading, **options), cell)


def of_part(part: Callable[[RowT], PartT], field: Field[PartT]) -> Field[RowT]:
    """Return the field of a part of a row's subject as a field of the whole."""
    return Field(field.column, lambda subject: field.cell(part(subject)))


def names(units: Iterable[Unit]) -> tuple[str, ...]:
    """Return the names by which answers speak of units."""
    return tuple(unit.name for unit in units)


def chapter_cell(chapter: Chapter) -> Label | int:
    """Return the number of a chapter; people read its label if it has one, in Chinese 第四章."""
    if chapter.label or get_language() == CHINESE:
        return Label(chapter.number, name_chapter(chapter))
    return chapter.number


def arrange(
    fields: Iterable[Field[RowT]],
    *,
    shown: Iterable[str],
    if_room: Container[str] = (),
    hidden: Container[str] = (),
) -> tuple[Field[RowT], ...]:
    """Return the fields in the order in which people see them; the rest follow as data.

    One that is `hidden` keeps its place for machines.
    """
    by_key = {field.column.key: field for field in fields}

    def show(key: str) -> Show:
        return Show.DATA if key in hidden else Show.IF_ROOM if key in if_room else Show.ALWAYS

    visible = [by_key.pop(key).shown(show(key)) for key in shown]
    return (*visible, *(field.shown(Show.DATA) for field in by_key.values()))


def arrange_with_progress(
    fields: Iterable[Field[RowT]],
    shown: tuple[str, ...],
    *,
    if_room: Collection[str],
    is_reported: bool,
) -> tuple[Field[RowT], ...]:
    """Return the fields arranged, timing and status after the first two.

    A deadline gives its place to the date that the timing is about. Before anything was reported
    timing and status would say the same of every row, and are hidden.
    """
    progress = ("timing", "status")
    in_order = (*shown[:2], *progress, *shown[2:])
    if not is_reported:
        return arrange(hide_lights(fields), shown=in_order, if_room=if_room, hidden=progress)
    if "deadline" in in_order:
        dated = ("timing_date" if key == "deadline" else key for key in in_order)
        in_order = (*dated, "deadline")
    return arrange(fields, shown=in_order, if_room=("status", "deadline", *if_room))


_WITH_LIGHT = frozenset({"timing", "light"})


def hide_lights(fields: Iterable[Field[RowT]]) -> tuple[Field[RowT], ...]:
    """Return the fields without lights in what people see: for what nobody reports on."""
    return tuple(
        Field(it.column, partial(_hide_light, it.cell)) if it.column.key in _WITH_LIGHT else it
        for it in fields
    )


def make_table(
    name: str,
    fields: tuple[Field[RowT], ...],
    subjects: Iterable[RowT],
    **options: Any,  # noqa: ANN401  as Table takes them
) -> Table:
    """Return a table with a row of cells for each subject.

    People see no column of targets where there is none, as in a plan that sets none.
    """
    rows = tuple(_Row(fields, subject) for subject in subjects)
    shown = (
        field.shown(Show.DATA) if _is_without_targets(field, at, rows) else field
        for at, field in enumerate(fields)
    )
    return Table(name, tuple(field.column for field in shown), rows, **options)


class _Row(Sequence[Cell], Generic[RowT]):
    """The cells of a subject, each made when it is first looked at: people see few of them."""

    __slots__ = ("_cells", "_fields", "_subject")

    def __init__(self, fields: Sequence[Field[RowT]], subject: RowT) -> None:
        self._fields, self._subject = fields, subject
        self._cells: dict[int, Cell] = {}

    def __len__(self) -> int:
        return len(self._fields)

    def __getitem__(self, at: Any) -> Any:  # noqa: ANN401  a row is not sliced
        if at not in self._cells:
            self._cells[at] = self._fields[at].cell(self._subject)
        return self._cells[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


def _is_without_targets(field: Field[Any], at: int, rows: Sequence[Row]) -> bool:
    return field.column.key == "target" and bool(rows) and all(row[at] is None for row in rows)


_TIMING_LABELS = TIMING_NAMES | {
    Timing.OVERDUE: _("overdue {days} d"),
    Timing.DUE_SOON: _("due in {left} d"),
    Timing.DONE_LATE: _("done {days} d late"),
}
_TARGET_LABELS = {
    Timing.OVERDUE: _("missed"),
    Timing.DUE_SOON: _("due in {left} d"),
    Timing.OPEN: _("not yet met"),
    Timing.DONE_LATE: _("met {days} d late"),
    Timing.DONE_ON_TIME: _("met"),
}
_NO_FIGURE = {Timing.OVERDUE: _("no figure"), Timing.OPEN: _("no figure yet")}


def status_label(assessment: Assessment | None) -> Label | None:
    """Return `blocked`; machines get the status."""
    if assessment is None:
        return None
    name = STATUS_NAMES[assessment.status]
    if assessment.status is LastStatus.DONE and assessment.is_open:
        name = _("done, something missing")
    return Label(assessment.status, name)


def timing_label(assessment: Assessment | None) -> Label | None:
    """Return `red overdue 45 d`; machines get the timing."""
    return _label(assessment, _TIMING_LABELS)


def target_label(assessment: Assessment) -> Label | None:
    """Return `red missed`: the same of a target of an indicator."""
    is_silent = assessment.status is LastStatus.NOT_REPORTED
    return _label(assessment, _TARGET_LABELS | (_NO_FIGURE if is_silent else {}))


def light_label(assessment: Assessment | None) -> Label | None:
    """Return the light; machines get its code."""
    if assessment is None:
        return None
    return Label(assessment.light, LIGHT_NAMES[assessment.light], assessment.light)


def _hide_light(cell: Callable[[RowT], Cell], subject: RowT) -> Cell:
    value = cell(subject)
    if isinstance(value, Label) and value.light:
        label = value.label.removeprefix(f"{LIGHT_NAMES[Light(value.light)]} ")
        return Label(value.code, label, name=value.name)
    return value


def _label(assessment: Assessment | None, labels: dict[Timing, str]) -> Label | None:
    if assessment is None:
        return None
    days = assessment.days or 0
    text = labels[assessment.timing].format(days=days, left=-days)
    if assessment.timing is Timing.DUE_SOON and not days:
        text = _("due today")
    label = f"{LIGHT_NAMES[assessment.light]} {text}"
    return Label(assessment.timing, label, assessment.light, TIMING_NAMES[assessment.timing])


_SENTENCES = frozenset({"task_text", "text", "target", "milestones", "recurrences", "note"})


def _field_of_measure(name: str, heading: str) -> Field[TrackedMeasure]:
    column = Column(name, heading, wrap=name in _SENTENCES, is_id=name == "id")
    if name == "deadline":
        return Field(column, lambda tracked: _deadline(tracked.measure))
    if name == "ongoing":
        # What has no day cannot go on after it.
        return Field(column, lambda it: it.measure.ongoing if it.measure.deadline else None)
    if name == "deadline_kind":
        return Field(column, lambda it: _kind_label(it.measure.deadline_kind))
    return Field(column, lambda tracked: _as_cell(getattr(tracked.measure, name)))


PERIODS = {
    CalendarPeriod.MONTH: pgettext("how often", "month"),
    CalendarPeriod.QUARTER: pgettext("how often", "quarter"),
    CalendarPeriod.HALF_YEAR: pgettext("how often", "half-year"),
    CalendarPeriod.YEAR: pgettext("how often", "year"),
}


def describe_recurrence(recurrence: Recurrence) -> Described:
    """Return `quarter, 2022-01-01 to 2025-12-31: 按季度通报`."""
    data = {
        "text": recurrence.text,
        "every": recurrence.every,
        "on": recurrence.on,
        "from": recurrence.first,
        "until": recurrence.last,
    }
    first, last = recurrence.first, recurrence.last
    days = join_list(map(name_day, recurrence.on))
    when = _("{every}, {first} to {last}").format(
        every=PERIODS[recurrence.every] if recurrence.every else days, first=first, last=last
    )
    code = recurrence.every or ", ".join(it if "-" in it else f"month {it}" for it in recurrence.on)
    coded = f"{code}, {first} to {last}: {recurrence.text}"
    return Described(data, (label(when, recurrence.text),), coded)


def name_day(day: str) -> str:
    """Return `03-15`, or `month 09`."""
    return day if "-" in day else _("month {month}").format(month=day)


_CELLS_OF: dict[type, Callable[[Any], Any]] = {
    Milestone: lambda it: DatedText(it.by, it.text),
    Recurrence: describe_recurrence,
    Unit: lambda it: it.name,
}


def _as_cell(value: Any) -> Cell:  # noqa: ANN401  whatever a field of a measure holds
    if isinstance(value, tuple):
        return tuple(_CELLS_OF[type(entry)](entry) for entry in value)
    cell: Cell = value
    return cell


_DEADLINE_KINDS = {
    DeadlineKind.DAY: pgettext("deadline", "day"),
    DeadlineKind.RECURRING: pgettext("deadline", "recurring"),
    DeadlineKind.STANDING: pgettext("deadline", "standing"),
}


def _kind_label(kind: DeadlineKind | None) -> Label | None:
    return Label(kind, _DEADLINE_KINDS[kind]) if kind else None


def _deadline(measure: Measure) -> Cell:
    """Return the day of the deadline, or its words where it has none, such as 长期."""
    return measure.deadline or Label("", measure.deadline_text or "")


def _first_due(tracked: TrackedMeasure) -> Cell:
    assessment = tracked.assessment
    return (assessment.due or _deadline(tracked.measure)) if assessment else None


def _reported_on(tracked: TrackedMeasure) -> date | None:
    return tracked.last_report.on if tracked.last_report else None


ASSESSMENT_FIELDS: tuple[Field[Assessment | None], ...] = (
    field("timing", _("Timing"), timing_label),
    field("status", _("Status"), status_label),
    field("light", _("Light"), light_label),
    field("days", _("Days late"), lambda it: it.days if it else None, is_count=True),
)
MEASURE_FIELDS: tuple[Field[TrackedMeasure], ...] = (
    *starmap(_field_of_measure, MEASURE_HEADINGS.items()),
    *(of_part(lambda tracked: tracked.assessment, field) for field in ASSESSMENT_FIELDS),
    field("timing_date", _("Due"), _first_due),
    field("reported_on", _("Status on"), _reported_on),
    field("recorded_on", _("Last report"), lambda tracked: tracked.last_recorded),
)
HEADINGS = {field.column.key: field.column.heading for field in MEASURE_FIELDS}
