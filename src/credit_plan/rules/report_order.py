"""The reports of a task are in the order in which they were recorded.

A new report is added at the end of the last file. Where one is out of order, somebody has changed
or moved it by hand, a merge by hand has put it there, or the clock of a computer was wrong.

    - {measure: "13", …, recorded: 2024-01-05T09:30:00+08:00}
    - {measure: "13", …, recorded: 2024-01-04T16:00:00+08:00}

To fix it, run `credit-plan fmt FILE`, which puts the reports of the file in order. Where a report
in `13.yaml` was recorded after the first one in `13-2.yaml`, move it there.
"""

from collections.abc import Iterator
from itertools import groupby, pairwise

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Located, split_part
from credit_plan.models.progress import Entry
from credit_plan.rules.context import Context

NAME = "report-order"
SEVERITY = Severity.WARNING


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each report that was recorded before the one above it."""
    for _file, reports in groupby(context.draft.entries, key=_first_file):
        for before, report in pairwise(reports):
            if report.record.recorded < before.record.recorded:
                yield _explain(before, report)


def _first_file(report: Located[Entry]) -> str:
    return split_part(report.file)[0]


def _explain(before: Located[Entry], report: Located[Entry]) -> Diagnostic:
    message = _("this report was recorded before the one above it, at {recorded}")
    hint = _("run “credit-plan fmt {file}”, unless the time of one of them is wrong")
    is_one_file = report.file == before.file
    if not is_one_file:
        message = _("this report was recorded before the last one in {name}, at {recorded}")
        hint = _("move the reports of {name} that were recorded later into this file")
    return Diagnostic(
        NAME,
        *report.at("recorded"),
        message.format(name=before.name, recorded=before.record.recorded.isoformat()),
        hint.format(name=before.name, file=report.file),
        SEVERITY,
        related=before.at("recorded"),
        fixable=is_one_file,
        quotes=(before.record.recorded.isoformat(), report.record.recorded.isoformat()),
    )
