"""No report is recorded twice.

A table of reports that is recorded a second time adds nothing. But the history of its measures
shows everything twice, as if somebody had checked again.

    - {measure: "13", on: 2023-12-31, unit: 市住建局, status: done, …}
    - {measure: "13", on: 2023-12-31, unit: 市住建局, status: done, …}

Two reports are the same if only the time of recording differs, even if they use different names of
the unit.

Two reports in one file, of the same unit, measure, day and time of recording, are one report as
well, even if their words differ: a merge has kept it as it was before and after an edit, or it was
in two rows of a table. Values of different indicators may be in two rows.

To fix it, delete the report that was recorded later; of two with the same time, the one that is
wrong. `git log -p FILE` shows where each came from.
"""

from collections.abc import Hashable, Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft, Located
from credit_plan.models.progress import Entry
from credit_plan.rules import units

NAME = "repeated-report"
SEVERITY = Severity.WARNING


def find(draft: Draft) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each report that says the same as one recorded before it.

    Yield one as well for each with the same time of recording as another of its file.
    """
    by_name = units.index_names(draft)
    firsts: dict[Hashable, Located[Entry]] = {}
    for report in sorted(draft.entries, key=lambda report: report.record.recorded):
        twin = firsts.setdefault(_make_key_of_second(report, by_name), report)
        first = firsts.setdefault(make_key(report.record, by_name), report)
        if first is not report:
            message = _("the same report on measure {id} was already recorded at {recorded}")
            yield _explain(message, _("delete it, or report what is new"), report, first)
        elif twin is not report:
            message = _(
                "another report on measure {id} for this day was also recorded at {recorded}"
            )
            hint = _(
                "only the last counts; if a merge has kept one report twice, delete the wrong one"
            )
            yield _explain(message, hint, report, twin)


def make_key(entry: Entry, by_name: units.Units) -> Hashable:
    """Return all that a report says, except when it was recorded."""
    unit = units.resolve(entry.unit, by_name) or entry.unit
    values = frozenset(entry.values.items())
    return entry.measure, entry.on, unit, entry.status, values, entry.note, entry.evidence


def _make_key_of_second(report: Located[Entry], by_name: units.Units) -> Hashable:
    """Return what is stated once in a file: who reports on what, and when it was recorded."""
    entry = report.record
    unit = units.resolve(entry.unit, by_name) or entry.unit
    indicators = frozenset(entry.values)
    return report.file, entry.measure, entry.on, unit, indicators, entry.recorded


def _explain(message: str, hint: str, report: Located[Entry], first: Located[Entry]) -> Diagnostic:
    recorded = first.record.recorded.isoformat()
    text = message.format(id=report.record.measure, recorded=recorded)
    related = first.at("measure")
    return Diagnostic(NAME, *report.at("measure"), text, hint, SEVERITY, related=related)
