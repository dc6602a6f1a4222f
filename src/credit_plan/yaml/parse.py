"""Parse a whole file, also after a fault: every fault is found in one run, none hides another.

What was surely meant otherwise is repaired first. Where libyaml stops, the value of that line is
left out and the rest read again; of the values that are left out nothing more is said.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from credit_plan.diagnostics import Diagnostic, KeyPath, Location
from credit_plan.i18n import _
from credit_plan.yaml.decode import DAMAGE, decode
from credit_plan.yaml.errors import UnreadableError, error_at, position_of
from credit_plan.yaml.nodes import compose, find_span, to_data
from credit_plan.yaml.repair import Repaired, repair, resolve_conflicts

_MAX_ATTEMPTS = 20
_MAX_LENGTH = 100_000
"""A text with more characters is not read again after a fault."""

_UNREPAIRED = Repaired("")
_KEY_OF_LINE = r"^(\s*(?:- )?(?:[A-Za-z_]+)[ \t]*:)(?:\s.*|$)"
_SENTENCES = frozenset({"task", "text", "target", "note", "title"})


@dataclass(frozen=True)
class Parsed:
    """A text as a tree, as far as it could be read, and the faults met on the way.

    Of the lines in `broken` the value had to be left out; the keys in `lost` went altogether.
    """

    text: str
    root: MappingNode | None
    data: dict[str, Any] = field(default_factory=dict)
    faults: tuple[Diagnostic, ...] = ()
    broken: frozenset[int] = frozenset()
    lost: frozenset[str] = frozenset()
    repaired: Repaired = _UNREPAIRED

    @cached_property
    def lines(self) -> list[str]:
        """The text line by line, as the file has it."""
        return self.text.split("\n")

    def span(
        self, path: KeyPath, *, on_key: bool = False, part: tuple[int, int] | None = None
    ) -> Location:
        """Return where in the file the value at `path` is."""
        if self.root is None:
            return Location(1, 1, 2)
        return self.repaired.original(find_span(self.root, path, on_key=on_key, part=part))


def parse_bytes(content: bytes) -> Parsed:
    """Parse the content of a file; never raises."""
    text, fault = decode(content)
    parsed = parse(text)
    if fault is None:
        return parsed
    damaged = {number for number, line in enumerate(parsed.lines, 1) if DAMAGE in line}
    others = (it for it in parsed.faults if it.line not in damaged)
    return replace(parsed, faults=(fault, *others), broken=parsed.broken | damaged)


def parse(text: str) -> Parsed:
    """Parse a text; never raises."""
    resolved, conflicts = resolve_conflicts(text)
    repaired = repair(resolved)
    parsed = _parse_around_faults(repaired.text)
    others = (replace(it, location=repaired.original(it.location)) for it in parsed.faults)
    faults = (*conflicts, *repaired.faults, *others)
    return replace(parsed, text=text, faults=faults, repaired=repaired)


def parse_again(text: str) -> Parsed:
    """Parse a text that was parsed without a fault, for its positions alone."""
    return Parsed(text, compose(text))


def _parse_around_faults(text: str) -> Parsed:
    """Parse a text again and again, each time without the value that stopped the parser."""
    original = text.split("\n")
    root, data, lines, faults = None, dict[str, Any](), list(original), list[Diagnostic]()
    broken, lost, reported_once = set[int](), set[str](), False
    for _attempt in range(_MAX_ATTEMPTS):
        try:
            root, data, others = _compose("\n".join(lines))
        except UnreadableError as error:
            line = error.diagnostic.line
            is_repeated = error.once and reported_once
            if not (is_repeated or _is_consequence(line, original, broken)):
                faults.append(error.diagnostic)
                reported_once |= error.once
            if error.final or len(text) > _MAX_LENGTH:
                break
            _leave_out(line, lines, broken, lost)
        else:
            faults += (*others, *find_truncated_text(root, "\n".join(lines)))
            # Of an entry whose first line is missing, what stands there is said once.
            broken.update(it.line for it in others if not it.related_at)
            break
    else:
        # The first fault is one; what came after it may well be its consequence.
        del faults[1:]
    return Parsed(text, root, data, tuple(faults), frozenset(broken), frozenset(lost))


def _compose(text: str) -> tuple[MappingNode, dict[str, Any], list[Diagnostic]]:
    """Return the tree of a text, its data, and what is wrong with its keys."""
    root = compose(text)
    repeated: list[Diagnostic] = []
    data = to_data(root, repeated)
    if not repeated or not (merged := list(_split_merged_entries(root))):
        return root, data, repeated
    repeated.clear()
    return root, to_data(root, repeated), merged + repeated


def _is_consequence(line: int, lines: list[str], broken: set[int]) -> bool:
    """Whether a line was left out already, or is indented below one that was."""
    if line in broken or line > len(lines):
        return line in broken
    indentation = _indentation(lines[line - 1])
    for number in range(line - 1, 0, -1):
        if lines[number - 1].strip() and _indentation(lines[number - 1]) < indentation:
            return number in broken
    return False


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _leave_out(line: int, lines: list[str], broken: set[int], lost: set[str]) -> None:
    """Remove the value of a line; or the line, where that was of no help."""
    index = min(line, len(lines)) - 1
    if lines[index].startswith("---"):
        # A second document begins: the first is judged.
        del lines[index:]
        return
    keyed = re.match(_KEY_OF_LINE, lines[index])
    if keyed and line not in broken:
        lines[index] = keyed[1]
    else:
        lines[index] = ""
        lost.update({keyed[1].strip(" -:")} if keyed else ())
    broken.add(line)


def _split_merged_entries(node: Node) -> Iterator[Diagnostic]:
    """Split, in the tree itself, entries of lists whose first line is missing; yield the faults."""
    if isinstance(node, MappingNode):
        for _key, value in node.value:
            yield from _split_merged_entries(value)
    elif isinstance(node, SequenceNode):
        entries = []
        for entry in node.value:
            yield from _split_merged_entries(entry)
            first, *others = _split_entry(entry)
            yield from map(_merged_entry, others)
            entries += [first, *others]
        node.value = entries


def _split_entry(entry: Node) -> list[Node]:
    """Split a mapping where two keys in a row stand again; one may be a mere repetition."""
    if not isinstance(entry, MappingNode) or entry.flow_style:
        return [entry]
    keys = [key.value for key, _value in entry.value]
    parts: list[list[tuple[Node, Node]]] = [[]]
    for at, pair in enumerate(entry.value):
        known = {key.value for key, _value in parts[-1]}
        if len(keys) > at + 1 and known.issuperset(keys[at : at + 2]):
            parts.append([])
        parts[-1].append(pair)
    if len(parts) == 1:
        return [entry]
    return [MappingNode(entry.tag, it, it[0][0].start_mark, it[-1][1].end_mark) for it in parts]


def _merged_entry(entry: Node) -> Diagnostic:
    return error_at(
        "repeated-key",
        *position_of(entry.start_mark),
        _("from here on keys stand a second time: the line that begins a new entry is missing"),
        _("begin the entry with “- ” and its first key, as the other entries are; or delete it"),
    )


def find_truncated_text(root: Node, text: str) -> Iterator[Diagnostic]:
    """A fault for each sentence without quotes that a comment follows on its line."""
    if " #" not in text:
        return
    lines = text.split("\n")
    for sentence in _sentences(root):
        end = sentence.end_mark
        rest = lines[end.line][end.column :]
        if rest.lstrip().startswith("#"):
            yield error_at(
                "comment-in-text",
                end.line + 1,
                end.column + len(rest) - len(rest.lstrip()) + 1,
                _("what stands from here on is a comment, and no part of the text before it"),
                _("put the whole text in quotes; a comment goes on a line of its own"),
            )


def _sentences(node: Node) -> Iterator[ScalarNode]:
    """The values of the keys that hold sentences, as far as they stand without quotes."""
    if isinstance(node, SequenceNode):
        for entry in node.value:
            yield from _sentences(entry)
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            if not isinstance(value, ScalarNode):
                yield from _sentences(value)
            elif key.value in _SENTENCES and value.value and not value.style:
                yield value
