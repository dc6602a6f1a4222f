"""Text becomes a tree of nodes that know their positions, composed by libyaml.

Every scalar stays text; only an empty value and `null` become None. What YAML could do beyond
plain records (repeated keys, anchors, aliases, tags, several documents) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from credit_plan.diagnostics import Diagnostic, KeyPath, Location
from credit_plan.i18n import _
from credit_plan.yaml.errors import (
    UnreadableError,
    error_at,
    explain_character_error,
    explain_syntax_error,
    not_a_record,
    position_of,
)


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """libyaml's loader where PyYAML was built with it; it guesses at no types: all is text.

    PyYAML's own resolver would come to the same, in a fifth of all the time that reading takes.
    """

    def resolve(self, kind: type[Node], _value: object, _implicit: object) -> str:
        """The tag of a node, which nothing here looks at."""
        return _TAGS[kind]

    def descend_resolver(self, _parent: object, _index: object) -> None:
        """Nothing, since no tag depends on where a node is."""

    def ascend_resolver(self) -> None:
        """The same on the way back."""


_TAGS: Final[dict[type[Node], str]] = {
    ScalarNode: "tag:yaml.org,2002:str",
    SequenceNode: "tag:yaml.org,2002:seq",
    MappingNode: "tag:yaml.org,2002:map",
}
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_BEYOND_RECORDS: Final = re.compile(r"[&*!]")
_NESTED_IN_A_LINE: Final = re.compile(r"[-?:][ \t]+[-?:][ \t]")
_DEEPEST: Final = 20
_MANY: Final = 100
"""Marks that can open a level; with fewer, and no deep indentation, nothing can be deep."""

_LARGE: Final = 50_000
_MOST: Final = 20_000
"""Characters from which values are counted before anything is built of them; how many may be."""


def compose(text: str) -> MappingNode:
    """The tree of a text that holds one mapping; raises UnreadableError otherwise."""
    try:
        if _BEYOND_RECORDS.search(text) or len(text) > _LARGE or _may_be_deep(text):
            _refuse_beyond_records(text)
        root: Node | None = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        raise UnreadableError(explain_syntax_error(error, text)) from None
    except yaml.reader.ReaderError as error:
        raise UnreadableError(explain_character_error(error, text)) from None
    if root is None:
        raise not_a_record(1, 1, _("the file is empty"))
    if not isinstance(root, MappingNode):
        message = _("the file holds no keys with values")
        raise not_a_record(*position_of(root.start_mark), message)
    return root


def to_data(node: Node, repeated: list[Diagnostic]) -> Any:  # noqa: ANN401  pydantic decides the type
    """Return the data under a node: dict, list, str or None.

    Keys that stand twice go to `repeated`. Entries of a list that ran together, because the first
    line of one is missing, are split in the tree itself. Raises UnreadableError for a key that is
    no text.
    """
    if isinstance(node, ScalarNode):
        return None if not node.style and node.value in _NULLS else node.value
    if isinstance(node, SequenceNode):
        node.value = [part for entry in node.value for part in _split_entry(entry, repeated)]
        return [to_data(entry, repeated) for entry in node.value]
    data: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            message = _("a key is one word, and here stands a list or a record")
            raise not_a_record(*position_of(key.start_mark), message)
        if key.value in data:
            repeated.append(_repeated_key(node.value, key))
        else:
            data[key.value] = to_data(value, repeated)
    return data


def _split_entry(entry: Node, repeated: list[Diagnostic]) -> list[Node]:
    """Split a mapping where two keys in a row stand again; one may be a mere repetition."""
    is_block = isinstance(entry, MappingNode) and not entry.flow_style
    keys = [str(key.value) for key, _value in entry.value] if is_block else []
    starts = [0]
    for at in range(1, len(keys) - 1 if len(set(keys)) < len(keys) else 0):
        if set(keys[at : at + 2]) <= set(keys[starts[-1] : at]):
            starts.append(at)
            message = _(
                "from here on keys stand a second time: the line that begins a new entry is missing"
            )
            hint = _(
                "begin the entry with “- ” and its first key, as the other entries are; "
                "or delete it"
            )
            position = position_of(entry.value[at][0].start_mark)
            repeated.append(error_at("repeated-key", *position, message, hint))
    if len(starts) == 1:
        return [entry]
    parts = [entry.value[start:end] for start, end in pairwise([*starts, len(keys)])]
    return [MappingNode(entry.tag, it, it[0][0].start_mark, it[-1][1].end_mark) for it in parts]


def _may_be_deep(text: str) -> bool:
    """Whether a text has enough of what opens levels to be worth a closer look."""
    flow = text.count("[") + text.count("{")
    return flow > _MANY or " " * 60 in text or _NESTED_IN_A_LINE.search(text) is not None


def _refuse_beyond_records(text: str) -> None:
    """Anchors, aliases, tags, depth and number, seen before anything is built from them."""
    depth = count = 0
    event: Any
    for event in yaml.parse(text, Loader=Loader):
        line, column = position_of(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            raise _beyond(line, column, _("an alias (*{name})"), event.anchor)
        if getattr(event, "anchor", None):
            raise _beyond(line, column, _("an anchor (&{name})"), event.anchor)
        if getattr(event, "tag", None):
            raise _beyond(line, column, _("a tag ({name})"), event.tag)
        count += isinstance(event, yaml.NodeEvent)
        if count > _MOST:
            message = _("the file holds more than {most} values").format(most=_MOST)
            raise not_a_record(line, column, message)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            message = _("values are nested more than {depth} levels deep").format(depth=_DEEPEST)
            raise not_a_record(line, column, message)


def _beyond(line: int, column: int, what: str, name: str | None) -> UnreadableError:
    fault = error_at(
        "unreadable-yaml",
        line,
        column,
        _("{what} stands here, and records use none").format(what=what.format(name=name)),
        _("write the value out; a text that begins with this sign goes in quotes"),
        length=len(name or "") + 1,
    )
    return UnreadableError(fault, once=True)


def _repeated_key(pairs: list[tuple[Node, Node]], key: Node) -> Diagnostic:
    first = next(other for other, _value in pairs if other.value == key.value)
    line, column = position_of(first.start_mark)
    return error_at(
        "repeated-key",
        *position_of(key.start_mark),
        _("the key “{key}” stands here a second time").format(key=key.value),
        _("keep one of the two; the first is on line {line}").format(line=line),
        length=len(key.value),
        related_at=f"{line}:{column}",
    )


def find_location(
    root: Node, place: KeyPath, *, on_key: bool = False, part: tuple[int, int] | None = None
) -> Location:
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
    if whole.end_column - whole.column - 2 * (opening - whole.column) != len(marked.value):
        return whole
    return Location(whole.line, opening + part[0], opening + part[1])


def _span(node: Node) -> Location:
    start, end = node.start_mark, node.end_mark
    last = end.column if end.line == start.line else start.column + 1
    return Location(start.line + 1, start.column + 1, max(last, start.column + 1) + 1)


def _first(node: Node) -> Node:
    """The first key of a record on lines of its own, which stands for the record."""
    if isinstance(node, MappingNode) and not node.flow_style and node.value:
        key: Node = node.value[0][0]
        return key
    return node


def iter_scalars(node: Node) -> Iterator[ScalarNode]:
    """Every key and every single value of a tree, in the order of the text."""
    if isinstance(node, ScalarNode):
        yield node
        return
    for child in node.value:
        for part in child if isinstance(child, tuple) else (child,):
            yield from iter_scalars(part)


def iter_plain_values(node: Node) -> Iterator[tuple[str, ScalarNode]]:
    """Yield every value that is written without quotes, with its key before it."""
    if isinstance(node, SequenceNode):
        for entry in node.value:
            yield from iter_plain_values(entry)
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            if not isinstance(value, ScalarNode):
                yield from iter_plain_values(value)
            elif value.value and not value.style:
                yield key.value, value


def find_continued_lines(text: str) -> frozenset[int] | None:
    """Return the lines, from 1, that go on with a value of the line above; None if not YAML."""
    try:
        root = compose(text)
    except UnreadableError:
        return None
    lines = set[int]()
    for scalar in iter_scalars(root):
        last = scalar.end_mark.line + (scalar.end_mark.column > 0)
        lines.update(range(scalar.start_mark.line + 2, last + 1))
    return frozenset(lines)


def _children(node: Node, step: str | int) -> Iterator[tuple[Node | None, Node]]:
    """The value that a step leads to, with its key if it has one."""
    if isinstance(node, MappingNode):
        yield from ((key, value) for key, value in node.value if key.value == step)
    elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        yield None, node.value[step]


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.style and not node.value
