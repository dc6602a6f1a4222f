"""`history`: what was reported, with evidence; what was entered last comes first."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter

from credit_plan.as_of import AsOf
from credit_plan.cells import Label
from credit_plan.cells.reports import EvidenceRef, Figure, Figures
from credit_plan.filters import Filters, find_measures
from credit_plan.i18n import _, join_alternatives, pgettext, plural
from credit_plan.plan import Measure, Plan, Report
from credit_plan.questions import captions, columns
from credit_plan.questions.columns import Field, field
from credit_plan.status import STATUS_NAMES, LastStatus
from credit_plan.table import Answer, Show
from credit_plan.text import join_first

_LAST = 20
"""How many reports are listed where nothing narrows them and no other number is asked for."""

_SHOWN = ("recorded_on", "on", "id", "due", "unit", "status", "values", "note", "evidence")
_MAX_TASKS = 3
"""The caption names tasks up to this number."""


def answer(  # noqa: PLR0913  one parameter per filter
    plan: Plan,
    filters: Filters,
    day: date,
    ids: Iterable[str] = (),
    *,
    since: date | None = None,
    limit: int | None = None,
) -> Answer:
    """Return the reports by some units on the measures that ids name, newest entry first.

    With `since`, only those entered from that day on; the last `limit` of them. Where neither
    narrows them nor a limit is given, the last 20. Raise NameLookupError for an unknown id.
    """
    wanted = {measure.id for name in ids for measure in find_measures(plan, name)}
    named = [measure for measure in plan.measures if measure.id in wanted]
    as_of = filters.as_of(plan)
    units = columns.names(filters.units)
    found = _find_reports(as_of, named or plan.measures, units, since)
    if limit is None and not (named or units or since):
        limit = _LAST
    phrases = (*_count(found, limit, named), *_describe(units, since))
    caption = captions.SEPARATOR.join((*phrases, captions.as_of_phrase(day)))
    table = columns.make_table(
        "reports", _arrange_fields(plan), found[:limit], caption=caption, names=units
    )
    remarks = captions.explain_no_reports(as_of.report_count, filters)
    if not (found or remarks):
        remarks = (_("No report matches; “credit-plan history” lists the last ones."),)
    return Answer("history", day, (table,), remarks)


def report_fields(plan: Plan) -> tuple[Field[Report], ...]:
    """Return a field for everything in a report; figures have the names of their indicators."""
    return (
        field("on", _("On"), lambda report: report.on),
        field("id", _("ID"), lambda report: report.measure, is_id=True),
        field("due", _("For"), lambda report: report.due),
        field("unit", _("Reported by"), lambda report: report.unit),
        field(
            "status",
            _("Status"),
            lambda report: Label(report.status, STATUS_NAMES[LastStatus(report.status)]),
        ),
        field("values", _("Figures"), _read_figures(plan), wrap=True),
        field("note", pgettext("of a report", "Note"), lambda report: report.note, wrap=True),
        field("evidence", _("Evidence"), _evidence, wrap=True),
        field("recorded_on", _("Recorded"), lambda report: report.recorded_on),
        field("recorded", _("Time"), lambda report: report.recorded.isoformat(), show=Show.DATA),
    )


def _find_reports(
    as_of: AsOf, measures: Iterable[Measure], units: Sequence[str], since: date | None
) -> list[Report]:
    """Return the reports on measures by some units, or by any; the newest entry first."""
    found = (
        report
        for measure in measures
        for report in reversed(as_of.reports.get(measure.id, ()))
        if (not units or report.unit in units)
        and (not since or since <= report.recorded_on <= as_of.day)
    )
    # What was entered at one moment, such as a sheet, stays in the order of the plan.
    return sorted(found, key=attrgetter("recorded"), reverse=True)


def _count(found: Sequence[Report], limit: int | None, named: Sequence[Measure]) -> Iterator[str]:
    """Yield `last 20 of 59 reports`, or `12 reports`, `5 measures`, `task 7`."""
    total = len(found)
    if limit is not None and limit < total:
        yield _("last {count} of {total} reports").format(count=limit, total=total)
    else:
        yield plural("{count} report", "{count} reports", total)
    if len(named) == 1:
        yield _("measure {id}").format(id=named[0].id)
    elif named:
        if found:
            measures = len({report.measure for report in found})
            yield plural("{count} measure", "{count} measures", measures)
        tasks = [str(number) for number in dict.fromkeys(measure.task for measure in named)]
        numbers = join_first(tasks, _MAX_TASKS)
        of_task = _("task {numbers}") if len(tasks) == 1 else _("tasks {numbers}")
        yield of_task.format(numbers=numbers)


def _describe(units: Sequence[str], since: date | None) -> Iterator[str]:
    if units:
        yield _("reported by {units}").format(units=join_alternatives(units))
    if since:
        yield _("recorded from {date} on").format(date=since)


def _arrange_fields(plan: Plan) -> tuple[Field[Report], ...]:
    """Return the fields as people see them: all that a report says in words is one column."""
    figures = _read_figures(plan)
    *fields, evidence, recorded = columns.arrange(
        report_fields(plan), shown=_SHOWN, if_room={"evidence"}, hidden={"due", "values", "note"}
    )
    said: Field[Report] = field(
        "said",
        _("What was reported"),
        lambda report: "\n".join(_say(report, figures(report))),
        show=Show.PEOPLE,
        wrap=True,
    )
    return (*fields, said, evidence, recorded)


def _say(report: Report, figures: Figures) -> Iterator[str]:
    """Yield what of its measure a report is about, its figures, and its note."""
    if report.due:
        yield _("for {due}").format(due=report.due)
    yield from (figure.text for figure in figures.entries)
    yield from (report.note or "").splitlines()


def _read_figures(plan: Plan) -> Callable[[Report], Figures]:
    """Return the function that gives the figures of a report the names of their indicators."""
    indicators = {indicator.id: indicator for indicator in plan.indicators}

    def read(report: Report) -> Figures:
        named = ((indicators[code], value) for code, value in report.values)
        return Figures(tuple(Figure(it.id, it.name, value, it.unit) for it, value in named))

    return read


def _evidence(report: Report) -> tuple[EvidenceRef, ...]:
    return tuple(EvidenceRef(it.place, it.sha256) for it in report.evidence)
