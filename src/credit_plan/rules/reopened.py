"""What was reported as done is not reported as undone without a word.

Whoever reads that a measure is done relies on it. That it is not after all may be so, and then
the report says why.

    - {on: 2023-12-31, status: done, …}
    - {on: 2024-03-31, status: in-progress, …}

Mend it by adding a `note` to the one of the two that was recorded later, or by correcting its day
or its status. Which day is the later one is judged by `on`, and of one day by `recorded`: so a
done that is recorded afterwards for an earlier day says why the measure is not done since.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft
from credit_plan.plan import Status
from credit_plan.rules.measures import LocatedReport, reports_by_measure

NAME: Final = "reopened"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each report by which a measure is undone again, and that has no note.

    Of the two reports that make it so, this is the one that was recorded later.
    """
    for of_measure in reports_by_measure(draft).values():
        for done, since in pairwise(of_measure):
            if done.record.status is Status.DONE and since.record.status is not Status.DONE:
                is_backfilled = done.record.recorded > since.record.recorded
                later = done if is_backfilled else since
                if not later.record.note:
                    yield _finding(done, since, later)


def _finding(done: LocatedReport, since: LocatedReport, later: LocatedReport) -> Diagnostic:
    if later is since:
        message = _("{unit} reported measure {id} as done on {on}, and this does not say why")
        hint = _("add a “note” that says why it is not done")
    else:
        message = _(
            "here {unit} reports measure {id} as done on {on}; on {day} it was reported as {status}"
        )
        hint = _("add a “note” that says why it was not done any more, or correct the day")
    earlier = done if later is since else since
    return Diagnostic(
        NAME,
        later.file,
        (*later.place, "status"),
        message.format(
            unit=done.record.unit,
            id=done.record.measure,
            on=done.record.on,
            day=since.record.on,
            status=since.record.status,
        ),
        hint,
        related=(earlier.file, (*earlier.place, "status")),
    )
