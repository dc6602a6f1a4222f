"""The passage that a goal rests on stands in its measure, word for word.

What the plan promises in figures stands in the task, in the text of a measure, or in its target.
A goal quotes it, so that everybody sees what was promised and what was not.

    measure: "3.2"
    goals:
      - {by: 2025-12-31, comparison: 超过, value: 3, text: 授信金额超过3亿元人民币}

Mend it by copying the passage out of the task, the text or the target of the measure, or by
giving the indicator to the measure that promises it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final

from credit_plan.diagnostics import Diagnostic, KeyPath, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft
from credit_plan.rules import measures
from credit_plan.rules.targets import LocatedTarget, iter_targets, occurs_in

NAME: Final = "indicator-text"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each goal whose passage does not occur in its measure.

    Where all passages of an indicator occur in another measure, it is the measure that is wrong.
    """
    for _indicator, of_it in groupby(iter_targets(draft), key=_indicator_of):
        goals = list(of_it)
        lost = [(it, it.position) for it in goals if it.position and not it.is_printed]
        if not lost:
            continue
        owner = _owner(goals, measures.measures_by_id(draft)) if len(lost) == len(goals) else None
        if owner is not None:
            yield _of_another(goals[0], owner)
        else:
            yield from (_finding(it, position) for it, position in lost)


def _indicator_of(it: LocatedTarget) -> tuple[str, KeyPath]:
    return it.file, it.path[:2]


def _owner(goals: list[LocatedTarget], known: Mapping[str, measures.Position]) -> str | None:
    """The first measure in which all the passages occur."""
    every = (
        name
        for name, position in known.items()
        if all(occurs_in(it.goal.text, position) for it in goals)
    )
    return next(every, None)


def _of_another(it: LocatedTarget, owner: str) -> Diagnostic:
    message = _("what is promised here does not occur in measure {id}, but in measure {owner}")
    said = message.format(id=it.indicator.measure, owner=owner)
    hint = _("write the measure that promises it, or copy its own words")
    place = (*it.path[:2], "measure")
    return Diagnostic(NAME, it.file, place, said, hint, related=(it.file, (*it.path, "text")))


def _finding(it: LocatedTarget, position: measures.Position) -> Diagnostic:
    message = _("this passage does not occur in measure {id}: not in its task, text or target")
    said = message.format(id=it.indicator.measure)
    hint = _("copy it word for word out of “task”, “text” or “target”")
    related = (position[0].file, _likest(it.goal.text, position))
    return Diagnostic(NAME, it.file, (*it.path, "text"), said, hint, related=related)


def _likest(passage: str, position: measures.Position) -> KeyPath:
    """Which of the texts of a measure has most of a passage in one piece."""
    filed, index, measure = position
    texts: dict[KeyPath, str] = {
        ("measures", index, "target"): measure.target,
        ("measures", index, "text"): measure.text,
        ("task",): filed.record.task,
    }

    def common(place: KeyPath) -> int:
        return (
            SequenceMatcher(None, passage, texts[place], autojunk=False).find_longest_match().size
        )

    return max(texts, key=common)
