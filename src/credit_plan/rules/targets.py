"""The targets of the indicators, and which of the dates and passages can be relied on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from credit_plan import dates, text
from credit_plan.diagnostics import KeyPath
from credit_plan.models.draft import DEADLINE_STAND_IN, TEXT_STAND_IN, Draft
from credit_plan.models.indicators import Indicator, Target
from credit_plan.models.records import Deadline, Milestone
from credit_plan.rules import measures


def plan_years(draft: Draft) -> range | None:
    """The years of the plan; None where `plan.yaml` does not say, or the last is the earlier."""
    if draft.metadata is None:
        return None
    period = draft.metadata.record.period
    return range(period.first, period.last + 1) or None


def is_sound(dated: Deadline | Milestone, file: str, draft: Draft) -> bool:
    """Whether no rule finds a date at fault: it is as printed, and in the years of the plan."""
    plan = plan_years(draft)
    return is_as_printed(dated, file, draft) and (plan is None or dated.by.year in plan)


def is_as_printed(dated: Deadline | Milestone, file: str, draft: Draft) -> bool:
    """Whether a date was read, and is the one that its own words name."""
    if file in draft.unread and dated.text == DEADLINE_STAND_IN:
        return False
    if isinstance(dated, Milestone):
        return dated.by in dates.find_year_ends(dated.text)
    meant = dates.parse_deadline(dated.text)
    return meant is not None and meant.by == dated.by


@dataclass(frozen=True, slots=True)
class LocatedTarget:
    """A goal, the indicator it is of, where it stands, and the measure it belongs to.

    `position` is None where nobody knows which measure that is.
    """

    goal: Target
    indicator: Indicator
    file: str
    path: KeyPath
    position: measures.Position | None

    @property
    def is_printed(self) -> bool:
        """Whether its passage occurs in its measure; so too where that cannot be told."""
        return self.position is None or occurs_in(self.goal.text, self.position, if_unread=True)


def iter_targets(draft: Draft) -> Iterator[LocatedTarget]:
    """Every goal of every indicator."""
    known = measures.measures_by_id(draft)
    for listed in draft.indicators:
        position = known.get(listed.record.measure)
        for at, goal in enumerate(listed.record.goals):
            place = (*listed.path, "goals", at)
            yield LocatedTarget(goal, listed.record, listed.file, place, position)


def occurs_in(passage: str, position: measures.Position, *, if_unread: bool = False) -> bool:
    """Whether a passage stands in the task, the text or the target of a measure, word for word.

    `if_unread` is the answer where one of these could not be read. Stray spaces are another
    rule's, and keep no passage from being found.
    """
    filed, _index, measure = position
    words = (filed.record.task, measure.text, measure.target)
    meant = text.remove_stray_spaces(passage)
    if any(meant in text.remove_stray_spaces(it) for it in words):
        return True
    return if_unread and TEXT_STAND_IN in words
