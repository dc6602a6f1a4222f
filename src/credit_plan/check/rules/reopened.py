"""What was reported as done is not reported as undone without a word.

Whoever reads that a measure is done relies on it. That it is not after all may be so, and then
the report says why.

    - {on: 2023-12-31, status: done, …}
    - {on: 2024-03-31, status: in-progress, …}

Mend it by adding a `note` to the later report, or by correcting its day or its status. Which is
the later one is judged by `on`, and of one day by `recorded`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from credit_plan.check.reports import reports
from credit_plan.diagnostic import Finding, Severity
from credit_plan.language import _
from credit_plan.model import Draft
from credit_plan.terms import Status

NAME: Final = "reopened"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Finding]:
    """A finding for each report without a note that follows one of done and does not say so."""
    for name, of_measure in reports(draft).items():
        for before, after in pairwise(of_measure):
            was, now = before.record, after.record
            if was.status is Status.DONE and now.status is not Status.DONE and not now.note:
                yield Finding(
                    NAME,
                    after.file,
                    (*after.place, "status"),
                    _(
                        "measure {id} was reported as done on {on}, and this does not say why"
                    ).format(id=name, on=was.on),
                    _("add a “note” that says why it is not done"),
                    twin=(before.file, (*before.place, "status")),
                )
