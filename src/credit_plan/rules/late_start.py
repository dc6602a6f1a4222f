"""What a target begins, it begins before the year in which its deadline ends.

Where something is to begin in 2022 and go on, and the measure is to be finished by the end of
2022, the table may well say so, but nobody can keep at it. The answers show it as overdue while
the work goes on.

    target: 2022年起持续推动工作开展
    deadline: {text: 2022年底前, by: 2022-12-31}

Nothing is to be mended where the published table has it so; those whom it concerns should know.
Otherwise correct the target or the deadline.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan import dates
from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft, iter_measures
from credit_plan.rules import targets

NAME: Final = "late-start"
SEVERITY: Final = Severity.NOTICE


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each target that begins in the last year of its measure, or later.

    A deadline that another rule has found at fault is not compared, nor one after which the
    duty goes on.
    """
    years = targets.plan_years(draft)
    for filed, index, measure in iter_measures(draft.tasks):
        last, target = measure.deadline.by.year, measure.target
        late = next((it for it in dates.find_starts(target) if it.year >= last), None)
        if late is None or measure.deadline.ongoing or (years and late.year not in years):
            continue
        if not targets.is_sound(measure.deadline, filed.file, draft):
            continue
        message = (
            _("“{start}” begins in the year in which the deadline, {deadline}, ends")
            if late.year == last
            else _("“{start}” begins after the deadline, {deadline}")
        )
        start, end = late.part
        yield Diagnostic(
            NAME,
            filed.file,
            ("measures", index, "target"),
            message.format(start=target[start:end], deadline=measure.deadline.text),
            _("leave it if the published table has it so; otherwise correct one of the two"),
            SEVERITY,
            part=late.part,
            related=(filed.file, ("measures", index, "deadline", "text")),
        )
