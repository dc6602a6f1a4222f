"""Which task and which measure of an old plan is which of a new one, whatever their numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any, Final

from credit_plan.changes import Version
from credit_plan.model import Task
from credit_plan.query.matching import Item, Matching, Pair

SAME_NUMBER: Final = 0.4
"""The ratio from which a text under the same number is the same text, edited.

Of the measures of one task of the published plan, 4 in 100 pairs are as alike as this.
"""

SAME_TASK: Final = 0.6
"""The same within a task, under another number; difflib calls it close. 2 in 100 pairs are."""

ELSEWHERE: Final = 0.75
"""The same in another task, where a text meets hundreds: 1 pair in 2,500 is."""

_HALF: Final = 0.5
_COMMON: Final = 50
"""What more tasks than this have tells none of them apart."""


def paired_tasks(old: Sequence[Task], new: Sequence[Task]) -> Matching[Task]:
    """The tasks that are the same.

    Those with the same words and the same measures are. Then those with the same words, or
    with half of the measures of the larger one, the most in common first; then what is alike.
    """
    matching = Matching(list(map(_of_task, old)), list(map(_of_task, new)))
    matching.take_equal(lambda it: (it.text, tuple(sorted(_measures(it.subject)))))
    matching.take_best(_akin(matching))
    matching.take_alike(lambda _item: 0, _edited(ELSEWHERE))
    return matching


def paired_versions(
    old: Sequence[Version], new: Sequence[Version], homes: Mapping[int, int]
) -> Matching[Version]:
    """The measures that are the same: what is equal before what is alike, the own task first.

    `homes` has for the identity of a task a number, the same for a task that both plans have.
    """

    def of_version(it: Version) -> Item[Version]:
        return Item(it, it.measure.number or "", it.measure.text, homes[id(it.task)])

    matching = Matching(list(map(of_version, old)), list(map(of_version, new)))
    equal: tuple[Callable[[Item[Version]], Hashable], ...] = (
        lambda it: (it.home, it.text, _duty(it.subject)),
        lambda it: (it.home, it.text),
        lambda it: (it.text, _duty(it.subject)),
        lambda it: it.text,
    )
    for key in equal:
        matching.take_equal(key)
    matching.take_alike(lambda it: it.home, _edited(SAME_TASK))
    matching.take_alike(lambda _item: 0, lambda _old, _new: ELSEWHERE)
    return matching


def _of_task(task: Task) -> Item[Task]:
    return Item(task, str(task.id), task.task)


def _edited(otherwise: float) -> Callable[[Item[Any], Item[Any]], float]:
    """The ratio from which two texts are one, edited: less is enough under the same number."""
    return lambda old, new: SAME_NUMBER if old.number == new.number else otherwise


def _measures(task: Task) -> Iterator[str]:
    return (measure.text for measure in task.measures)


def _duty(version: Version) -> Hashable:
    """What tells measures of the same words apart."""
    measure = version.measure
    return measure.target, measure.lead, measure.responsible, measure.deadline.by


def _akin(matching: Matching[Task]) -> Iterator[tuple[float, Pair[Task]]]:
    """Tasks with the same words or half of their measures, and how much they have in common."""
    holders: defaultdict[str, list[Item[Task]]] = defaultdict(list)
    for item in matching.old:
        for text in {item.text, *_measures(item.subject)}:
            holders[text].append(item)
    for item in matching.new:
        found = (holders.get(text, []) for text in {item.text, *_measures(item.subject)})
        for near in {it for some in found if len(some) <= _COMMON for it in some}:
            shared = Counter(_measures(near.subject)) & Counter(_measures(item.subject))
            most = max(len(near.subject.measures), len(item.subject.measures))
            share = shared.total() / most
            if near.text == item.text or share >= _HALF:
                yield (near.text == item.text) + share, (near, item)
