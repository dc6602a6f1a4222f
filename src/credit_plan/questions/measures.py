"""`list` and `chapter`: measures, narrowed by filters or under the tasks of a chapter."""

from datetime import date
from typing import Any

from credit_plan.as_of import TrackedMeasure
from credit_plan.errors import ContradictionError
from credit_plan.filters import Filters
from credit_plan.i18n import _
from credit_plan.plan import Plan
from credit_plan.questions import captions, columns
from credit_plan.questions.shared import list_sections, select_shared, via_field
from credit_plan.table import Answer

_SHOWN = ("id", "deadline", "lead", "responsible", "text", "target")


def answer(plan: Plan, filters: Filters, day: date, *, list_shared: bool = False) -> Answer:
    """Return the measures asked for, in the order of the table; dates are of deadlines.

    With `list_shared`, those of groups that may include the units follow. Raise ContradictionError
    where no unit was asked for.
    """
    if list_shared and not filters.units:
        raise ContradictionError(_("--shared needs a unit: add --unit NAME"))
    result = find(plan, filters, list_shared=list_shared)
    sections = list_sections(filters, result.rows) if list_shared else ()
    caption = captions.caption(result, captions.MEASURES)
    return _report("list", result, day, caption=caption, sections=sections)


def answer_by_task(plan: Plan, filters: Filters, day: date) -> Answer:
    """Return the measures of the single chapter in `filters`, under their tasks."""
    (chapter,) = filters.chapters
    result = find(plan, filters)
    tasks = len({tracked.measure.task for tracked in result.rows})
    return _report(
        "chapter",
        result,
        day,
        title=captions.chapter_title(chapter),
        caption=captions.SEPARATOR.join(
            (
                captions.caption(result, captions.MEASURES),
                _("{count} of {total} tasks").format(count=tasks, total=chapter.tasks),
            )
        ),
        sections=tuple(f"{it.measure.task}  {it.measure.task_text}" for it in result.rows),
    )


def find(
    plan: Plan, filters: Filters, *, list_shared: bool = False
) -> captions.Result[TrackedMeasure]:
    """Return the measures asked for, as of the day in `filters`."""
    as_of = filters.as_of(plan)
    everything = tuple(map(as_of.track, plan.measures))
    own, shared = filters.select(everything), select_shared(filters, everything)
    rows = (*own, *shared) if list_shared else own
    return captions.Result(
        rows, plan.totals.measures, filters, len(shared), as_of.report_count, list_shared
    )


def _report(
    command: str,
    result: captions.Result[TrackedMeasure],
    day: date,
    **options: Any,  # noqa: ANN401  as Table takes them
) -> Answer:
    via = (via_field(result.filters),) if result.lists_shared else ()
    fields = columns.arrange_with_progress(
        (*columns.MEASURE_FIELDS, *via),
        _SHOWN,
        if_room=("responsible", "target"),
        is_reported=bool(result.report_count),
    )
    table = columns.make_table("measures", fields, result.rows, names=result.unit_names, **options)
    remarks = () if result.rows else captions.explain_no_measures(result)
    return Answer(command, day, (table,), remarks)
