"""What is to be added to the files of progress, and what the rules say of it before it is there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path

from credit_plan.cli.plans import examined
from credit_plan.diagnostic import Diagnostic
from credit_plan.errors import MisstatedError, UnsoundPlanError
from credit_plan.form import EMPTY, appended
from credit_plan.language import _
from credit_plan.load.content import content
from credit_plan.load.locate import PROGRESS, Source
from credit_plan.model import Entry, task_file, task_of
from credit_plan.syntax import parse_bytes
from credit_plan.syntax.fault import UnreadableError


@dataclass(frozen=True, slots=True)
class Made:
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
    made: tuple[Made, ...]

    @property
    def first(self) -> int:
        """The line on which the first of the entries begins, from 1."""
        held = EMPTY if self.held is None else self.held
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
        return [parsed.span(("entries", before + at)).line for at in range(len(self.made))]


def additions(source: Source, made: Iterable[Made]) -> tuple[Addition, ...]:
    """The files that the entries belong in, with the entries in the order in which they are given.

    Raises UnsoundPlanError where a file can take none, MisstatedError for an entry that no file
    could hold.
    """
    by_task = sorted(made, key=_task)
    return tuple(
        _addition(source, source.folder / PROGRESS / task_file(task), tuple(of_task))
        for task, of_task in groupby(by_task, key=_task)
    )


def judged(source: Source, added: tuple[Addition, ...]) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with the data as it will be, but for evidence of old reports."""
    unsaved = {it.path: it.content for it in added}
    # The digests of the new ones were just taken.
    _loaded, found = examined(source, verbose=False, unsaved=unsaved, with_evidence=False)
    return found


def _task(made: Made) -> int:
    return task_of(made.entry.measure)


def _addition(source: Source, path: Path, made: tuple[Made, ...]) -> Addition:
    file = source.shown(path)
    entries = [it.entry for it in made]
    try:
        there = path.is_symlink() or path.exists()
        held = content(path, source.folder) if there else None
    except UnreadableError as error:
        said = f"{file}: {error.diagnostic.message}"
        raise UnsoundPlanError(said) from None
    try:
        added = appended(EMPTY if held is None else held, entries)
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
