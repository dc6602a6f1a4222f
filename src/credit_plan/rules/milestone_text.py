"""The text of a milestone is a passage of its measure's target, word for word.

A milestone quotes the published table; it does not retell it.

    target: 2023年底前完成工会法人全覆盖
    milestones:
      - {by: 2023-12-31, text: 2023年底前完成法人全覆盖}

Mend it by copying the passage out of the target.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft, iter_measures

NAME: Final = "milestone-text"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each milestone whose text does not occur in the target."""
    for filed, index, measure in iter_measures(draft.tasks):
        for position, milestone in enumerate(measure.milestones):
            if milestone.text not in measure.target:
                yield Diagnostic(
                    NAME,
                    filed.file,
                    ("measures", index, "milestones", position, "text"),
                    _("this passage does not occur in the target of the measure"),
                    _("copy it word for word out of “target”"),
                    related=(filed.file, ("measures", index, "target")),
                )
