"""Compose text into a tree of nodes that know their positions, with libyaml.

Every scalar stays text; only an empty value and `null` become None. What YAML could do beyond
plain records (repeated keys, anchors, aliases, tags, several documents) is refused.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import pairwise
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from credit_plan.diagnostics import Diagnostic, KeyPath, Location
from credit_plan.i18n import _
from credit_plan.yaml import errors
from credit_plan.yaml.errors import UnreadableError, position_of

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BEYOND_RECORDS = "&*!"
_NESTED_IN_LINE = re.compile(r"[-?:][ \t]+[-?:][ \t]")
_TO_WHITE_SPACE = re.compile(r"[^\s,\[\]{}]+")
_MAX_DEPTH = 20
MAX_VALUES = 20_000
_MANY_BRACKETS = 100
"""With fewer of them and no deep indentation, nothing can be deep."""

_RECENT = 8
"""Records whose keys are looked up again and again: those on the way to a value."""

_LARGE = 50_000
"""Characters from which on the values are counted before anything is built of them."""


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """libyaml's loader where PyYAML was built with it; it guesses no types: all is text.

    PyYAML's own resolver would find tags, which takes a fifth of the reading time.
    """

    def resolve(self, _kind: type[Node], _value: object, _implicit: object) -> None:
        """Give a node no tag, since nothing here looks at it."""

    def descend_resolver(self, _parent: object, _index: object) -> None:
        """Do nothing, since no tag depends on where a node is."""

    def ascend_resolver(self) -> None:
        """Do nothing, as on the way down."""


def compose(text: str) -> MappingNode:
    """Return the tree of a text that holds one mapping; raise UnreadableError for any other."""
    try:
        if any(map(text.__contains__, _BEYOND_RECORDS)) or len(text) > _LARGE or _may_be_deep(text):
            _refuse_beyond_records(text)
        root: Node | None = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        raise UnreadableError(errors.explain_syntax_error(error, text)) from None
    except yaml.reader.ReaderError as error:
        raise UnreadableError(errors.explain_character_error(error, text)) from None
    if root is None:
        raise errors.not_a_record(1, 1, _("the file is empty"))
    if not isinstance(root, MappingNode):
        message = _("the file has no keys and values")
        raise errors.not_a_record(*position_of(root.start_mark), message)
    return root


def count_values(text: str) -> int:
    """Return how many values `compose` counts in a text; if it is no YAML, those before the error.

    Each key, each single value, each list and each record is one.
    """
    count = 0
    with suppress(yaml.YAMLError):
        for event in yaml.parse(text, Loader=Loader):
            count += isinstance(event, yaml.NodeEvent)
    return count


def to_data(node: Node, repeated: list[Diagnostic]) -> Any:  # noqa: ANN401  a model decides the type
    """Return the data under a node: dict, list, str or None.

    Diagnostics of repeated keys go to `repeated`. Entries of a list that ran together,
    because the first line of one is missing, are split in the tree itself. Raise UnreadableError
    for a key that is no text.
    """
    try:
        return _to_plain_data(node)
    except _OddKeyError:
        return _to_split_data(node, repeated)


def find_location(
    root: Node, path: KeyPath, *, on_key: bool = False, part: tuple[int, int] | None = None
) -> Location:
    """Return where the value at a path is, or the nearest thing on the way to it that exists.

    Of a value of several lines it is the first. With `part`, it is only these characters of the
    value, if they are written in the file as they are in the value.
    """
    node, marked = root, root
    for step in path:
        child = _find_child(node, step)
        if child is None:
            return _location(_first_key(node))
        key, node = child
        is_empty = isinstance(node, ScalarNode) and not node.style and not node.value
        marked = key if key and (on_key or is_empty) else node
    whole = _location(marked)
    if part is None or not isinstance(marked, ScalarNode):
        return whole
    quotes = marked.style in {"'", '"'}
    if whole.end_column - whole.column - 2 * quotes != len(marked.value):
        return whole
    start = whole.column + quotes
    return Location(whole.line, start + part[0], start + part[1])


def find_continued_lines(text: str) -> frozenset[int] | None:
    """Return the lines, from 1, that continue a value of the line above; None if not YAML."""
    try:
        root = compose(text)
    except UnreadableError:
        return None
    lines = set[int]()
    for scalar in iter_scalars(root):
        last = scalar.end_mark.line + (scalar.end_mark.column > 0)
        lines.update(range(scalar.start_mark.line + 2, last + 1))
    return frozenset(lines)


def iter_scalars(node: Node) -> Iterator[ScalarNode]:
    """Yield every key and every single value of a tree, in the order of the text."""
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


def _may_be_deep(text: str) -> bool:
    """Return whether a text may be nested so deeply that its depth must be checked."""
    brackets = text.count("[") + text.count("{")
    return brackets > _MANY_BRACKETS or " " * 60 in text or bool(_NESTED_IN_LINE.search(text))


def _refuse_beyond_records(text: str) -> None:
    """Refuse anchors, aliases, tags, deep nesting and too many values, before building anything."""
    depth = count = 0
    event: Any
    for event in yaml.parse(text, Loader=Loader):
        line, column = position_of(event.start_mark)
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if name := anchor or tag:
            # A tag is written in another way than it is named here.
            written = _TO_WHITE_SPACE.match(text, event.start_mark.index)
            length = len(written[0]) if written else 1
            if anchor:
                name = f"*{anchor}" if isinstance(event, yaml.AliasEvent) else f"&{anchor}"
            message = _("records have no anchors, aliases or tags: “{name}”").format(name=name)
            hint = _("write the value out; put a text that begins with this character in quotes")
            diagnostic = errors.error_at(
                "unreadable-yaml", line, column, message, hint, length=length
            )
            raise UnreadableError(diagnostic, once=True)
        count += isinstance(event, yaml.NodeEvent)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if count > MAX_VALUES:
            message = _("the file has more than {most} values").format(most=MAX_VALUES)
            hint = _("move its last entries; reports in 14.yaml may also be in 14-2.yaml")
            raise errors.not_a_record(line, column, message, hint)
        if depth > _MAX_DEPTH:
            message = _("values are nested more than {depth} levels deep").format(depth=_MAX_DEPTH)
            raise errors.not_a_record(line, column, message)


class _OddKeyError(Exception):
    """A key is repeated, or it is no text."""


def _to_plain_data(node: Node) -> Any:  # noqa: ANN401
    """Return the data under a node, as nearly every file has it; raise _OddKeyError."""
    if isinstance(node, ScalarNode):
        return None if not node.style and node.value in _NULLS else node.value
    if isinstance(node, SequenceNode):
        return [_to_plain_data(entry) for entry in node.value]
    # Asking a text here saves a call for most values of a plan.
    data = {
        key.value: value.value
        if type(value) is ScalarNode and value.value not in _NULLS
        else _to_plain_data(value)
        for key, value in node.value
        if type(key) is ScalarNode
    }
    if len(data) < len(node.value):
        raise _OddKeyError
    return data


def _to_split_data(node: Node, repeated: list[Diagnostic]) -> Any:  # noqa: ANN401
    """Return the data under a node as `to_data` does, whatever its keys are."""
    if isinstance(node, ScalarNode):
        return _to_plain_data(node)
    if isinstance(node, SequenceNode):
        node.value = [part for entry in node.value for part in _split_entry(entry, repeated)]
        return [_to_split_data(entry, repeated) for entry in node.value]
    data: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            message = _("a list or a record cannot be a key")
            raise errors.not_a_record(*position_of(key.start_mark), message)
        if key.value in data:
            repeated.append(_repeated_key(_index_pairs(node)[key.value][0], key))
        else:
            data[key.value] = _to_split_data(value, repeated)
    return data


def _split_entry(entry: Node, repeated: list[Diagnostic]) -> list[Node]:
    """Split a mapping where two keys in a row are repeated; one repeated key may be a mistake."""
    is_block = isinstance(entry, MappingNode) and not entry.flow_style
    keys = [str(key.value) for key, _value in entry.value] if is_block else []
    starts, before = [0], set[str]()
    for at in range(1, len(keys) - 1 if len(set(keys)) < len(keys) else 0):
        before.add(keys[at - 1])
        if before.issuperset(keys[at : at + 2]):
            starts.append(at)
            before.clear()
            repeated.append(_merged_entry(entry.value[at][0]))
    if len(starts) == 1:
        return [entry]
    parts = [entry.value[start:end] for start, end in pairwise([*starts, len(keys)])]
    return [MappingNode(entry.tag, it, it[0][0].start_mark, it[-1][1].end_mark) for it in parts]


def _merged_entry(key: Node) -> Diagnostic:
    return errors.error_at(
        "repeated-key",
        *position_of(key.start_mark),
        _("the keys repeat from here: the first line of a new entry is missing"),
        _("begin the entry with “- ” and its first key, as in the others, or delete the entry"),
    )


def _repeated_key(first: Node, key: Node) -> Diagnostic:
    line, column = position_of(first.start_mark)
    return errors.error_at(
        "repeated-key",
        *position_of(key.start_mark),
        _("the key “{key}” is repeated").format(key=key.value),
        _("keep one of the two; the first is on line {line}").format(line=line),
        length=len(key.value),
        related_at=f"{line}:{column}",
    )


def _find_child(node: Node, step: str | int) -> tuple[Node | None, Node] | None:
    """Return the value that a step leads to, with its key if it has one."""
    if isinstance(node, MappingNode):
        return _index_pairs(node).get(step)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


@lru_cache(_RECENT)
def _index_pairs(node: MappingNode) -> dict[object, tuple[Node, Node]]:
    """Return the keys and values of a record by key, the first where one is repeated."""
    pairs = reversed(node.value)
    return {key.value: (key, value) for key, value in pairs if isinstance(key, ScalarNode)}


def _first_key(node: Node) -> Node:
    """Return the first key of a record that is not in braces; it represents the record."""
    is_block = isinstance(node, MappingNode) and not node.flow_style and node.value
    key: Node = node.value[0][0] if is_block else node
    return key


def _location(node: Node) -> Location:
    start, end = node.start_mark, node.end_mark
    column = start.column + 1
    last = end.column + 1 if end.line == start.line else 0
    return Location(start.line + 1, column, max(last, column + 1))
