"""Parse a whole file, also after an error: all errors are found in one run.

What can be repaired with certainty is repaired first. Where libyaml stops, the value of that line
is left out and the rest is parsed again; nothing more is reported about that value.
"""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from yaml.nodes import MappingNode

from credit_plan.diagnostics import Diagnostic, KeyPath, Location, limit
from credit_plan.yaml.conflicts import resolve_conflicts
from credit_plan.yaml.decode import DAMAGE, decode
from credit_plan.yaml.errors import UnreadableError
from credit_plan.yaml.nodes import compose, find_location, to_data
from credit_plan.yaml.repair import Repaired, repair

_MAX_REPAIRS = 3
"""Without the edits that proved wrong, the second repair is right as good as always."""

_MAX_ATTEMPTS = 20
_MAX_LENGTH = 100_000
"""A text with more characters is not parsed again after an error."""

_UNREPAIRED = Repaired("")
_KEY_OF_LINE = r"^(\s*(?:- )?(?:[A-Za-z_]+)[ \t]*:)(?:\s.*|$)"


@dataclass(frozen=True)
class Parsed:
    """The tree and data of a text, as far as it could be parsed, and what is wrong with it.

    `broken` are the lines whose values had to be left out, `lost` the keys left out with them. If
    the text is `cut_off`, whatever should follow its end is lost.
    """

    text: str
    root: MappingNode | None
    data: dict[str, Any] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    broken: frozenset[int] = frozenset()
    lost: frozenset[str] = frozenset()
    repaired: Repaired = _UNREPAIRED
    cut_off: bool = False

    @cached_property
    def lines(self) -> list[str]:
        """Return the text line by line, without line ends."""
        return [line.rstrip("\r") for line in self.text.split("\n")]

    def locate(
        self, path: KeyPath, *, on_key: bool = False, part: tuple[int, int] | None = None
    ) -> Location:
        """Return where in the file the value at `path` is."""
        if self.root is None:
            return self.in_file(Location(1, 1, 2))
        return self.in_file(
            self.repaired.original(find_location(self.root, path, on_key=on_key, part=part))
        )

    def in_file(self, location: Location) -> Location:
        """Return a location with its line of the file."""
        source = "".join(self.lines[location.line - 1 : location.line])
        return replace(location, source=source)


def parse_sound(content: bytes) -> Parsed | None:
    """Parse the content of a file as it is written; return None if there is anything to report.

    It does in one pass what `parse_bytes` does, with the same result, for nearly every file.
    """
    text, diagnostic = decode(content)
    if diagnostic or resolve_conflicts(text)[1]:
        return None
    repeated: list[Diagnostic] = []
    try:
        root = compose(text)
        data = to_data(root, repeated)
    except UnreadableError:
        return None
    return None if repeated else Parsed(text, root, data, repaired=Repaired(text))


def parse_bytes(content: bytes, file: str = "", *, repairing: bool = True) -> Parsed:
    """Parse the content of a file, which the diagnostics name; never raise.

    A text whose data is what it should be must be parsed as it is written, not `repairing`: marks
    that look like mistakes are part of its values.
    """
    text, diagnostic = decode(content)
    parsed = parse(text, repairing=repairing)
    diagnostics, broken = parsed.diagnostics, parsed.broken
    if diagnostic:
        # Where the text is sound in another encoding, nothing was replaced by DAMAGE.
        lines = () if diagnostic.fixable else enumerate(parsed.lines, 1)
        damaged = {number for number, line in lines if DAMAGE in line}
        diagnostics = (diagnostic, *(it for it in diagnostics if it.line not in damaged))
        broken |= damaged
    if not diagnostics:
        return parsed
    diagnostics = tuple(
        replace(
            it,
            file=file,
            location=parsed.in_file(it.location),
            related_at=it.related_at and f"{file}:{it.related_at}",
        )
        for it in diagnostics
    )
    return replace(parsed, diagnostics=diagnostics, broken=broken)


def parse(text: str, *, repairing: bool = True) -> Parsed:
    """Parse a text; never raise."""
    resolved, conflicts = resolve_conflicts(text)
    parsed = _repair_and_parse(resolved) if repairing else _parse_around_errors(resolved)
    repaired = parsed.repaired
    others = (replace(it, location=repaired.original(it.location)) for it in parsed.diagnostics)
    # A file may hold more marks than memory has room for their diagnostics.
    diagnostics = (*conflicts, *limit(repaired.explain()), *others)
    return replace(parsed, text=text, diagnostics=diagnostics)


def _repair_and_parse(text: str) -> Parsed:
    """Repair a text and parse it; if a repair would change a value, it is left out."""
    left_alone = frozenset[tuple[int, int]]()
    for _attempt in range(_MAX_REPAIRS):
        repaired = repair(text, left_alone)
        parsed = _parse_around_errors(repaired.text)
        misplaced = repaired.find_misplaced(parsed.root)
        if not misplaced:
            return replace(parsed, repaired=repaired)
        left_alone |= misplaced
    return _parse_around_errors(text)


def _parse_around_errors(text: str) -> Parsed:
    """Parse a text again and again, each time without the value that stopped the parser."""
    original = text.split("\n")
    root, data, lines, diagnostics = None, dict[str, Any](), list(original), list[Diagnostic]()
    broken, lost, reported_once = set[int](), set[str](), False
    for _attempt in range(_MAX_ATTEMPTS):
        try:
            tree, repeated = compose("\n".join(lines)), list[Diagnostic]()
            root, data = tree, to_data(tree, repeated)
        except UnreadableError as error:
            line = error.diagnostic.line
            is_repeated = error.once and reported_once
            if not (is_repeated or _is_consequence(line, original, broken)):
                diagnostics.append(error.diagnostic)
                reported_once |= error.once
            if error.final or len(text) > _MAX_LENGTH:
                break
            _leave_out(line, lines, broken, lost)
        else:
            diagnostics += repeated
            # Where the first line of an entry is missing, nothing more is reported.
            broken.update(it.line for it in repeated if not it.related_at)
            break
    else:
        # The first error is certain; those after it may be its consequences.
        del diagnostics[1:]
    return Parsed(
        text,
        root,
        data,
        tuple(diagnostics),
        frozenset(broken),
        frozenset(lost),
        Repaired(text),
    )


def _is_consequence(line: int, lines: list[str], broken: set[int]) -> bool:
    """Return whether a line was left out already, or is indented below one that was."""
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
    """Remove the value of a line, or the whole line if that did not help."""
    index = min(line, len(lines)) - 1
    if lines[index].startswith("---"):
        # A second document begins: the first is checked.
        del lines[index:]
        return
    keyed = re.match(_KEY_OF_LINE, lines[index])
    if keyed and line not in broken:
        lines[index] = keyed[1]
    else:
        lines[index] = ""
        lost.update({keyed[1].strip(" -:")} if keyed else ())
    broken.add(line)
