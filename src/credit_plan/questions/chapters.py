"""`chapters`: every chapter, with its counts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from credit_plan.as_of import TrackedMeasure
from credit_plan.filters import Filters
from credit_plan.i18n import _
from credit_plan.plan import Chapter, Measure, Plan
from credit_plan.questions import captions, columns
from credit_plan.table import Column, Report


@dataclass(frozen=True, slots=True)
class ChapterCounts:
    """How many tasks, measures and milestones a chapter has; `by_year` counts its deadlines."""

    chapter: Chapter
    tasks: int
    measures: int
    milestones: int
    by_year: Counter[int]


_FIELDS: tuple[columns.Field[ChapterCounts], ...] = (
    columns.Field(Column("chapter", _("Chapter"), is_count=True), lambda row: row.chapter.number),
    columns.Field(Column("title", _("Title"), wrap=True), lambda row: row.chapter.title),
    columns.Field(Column("tasks", _("Tasks"), is_count=True), lambda row: row.tasks),
    columns.Field(Column("measures", _("Measures"), is_count=True), lambda row: row.measures),
    columns.Field(Column("milestones", _("Milestones"), is_count=True), lambda row: row.milestones),
)


def answer(plan: Plan, filters: Filters, day: date) -> Report:
    """Return the chapters of the plan; where filters narrow, those they leave."""
    selected = filters.select(map(TrackedMeasure, plan.measures))
    counts = count_chapters(plan, [tracked.measure for tracked in selected])
    rows = tuple(row for row in counts if not filters.narrows or row.measures)
    result = captions.Result(rows, len(counts), filters)
    caption = captions.caption(result, _("chapters"))
    table = columns.make_table("chapters", _FIELDS, rows, caption=caption, names=result.unit_names)
    return Report("chapters", day, (table,), () if rows else captions.NOTHING_FITS)


def count_chapters(plan: Plan, measures: Sequence[Measure]) -> tuple[ChapterCounts, ...]:
    """Return the counts of each chapter over some measures."""
    rows = []
    for chapter in plan.chapters:
        own = [measure for measure in measures if measure.chapter == chapter.number]
        rows.append(
            ChapterCounts(
                chapter,
                len({measure.task for measure in own}),
                len(own),
                sum(len(measure.milestones) for measure in own),
                Counter(measure.deadline.year for measure in own),
            )
        )
    return tuple(rows)
