"""`show`: measures with every field."""

from collections.abc import Iterable
from datetime import date

from credit_plan.as_of import TrackedMeasure
from credit_plan.filters import Filters, find_measures
from credit_plan.i18n import _
from credit_plan.plan import Measure, Plan
from credit_plan.questions import captions, columns
from credit_plan.table import Answer, Layout, Table

_IN_TITLE = frozenset({"task", "chapter", "task_text"})
_SHOWN = tuple(key for key in Measure.__dataclass_fields__ if key not in _IN_TITLE)
_FIELDS = columns.arrange(columns.MEASURE_FIELDS, shown=_SHOWN)
_REPORTED = columns.arrange(
    columns.MEASURE_FIELDS, shown=(*_SHOWN, "timing", "status", "reported_on")
)
"""Where any of the measures has a report. A record leaves out what is nothing."""


def answer(plan: Plan, filters: Filters, day: date, ids: Iterable[str]) -> Answer:
    """Return the measures that the ids name, a table for each task, in the order asked."""
    as_of = filters.as_of(plan)
    by_task: dict[int, dict[str, TrackedMeasure]] = {}
    for name in ids:
        for measure in find_measures(plan, name):
            by_task.setdefault(measure.task, {})[measure.id] = as_of.track(measure)
    tables = (_table(plan, tuple(measures.values())) for measures in by_task.values())
    return Answer("show", day, tuple(tables))


def _table(plan: Plan, tracked: tuple[TrackedMeasure, ...]) -> Table:
    first = tracked[0].measure
    chapter = next(it for it in plan.chapters if it.number == first.chapter)
    total = sum(measure.task == first.task for measure in plan.measures)
    title = (
        captions.chapter_title(chapter),
        _("Task {number}: {text}").format(number=first.task, text=first.task_text),
    )
    return columns.make_table(
        f"task-{first.task}",
        _REPORTED if any(row.last_recorded for row in tracked) else _FIELDS,
        tracked,
        title="\n".join(title),
        caption=_("{count} of {total} measures of task {number}").format(
            count=len(tracked), total=total, number=first.task
        ),
        layout=Layout.RECORDS,
    )
