"""Finds in a new list what stood in an old one: by equal content first, then by likeness.

Likeness is difflib's ratio: twice the characters in common by the characters of both texts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, Final, Generic, TypeVar

from credit_plan.compare.changes import MeasureVersion
from credit_plan.models.records import Task

SubjectT = TypeVar("SubjectT")

_COMMON: Final = 50
"""What more texts than this have tells none of them apart, and would take long to look at."""

_NEAREST: Final = 5
"""So many texts that share the most with another are compared with it."""

_COMPARED: Final = 1000
"""Characters of a text that is compared: the cost grows with their square."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidate(Generic[SubjectT]):
    """What is looked for; `number` is what it goes by, and `home` where it belongs."""

    subject: SubjectT
    number: str
    text: str
    home: int = 0


Pair = tuple[Candidate[SubjectT], Candidate[SubjectT]]


@dataclass(slots=True)
class Matching(Generic[SubjectT]):
    """The pairs that were found, the old one first, and what has none yet, in its order."""

    old: list[Candidate[SubjectT]]
    new: list[Candidate[SubjectT]]
    pairs: list[Pair[SubjectT]] = field(default_factory=list)

    def take_equal(self, key: Callable[[Candidate[SubjectT]], Hashable]) -> None:
        """Pairs what has the same key: of several in order, by number where some are missing."""
        for way in (_in_order, _by_number, _as_many_as_there_are):
            self._take(pair for olds, news in self._grouped(key) for pair in way(olds, news))

    def take_best(self, scored: Iterable[tuple[float, Pair[SubjectT]]]) -> None:
        """Pairs by their scores, the highest first; of equal scores what kept its number."""
        ranked = sorted(scored, key=_rank, reverse=True)
        self._take(pair for _score, pair in ranked)

    def take_alike(
        self,
        scope: Callable[[Candidate[SubjectT]], Hashable],
        least: Callable[[Candidate[SubjectT], Candidate[SubjectT]], float],
    ) -> None:
        """Pairs what is alike and has the same scope; `least` is the ratio that two need."""
        groups = self._grouped(scope)
        self.take_best(it for olds, news in groups for it in _alike(olds, news, least))

    def _grouped(
        self, key: Callable[[Candidate[SubjectT]], Hashable]
    ) -> list[tuple[list[Candidate[SubjectT]], list[Candidate[SubjectT]]]]:
        """What is left, old and new, by a key that both have."""
        olds, news = _by(key, self.old), _by(key, self.new)
        return [(olds[it], news[it]) for it in olds if it in news]

    def _take(self, pairs: Iterable[Pair[SubjectT]]) -> None:
        """Keeps pairs neither of whose sides has one yet."""
        taken: set[Candidate[SubjectT]] = set()
        for pair in pairs:
            if taken.isdisjoint(pair):
                taken.update(pair)
                self.pairs.append(pair)
        if taken:
            self.old = [item for item in self.old if item not in taken]
            self.new = [item for item in self.new if item not in taken]


def _in_order(
    olds: Sequence[Candidate[SubjectT]], news: Sequence[Candidate[SubjectT]]
) -> Iterable[Pair[SubjectT]]:
    return zip(olds, news, strict=True) if len(olds) == len(news) else ()


def _by_number(
    olds: Sequence[Candidate[SubjectT]], news: Sequence[Candidate[SubjectT]]
) -> Iterable[Pair[SubjectT]]:
    numbers = {item.number: item for item in news}
    return ((item, numbers[item.number]) for item in olds if item.number in numbers)


def _as_many_as_there_are(
    olds: Sequence[Candidate[SubjectT]], news: Sequence[Candidate[SubjectT]]
) -> Iterable[Pair[SubjectT]]:
    return zip(olds, news, strict=False)


def _by(
    key: Callable[[Candidate[SubjectT]], Hashable], items: Iterable[Candidate[SubjectT]]
) -> dict[Hashable, list[Candidate[SubjectT]]]:
    groups: defaultdict[Hashable, list[Candidate[SubjectT]]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups


def _rank(scored: tuple[float, Pair[SubjectT]]) -> tuple[float, bool]:
    score, (old, new) = scored
    return score, old.number == new.number


def _alike(
    olds: Sequence[Candidate[SubjectT]],
    news: Sequence[Candidate[SubjectT]],
    least: Callable[[Candidate[SubjectT], Candidate[SubjectT]], float],
) -> Iterator[tuple[float, Pair[SubjectT]]]:
    """Pairs that are alike enough; each new one is compared with a few old ones only."""
    index: defaultdict[str, list[Candidate[SubjectT]]] = defaultdict(list)
    for item in olds:
        for feature in _features(item):
            index[feature].append(item)
    numbered = {item.number: item for item in olds}
    matcher = SequenceMatcher(autojunk=False)
    for item in news:
        matcher.set_seq2(item.text[:_COMPARED])
        same_number = [numbered[item.number]] if item.number in numbered else []
        for near in dict.fromkeys((*same_number, *_nearest(index, item))):
            matcher.set_seq1(near.text[:_COMPARED])
            needed = least(near, item)
            # The two estimates are never too low, and nearly always enough.
            if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < needed:
                continue
            if (ratio := matcher.ratio()) >= needed:
                yield ratio, (near, item)


def _nearest(
    index: dict[str, list[Candidate[SubjectT]]], item: Candidate[SubjectT]
) -> list[Candidate[SubjectT]]:
    """The items that share the most with one, of what few have."""
    holders = (index.get(feature, ()) for feature in _features(item))
    shared = Counter(it for some in holders if len(some) <= _COMMON for it in some)
    return [it for it, _count in shared.most_common(_NEAREST)]


def _features(item: Candidate[SubjectT]) -> set[str]:
    """Each two neighbouring characters of a text."""
    text = item.text[:_COMPARED]
    return set(map("".join, pairwise(text)))


SAME_NUMBER: Final = 0.4
"""The ratio from which a text under the same number is the same text, edited.

Of the measures of one task of the published plan, 4 in 100 pairs are as alike as this.
"""

SAME_TASK: Final = 0.6
"""The same within a task, under another number; difflib calls it close. 2 in 100 pairs are."""

ELSEWHERE: Final = 0.75
"""The same in another task, where a text meets hundreds: 1 pair in 2,500 is."""

_HALF: Final = 0.5
_COMMON_TASKS: Final = 50
"""What more tasks than this have tells none of them apart."""


def paired_tasks(old: Sequence[Task], new: Sequence[Task]) -> Matching[Task]:
    """The tasks that are the same.

    Those with the same words and the same measures are. Then those with the same words, or
    with half of the measures of the larger one, the most in common first; then what is alike.
    """
    matching = Matching(list(map(_of_task, old)), list(map(_of_task, new)))
    matching.take_equal(lambda it: (it.text, tuple(sorted(_measures(it.subject)))))
    matching.take_best(_similar_tasks(matching))
    matching.take_alike(lambda _item: 0, _edited(ELSEWHERE))
    return matching


def paired_versions(
    old: Sequence[MeasureVersion], new: Sequence[MeasureVersion], homes: Mapping[int, int]
) -> Matching[MeasureVersion]:
    """The measures that are the same: what is equal before what is alike, the own task first.

    `homes` has for the identity of a task a number, the same for a task that both plans have.
    """

    def of_version(it: MeasureVersion) -> Candidate[MeasureVersion]:
        return Candidate(it, it.measure.number or "", it.measure.text, homes[id(it.task)])

    matching = Matching(list(map(of_version, old)), list(map(of_version, new)))
    equal: tuple[Callable[[Candidate[MeasureVersion]], Hashable], ...] = (
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


def _of_task(task: Task) -> Candidate[Task]:
    return Candidate(task, str(task.id), task.task)


def _edited(otherwise: float) -> Callable[[Candidate[Any], Candidate[Any]], float]:
    """The ratio from which two texts are one, edited: less is enough under the same number."""
    return lambda old, new: SAME_NUMBER if old.number == new.number else otherwise


def _measures(task: Task) -> Iterator[str]:
    return (measure.text for measure in task.measures)


def _duty(version: MeasureVersion) -> Hashable:
    """What tells measures of the same words apart."""
    measure = version.measure
    return measure.target, measure.lead, measure.responsible, measure.deadline.by


def _similar_tasks(matching: Matching[Task]) -> Iterator[tuple[float, Pair[Task]]]:
    """Tasks with the same words or half of their measures, and how much they have in common."""
    holders: defaultdict[str, list[Candidate[Task]]] = defaultdict(list)
    for item in matching.old:
        for text in {item.text, *_measures(item.subject)}:
            holders[text].append(item)
    for item in matching.new:
        found = (holders.get(text, []) for text in {item.text, *_measures(item.subject)})
        for near in {it for some in found if len(some) <= _COMMON_TASKS for it in some}:
            shared = Counter(_measures(near.subject)) & Counter(_measures(item.subject))
            most = max(len(near.subject.measures), len(item.subject.measures))
            share = shared.total() / most
            if near.text == item.text or share >= _HALF:
                yield (near.text == item.text) + share, (near, item)
