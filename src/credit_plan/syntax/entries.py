"""Finds where the first line of an entry is lost, so that two entries of a list became one.

YAML then sees keys that stand twice; to say so of each would be to ask for deleting an entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from yaml.nodes import MappingNode, Node, SequenceNode

from credit_plan.diagnostic import Diagnostic
from credit_plan.language import _
from credit_plan.syntax.fault import error_at, position_of

Pair = tuple[Node, Node]

_FEWEST = 2
"""So many keys in a row must stand a second time; one may be a mere repetition."""


def divide(node: Node) -> Iterator[Diagnostic]:
    """Divides entries that ran together, in the tree itself; a fault for each that was lost."""
    if isinstance(node, MappingNode):
        for _key, value in node.value:
            yield from divide(value)
    elif isinstance(node, SequenceNode):
        entries: list[Node] = []
        for entry in node.value:
            parts = list(_parts(entry))
            entries += parts
            yield from map(_fault, parts[1:])
            yield from divide(entry)
        node.value = entries


def _parts(entry: Node) -> Iterator[Node]:
    """The entries that one mapping on lines of its own is made of, nearly always itself alone."""
    if not isinstance(entry, MappingNode) or entry.flow_style:
        yield entry
        return
    starts = [0, *_beginnings(entry.value), len(entry.value)]
    if len(starts) == _FEWEST:
        yield entry
        return
    for start, end in pairwise(starts):
        pairs = entry.value[start:end]
        yield MappingNode(entry.tag, pairs, pairs[0][0].start_mark, pairs[-1][1].end_mark)


def _beginnings(pairs: list[Pair]) -> Iterator[int]:
    """The positions from which on keys stand again that stood before."""
    keys = [key.value for key, _value in pairs]
    start = 0
    for at in range(1, len(keys)):
        again = set(keys[start:at])
        if keys[at] in again and set(keys[at : at + _FEWEST]) <= again and at + 1 < len(keys):
            yield at
            start = at


def _fault(entry: Node) -> Diagnostic:
    return error_at(
        "repeated-key",
        *position_of(entry.start_mark),
        _("from here on keys stand a second time: the line that begins a new entry is missing"),
        _("begin the entry with “- ” and its first key, as the other entries are; or delete it"),
    )
