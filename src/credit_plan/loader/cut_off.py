"""A file that ends too early is one finding: what is lost with its end is not reported again."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from credit_plan.diagnostics import Diagnostic, KeyPath
from credit_plan.i18n import _, join_list
from credit_plan.models.fields import fields_by_key, find_record_type
from credit_plan.models.records import Record
from credit_plan.yaml.parse import Parsed

_MISSING = "missing-key"


def reduce_missing(
    found: Sequence[Diagnostic], parsed: Parsed, model: type[Record]
) -> tuple[Parsed, list[Diagnostic]]:
    """Return what validation has found, with one diagnostic for all the keys that a record lacks.

    Where a file is cut off, the keys that should follow its last value are lost. They are reported
    once, unless the end of the file is reported already. A line that is not finished counts as
    broken: its value may be cut off as well.
    """
    if parsed.root is None or not (found or parsed.diagnostics):
        return parsed, list(found)
    ending = dict(_iter_ending(parsed.root))
    lost = {it.path for it in found if it.rule == _MISSING and _is_lost(it.path, ending, model)}
    is_end_reported = _is_end_reported(parsed, found, *list(ending.items())[-1])
    if lost or is_end_reported:
        innermost = 0 if is_end_reported else max(map(len, lost))
        found = [it for it in found if it.path not in lost or len(it.path) == innermost]
        parsed = replace(parsed, cut_off=True, broken=parsed.broken | _find_open_line(parsed))
    return parsed, list(_merge_missing(found, lost))


def _iter_ending(root: Node) -> Iterator[tuple[KeyPath, Node]]:
    """Yield the values with which a tree ends, from the whole to its last single value."""
    path, node = (), root  # type: KeyPath, Node
    yield path, node
    while isinstance(node, (MappingNode, SequenceNode)) and node.value:
        step, last = len(node.value) - 1, node.value[-1]
        if isinstance(node, MappingNode):
            step, last = last[0].value, last[1]
        path, node = (*path, step), last
        yield path, node


def _is_lost(path: KeyPath, ending: dict[KeyPath, Node], model: type[Record]) -> bool:
    """Return whether a missing key is to follow all that a record at the end of the file has."""
    record = ending.get(path[:-1])
    if not isinstance(record, MappingNode):
        return False
    order = {key: at for at, key in enumerate(fields_by_key(find_record_type(model, path[:-1])))}
    last = max((order.get(key.value, 0) for key, _value in record.value), default=-1)
    return order[str(path[-1])] > last


def _is_end_reported(
    parsed: Parsed, found: Sequence[Diagnostic], path: KeyPath, last: Node
) -> bool:
    """Return whether the last value is reported: one that is empty, or in an unfinished line."""
    is_value_reported = any(it.path == path and it.rule != _MISSING for it in found)
    if not (end := _find_open_line(parsed)):
        return is_value_reported and isinstance(last, ScalarNode) and not last.value
    return is_value_reported or any(it.line in end and not it.fixable for it in parsed.diagnostics)


def _find_open_line(parsed: Parsed) -> frozenset[int]:
    """Return the number of the last line if the text ends within it."""
    return frozenset({len(parsed.lines)} if parsed.lines[-1].strip() else ())


def _merge_missing(found: Sequence[Diagnostic], lost: AbstractSet[KeyPath]) -> Iterator[Diagnostic]:
    """Yield the diagnostics, of the keys that one record lacks a single one."""
    missing: dict[KeyPath, list[str]] = {}
    for it in found:
        if it.rule == _MISSING:
            missing.setdefault(it.path[:-1], []).append(str(it.path[-1]))
    for it in found:
        if it.rule != _MISSING:
            yield it
        elif keys := missing.pop(it.path[:-1], None):
            yield _name_all(it, keys, is_lost=it.path in lost) if len(keys) > 1 else it


def _name_all(first: Diagnostic, keys: Sequence[str], *, is_lost: bool) -> Diagnostic:
    message = _("the keys {keys} are missing")
    hint = _("add each of them, with its value, to this record")
    if is_lost:
        hint = _(
            "add each of them, with its value, to this record; if the end of the file is lost, "
            "restore it, for example with “git restore”"
        )
    named = join_list(f"“{key}”" for key in keys)
    return replace(first, message=message.format(keys=named), hint=hint)
