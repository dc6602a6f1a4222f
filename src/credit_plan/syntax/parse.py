"""Reads a whole file, also behind a fault: every fault is found in one run, none hides another.

What was surely meant otherwise is put right first. Where libyaml stops, the value of that line
is left out and the rest read again; of the values that are left out nothing more is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

from yaml.nodes import MappingNode

from credit_plan.diagnostic import Diagnostic, KeyPath, Location
from credit_plan.syntax.comments import swallowed
from credit_plan.syntax.entries import divide
from credit_plan.syntax.fault import UnreadableError
from credit_plan.syntax.mend import Mended, mended
from credit_plan.syntax.merge import unmerged
from credit_plan.syntax.span import Span, continued_lines, span
from credit_plan.syntax.text import DAMAGE, deciphered, decode, undamaged
from credit_plan.syntax.tree import compose, plain

_MOST: Final = 20
"""So many times a text is read again behind a fault."""

_LARGE: Final = 100_000
"""A text with more characters is not read again."""

_KEY: Final = r"^(\s*(?:- )?(?:[A-Za-z_]+)[ \t]*:)(?:\s.*|$)"
_AS_IT_IS: Final = Mended("")


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
    put_right: Mended = _AS_IT_IS

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
        found = span(self.root, place, on_key=on_key, part=part)
        column, end = (self.put_right.column(found.line, it) for it in (found.column, found.end))
        return Span(found.line, column, end)


def parse_bytes(content: bytes) -> Parsed:
    """The content of a file as a tree with its faults; never raises."""
    try:
        return parse(decode(content))
    except UnreadableError as error:
        text = deciphered(content) if error.diagnostic.fixable else None
        parsed = _parse_damaged(undamaged(content)) if text is None else parse(text)
        return replace(parsed, faults=(error.diagnostic, *parsed.faults))


def _parse_damaged(text: str) -> Parsed:
    """A text in which marks stand for what was no text; of their lines nothing more is said."""
    damaged = frozenset(at for at, line in enumerate(text.split("\n"), 1) if DAMAGE in line)
    parsed = parse(text)
    faults = tuple(it for it in parsed.faults if it.line not in damaged)
    return replace(parsed, faults=faults, broken=parsed.broken | damaged)


def parse(text: str) -> Parsed:
    """A text as a tree with its faults; never raises."""
    resolved, conflicts = unmerged(text)
    put_right = mended(resolved, _continued)
    reading = _Reading(put_right.text)
    root, data = reading.read()
    faults = [*conflicts, *put_right.faults]
    faults += [
        _as_in_file(fault, put_right) for fault in reading.faults
    ]
    return Parsed(
        text,
        root,
        data,
        tuple(faults),
        frozenset(reading.broken),
        frozenset(reading.lost),
        put_right,
    )


def _as_in_file(fault: Diagnostic, put_right: Mended) -> Diagnostic:
    """The fault at the column that the file itself has."""
    line, column = fault.line, put_right.column(fault.line, fault.column)
    return fault.at(Location(line, column, column + fault.end_column - fault.column), fault.related_at)


def parse_again(parsed_text: str) -> Parsed:
    """A text that was parsed without a fault, for its positions alone."""
    return Parsed(parsed_text, compose(parsed_text))


def _continued(text: str) -> frozenset[int] | None:
    """The lines on which a value goes on from the line above; None for what is no YAML."""
    try:
        root = compose(text)
    except UnreadableError:
        return None
    return frozenset(continued_lines(root))


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
                data = plain(root, repeated)
                lost = tuple(divide(root)) if repeated else ()
                if lost:
                    repeated.clear()
                    data = plain(root, repeated)
            except UnreadableError as error:
                self._note(error)
                if error.final or len(text) > _LARGE:
                    return None, {}
                text = self._without(text, error.diagnostic.line)
            else:
                self.faults += (*lost, *repeated, *swallowed(root, text))
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
        keyed = re.match(_KEY, lines[index])
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
