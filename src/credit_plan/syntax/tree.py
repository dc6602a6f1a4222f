"""Text becomes a tree of nodes that know their positions, composed by libyaml.

Every scalar stays text; only an empty value and `null` become None. What YAML could do beyond
plain records (repeated keys, anchors, aliases, tags, several documents) is refused.
"""

from __future__ import annotations

import re
from typing import Any, Final

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from credit_plan.diagnostic import Diagnostic
from credit_plan.language import _
from credit_plan.syntax.fault import UnreadableError, error_at, position_of
from credit_plan.syntax.problems import character_fault, not_a_record, syntax_fault


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
        raise UnreadableError(syntax_fault(error, text)) from None
    except yaml.reader.ReaderError as error:
        raise UnreadableError(character_fault(text, error)) from None
    if root is None:
        raise not_a_record(1, 1, _("the file is empty"))
    if not isinstance(root, MappingNode):
        message = _("the file holds no keys with values")
        raise not_a_record(*position_of(root.start_mark), message)
    return root


def plain(node: Node, repeated: list[Diagnostic]) -> Any:  # noqa: ANN401  pydantic decides the type
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
            message = _("a key is one word, and here stands a list or a record")
            raise not_a_record(*position_of(key.start_mark), message)
        if key.value in data:
            repeated.append(_repeated_key(node.value, key))
        else:
            data[key.value] = plain(value, repeated)
    return data


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
