"""A field of a measure is nowhere forgotten: in its file, in the plan, in the answers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import pytest

from credit_plan import formatters
from credit_plan.dates import ZONE, CalendarPeriod
from credit_plan.filters import Filters
from credit_plan.formatters import Screen
from credit_plan.models import records
from credit_plan.models.fields import fields_by_key
from credit_plan.models.progress import Entry
from credit_plan.plan import (
    MEASURE_HEADINGS,
    DeadlineKind,
    Evidence,
    Measure,
    Milestone,
    Plan,
    Recurrence,
    Report,
    Status,
)
from credit_plan.questions import measures, show
from credit_plan.table import Show
from tests.story import rows

DAY = date(2023, 1, 1)
FIELDS = Measure._fields
HEADINGS = MEASURE_HEADINGS
TRANSLATED = {
    "number": ("id",),
    "deadline": ("deadline", "deadline_text", "deadline_kind", "ongoing"),
}
"""What a field of a file becomes where the plan has it otherwise."""

OF_THE_TASK = ("id", "task", "chapter", "task_text")
"""What the plan has from the task of a measure; the id is of both."""

IN_TITLE = ("task", "chapter", "task_text")
"""What `show` says above the measures of a task, once."""

SEEN = ("deadline_kind",)
"""What people see from the deadline itself: a day, 长期 or 每季度末."""


@pytest.fixture(scope="module")
def full(plan: Plan) -> Measure:
    """Return a measure of which every field says something."""
    measure = next(it for it in plan.measures if it.ongoing)
    full = measure._replace(
        milestones=(Milestone(date(2023, 12, 31), "2023年底前完成"),),
        recurrences=(Recurrence("按季度通报", CalendarPeriod.QUARTER, (), DAY, DAY),),
        responsible=plan.units[:1],
        note="一个说明",
    )
    for name in FIELDS:
        assert getattr(full, name), f"give {name} a value here"
    return full


def test_every_field_of_a_file_is_in_the_plan_or_is_translated() -> None:
    for name in fields_by_key(records.Measure):
        for translated in TRANSLATED.get(name, (name,)):
            assert translated in FIELDS, f"{name} is read and then lost"


def test_every_field_of_the_plan_comes_from_a_file() -> None:
    of_the_file = {
        translated
        for name in fields_by_key(records.Measure)
        for translated in TRANSLATED.get(name, (name,))
    }
    assert set(FIELDS) == of_the_file | set(OF_THE_TASK)


def test_the_plan_says_of_every_measure_what_its_file_says(
    plan: Plan, tasks: tuple[records.Task, ...]
) -> None:
    pairs = [(task, measure) for task in tasks for measure in task.measures]
    names = {name: unit for unit in plan.units for name in unit.names}
    for (task, written), measure in zip(pairs, plan.measures, strict=True):
        assert written.deadline
        milestones = tuple(Milestone(it.by, it.text) for it in written.milestones)
        assert measure == Measure(
            id=task.measure_id(written),
            task=task.id,
            chapter=task.chapter,
            task_text=task.task,
            text=written.text,
            target=written.target,
            milestones=milestones,
            recurrences=tuple(_expect_recurrences(written)),
            lead=tuple(names[name] for name in written.lead),
            responsible=tuple(names[name] for name in written.responsible),
            deadline=written.deadline.by,
            deadline_text=written.deadline.text,
            deadline_kind=DeadlineKind.DAY,
            ongoing=written.deadline.ongoing,
            page=written.page,
            note=written.note,
        )


def _expect_recurrences(written: records.Measure) -> Iterator[Recurrence]:
    """Yield what a measure promises, from 2022 to its deadline if its words say nothing else.

    What goes on after its deadline (长期坚持) does so to the end of the plan.
    """
    assert written.deadline
    end = date(2025, 12, 31) if written.deadline.ongoing else written.deadline.by
    for it in written.recurrences:
        first, last = it.first or date(2022, 1, 1), it.until or end
        assert last
        yield Recurrence(it.text, it.every, it.on, first, last)


def test_every_field_is_a_column_for_machines(plan: Plan, full: Measure) -> None:
    answer = measures.answer(plan._replace(measures=(full,)), Filters(), DAY)
    (row,) = rows(answer)
    written = formatters.format_answer(answer, "csv", Screen()).removeprefix("\ufeff")
    (in_csv,) = csv.DictReader(io.StringIO(written))
    for name in FIELDS:
        assert row[name], name
        assert in_csv[name], name


def test_every_field_is_shown_to_people(plan: Plan, full: Measure) -> None:
    answer = show.answer(plan._replace(measures=(full,)), Filters(day=DAY), DAY, [full.id])
    (table,) = answer.tables
    shown = [name for name in FIELDS if name not in (*IN_TITLE, *SEEN)]
    visible = [column.key for column in table.columns if column.show is not Show.DATA]
    assert visible[: len(shown)] == shown
    for form in ("table", "markdown"):
        text = formatters.format_answer(answer, form, Screen(width=160))
        for name in shown:
            assert HEADINGS[name] in text, name
        assert full.task_text in text
        assert f"Task {full.task}: " in text
        assert f"Chapter {full.chapter}: " in text


REPORT = Report._fields


@pytest.fixture(scope="module")
def reported(plan: Plan, full: Measure) -> Report:
    """Return a report of which every field says something."""
    indicator = next(it for it in plan.indicators if it.measure == full.id)
    report = Report(
        measure=full.id,
        due=str(full.milestones[0].by),
        on=date(2022, 11, 30),
        unit=full.lead[0].name,
        status=Status.BLOCKED,
        values=((indicator.id, Decimal(17)),),
        note="一条备注",
        evidence=(Evidence("evidence/证明.pdf", "0" * 64),),
        recorded=datetime(2022, 12, 1, 9, tzinfo=ZONE),
    )
    for name in REPORT:
        assert getattr(report, name), f"give {name} a value here"
    return report


def test_every_field_of_a_file_of_reports_is_in_the_plan() -> None:
    assert set(fields_by_key(Entry)) == set(REPORT)


def test_every_field_of_the_last_report_is_shown(
    plan: Plan, full: Measure, reported: Report
) -> None:
    told = plan._replace(measures=(full,), reports=(reported,))
    answer = show.answer(told, Filters(day=DAY), DAY, [full.id])
    ((row,), (table,)) = rows(answer), answer.tables
    for name in REPORT:
        assert row["last_report"]["id" if name == "measure" else name], name
    # The id is that of the record; of the time, people see the day.
    names = [{"recorded": "recorded_on"}.get(name, name) for name in REPORT if name != "measure"]
    cells = {column.key: cell for column, cell in zip(table.columns, table.rows[0], strict=True)}
    visible = [table.columns[at].key for at in table.visible_columns()]
    for name in names:
        assert cells[f"last_{name}"], name
        assert f"last_{name}" in visible, name
    text = formatters.format_answer(answer, "table", Screen())
    for said in ("2022-11-30", "2022-12-01", "blocked", " 17", "一条备注", "evidence/证明.pdf"):
        assert said in text, said
