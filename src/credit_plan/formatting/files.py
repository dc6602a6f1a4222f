"""The files that `fmt` is asked for, and what each of them would be in its form."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from credit_plan.diagnostics import Diagnostic
from credit_plan.errors import NoDataError
from credit_plan.formatting.canonical import format_text
from credit_plan.formatting.values import fix_record
from credit_plan.i18n import _
from credit_plan.loader.files import list_task_files, read_bytes
from credit_plan.loader.locate import (
    FOLDERS,
    INDICATORS,
    RECORDS,
    Source,
    find_containing,
    find_data,
    normalize,
    not_of,
)
from credit_plan.loader.reader import locate, with_file
from credit_plan.loader.validate import validate
from credit_plan.models.indicators import Indicators
from credit_plan.models.progress import Progress
from credit_plan.models.records import PlanMetadata, Record, Registry, Task
from credit_plan.yaml.errors import UnreadableError
from credit_plan.yaml.parse import Parsed, parse_bytes

_MODELS: Final[dict[str, type[Record]]] = dict(zip(RECORDS, (PlanMetadata, Registry), strict=True))
_OF_TASKS: Final[dict[str, type[Record]]] = dict(zip(FOLDERS, (Task, Progress), strict=True))


@dataclass(frozen=True, slots=True)
class FileTarget:
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
class Formatted:
    """A file's text, and the same in its form; `reasons` where it must be left as it is.

    `saved` is what the file held.
    """

    saved: bytes = b""
    before: str = ""
    after: str = ""
    encodings: tuple[str, str] | None = None
    reasons: tuple[Diagnostic, ...] = ()


def find_targets(paths: list[Path], data: Path | None) -> tuple[FileTarget, ...]:
    """The files meant by files and folders, or all of the data where none is named.

    Raises UnknownNameError for a path that leads to no file of a plan, and NoDataError where
    there is none but the installed copy.
    """
    if not paths:
        source = find_data(data)
        if source.bundled:
            message = _(
                "there is no plan here, and the copy that came with the program is not edited"
            )
            raise NoDataError(message)
        return tuple(_all(source))
    named = None if data is None else find_data(data)
    meant = (it for path in paths for it in _below(path, named or find_containing(path)))
    return tuple(dict.fromkeys(meant))


def format_file(target: FileTarget) -> Formatted:
    """What a file would be; raises OSError where it cannot be read at all."""
    try:
        saved = read_bytes(target.path, target.source.folder)
        parsed = parse_bytes(saved)
        if reasons := tuple(sorted(_reasons(parsed, target))):
            return Formatted(reasons=reasons)
        after = format_text(parsed, target.model)
    except UnreadableError as error:
        return Formatted(reasons=(with_file(error.diagnostic, target.file),))
    mark = "\ufeff" if saved.startswith(BOM_UTF8) else ""
    foreign = any(fault.rule == "not-utf-8" for fault in parsed.faults)
    encodings = (_("not UTF-8"), "UTF-8") if foreign else None
    return Formatted(saved, mark + parsed.text, after, encodings)


def _all(source: Source) -> Iterator[FileTarget]:
    for name, model in _MODELS.items():
        yield FileTarget(source, source.folder / name, model)
    if (source.folder / INDICATORS).exists():
        yield FileTarget(source, source.folder / INDICATORS, Indicators)
    for name, model in _OF_TASKS.items():
        files, _strays = list_task_files(source.folder, name)
        yield from (FileTarget(source, path, model) for path in files)


def _below(path: Path, source: Source) -> tuple[FileTarget, ...]:
    """The files of the data that a path names, or that are in the folder that it names."""
    wanted = normalize(path)
    meant = tuple(it for it in _all(source) if normalize(it.path).is_relative_to(wanted))
    if meant:
        return meant
    raise not_of(source, path)


def _reasons(parsed: Parsed, target: FileTarget) -> Iterator[Diagnostic]:
    """What keeps a file from being written in its form: what no mend puts right with certainty."""
    for fault in parsed.faults:
        if not fault.fixable:
            yield with_file(fault, target.file, parsed.lines)
    if parsed.root is None:
        return
    outcome = validate(target.model, fix_record(parsed.data, target.model), target.file)
    if isinstance(outcome, tuple):
        yield from filter(None, (locate(finding, parsed) for finding in outcome))
