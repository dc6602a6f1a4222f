"""Nothing is reported as done for a period before that period has begun.

What recurs is due each quarter or each year. Early in a quarter it is easy to write the coming one,
or the wrong year, for the one that has just ended, which is overdue then. A fixed day, such as
`2023-03-15`, may be prepared and done before.

    - measure: "35.1"
      due: 2024Q1
      on: 2023-04-05
      status: done

To fix it, add another report with the right period as `due`, or correct the report. If it really
was done before, accept it in `accepted.yaml`, with its reason.
"""

from collections.abc import Iterator

from credit_plan.dates import parse_name
from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.plan import Status
from credit_plan.rules.context import Context

NAME = "early-report"
SEVERITY = Severity.WARNING


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each period that was reported as done before it began."""
    for report in context.draft.entries:
        due, on = report.record.due, report.record.on
        if due is None or report.record.status is not Status.DONE:
            continue
        span = parse_name(due)
        if span.period and on < span.first:
            yield Diagnostic(
                NAME,
                *report.at("due"),
                _("{due} is reported as done on {on}, but begins on {first}").format(
                    due=due, on=on, first=span.first
                ),
                _("write the period that was reported on, or the day on which it was done"),
                SEVERITY,
                related=report.at("on"),
                quotes=(due, str(on)),
            )
