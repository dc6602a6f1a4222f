"""The goals of the indicators, and whether the words they rest on are where they should be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from credit_plan import prose
from credit_plan.check import ids
from credit_plan.diagnostic import KeyPath
from credit_plan.model import Draft, Goal, Indicator

_STAND_IN = "…"
"""What stands in the place of a text that could not be read."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A goal, the indicator it is of, where it stands, and the measure it belongs to.

    `position` is None where nobody knows which measure that is.
    """

    goal: Goal
    indicator: Indicator
    file: str
    place: KeyPath
    position: ids.Position | None

    @property
    def is_printed(self) -> bool:
        """Whether its passage occurs in its measure; so too where that cannot be told."""
        return self.position is None or occurs(self.goal.text, self.position, if_unread=True)


def promises(draft: Draft) -> Iterator[Promise]:
    """Every goal of every indicator."""
    known = ids.known(draft)
    for listed in draft.indicators:
        position = known.get(listed.record.measure)
        for at, goal in enumerate(listed.record.goals):
            place = (*listed.place, "goals", at)
            yield Promise(goal, listed.record, listed.file, place, position)


def occurs(passage: str, position: ids.Position, *, if_unread: bool = False) -> bool:
    """Whether a passage stands in the task, the text or the target of a measure, word for word.

    `if_unread` is the answer where one of these could not be read. Stray spaces are another
    rule's, and keep no passage from being found.
    """
    filed, _index, measure = position
    words = (filed.record.task, measure.text, measure.target)
    meant = prose.without_stray_spaces(passage)
    if any(meant in prose.without_stray_spaces(it) for it in words):
        return True
    return if_unread and _STAND_IN in words
