"""`stale`: open measures without a recent report."""

from datetime import date

from credit_plan.filters import Filters
from credit_plan.i18n import _
from credit_plan.plan import Plan
from credit_plan.questions import captions, columns
from credit_plan.table import Answer

_SHOWN = ("id", "recorded_on", "deadline", "lead", "responsible", "text")


def answer(plan: Plan, filters: Filters, day: date, days: int) -> Answer:
    """Return open measures without a report in the last days; never reported first, then oldest.

    What counts is when a report was entered: one about an earlier day is news as well.
    """
    as_of = filters.as_of(plan)
    open_measures = (row for row in filters.select(map(as_of.track, plan.measures)) if row.is_open)
    stale = (
        row
        for row in open_measures
        if row.last_recorded is None or (as_of.day - row.last_recorded).days > days
    )
    rows = tuple(sorted(stale, key=lambda row: row.last_recorded or date.min))
    result = captions.Result(rows, len(plan.measures), filters, 0, as_of.report_count)
    phrase = _("open, no report in {days} days").format(days=days)
    fields = columns.arrange_with_progress(
        columns.MEASURE_FIELDS,
        _SHOWN,
        if_room=("deadline", "responsible"),
        is_reported=bool(as_of.report_count),
    )
    table = columns.make_table(
        "measures",
        fields,
        rows,
        caption=captions.caption(result, captions.MEASURES, more=(phrase,), day=day),
        names=result.unit_names,
    )
    nothing = _("Every open measure was reported on in the last {days} days.").format(days=days)
    return Answer("stale", day, (table,), captions.explain_nothing_reported(result, nothing))
