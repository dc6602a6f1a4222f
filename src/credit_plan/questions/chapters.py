"""`chapters`: every chapter, with its counts."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from credit_plan.as_of import TrackedMeasure
from credit_plan.filters import Filters
from credit_plan.i18n import _, pgettext
from credit_plan.plan import Chapter, Measure, Plan
from credit_plan.questions import captions
from credit_plan.questions.columns import chapter_cell
from credit_plan.table import Answer, Column, Show, Table

_COLUMNS = (
    Column("chapter", _("Chapter"), is_count=True),
    Column("title", _("Title"), wrap=True),
    Column("tasks", pgettext("number", "Tasks"), is_count=True),
    Column("measures", pgettext("number", "Measures"), is_count=True),
    Column("milestones", pgettext("number", "Milestones"), is_count=True),
    Column("label", pgettext("chapter", "As printed"), show=Show.DATA),
)


class ChapterCounts(NamedTuple):
    """How many tasks, measures and milestones a chapter has; `by_year` counts its deadlines."""

    chapter: Chapter
    tasks: int
    measures: int
    milestones: int
    by_year: Counter[int]


def answer(plan: Plan, filters: Filters, day: date) -> Answer:
    """Return the chapters of the plan; where filters narrow, those they leave."""
    selected = filters.select(map(TrackedMeasure, plan.measures))
    counts = count_chapters(plan, [tracked.measure for tracked in selected])
    found = tuple(row for row in counts if not filters.narrows or row.measures)
    result = captions.Result(found, len(counts), filters)
    rows = tuple(
        (
            chapter_cell(row.chapter),
            row.chapter.title,
            row.tasks,
            row.measures,
            row.milestones,
            row.chapter.label,
        )
        for row in found
    )
    caption = captions.caption(result, _("{count} of {total} chapters"))
    table = Table("chapters", _COLUMNS, rows, caption=caption, names=result.unit_names)
    return Answer("chapters", day, (table,), () if rows else captions.NOTHING_FITS)


def count_chapters(plan: Plan, measures: Sequence[Measure]) -> tuple[ChapterCounts, ...]:
    """Return the counts of each chapter over some measures."""
    rows = []
    for chapter in plan.chapters:
        own = [measure for measure in measures if measure.chapter == chapter.number]
        tasks = len({measure.task for measure in own})
        milestones = sum(len(measure.milestones) for measure in own)
        by_year = Counter(it.deadline.year for it in own if it.deadline)
        rows.append(ChapterCounts(chapter, tasks, len(own), milestones, by_year))
    return tuple(rows)
