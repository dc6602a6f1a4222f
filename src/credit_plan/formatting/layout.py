"""Lay out a record line by line, in the order of its model's fields."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from yaml.nodes import CollectionNode, Node, ScalarNode, SequenceNode

from credit_plan.formatting.values import double_quote, fix_value, write_key, write_scalar
from credit_plan.models.fields import FieldType, field_types
from credit_plan.models.records import Record
from credit_plan.models.values import Mark

_STEP = 2
"""The indentation below a key or a dash."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its indentation, which is `indent` spaces.

    `commented` is the text to use if a comment follows. `start` and `end` are the range of its
    content in the source. `entry` is the start of the list entry that begins on this line.
    """

    indent: int
    text: str
    commented: str
    start: int
    end: int
    entry: int | None = None


def lay_out(root: Node, model: type[Record], indent: int = 0) -> Iterator[Line]:
    """Yield the lines of a record; the data under `root` must be valid for its model."""
    for name, field, key, value in _in_order(root, model):
        start = key.start_mark.index
        if field.listed and field.record:
            yield Line(indent, f"{name}:", f"{name}:", start, key.end_mark.index)
            for entry in value.value:
                yield from _entry_lines(entry, field, field.record, indent + _STEP)
        else:
            text = commented = f"{name}: {_inline(value, field, in_flow=False)}"
            if isinstance(value, ScalarNode) and field.of is str:
                # Without quotes, a comment after a sentence is reported as a mistake.
                commented = f"{name}: {double_quote(fix_value(value.value, field))}"
            yield Line(indent, text, commented, start, _end(value))


def is_on_one_line(model: type[Record]) -> bool:
    """Return whether a record is written `{key: value, …}`: it has single values and codes."""
    return all(
        field.is_single or (field.listed and Mark.PRINTED in field.marks)
        for field in field_types(model).values()
    )


def find_last(node: Node) -> Node:
    """Return the last value of a block, with which it ends; any other node is returned itself."""
    while isinstance(node, CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node


def _in_order(node: Node, model: type[Record]) -> Iterator[tuple[str, FieldType, Node, Node]]:
    """Yield the keys of a record by name, with their fields, nodes and values, in its order."""
    pairs = {key.value: (key, value) for key, value in node.value}
    for name, field in field_types(model).items():
        if name in pairs:
            yield name, field, *pairs[name]


def _entry_lines(node: Node, field: FieldType, record: type[Record], indent: int) -> Iterator[Line]:
    """Yield the lines of one record in a list, the first of them after a dash."""
    start = node.start_mark.index
    if is_on_one_line(record):
        text = f"- {_inline(node, field, in_flow=False)}"
        yield Line(indent, text, text, start, _end(node), start)
        return
    first, *others = lay_out(node, record, indent + _STEP)
    text, commented = f"- {first.text}", f"- {first.commented}"
    yield replace(first, indent=indent, text=text, commented=commented, entry=start)
    yield from others


def _inline(node: Node, field: FieldType, *, in_flow: bool) -> str:
    """Return a value on one line: a list `[…]`, a record `{…}`, or a single value."""
    if isinstance(node, SequenceNode):
        return f"[{', '.join(_inline(entry, field, in_flow=True) for entry in node.value)}]"
    if isinstance(node, ScalarNode):
        return write_scalar(fix_value(node.value, field), field, in_flow=in_flow)
    pairs = [(write_key(key.value), field, value) for key, value in node.value]
    if field.record:
        pairs = [(name, of, value) for name, of, _key, value in _in_order(node, field.record)]
    written = (f"{name}: {_inline(value, of, in_flow=True)}" for name, of, value in pairs)
    return f"{{{', '.join(written)}}}"


def _end(node: Node) -> int:
    """Return where a value ends."""
    last = find_last(node)
    # The end mark of a block text is at the beginning of the next line.
    is_block_text = isinstance(last, ScalarNode) and last.style in {"|", ">"}
    return int(last.end_mark.index) - is_block_text
