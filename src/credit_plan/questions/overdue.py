"""`overdue`: what is late, and by how many days; who leads it."""

from datetime import date

from credit_plan.as_of import TrackedMeasure
from credit_plan.filters import Filters
from credit_plan.i18n import _
from credit_plan.plan import Plan
from credit_plan.questions import captions, columns
from credit_plan.status import State
from credit_plan.table import Answer

_FIELDS = columns.arrange(
    columns.MEASURE_FIELDS,
    shown=(
        "id",
        "days",
        "lead",
        "reported_status",
        "reported_on",
        "deadline",
        "responsible",
        "text",
    ),
    if_room=("reported_on", "deadline", "responsible"),
)
_SECTIONS = {
    True: _("Overdue: reported, but not as done"),
    False: _("Not reported, and past the deadline"),
}


def answer(plan: Plan, filters: Filters, day: date) -> Answer:
    """Return what is overdue, then what nobody reported though its date has passed."""
    as_of = filters.as_of(plan)
    selected = filters.select(map(as_of.track, plan.measures))
    rows = tuple(sorted((row for row in selected if row.is_late), key=_lateness))
    result = captions.Result(rows, len(plan.measures), filters, 0, as_of.report_count)
    table = columns.make_table(
        "measures",
        _FIELDS,
        rows,
        caption=captions.caption(result, _("measures"), day=day),
        names=result.unit_names,
        sections=tuple(_SECTIONS[_is_overdue(row)] for row in rows),
    )
    remarks = captions.explain_nothing_reported(result, _("No measure is past its deadline."), day)
    return Answer("overdue", day, (table,), remarks)


def _lateness(row: TrackedMeasure) -> tuple[bool, int]:
    """Sort what is overdue before what was not reported, the latest first."""
    return not _is_overdue(row), -(row.assessment.days if row.assessment else 0)


def _is_overdue(row: TrackedMeasure) -> bool:
    return row.assessment is not None and row.assessment.state is State.OVERDUE
