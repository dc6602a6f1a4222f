"""`history`: what was reported of a measure, with evidence."""

from collections.abc import Iterable
from datetime import date
from operator import attrgetter

from credit_plan.cells import EvidenceRef, Figure, Figures, Label
from credit_plan.filters import Filters, find_measures
from credit_plan.i18n import _, plural
from credit_plan.plan import Indicator, Plan, Report
from credit_plan.questions import captions, columns
from credit_plan.questions.columns import Field, field
from credit_plan.status import STATUS_NAMES, LastStatus
from credit_plan.table import Answer, Layout, Show


def answer(plan: Plan, filters: Filters, day: date, ids: Iterable[str]) -> Answer:
    """Return what was reported by a day of the measures that ids name, oldest first."""
    as_of = filters.as_of(plan)
    named = {measure.id for name in ids for measure in find_measures(plan, name)}
    measures = [measure.id for measure in plan.measures if measure.id in named]
    reports = [report for measure in measures for report in as_of.reports.get(measure, ())]
    reports.sort(key=attrgetter("on", "recorded"))
    listed = ", ".join(measures)
    phrase = plural("{count} report on {ids}", "{count} reports on {ids}", len(reports), ids=listed)
    table = columns.make_table(
        "reports",
        _report_fields({indicator.id: indicator for indicator in plan.indicators}),
        reports,
        caption=captions.SEPARATOR.join((phrase, captions.as_of_phrase(day))),
        layout=Layout.RECORDS,
    )
    nothing = _("No report on {ids} was recorded by {day}.").format(ids=listed, day=day)
    remarks = captions.explain_no_reports(as_of.report_count, filters) or (nothing,)
    return Answer("history", day, (table,), () if reports else remarks)


def _report_fields(indicators: dict[str, Indicator]) -> tuple[Field[Report], ...]:
    """Return the fields of a report; its values have the names of their indicators."""

    def figures(report: Report) -> Figures:
        named = ((indicators[code], value) for code, value in report.values)
        return Figures(tuple(Figure(it.id, it.name, value, it.unit) for it, value in named))

    return (
        field("on", _("As of"), lambda report: report.on),
        field("id", _("ID"), lambda report: report.measure),
        field("due", _("For"), lambda report: report.due),
        field("unit", _("Reported by"), lambda report: report.unit),
        field(
            "status",
            _("Status"),
            lambda report: Label(report.status, STATUS_NAMES[LastStatus(report.status)]),
        ),
        field("values", _("Figures"), figures, wrap=True),
        field("note", _("Note"), lambda report: report.note, wrap=True),
        field("evidence", _("Evidence"), _evidence, wrap=True),
        field("recorded_on", _("Recorded"), lambda report: report.recorded_on),
        field("recorded", _("Time"), lambda report: report.recorded.isoformat(), show=Show.DATA),
    )


def _evidence(report: Report) -> tuple[EvidenceRef, ...]:
    return tuple(EvidenceRef(it.place, it.sha256) for it in report.evidence)
