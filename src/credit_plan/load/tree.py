"""Text becomes a tree of nodes that know their positions, composed by libyaml.

Every scalar stays text; only an empty value and `null` become None. What YAML could do beyond
plain records (repeated keys, anchors, aliases, tags, several documents) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from credit_plan.diagnostic import Place
from credit_plan.language import _
from credit_plan.load.fault import Fault, UnreadableError

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's loader where PyYAML was built with it; the same tree from Python where not."""

_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_BEYOND_RECORDS: Final = re.compile(r"[&*!]")
_DEEP: Final = re.compile(r"([\[{][\s\[{]*){20}|(?m:^[ ]*(?:[-?] +){20})|(?m:^ {60})")
_DEEPEST: Final = 20


def compose(text: str) -> Node:
    """The tree of a text that holds one mapping; raises UnreadableError otherwise."""
    try:
        if _BEYOND_RECORDS.search(text) or _DEEP.search(text):
            _refuse_beyond_records(text)
        root: Node | None = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        raise UnreadableError(_syntax_fault(error)) from None
    except yaml.reader.ReaderError as error:
        raise UnreadableError(_character_fault(text, error)) from None
    if root is None:
        raise UnreadableError(_not_a_record(1, 1, _("the file is empty")))
    if not isinstance(root, MappingNode):
        mark = root.start_mark
        raise UnreadableError(
            _not_a_record(mark.line + 1, mark.column + 1, _("the file holds no keys with values"))
        )
    return root


def plain(node: Node, repeated: list[Fault]) -> Any:  # noqa: ANN401  pydantic decides the type
    """The data under a node: dict, list, str or None; keys that stand twice go to `repeated`."""
    if isinstance(node, ScalarNode):
        return None if not node.style and node.value in _NULLS else node.value
    if isinstance(node, SequenceNode):
        return [plain(child, repeated) for child in node.value]
    data: dict[str, Any] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, ScalarNode) else str(key.start_mark)
        if name in data:
            repeated.append(_repeated_key(node.value, key, name))
            continue
        data[name] = plain(value, repeated)
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
        mark = (key if on_key and key is not None else node).start_mark
        if key is not None and _is_empty(node):
            mark = key.start_mark
    return mark.line + 1, mark.column + 1


def _children(node: Node, step: str | int) -> Iterator[tuple[Node | None, Node]]:
    if isinstance(node, MappingNode):
        yield from ((key, value) for key, value in node.value if key.value == step)
    elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        yield None, node.value[step]


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.style and not node.value


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
            raise UnreadableError(_not_a_record(line, column, message))


def _beyond(line: int, column: int, what: str, name: str | None) -> Fault:
    return Fault(
        "unreadable-yaml",
        line,
        column,
        _("{what} stands here, and records use none").format(what=what.format(name=name)),
        _("write the value out; a text that begins with this sign goes in quotes"),
    )


def _not_a_record(line: int, column: int, message: str) -> Fault:
    return Fault(
        "unreadable-yaml", line, column, message, _("compare it with a file that is sound")
    )


def _syntax_fault(error: yaml.MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    if error.context == "while scanning a simple key":
        # The key without a colon is at fault, not the line below at which that shows.
        mark = error.context_mark or mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Fault(
        "unreadable-yaml",
        line,
        column,
        _("this is not YAML: {problem}").format(problem=error.problem or error.context),
        _("look at this line and the one before it: quotes, brackets, colons, indentation"),
    )


def _character_fault(text: str, error: yaml.reader.ReaderError) -> Fault:
    """Libyaml tells the place in bytes and Python's reader in characters: look the sign up."""
    code = error.character if isinstance(error.character, int) else ord(error.character)
    before = text[: max(text.find(chr(max(code, 0))), 0)]
    return Fault(
        "unreadable-yaml",
        before.count("\n") + 1,
        len(before) - before.rfind("\n"),
        _("a character that cannot be printed stands here (U+{code:04X})").format(code=code),
        _("delete it; copying from other programs brings such characters along"),
    )


def _repeated_key(pairs: list[tuple[Node, Node]], key: Node, name: str) -> Fault:
    first = next(other for other, _value in pairs if other.value == name)
    return Fault(
        "repeated-key",
        key.start_mark.line + 1,
        key.start_mark.column + 1,
        _("the key “{key}” stands here a second time").format(key=name),
        _("keep one of the two; the first is on line {line}").format(
            line=first.start_mark.line + 1
        ),
    )
