"""Where a value stands in its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from credit_plan.diagnostic import KeyPath


@dataclass(frozen=True, slots=True)
class Span:
    """Where a value stands: its line, its first column, and the column behind its last."""

    line: int
    column: int
    end: int


def span(
    root: Node, place: KeyPath, *, on_key: bool = False, part: tuple[int, int] | None = None
) -> Span:
    """Where the value at `place` is, or the nearest thing on the way to it that exists.

    Of a value of several lines it is the first. With `part`, only these characters of the
    value, where they stand in the file as they are in the value.
    """
    node, marked = root, root
    for step in place:
        found = next(_children(node, step), None)
        if found is None:
            return _span(_first(node))
        key, node = found
        marked = key if key is not None and (on_key or _is_empty(node)) else node
    whole = _span(marked)
    if part is None or not isinstance(marked, ScalarNode):
        return whole
    opening = whole.column + (marked.style in {"'", '"'})
    if whole.end - whole.column - 2 * (opening - whole.column) != len(marked.value):
        return whole
    return Span(whole.line, opening + part[0], opening + part[1])


def _span(node: Node) -> Span:
    start, end = node.start_mark, node.end_mark
    last = end.column if end.line == start.line else start.column + 1
    return Span(start.line + 1, start.column + 1, max(last, start.column + 1) + 1)


def _first(node: Node) -> Node:
    """The first key of a record on lines of its own, which stands for the record."""
    if isinstance(node, MappingNode) and not node.flow_style and node.value:
        key: Node = node.value[0][0]
        return key
    return node


def scalars(node: Node) -> Iterator[ScalarNode]:
    """Every key and every single value of a tree, in the order of the text."""
    if isinstance(node, ScalarNode):
        yield node
        return
    for child in node.value:
        for part in child if isinstance(child, tuple) else (child,):
            yield from scalars(part)


def continued_lines(root: Node) -> Iterator[int]:
    """The lines, from 1, on which a value goes on from the line above it."""
    for scalar in scalars(root):
        last = scalar.end_mark.line + (scalar.end_mark.column > 0)
        yield from range(scalar.start_mark.line + 2, last + 1)


def _children(node: Node, step: str | int) -> Iterator[tuple[Node | None, Node]]:
    """The value that a step leads to, with its key if it has one."""
    if isinstance(node, MappingNode):
        yield from ((key, value) for key, value in node.value if key.value == step)
    elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        yield None, node.value[step]


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.style and not node.value
