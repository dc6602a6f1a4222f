"""If a measure was reported as done, a later report with another status gives the reason.

People who read that a measure is done rely on it. If it turns out not to be done after all, the
`note` says why. The same is true of a milestone and of each period of what recurs, of which only
the reports with its day or period as `due` are compared.

    - {on: 2023-12-31, status: done, …}
    - {on: 2024-03-31, status: in-progress, …}

Reports are in the order of `on`, and for the same day in the order of `recorded`. If “done” is
recorded afterwards for an earlier day, that report needs the note: it says why the measure was no
longer done.

To fix it, add a `note` to whichever of the two reports was recorded later, or correct its day or
status.
"""

from collections.abc import Iterator
from itertools import pairwise

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Located
from credit_plan.models.progress import Entry
from credit_plan.plan import Status
from credit_plan.rules.context import Context
from credit_plan.rules.measures import describe_report
from credit_plan.status import STATUS_NAMES, LastStatus

NAME = "reopened"
SEVERITY = Severity.ERROR


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic where “done” is followed by another status without a note.

    Of the two reports the one that was recorded later must have the note.
    """
    for reports in context.reports_by_subject.values():
        for done, next_report in pairwise(reports):
            if done.record.status is not Status.DONE or next_report.record.status is Status.DONE:
                continue
            if done.record.recorded > next_report.record.recorded:
                if not done.record.note:
                    yield _report_backfilled(done, next_report)
            elif not next_report.record.note:
                yield _report_reopened(done, next_report)


def _report_reopened(done: Located[Entry], reopened: Located[Entry]) -> Diagnostic:
    message = describe_report(
        done.record,
        _("{unit} reported measure {id} as done on {on}, and this report gives no reason"),
        _(
            "{unit} reported measure {id} for {due} as done on {on}, and this report gives no "
            "reason"
        ),
        unit=done.record.unit,
        on=done.record.on,
    )
    return Diagnostic(
        NAME,
        *reopened.at("status"),
        message,
        _("add a “note” that says why it is no longer done"),
        related=done.at("status"),
    )


def _report_backfilled(done: Located[Entry], reopened: Located[Entry]) -> Diagnostic:
    message = describe_report(
        done.record,
        _("{unit} reports measure {id} as done on {on}; on {day} it was reported as {status}"),
        _(
            "{unit} reports measure {id} for {due} as done on {on}; on {day} it was reported as "
            "{status}"
        ),
        unit=done.record.unit,
        on=done.record.on,
        day=reopened.record.on,
        status=quote(STATUS_NAMES[LastStatus(reopened.record.status)]),
    )
    return Diagnostic(
        NAME,
        *done.at("status"),
        message,
        _("add a “note” that says why it was no longer done, or correct the day"),
        related=reopened.at("status"),
    )
