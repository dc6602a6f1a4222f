"""Reads a whole file, also behind a fault: every fault is found in one run, none hides another.

What was surely meant otherwise is put right first. Where libyaml stops, the value of that line
is left out and the rest read again; of the values that are left out nothing more is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from credit_plan.diagnostics import Diagnostic, KeyPath, Location
from credit_plan.i18n import _
from credit_plan.yaml.decode import DAMAGE, decode, decode_damaged, decode_legacy
from credit_plan.yaml.errors import UnreadableError, error_at, position_of
from credit_plan.yaml.nodes import Span, compose, find_span, iter_continued_lines, to_data
from credit_plan.yaml.repair import Repaired, repair, resolve_conflicts

_MOST: Final = 20
"""So many times a text is read again behind a fault."""

_LARGE: Final = 100_000
"""A text with more characters is not read again."""

_KEY_OF_LINE: Final = r"^(\s*(?:- )?(?:[A-Za-z_]+)[ \t]*:)(?:\s.*|$)"
_AS_IT_IS: Final = Repaired("")


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
    put_right: Repaired = _AS_IT_IS

    @cached_property
    def lines(self) -> list[str]:
        """The text line by line, as the file has it."""
        return self.text.split("\n")

    def span(
        self, place: KeyPath, *, on_key: bool = False, part: tuple[int, int] | None = None
    ) -> Span:
        """Where the value at `place` stands in the file itself."""
        if self.root is None:
            return Span(1, 1, 2)
        found = find_span(self.root, place, on_key=on_key, part=part)
        column, end = (self.put_right.column(found.line, it) for it in (found.column, found.end))
        return Span(found.line, column, end)


def parse_bytes(content: bytes) -> Parsed:
    """The content of a file as a tree with its faults; never raises."""
    try:
        return parse(decode(content))
    except UnreadableError as error:
        text = decode_legacy(content) if error.diagnostic.fixable else None
        parsed = _parse_damaged(decode_damaged(content)) if text is None else parse(text)
        return replace(parsed, faults=(error.diagnostic, *parsed.faults))


def _parse_damaged(text: str) -> Parsed:
    """A text in which marks stand for what was no text; of their lines nothing more is said."""
    damaged = frozenset(at for at, line in enumerate(text.split("\n"), 1) if DAMAGE in line)
    parsed = parse(text)
    faults = tuple(it for it in parsed.faults if it.line not in damaged)
    return replace(parsed, faults=faults, broken=parsed.broken | damaged)


def parse(text: str) -> Parsed:
    """A text as a tree with its faults; never raises."""
    resolved, conflicts = resolve_conflicts(text)
    put_right = repair(resolved, _continued)
    reading = _Reading(put_right.text)
    root, data = reading.read()
    faults = [*conflicts, *put_right.faults]
    faults += [_as_in_file(fault, put_right) for fault in reading.faults]
    return Parsed(
        text,
        root,
        data,
        tuple(faults),
        frozenset(reading.broken),
        frozenset(reading.lost),
        put_right,
    )


def _as_in_file(fault: Diagnostic, put_right: Repaired) -> Diagnostic:
    """The fault at the column that the file itself has."""
    line, column = fault.line, put_right.column(fault.line, fault.column)
    return fault.at(
        Location(line, column, column + fault.end_column - fault.column), fault.related_at
    )


def parse_again(parsed_text: str) -> Parsed:
    """A text that was parsed without a fault, for its positions alone."""
    return Parsed(parsed_text, compose(parsed_text))


def _continued(text: str) -> frozenset[int] | None:
    """The lines on which a value goes on from the line above; None for what is no YAML."""
    try:
        root = compose(text)
    except UnreadableError:
        return None
    return frozenset(iter_continued_lines(root))


@dataclass(slots=True)
class _Reading:
    """Reads a text again and again, each time without the line that stopped it."""

    text: str
    faults: list[Diagnostic] = field(default_factory=list)
    broken: set[int] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    said_once: bool = False

    def read(self) -> tuple[MappingNode | None, dict[str, Any]]:
        """The tree and its data; None where no line left out makes the text readable."""
        text = self.text
        for _attempt in range(_MOST):
            repeated: list[Diagnostic] = []
            try:
                root = compose(text)
                data = to_data(root, repeated)
                lost = tuple(split_merged_entries(root)) if repeated else ()
                if lost:
                    repeated.clear()
                    data = to_data(root, repeated)
            except UnreadableError as error:
                self._note(error)
                if error.final or len(text) > _LARGE:
                    return None, {}
                text = self._without(text, error.diagnostic.line)
            else:
                self.faults += (*lost, *repeated, *find_truncated_text(root, text))
                self.broken.update(fault.line for fault in lost)
                return root, data
        # The first fault is one; what came behind it may well be its consequence.
        del self.faults[1:]
        return None, {}

    def _note(self, error: UnreadableError) -> None:
        """Keeps a fault, unless it is the consequence of a line that was left out."""
        fault, said = error.diagnostic, error.once and self.said_once
        if not said and fault.line not in self.broken and not self._is_orphan(fault.line):
            self.faults.append(fault)
            self.said_once |= error.once

    def _is_orphan(self, line: int) -> bool:
        """Whether a line is indented below one that was left out."""
        lines = self.text.split("\n")
        own = _indentation(lines[line - 1]) if line <= len(lines) else 0
        above = next((it for it in range(line - 1, 0, -1) if _indentation_of(lines, it) < own), 0)
        return above in self.broken

    def _without(self, text: str, line: int) -> str:
        """The text without the value of a line; without the line where that was of no help."""
        lines = text.split("\n")
        index = min(line, len(lines)) - 1
        if lines[index].startswith("---"):
            # A second document begins: the first is judged.
            return "\n".join(lines[:index])
        keyed = re.match(_KEY_OF_LINE, lines[index])
        if keyed and line not in self.broken:
            lines[index] = keyed[1]
        else:
            if keyed:
                self.lost.add(keyed[1].strip(" -:"))
            lines[index] = ""
        self.broken.add(line)
        return "\n".join(lines)


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _indentation_of(lines: list[str], number: int) -> int:
    return _indentation(lines[number - 1]) if lines[number - 1].strip() else 1000


Pair = tuple[Node, Node]

_FEWEST = 2
"""So many keys in a row must stand a second time; one may be a mere repetition."""


def split_merged_entries(node: Node) -> Iterator[Diagnostic]:
    """Divides entries that ran together, in the tree itself; a fault for each that was lost."""
    if isinstance(node, MappingNode):
        for _key, value in node.value:
            yield from split_merged_entries(value)
    elif isinstance(node, SequenceNode):
        entries: list[Node] = []
        for entry in node.value:
            parts = list(_parts(entry))
            entries += parts
            yield from map(_lost_entry, parts[1:])
            yield from split_merged_entries(entry)
        node.value = entries


def _parts(entry: Node) -> Iterator[Node]:
    """The entries that one mapping on lines of its own is made of, nearly always itself alone."""
    if not isinstance(entry, MappingNode) or entry.flow_style:
        yield entry
        return
    starts = [0, *_beginnings(entry.value), len(entry.value)]
    if len(starts) == _FEWEST:
        yield entry
        return
    for start, end in pairwise(starts):
        pairs = entry.value[start:end]
        yield MappingNode(entry.tag, pairs, pairs[0][0].start_mark, pairs[-1][1].end_mark)


def _beginnings(pairs: list[Pair]) -> Iterator[int]:
    """The positions from which on keys stand again that stood before."""
    keys = [key.value for key, _value in pairs]
    start = 0
    for at in range(1, len(keys)):
        again = set(keys[start:at])
        if keys[at] in again and set(keys[at : at + _FEWEST]) <= again and at + 1 < len(keys):
            yield at
            start = at


def _lost_entry(entry: Node) -> Diagnostic:
    return error_at(
        "repeated-key",
        *position_of(entry.start_mark),
        _("from here on keys stand a second time: the line that begins a new entry is missing"),
        _("begin the entry with “- ” and its first key, as the other entries are; or delete it"),
    )


_SENTENCES: Final = frozenset({"task", "text", "target", "note", "title"})


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
