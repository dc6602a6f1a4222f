"""A file of progress with more entries at its end, and all that it had as it was."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from yaml.nodes import MappingNode

from credit_plan.cli.data import load_and_check
from credit_plan.diagnostics import Diagnostic
from credit_plan.errors import MisstatedError, UnsoundPlanError
from credit_plan.formatting.canonical import format_text
from credit_plan.formatting.values import double_quote
from credit_plan.i18n import _
from credit_plan.loader.files import read_bytes
from credit_plan.loader.locate import PROGRESS, Source
from credit_plan.models.draft import task_file, task_number
from credit_plan.models.progress import Entry, Progress
from credit_plan.yaml.errors import UnreadableError
from credit_plan.yaml.parse import parse, parse_bytes

EMPTY_FILE: Final = b"# yaml-language-server: $schema=../schema/progress.json\nentries:\n"
"""A file of progress before its first entry."""

_MARGIN: Final = "  "
"""What the lines of an entry begin with in the one form that a file has."""


def append_entries(saved: bytes, entries: Sequence[Entry]) -> bytes | None:
    """The bytes of a file of progress with the entries at its end.

    What was there stays byte for byte; only a last line without an end is given one. None where
    the file, because of its form or of its faults, would not say what it said and the entries.
    Raises UnreadableError for an entry that no file could hold.
    """
    before = parse_bytes(saved)
    if before.faults or before.root is None:
        return None
    data = [_data(entry) for entry in entries]
    lines = _entry_lines(data, _margin(before.root))
    end = "\r\n" if saved[: saved.rfind(b"\n")].endswith(b"\r") else "\n"
    last = "" if saved.endswith(b"\n") else end
    after = saved + "".join((last, *(f"{line}{end}" for line in lines))).encode()
    again = parse_bytes(after)
    said = before.data | {"entries": [*(before.data.get("entries") or ()), *data]}
    return after if not again.faults and again.data == said else None


def _data(entry: Entry) -> dict[str, Any]:
    """An entry as the plain data that a file has of it, without what is not there."""
    return entry.model_dump(mode="json", exclude_defaults=True)


def _entry_lines(data: list[dict[str, Any]], margin: str) -> Iterator[str]:
    """The lines of entries in their form, behind the margin that the list has."""
    written = "".join(_written(entry) for entry in data)
    _key, *lines = format_text(parse(f"entries:\n{written}"), Progress).rstrip("\n").split("\n")
    return (f"{margin}{line.removeprefix(_MARGIN)}" for line in lines)


def _written(entry: dict[str, Any]) -> str:
    """An entry in some form of YAML; which one a file has is for `canonical` to say."""
    return "- " + "\n  ".join(f"{key}: {_flow(it)}" for key, it in entry.items()) + "\n"


def _flow(value: Any) -> str:  # noqa: ANN401  plain data
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow(it)}' for key, it in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return double_quote(value)


def _margin(root: MappingNode) -> str:
    """What the dashes of the list stand behind."""
    values = (value for key, value in root.value if key.value == "entries" and value.value)
    return next((" " * value.start_mark.column for value in values), _MARGIN)


@dataclass(frozen=True, slots=True)
class PendingEntry:
    """An entry that is to be written, and the line it was read from; 0 for one that was typed."""

    entry: Entry
    line: int = 0


@dataclass(frozen=True)
class Addition:
    """A file with entries added at its end; `held` is None where there is no such file yet."""

    path: Path
    file: str
    held: bytes | None
    content: bytes
    made: tuple[PendingEntry, ...]

    @property
    def first(self) -> int:
        """The line on which the first of the entries begins, from 1."""
        held = EMPTY_FILE if self.held is None else self.held
        return held.count(b"\n") + 1 + (not held.endswith(b"\n"))

    def has(self, diagnostic: Diagnostic) -> bool:
        """Whether something is said of an entry that is added."""
        return diagnostic.file == self.file and diagnostic.line >= self.first

    def origin(self, diagnostic: Diagnostic) -> int:
        """The line from which the entry was read that something is said of."""
        begun = bisect_right(self._starts, diagnostic.line)
        return self.made[begun - 1].line

    @cached_property
    def _starts(self) -> list[int]:
        """The line on which each of the entries begins."""
        parsed = parse_bytes(self.content)
        before = len(parsed.data["entries"]) - len(self.made)
        return [parsed.locate(("entries", before + at)).line for at in range(len(self.made))]


def make_additions(source: Source, made: Iterable[PendingEntry]) -> tuple[Addition, ...]:
    """The files that the entries belong in, with the entries in the order in which they are given.

    Raises UnsoundPlanError where a file can take none, MisstatedError for an entry that no file
    could hold.
    """
    by_task = sorted(made, key=_task_of_entry)
    return tuple(
        _addition(source, source.folder / PROGRESS / task_file(task), tuple(of_task))
        for task, of_task in groupby(by_task, key=_task_of_entry)
    )


def check_additions(source: Source, added: tuple[Addition, ...]) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with the data as it will be, but for evidence of old reports."""
    unsaved = {it.path: it.content for it in added}
    # The digests of the new ones were just taken.
    _loaded, found = load_and_check(source, verbose=False, unsaved=unsaved, with_evidence=False)
    return found


def _task_of_entry(made: PendingEntry) -> int:
    return task_number(made.entry.measure)


def _addition(source: Source, path: Path, made: tuple[PendingEntry, ...]) -> Addition:
    file = source.display(path)
    entries = [it.entry for it in made]
    try:
        there = path.is_symlink() or path.exists()
        held = read_bytes(path, source.folder) if there else None
    except UnreadableError as error:
        said = f"{file}: {error.diagnostic.message}"
        raise UnsoundPlanError(said) from None
    try:
        added = append_entries(EMPTY_FILE if held is None else held, entries)
    except UnreadableError as error:
        message = _("this report cannot be written as YAML: {hint}")
        raise MisstatedError(message.format(hint=error.diagnostic.hint)) from None
    if added is None:
        message = _(
            "{file} is written so that nothing can be added at its end: bring it to its form with "
            "“credit-plan fmt {file}”, then record again"
        )
        raise UnsoundPlanError(message.format(file=file))
    return Addition(path, file, held, added, made)
