"""The date of a milestone is a year-end that its own text names.

2023年底前, 2023年内 and 2023年 mean 2023-12-31; 2023年以前 (before 2023) means 2022-12-31.
2022年起 names a beginning and no end.

    - {by: 2024-12-31, text: 2023年底前完成工会法人全覆盖}

Mend the date, or take more of the target into the text so that the year stands in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan import dates
from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft, iter_measures

NAME: Final = "milestone-date"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each milestone whose date is no year-end of its text."""
    for filed, index, measure in iter_measures(draft.tasks):
        for position, milestone in enumerate(measure.milestones):
            named = dates.find_year_ends(milestone.text)
            if milestone.by in named:
                continue
            yield Diagnostic(
                NAME,
                filed.file,
                ("measures", index, "milestones", position, "by"),
                _("the text of the milestone does not name {by}").format(by=milestone.by),
                _("it names {ends}").format(ends=", ".join(map(str, named)))
                if named
                else _("a milestone names the year-end by which it is to be reached"),
            )
