"""A report is of a day that was over or present when it was recorded, and was recorded by now.

Nobody can say today how a measure stands tomorrow. What counts is the day in Asia/Shanghai.

    on: 2024-12-31
    recorded: 2024-01-05T09:30:00+08:00

Mend the one that was mistyped: `on` is the day on which it stood so, `recorded` the time at which
the report was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft

NAME: Final = "future-day"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each day behind that of its recording, and for each recording behind today."""
    for listed in draft.entries:
        on, recorded = listed.record.on, listed.record.known_from
        if recorded > draft.today:
            message = _("it is to have been recorded on {day}, and today is {today}")
            said = message.format(day=recorded, today=draft.today)
            hint = _("write when it was recorded, or set the clock of this computer right")
            yield Diagnostic(NAME, listed.file, (*listed.path, "recorded"), said, hint)
        elif on > recorded:
            message = _("{on} is after {day}, the day of its recording in Asia/Shanghai")
            said = message.format(on=on, day=recorded)
            hint = _("write the day on which it stood so, which was over or present then")
            related = (listed.file, (*listed.path, "recorded"))
            yield Diagnostic(NAME, listed.file, (*listed.path, "on"), said, hint, related=related)
