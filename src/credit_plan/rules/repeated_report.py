"""No report is recorded twice.

A table of reports that is recorded a second time adds nothing. But the history of its measures
shows everything twice, as if somebody had checked again.

    - {measure: "13", on: 2023-12-31, unit: 市住建局, status: done, …}
    - {measure: "13", on: 2023-12-31, unit: 市住建局, status: done, …}

Two reports are the same if only the time of recording differs, even if they use different names of
the unit.

To fix it, delete the report that was recorded later.
"""

from collections.abc import Hashable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Located
from credit_plan.models.progress import Entry, Evidence
from credit_plan.plan import Status
from credit_plan.rules import units
from credit_plan.rules.context import Context
from credit_plan.rules.measures import describe_report

NAME = "repeated-report"
SEVERITY = Severity.WARNING


class ReportKey(NamedTuple):
    """All that a report says, except when it was recorded."""

    subject: Hashable
    on: date
    unit: str
    status: Status
    values: frozenset[tuple[str, Decimal]]
    note: str | None
    evidence: tuple[Evidence, ...]

    @property
    def day(self) -> Hashable:
        """Return what it is about, and which day; of several such reports one counts."""
        return self.subject, self.on

    @property
    def series(self) -> Hashable:
        """Return what it is about, and who reports."""
        return self.subject, self.unit

    @property
    def without_day(self) -> "ReportKey":
        """Return the same for reports of all days."""
        return self._replace(on=date.min)


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each report that says the same as one recorded before it."""
    by_name = context.units
    firsts: dict[Hashable, Located[Entry]] = {}
    for report in sorted(context.draft.entries, key=lambda report: report.record.recorded):
        first = firsts.setdefault(make_key(report.record, by_name), report)
        if first is not report:
            recorded = first.record.recorded.isoformat()
            yield Diagnostic(
                NAME,
                *report.at("measure"),
                describe_report(
                    report.record,
                    _("the same report on measure {id} was already recorded at {recorded}"),
                    _(
                        "the same report on measure {id} for {due} was already recorded at "
                        "{recorded}"
                    ),
                    recorded=recorded,
                ),
                _("delete it, or report what is new"),
                SEVERITY,
                related=first.at("measure"),
                quotes=(recorded, report.record.recorded.isoformat()),
            )


def make_key(entry: Entry, by_name: units.Units) -> ReportKey:
    """Return what a report says, under the registered name of its unit."""
    unit = units.resolve(entry.unit, by_name) or entry.unit
    values = frozenset(entry.values.items())
    return ReportKey(
        entry.subject, entry.on, unit, entry.status, values, entry.note, entry.evidence
    )
