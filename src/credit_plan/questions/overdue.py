"""`overdue`: what has fallen due and is not done, whatever its kind, reported or not."""

from datetime import date

from credit_plan.filters import Filters
from credit_plan.i18n import _, plural
from credit_plan.plan import Plan
from credit_plan.questions import captions, columns
from credit_plan.questions.due import (
    OBLIGATION_FIELDS,
    TrackedObligation,
    select_obligations,
)
from credit_plan.status import LastStatus, Timing
from credit_plan.table import Answer

_FIELDS = columns.arrange(
    OBLIGATION_FIELDS,
    shown=("id", "date", "days", "status", "kind", "lead", "reported_on", "responsible", "what"),
    if_room=("status", "kind", "reported_on", "responsible"),
)
_SECTIONS = {True: _("Reported, but not as done"), False: _("Not reported")}


def answer(plan: Plan, filters: Filters, day: date) -> Answer:
    """Return what is overdue, the latest first: what was reported, then what nobody reported.

    Dates are those of the obligations.
    """
    as_of = filters.as_of(plan)
    late = filters._replace(timings=(Timing.OVERDUE,))
    own = (it for it in plan.obligations if filters.matches(it.measure))
    via_group = (it for it in plan.obligations if filters.matches_via_group(it.measure))
    rows, shared = (
        tuple(sorted(select_obligations(it, late, as_of), key=_lateness)) for it in (own, via_group)
    )
    result = captions.Result(
        rows, plan.totals.obligations, filters, len(shared), as_of.report_count
    )
    measures = len({row.obligation.measure.id for row in rows})
    of_measures = plural("{count} measure", "{count} measures", measures)
    table = columns.make_table(
        "obligations",
        _FIELDS,
        rows,
        caption=captions.caption(
            result,
            _("{count} of {total} obligations overdue"),
            captions.ANY_DATE,
            more=(of_measures,) if rows else (),
            day=day,
        ),
        names=result.unit_names,
        sections=tuple(_SECTIONS[_is_reported(row)] for row in rows),
    )
    nothing = _("Nothing is overdue.")
    return Answer("overdue", day, (table,), captions.explain_nothing_reported(result, nothing))


def _lateness(row: TrackedObligation) -> tuple[bool, int]:
    return not _is_reported(row), -(row.assessment.days or 0)


def _is_reported(row: TrackedObligation) -> bool:
    return row.assessment.status is not LastStatus.NOT_REPORTED
