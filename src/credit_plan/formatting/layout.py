"""What the records say of their fields, as far as it decides how a value is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from credit_plan.formatting.values import (
    FieldType,
    double_quote,
    field_types,
    fix_value,
    write_scalar,
)
from credit_plan.models.indicators import Target
from credit_plan.models.progress import Evidence
from credit_plan.models.records import Chapter, Deadline, Milestone, Period, Record

ON_ONE_LINE: Final[frozenset[type[Record]]] = frozenset(
    {Chapter, Deadline, Evidence, Target, Milestone, Period}
)
"""The records that are written `{key: value, …}`; all others have a line for each key."""

_STEP: Final = 2
"""The spaces by which what belongs to a key is indented below it, and to a dash behind it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its indentation, which is `indent` spaces.

    `commented` is what it must be when a comment is to stand behind it. `start` and `end` are
    where what it says stood in the source; `entry` is where the entry of a list began whose
    first line this is.
    """

    indent: int
    text: str
    commented: str
    start: int
    end: int
    entry: int | None = None


def lay_out(root: MappingNode, model: type[Record]) -> tuple[Line, ...]:
    """The lines of a record; the data under `root` must be valid for its model."""
    return tuple(_record_lines(root, model, 0))


def _record_lines(node: MappingNode, model: type[Record], indent: int) -> Iterator[Line]:
    for name, key, value in _in_order(node, model):
        field, start = field_types(model)[name], key.start_mark.index
        if field.listed and field.record:
            yield Line(indent, f"{name}:", f"{name}:", start, key.end_mark.index)
            for entry in value.value:
                yield from _entry_lines(entry, field, field.record, indent + _STEP)
        else:
            written = f"{name}: {_inline(value, field, in_flow=False)}"
            yield Line(indent, written, _before_comment(name, value, field), start, _end(value))


def _in_order(node: MappingNode, model: type[Record]) -> Iterator[tuple[str, Node, Node]]:
    """Each key by name, with its node and its value, in the order of the record's fields."""
    pairs: dict[str, tuple[Node, Node]] = {key.value: (key, value) for key, value in node.value}
    yield from ((name, *pairs[name]) for name in field_types(model) if name in pairs)


def _entry_lines(
    node: MappingNode, field: FieldType, record: type[Record], indent: int
) -> Iterator[Line]:
    """The lines of one record in a list, the first of them behind a dash."""
    start = node.start_mark.index
    if record in ON_ONE_LINE:
        written = f"- {_inline(node, field, in_flow=False)}"
        yield Line(indent, written, written, start, _end(node), start)
        return
    first, *others = _record_lines(node, record, indent + _STEP)
    text, commented = f"- {first.text}", f"- {first.commented}"
    yield replace(first, indent=indent, text=text, commented=commented, entry=start)
    yield from others


def _inline(node: Node, field: FieldType, *, in_flow: bool) -> str:
    """A value on one line: a list `[…]`, a record `{…}`, or a single value."""
    if isinstance(node, SequenceNode):
        entries = (_inline(entry, field, in_flow=True) for entry in node.value)
        return f"[{', '.join(entries)}]"
    if isinstance(node, MappingNode) and field.keyed:
        keyed = (f"{key.value}: {_inline(it, field, in_flow=True)}" for key, it in node.value)
        return f"{{{', '.join(keyed)}}}"
    if isinstance(node, MappingNode) and field.record:
        known = field_types(field.record)
        pairs = (
            f"{name}: {_inline(value, known[name], in_flow=True)}"
            for name, _key, value in _in_order(node, field.record)
        )
        return f"{{{', '.join(pairs)}}}"
    return write_scalar(fix_value(node.value, field), field, in_flow=in_flow)


def _before_comment(name: str, node: Node, field: FieldType) -> str:
    """A key and its value, where a text ends with quotes and not with a comment's mark."""
    if isinstance(node, ScalarNode) and field.of is str:
        return f"{name}: {double_quote(fix_value(node.value, field))}"
    return f"{name}: {_inline(node, field, in_flow=False)}"


def _end(node: Node) -> int:
    """Where a value ends; of records and lists on several lines it is where the last value does."""
    if isinstance(node, CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    # The mark of a text behind a bar is at the beginning of the next line.
    behind_a_bar = isinstance(node, ScalarNode) and node.style in {"|", ">"}
    return int(node.end_mark.index) - behind_a_bar
