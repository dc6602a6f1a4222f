"""The milestones of a measure stand in the order of its target, and none stands twice.

A milestone that stands twice would be two dates on which the same thing falls due.

    milestones:
      - {by: 2023-12-31, text: 2023年底前完成工会法人全覆盖}
      - {by: 2023-12-31, text: 2023年底前完成工会法人全覆盖}

Mend it by deleting the copy, or by putting the passages in the order in which the target has
them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft, iter_measures

NAME: Final = "milestone-order"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each milestone whose passage does not stand behind the one before it."""
    for filed, index, measure in iter_measures(draft.tasks):
        at = -1
        for position, milestone in enumerate(measure.milestones):
            if milestone.text not in measure.target:
                continue
            # A passage may also occur inside one that stands before it.
            start = measure.target.find(milestone.text, at + 1)
            if start == -1:
                place = ("measures", index, "milestones", position)
                yield Diagnostic(
                    NAME,
                    filed.file,
                    (*place, "text"),
                    _("in the target this passage does not come after the one before it"),
                    _("delete it if it is a copy, or put the passages in the target's order"),
                    related=(filed.file, (*place[:-1], position - 1, "text")),
                )
            at = max(at, start)
