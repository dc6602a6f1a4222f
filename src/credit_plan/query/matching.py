"""Finds in a new list what stood in an old one: by equal content first, then by likeness.

Likeness is difflib's ratio: twice the characters in common by the characters of both texts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final, Generic, TypeVar

SubjectT = TypeVar("SubjectT")

_COMMON: Final = 50
"""What more texts than this have tells none of them apart, and would take long to look at."""

_NEAREST: Final = 5
"""So many texts that share the most with another are compared with it."""

_COMPARED: Final = 1000
"""Characters of a text that is compared: the cost grows with their square."""


@dataclass(frozen=True, slots=True, eq=False)
class Item(Generic[SubjectT]):
    """What is looked for; `number` is what it goes by, and `home` where it belongs."""

    subject: SubjectT
    number: str
    text: str
    home: int = 0


Pair = tuple[Item[SubjectT], Item[SubjectT]]


@dataclass(slots=True)
class Matching(Generic[SubjectT]):
    """The pairs that were found, the old one first, and what has none yet, in its order."""

    old: list[Item[SubjectT]]
    new: list[Item[SubjectT]]
    pairs: list[Pair[SubjectT]] = field(default_factory=list)

    def take_equal(self, key: Callable[[Item[SubjectT]], Hashable]) -> None:
        """Pairs what has the same key: of several in order, by number where some are missing."""
        for way in (_in_order, _by_number, _as_many_as_there_are):
            self._take(pair for olds, news in self._grouped(key) for pair in way(olds, news))

    def take_best(self, scored: Iterable[tuple[float, Pair[SubjectT]]]) -> None:
        """Pairs by their scores, the highest first; of equal scores what kept its number."""
        ranked = sorted(scored, key=_rank, reverse=True)
        self._take(pair for _score, pair in ranked)

    def take_alike(
        self,
        scope: Callable[[Item[SubjectT]], Hashable],
        least: Callable[[Item[SubjectT], Item[SubjectT]], float],
    ) -> None:
        """Pairs what is alike and has the same scope; `least` is the ratio that two need."""
        groups = self._grouped(scope)
        self.take_best(it for olds, news in groups for it in _alike(olds, news, least))

    def _grouped(
        self, key: Callable[[Item[SubjectT]], Hashable]
    ) -> list[tuple[list[Item[SubjectT]], list[Item[SubjectT]]]]:
        """What is left, old and new, by a key that both have."""
        olds, news = _by(key, self.old), _by(key, self.new)
        return [(olds[it], news[it]) for it in olds if it in news]

    def _take(self, pairs: Iterable[Pair[SubjectT]]) -> None:
        """Keeps pairs neither of whose sides has one yet."""
        taken: set[Item[SubjectT]] = set()
        for pair in pairs:
            if taken.isdisjoint(pair):
                taken.update(pair)
                self.pairs.append(pair)
        if taken:
            self.old = [item for item in self.old if item not in taken]
            self.new = [item for item in self.new if item not in taken]


def _in_order(
    olds: Sequence[Item[SubjectT]], news: Sequence[Item[SubjectT]]
) -> Iterable[Pair[SubjectT]]:
    return zip(olds, news, strict=True) if len(olds) == len(news) else ()


def _by_number(
    olds: Sequence[Item[SubjectT]], news: Sequence[Item[SubjectT]]
) -> Iterable[Pair[SubjectT]]:
    numbers = {item.number: item for item in news}
    return ((item, numbers[item.number]) for item in olds if item.number in numbers)


def _as_many_as_there_are(
    olds: Sequence[Item[SubjectT]], news: Sequence[Item[SubjectT]]
) -> Iterable[Pair[SubjectT]]:
    return zip(olds, news, strict=False)


def _by(
    key: Callable[[Item[SubjectT]], Hashable], items: Iterable[Item[SubjectT]]
) -> dict[Hashable, list[Item[SubjectT]]]:
    groups: defaultdict[Hashable, list[Item[SubjectT]]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups


def _rank(scored: tuple[float, Pair[SubjectT]]) -> tuple[float, bool]:
    score, (old, new) = scored
    return score, old.number == new.number


def _alike(
    olds: Sequence[Item[SubjectT]],
    news: Sequence[Item[SubjectT]],
    least: Callable[[Item[SubjectT], Item[SubjectT]], float],
) -> Iterator[tuple[float, Pair[SubjectT]]]:
    """Pairs that are alike enough; each new one is compared with a few old ones only."""
    index: defaultdict[str, list[Item[SubjectT]]] = defaultdict(list)
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


def _nearest(index: dict[str, list[Item[SubjectT]]], item: Item[SubjectT]) -> list[Item[SubjectT]]:
    """The items that share the most with one, of what few have."""
    holders = (index.get(feature, ()) for feature in _features(item))
    shared = Counter(it for some in holders if len(some) <= _COMMON for it in some)
    return [it for it, _count in shared.most_common(_NEAREST)]


def _features(item: Item[SubjectT]) -> set[str]:
    """Each two neighbouring characters of a text."""
    text = item.text[:_COMPARED]
    return set(map("".join, pairwise(text)))
