"""No report is about a day after its recording, and none was recorded after today.

Nobody can report today on tomorrow's progress. Today is the day in the time zone Asia/Shanghai.

    on: 2024-12-31
    recorded: 2024-01-05T09:30:00+08:00

To fix it, correct the mistyped value: `on` is the day that the report is about, and `recorded` is
the time of recording.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.rules.context import Context

NAME = "future-day"
SEVERITY = Severity.ERROR


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each report recorded after today, or before its own day."""
    for report in context.draft.entries:
        on, recorded = report.record.on, report.record.recorded_on
        if recorded > context.draft.today:
            yield Diagnostic(
                NAME,
                *report.at("recorded"),
                _("the report was recorded on {day}, but today is {today}").format(
                    day=recorded, today=context.draft.today
                ),
                _("correct the time of recording, or the clock of this computer"),
            )
        elif on > recorded:
            yield Diagnostic(
                NAME,
                *report.at("on"),
                _("{on} is after {day}, the day of the recording in Asia/Shanghai").format(
                    on=on, day=recorded
                ),
                _("write the day that the report is about: it cannot be after the recording"),
                related=report.at("recorded"),
            )
