"""Which dates can be relied on, so that one that is wrong is not found by several rules."""

from __future__ import annotations

from typing import Final

from credit_plan import dates
from credit_plan.model import Deadline, Draft, Milestone

_STAND_IN: Final = "2025年底前"
"""What a file that is no record may have in the place of a deadline that could not be read."""


def years(draft: Draft) -> range | None:
    """The years of the plan; None where `plan.yaml` does not say, or the last is the earlier."""
    if draft.facts is None:
        return None
    period = draft.facts.record.period
    return range(period.first, period.last + 1) or None


def is_sound(dated: Deadline | Milestone, file: str, draft: Draft) -> bool:
    """Whether no rule finds a date at fault: it is as printed, and in the years of the plan."""
    plan = years(draft)
    return is_as_printed(dated, file, draft) and (plan is None or dated.by.year in plan)


def is_as_printed(dated: Deadline | Milestone, file: str, draft: Draft) -> bool:
    """Whether a date was read, and is the one that its own words name."""
    if file in draft.unread and dated.text == _STAND_IN:
        return False
    if isinstance(dated, Milestone):
        return dated.by in dates.year_ends(dated.text)
    meant = dates.deadline(dated.text)
    return meant is not None and meant.by == dated.by
