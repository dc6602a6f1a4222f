"""Text becomes a tree of nodes that know their positions, composed by libyaml.

Every scalar stays text; only an empty value and `null` become None. What YAML could do beyond
plain records (repeated keys, anchors, aliases, tags, several documents) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar, Final

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from credit_plan.diagnostic import Place
from credit_plan.language import _
from credit_plan.load.fault import Fault, UnreadableError
from credit_plan.load.syntax import character_fault, not_a_record, syntax_fault


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """libyaml's loader where PyYAML was built with it; it guesses at no types: all is text."""

    yaml_implicit_resolvers: ClassVar[dict[str, object]] = {}


_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_BEYOND_RECORDS: Final = re.compile(r"[&*!]")
_NESTED_IN_A_LINE: Final = re.compile(r"(?:[-?:][ \t]+){20}")
_DEEPEST: Final = 20
_MANY: Final = 100
"""Marks that can open a level; with fewer, and no deep indentation, nothing can be deep."""


def compose(text: str) -> MappingNode:
    """The tree of a text that holds one mapping; raises UnreadableError otherwise."""
    try:
        if _BEYOND_RECORDS.search(text) or _may_be_deep(text):
            _refuse_beyond_records(text)
        root: Node | None = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        raise UnreadableError(syntax_fault(error, text)) from None
    except yaml.reader.ReaderError as error:
        raise UnreadableError(character_fault(text, error)) from None
    if root is None:
        raise UnreadableError(not_a_record(1, 1, _("the file is empty")))
    if not isinstance(root, MappingNode):
        mark = root.start_mark
        message = _("the file holds no keys with values")
        raise UnreadableError(not_a_record(mark.line + 1, mark.column + 1, message))
    return root


def plain(node: Node, repeated: list[Fault]) -> Any:  # noqa: ANN401  pydantic decides the type
    """The data under a node: dict, list, str or None; keys that stand twice go to `repeated`.

    Raises UnreadableError for a key that is no text.
    """
    if isinstance(node, ScalarNode):
        return None if not node.style and node.value in _NULLS else node.value
    if isinstance(node, SequenceNode):
        return [plain(child, repeated) for child in node.value]
    data: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            mark = key.start_mark
            message = _("a key is one word, and here stands a list or a record")
            raise UnreadableError(not_a_record(mark.line + 1, mark.column + 1, message))
        if key.value in data:
            repeated.append(_repeated_key(node.value, key))
        else:
            data[key.value] = plain(value, repeated)
    return data


def position(root: Node, place: Place, *, on_key: bool = False) -> tuple[int, int]:
    """Line and column of the value at `place`, or of the nearest thing on the way that exists."""
    node = root
    mark = root.start_mark
    for step in place:
        found = next(_children(node, step), None)
        if found is None:
            break
        key, node = found
        mark = node.start_mark
        if key is not None and (on_key or _is_empty(node)):
            mark = key.start_mark
    return mark.line + 1, mark.column + 1


def _children(node: Node, step: str | int) -> Iterator[tuple[Node | None, Node]]:
    """The value that a step leads to, with its key if it has one."""
    if isinstance(node, MappingNode):
        yield from ((key, value) for key, value in node.value if key.value == step)
    elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        yield None, node.value[step]


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.style and not node.value


def _may_be_deep(text: str) -> bool:
    """Whether a text has enough of what opens levels to be worth a closer look."""
    flow = text.count("[") + text.count("{")
    return flow > _MANY or " " * 60 in text or _NESTED_IN_A_LINE.search(text) is not None


def _refuse_beyond_records(text: str) -> None:
    """Anchors, aliases, tags and very deep nesting, seen before anything is built from them."""
    depth = 0
    event: Any
    for event in yaml.parse(text, Loader=Loader):
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, yaml.AliasEvent):
            raise UnreadableError(_beyond(line, column, _("an alias (*{name})"), event.anchor))
        if getattr(event, "anchor", None):
            raise UnreadableError(_beyond(line, column, _("an anchor (&{name})"), event.anchor))
        if getattr(event, "tag", None):
            raise UnreadableError(_beyond(line, column, _("a tag ({name})"), event.tag))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            message = _("values are nested more than {depth} levels deep").format(depth=_DEEPEST)
            raise UnreadableError(not_a_record(line, column, message))


def _beyond(line: int, column: int, what: str, name: str | None) -> Fault:
    return Fault(
        "unreadable-yaml",
        line,
        column,
        _("{what} stands here, and records use none").format(what=what.format(name=name)),
        _("write the value out; a text that begins with this sign goes in quotes"),
    )


def _repeated_key(pairs: list[tuple[Node, Node]], key: Node) -> Fault:
    first = next(other for other, _value in pairs if other.value == key.value)
    return Fault(
        "repeated-key",
        key.start_mark.line + 1,
        key.start_mark.column + 1,
        _("the key “{key}” stands here a second time").format(key=key.value),
        _("keep one of the two; the first is on line {line}").format(
            line=first.start_mark.line + 1
        ),
    )
