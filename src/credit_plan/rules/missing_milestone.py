"""Each year-end that a target names with 底前 is a milestone, or the day of the deadline.

What has no milestone does not fall due: no answer tells that anything was to be reached.

    target: 2023年底前完成工会法人全覆盖，2024年底前建立评价体系
    milestones:
      - {by: 2023-12-31, text: 2023年底前完成工会法人全覆盖}
    deadline: {text: 2025年底前, by: 2025-12-31}

Mend it by adding the passage, word for word: `{by: 2024-12-31, text: 2024年底前建立评价体系}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan import dates
from credit_plan.diagnostics import Diagnostic, KeyPath, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft, iter_measures
from credit_plan.rules import targets

NAME: Final = "missing-milestone"
SEVERITY: Final = Severity.WARNING


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each 底前 of a target that is the date of nothing.

    Milestones that another rule has found at fault may be the missing ones.
    """
    for filed, index, measure in iter_measures(draft.tasks):
        due = {measure.deadline.by, *(milestone.by for milestone in measure.milestones)}
        missing = [it for it in dates.find_named_year_ends(measure.target) if it.by not in due]
        if not missing or filed.file in draft.unread:
            continue
        if not all(targets.is_sound(it, filed.file, draft) for it in measure.milestones):
            continue
        place: KeyPath = ("measures", index)
        for it in missing:
            start, end = it.part
            yield Diagnostic(
                NAME,
                filed.file,
                (*place, "target"),
                _("no milestone stands for “{passage}”").format(passage=measure.target[start:end]),
                _("add one: {{by: {by}, text: …}}, with the passage word for word").format(
                    by=it.by
                ),
                SEVERITY,
                part=it.part,
                related=(filed.file, (*place, "milestones")) if measure.milestones else None,
            )
