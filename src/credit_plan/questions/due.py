"""`due`: obligations by date, a measure together with one day on which something falls due."""

from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from credit_plan.as_of import AsOf, TrackedMeasure
from credit_plan.cells import Label
from credit_plan.filters import Filters
from credit_plan.i18n import _
from credit_plan.plan import Obligation, ObligationKind, Plan
from credit_plan.questions import captions, columns
from credit_plan.questions.columns import ASSESSMENT_FIELDS, MEASURE_FIELDS, Field, field
from credit_plan.status import Assessment
from credit_plan.table import Answer, Table

_KINDS = {
    ObligationKind.DEADLINE: _("deadline"),
    ObligationKind.MILESTONE: _("milestone"),
    ObligationKind.RECURRING: _("recurring"),
}
_COUNTS = {
    ObligationKind.ALL: _("{count} of {total} obligations"),
    ObligationKind.DEADLINE: _("{count} of {total} deadlines"),
    ObligationKind.MILESTONE: _("{count} of {total} milestones"),
    ObligationKind.RECURRING: _("{count} of {total} recurring obligations"),
}


class TrackedObligation(NamedTuple):
    """An obligation as of a day.

    The last report of `measure` is the last one on the milestone if there is one.
    """

    obligation: Obligation
    measure: TrackedMeasure
    assessment: Assessment

    @property
    def date(self) -> date:
        """Return the day on which it falls due."""
        return self.obligation.date


OBLIGATION_FIELDS: tuple[Field[TrackedObligation], ...] = (
    field("date", _("Due"), lambda row: row.date),
    field("kind", _("Kind"), lambda row: Label(row.obligation.kind, _KINDS[row.obligation.kind])),
    field("what", _("What falls due"), lambda row: row.obligation.what, wrap=True),
    field("period", _("Period"), lambda row: row.obligation.period),
    *(
        columns.of_part(lambda row: row.measure, field)
        for field in MEASURE_FIELDS
        if field.column.key not in {"timing_date", *(own.column.key for own in ASSESSMENT_FIELDS)}
    ),
    *(columns.of_part(lambda row: row.assessment, field) for field in ASSESSMENT_FIELDS),
)
_SHOWN = ("date", "id", "kind", "lead", "responsible", "what")


def answer(plan: Plan, filters: Filters, day: date, kind: ObligationKind) -> Answer:
    """Return the obligations between the dates, earliest first; if none, where to look.

    For all kinds, a milestone on the day of its measure's deadline is one obligation with it.
    Without dates, statuses and timings they begin with `day`; if all dates are earlier, they are
    those that are not done.
    """
    as_of = filters.as_of(plan)
    everything = _list_obligations(plan, kind)
    own = [it for it in everything if filters.matches(it.measure)]
    via_group = [it for it in everything if filters.matches_via_group(it.measure)]
    is_past = False
    if not (filters.before or filters.after or filters.asks_for_progress):
        is_past = bool(own) and own[-1].date < day
        filters = filters._replace(only_open=True) if is_past else filters._replace(after=day)
    rows, shared = (select_obligations(it, filters, as_of) for it in (own, via_group))
    total = plan.totals.obligations if kind is ObligationKind.ALL else len(everything)
    result = captions.Result(rows, total, filters, len(shared), as_of.report_count)
    table = _make_table(result, as_of, own, kind)
    return Answer("due", day, (table,), _explain(result, own, kind, is_past=is_past))


def track_obligations(
    obligations: Iterable[Obligation], as_of: AsOf
) -> tuple[TrackedObligation, ...]:
    """Return obligations as of a day, in their order."""
    tracked: dict[str, TrackedMeasure] = {}
    rows = []
    for obligation in obligations:
        measure = tracked.get(obligation.measure.id) or as_of.track(obligation.measure)
        tracked[measure.measure.id] = measure
        if own := as_of.find_reports(measure.measure.id, obligation.due):
            measure = measure._replace(last_report=own[-1])
        rows.append(TrackedObligation(obligation, measure, as_of.assess_obligation(obligation)))
    return tuple(rows)


def select_obligations(
    obligations: Iterable[Obligation], filters: Filters, as_of: AsOf
) -> tuple[TrackedObligation, ...]:
    """Return those between the dates whose status and timing are among those asked for.

    Whose they are, and where in the plan, makes no difference.
    """
    rows = track_obligations((it for it in obligations if filters.covers(it.date)), as_of)
    return tuple(row for row in rows if filters.accepts(row.assessment))


def _list_obligations(plan: Plan, kind: ObligationKind) -> tuple[Obligation, ...]:
    """Return the obligations of a kind by date, then in the order of the table."""
    if kind is ObligationKind.ALL:
        return plan.obligations
    found = [it for it in plan.obligations if it.kind is kind]
    if kind is ObligationKind.DEADLINE:
        found = [it._replace(what=it.measure.text) for it in found]
    elif kind is ObligationKind.MILESTONE:
        found += (
            it._replace(kind=kind, what="；".join(passages))
            for it in plan.obligations
            if it.kind is ObligationKind.DEADLINE
            and (passages := it.measure.find_passages(it.date))
        )
    return tuple(sorted(found, key=attrgetter("date")))


def _make_table(
    result: captions.Result[TrackedObligation],
    as_of: AsOf,
    own: Sequence[Obligation],
    kind: ObligationKind,
) -> Table:
    fields = columns.arrange_with_progress(
        OBLIGATION_FIELDS,
        _SHOWN,
        if_room=("kind", "responsible") if as_of.report_count else ("responsible",),
        is_reported=bool(as_of.report_count),
    )
    caption = captions.caption(
        result,
        _COUNTS[kind],
        _describe_dates(result.filters, own),
        more=captions.count_dates((row.assessment for row in result.rows), as_of),
    )
    return columns.make_table(
        "obligations", fields, result.rows, caption=caption, names=result.unit_names
    )


def _describe_dates(filters: Filters, own: Sequence[Obligation]) -> tuple[str, str, str]:
    """Return how the caption speaks of the dates; of --before alone with the first date."""
    after, before, between = captions.ANY_DATE
    if own and filters.before and own[0].date <= filters.before:
        phrase = _("from {first}, the first date, to {before}")
        before = phrase.format(first=own[0].date, before="{before}")
    return after, before, between


def _explain(
    result: captions.Result[TrackedObligation],
    own: Sequence[Obligation],
    kind: ObligationKind,
    *,
    is_past: bool,
) -> tuple[str, ...]:
    """Return what is to be said of dates that are all past, of no reports, and of no rows."""
    filters = result.filters
    silent = captions.explain_no_reports(result.report_count, filters)
    if is_past:
        return (*_explain_past(result, own, kind), *silent)
    if result.rows:
        return silent
    if filters.asks_for_progress or not own:
        return (*silent, _("Nothing in the plan matches; try fewer filters."))
    return _explain_no_date(filters, own, kind)


def _explain_past(
    result: captions.Result[TrackedObligation], own: Sequence[Obligation], kind: ObligationKind
) -> tuple[str, ...]:
    """Return why what is open is listed, and the command that lists everything."""
    message = _("Nothing falls due from {day} on; the last date is {last}. Everything is done.")
    if result.rows:
        message = _(
            "Nothing falls due from {day} on; the last date is {last}. Listed is what is not done."
        )
    filters = result.filters
    return message.format(day=filters.day, last=own[-1].date), _list_past(filters, own, kind)


def _explain_no_date(
    filters: Filters, own: Sequence[Obligation], kind: ObligationKind
) -> tuple[str, ...]:
    """Return which dates are nearest to those asked for, between which there is none."""
    after, before = filters.after or date.min, filters.before or date.max
    last = max((it.date for it in own if it.date < after), default=None)
    first = min((it.date for it in own if it.date > before), default=None)
    if not first:
        message = _("Nothing falls due from {after} on; the last date is {last}.")
        return message.format(after=after, last=last), _list_past(filters, own, kind)
    message = _("Nothing falls due by {before}; the first date is {first}.")
    if last:
        message = _(
            "Nothing falls due from {after} to {before}; the dates before and after are {last} and "
            "{first}."
        )
    return (message.format(after=after, before=before, last=last, first=first),)


def _list_past(filters: Filters, own: Sequence[Obligation], kind: ObligationKind) -> str:
    words = () if kind is ObligationKind.ALL else ("--kind", kind)
    command = captions.command_line("due", filters, *words, "--before", str(own[-1].date))
    return _("To list everything that fell due: {command}").format(command=command)
