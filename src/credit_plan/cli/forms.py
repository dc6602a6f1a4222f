"""The files that `fmt` is asked for, and what each of them would be in its form."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from credit_plan.cli.scope import not_of
from credit_plan.diagnostic import Diagnostic
from credit_plan.errors import NoDataError
from credit_plan.form import canonical, mended
from credit_plan.language import _
from credit_plan.load.content import content, task_files
from credit_plan.load.locate import (
    FOLDERS,
    INDICATORS,
    RECORDS,
    Source,
    find,
    holding,
    located,
)
from credit_plan.load.placing import of_fault, of_finding
from credit_plan.load.shape import validate
from credit_plan.model import Facts, Indicators, Progress, Record, Registry, Task
from credit_plan.syntax import Parsed, parse_bytes
from credit_plan.syntax.fault import UnreadableError

_MODELS: Final[dict[str, type[Record]]] = dict(zip(RECORDS, (Facts, Registry), strict=True))
_OF_TASKS: Final[dict[str, type[Record]]] = dict(zip(FOLDERS, (Task, Progress), strict=True))


@dataclass(frozen=True, slots=True)
class Target:
    """A file of a plan, and the record that it holds."""

    source: Source
    path: Path
    model: type[Record]

    @property
    def is_recorded(self) -> bool:
        """Whether it is a file to which reports are added."""
        return self.model is Progress

    @property
    def file(self) -> str:
        """The file's name as a user would write it."""
        return self.source.shown(self.path)


@dataclass(frozen=True, slots=True)
class Formed:
    """A file's text, and the same in its form; `reasons` where it must be left as it is.

    `saved` is what the file held.
    """

    saved: bytes = b""
    before: str = ""
    after: str = ""
    encodings: tuple[str, str] | None = None
    reasons: tuple[Diagnostic, ...] = ()


def targets(paths: list[Path], data: Path | None) -> tuple[Target, ...]:
    """The files meant by files and folders, or all of the data where none is named.

    Raises UnknownNameError for a path that leads to no file of a plan, and NoDataError where
    there is none but the installed copy.
    """
    if not paths:
        source = find(data)
        if source.bundled:
            message = _(
                "there is no plan here, and the copy that came with the program is not edited"
            )
            raise NoDataError(message)
        return tuple(_all(source))
    named = None if data is None else find(data)
    meant = (it for path in paths for it in _below(path, named or holding(path)))
    return tuple(dict.fromkeys(meant))


def formed(target: Target) -> Formed:
    """What a file would be; raises OSError where it cannot be read at all."""
    try:
        saved = content(target.path, target.source.folder)
        parsed = parse_bytes(saved)
        if reasons := tuple(sorted(_reasons(parsed, target))):
            return Formed(reasons=reasons)
        after = canonical(parsed, target.model)
    except UnreadableError as error:
        return Formed(reasons=(of_fault(error.diagnostic, target.file),))
    mark = "\ufeff" if saved.startswith(BOM_UTF8) else ""
    foreign = any(fault.rule == "not-utf-8" for fault in parsed.faults)
    encodings = (_("not UTF-8"), "UTF-8") if foreign else None
    return Formed(saved, mark + parsed.text, after, encodings)


def _all(source: Source) -> Iterator[Target]:
    for name, model in _MODELS.items():
        yield Target(source, source.folder / name, model)
    if (source.folder / INDICATORS).exists():
        yield Target(source, source.folder / INDICATORS, Indicators)
    for name, model in _OF_TASKS.items():
        files, _strays = task_files(source.folder, name)
        yield from (Target(source, path, model) for path in files)


def _below(path: Path, source: Source) -> tuple[Target, ...]:
    """The files of the data that a path names, or that are in the folder that it names."""
    wanted = located(path)
    meant = tuple(it for it in _all(source) if located(it.path).is_relative_to(wanted))
    if meant:
        return meant
    raise not_of(source, path)


def _reasons(parsed: Parsed, target: Target) -> Iterator[Diagnostic]:
    """What keeps a file from being written in its form: what no mend puts right with certainty."""
    for fault in parsed.faults:
        if not fault.fixable:
            yield of_fault(fault, target.file, parsed.lines)
    if parsed.root is None:
        return
    outcome = validate(target.model, mended(parsed.data, target.model), target.file)
    if isinstance(outcome, tuple):
        yield from filter(None, (of_finding(finding, parsed) for finding in outcome))
