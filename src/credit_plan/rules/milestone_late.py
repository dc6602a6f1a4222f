"""A milestone lies on the way to the deadline of its measure, and never behind it.

Of two dates in the wrong order one was mistyped. A duty that goes on after its deadline (长期坚持)
may have a milestone behind it.

    milestones:
      - {by: 2025-12-31, text: 2025年底前完成自然人覆盖}
    deadline: {text: 2023年底前, by: 2023-12-31}

Mend the one that is not as the published table has it: the milestone or the deadline, each with
its text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, ngettext
from credit_plan.models.draft import Draft, iter_measures
from credit_plan.rules import targets

NAME: Final = "milestone-late"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each measure with milestones behind its deadline, at the first of them.

    A date that another rule has found at fault is not compared.
    """
    for filed, index, measure in iter_measures(draft.tasks):
        deadline, file = measure.deadline, filed.file
        if not any(milestone.by > deadline.by for milestone in measure.milestones):
            continue
        if deadline.ongoing or not targets.is_sound(deadline, file, draft):
            continue
        late = {
            position: milestone.by
            for position, milestone in enumerate(measure.milestones)
            if milestone.by > deadline.by and targets.is_sound(milestone, file, draft)
        }
        if late:
            message = ngettext(
                "the measure is to be finished by {deadline}, and has a milestone on {by}",
                "the measure is to be finished by {deadline}, and has milestones on {by}",
                len(late),
            )
            yield Diagnostic(
                NAME,
                file,
                ("measures", index, "milestones", next(iter(late)), "by"),
                message.format(deadline=deadline.by, by=", ".join(map(str, late.values()))),
                _("look up both in the published table, and correct the one that is wrong"),
                related=(file, ("measures", index, "deadline", "by")),
            )
