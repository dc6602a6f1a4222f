"""A report is of a day that was over or present when it was recorded, and was recorded by now.

Nobody can say today how a measure stands tomorrow. What counts is the day in Asia/Shanghai.

    on: 2024-12-31
    recorded: 2024-01-05T09:30:00+08:00

Mend the one that was mistyped: `on` is the day on which it stood so, `recorded` the time at which
the report was written.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft

NAME = "future-day"
SEVERITY = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each report recorded after today, or before its own day."""
    for report in draft.entries:
        on, recorded = report.record.on, report.record.known_from
        if recorded > draft.today:
            yield Diagnostic(
                NAME,
                *report.at("recorded"),
                _("it is to have been recorded on {day}, and today is {today}").format(
                    day=recorded, today=draft.today
                ),
                _("write when it was recorded, or set the clock of this computer right"),
            )
        elif on > recorded:
            yield Diagnostic(
                NAME,
                *report.at("on"),
                _("{on} is after {day}, the day of its recording in Asia/Shanghai").format(
                    on=on, day=recorded
                ),
                _("write the day on which it stood so, which was over or present then"),
                related=report.at("recorded"),
            )
