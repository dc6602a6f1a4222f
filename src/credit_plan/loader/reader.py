"""Read the data of a plan: each file becomes a record and diagnostics, all of them a draft."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, Generic, TypeVar

from credit_plan.diagnostics import Diagnostic, KeyPath
from credit_plan.loader import files, locate, recover
from credit_plan.loader.validate import find_truncated_text, validate
from credit_plan.models.draft import Draft, Located
from credit_plan.models.indicators import Indicator, Indicators
from credit_plan.models.progress import Entry, Progress
from credit_plan.models.records import PlanMetadata, Record, Registry, Task
from credit_plan.plan import RecordKind
from credit_plan.yaml.errors import UnreadableError
from credit_plan.yaml.parse import Parsed, parse, parse_bytes

RecordT = TypeVar("RecordT", bound=Record)

_KINDS = {str(kind): kind for kind in RecordKind}


@dataclass(frozen=True, slots=True)
class FileResult(Generic[RecordT]):
    """What a file holds: its bytes, its tree, its record if it is one, and what is wrong with it.

    `parsed` is None for a file that could not be opened. At the paths in `invalid` the data is
    not what its model asks for.
    """

    file: str
    content: bytes = b""
    parsed: Parsed | None = None
    record: RecordT | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    invalid: tuple[KeyPath, ...] = ()


def read_file(
    source: locate.Source,
    path: Path,
    model: type[RecordT],
    unsaved: bytes | None = None,
    fix: Callable[[Any, type[Record]], Any] | None = None,
) -> FileResult[RecordT]:
    """Read, parse and validate one file, or what an editor has not saved of it yet.

    The data is validated as `fix` returns it.
    """
    file = source.display(path)
    try:
        if unsaved is not None:
            files.check_size(len(unsaved))
        content = files.read_bytes(path, source.folder) if unsaved is None else unsaved
    except UnreadableError as error:
        return FileResult(file, diagnostics=(replace(error.diagnostic, file=file),))
    parsed = parse_bytes(content, file)
    if parsed.root is None:
        return FileResult(file, content, parsed, diagnostics=parsed.diagnostics)
    outcome = validate(model, fix(parsed.data, model) if fix else parsed.data, file)
    invalid = outcome if isinstance(outcome, tuple) else ()
    return FileResult(
        file,
        content,
        parsed,
        None if isinstance(outcome, tuple) else outcome,
        (*parsed.diagnostics, *find_truncated_text(parsed, model, file), *_locate(invalid, parsed)),
        tuple(it.path for it in invalid),
    )


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a folder holds: the records, what is wrong with files, and the texts to find lines in.

    Files with faults are kept with their positions, in `faulty`.
    """

    draft: Draft
    diagnostics: tuple[Diagnostic, ...]
    texts: dict[str, str]
    faulty: dict[str, Parsed]

    def files(self) -> frozenset[str]:
        """Return the name of every file that was met, whether it could be read or not."""
        return frozenset(self.texts).union(self.draft.unread)

    def locate(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield diagnostics of the records, file by file, with the lines of the values they name.

        A faulty file is parsed once for all of them.
        """
        by_file = sorted(diagnostics, key=_file)
        for file, of_file in groupby(by_file, key=_file):
            parsed = self._parsed(file)
            for it in _locate(of_file, parsed):
                yield replace(it, related_at=self._locate_related(it, parsed))

    def _locate_related(self, diagnostic: Diagnostic, parsed: Parsed) -> str:
        """Return where the other value of a diagnostic is, most often in the same file."""
        if diagnostic.related is None:
            return ""
        file, path = diagnostic.related
        location = (parsed if file == diagnostic.file else self._parsed(file)).locate(path)
        return f"{file}:{location.line}:{location.column}"

    def _parsed(self, file: str) -> Parsed:
        """Return a file with its positions; of thousands, only those with faults were kept."""
        return self.faulty.get(file) or parse(self.texts[file])


def load(
    source: locate.Source,
    unsaved: Mapping[Path, bytes] | None = None,
    today: date = date.max,
    *,
    reports: bool = True,
    with_evidence: bool = False,
) -> Loaded:
    """Read everything in the folder. Raises OSError where the folder itself is closed.

    `unsaved` holds what an editor has not written yet, by the path of the file it is for;
    `today` is the day after which no report can be. Without `reports` the plan is read as it was
    published, and what was reported since is left alone. `with_evidence` reads the files that the
    reports name, which may be many and large, as well.
    """
    loader = _Loader(source, unsaved or {})
    metadata = loader.load_record(locate.PLAN, PlanMetadata, recover.recover_metadata)
    registry = loader.load_registry()
    tasks = tuple(loader.load_tasks())
    indicators = tuple(loader.load_indicators())
    entries = tuple(loader.load_entries()) if reports else ()
    loader.add_unexpected(files.find_unexpected_files(source))
    evidence = None
    if with_evidence:
        named = {it.file for entry in entries for it in entry.record.evidence if it.file}
        evidence = files.compute_digests(source.folder, named)
    unread = loader.unread
    draft = Draft(metadata, registry, tasks, unread, indicators, entries, evidence, today)
    return Loaded(draft, tuple(loader.diagnostics), loader.texts, loader.faulty)


@dataclass(slots=True)
class _Loader:
    """Reads file after file, and gathers what is wrong with them."""

    source: locate.Source
    unsaved: Mapping[Path, bytes]
    diagnostics: list[Diagnostic] = field(default_factory=list)
    unread: dict[str, RecordKind | None] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    faulty: dict[str, Parsed] = field(default_factory=dict)

    def load_record(
        self,
        name: str,
        model: type[RecordT],
        recover_record: Callable[[dict[str, Any], Sequence[KeyPath], str], RecordT | None],
    ) -> Located[RecordT] | None:
        """Return the record in a file, or what can be judged of it; None where that is nothing."""
        result = self._read(self.source.folder / name, model)
        record = result.record
        if record is None and result.parsed and result.parsed.root:
            record = recover_record(result.parsed.data, result.invalid, result.file)
        return Located(result.file, record) if record else None

    def load_registry(self) -> Located[Registry] | None:
        """Return the units; None where a key stands twice, which may be all that is left of one."""
        registry = self.load_record(locate.UNITS, Registry, recover.recover_registry)
        parsed = self.faulty.get(registry.file) if registry else None
        diagnostics = parsed.diagnostics if parsed else ()
        return None if any(it.rule == "repeated-key" for it in diagnostics) else registry

    def load_tasks(self) -> Iterator[Located[Task]]:
        """Yield the tasks."""
        for name in self._list_files(locate.MEASURES):
            if task := self.load_record(name, Task, recover.recover_task):
                yield task

    def load_indicators(self) -> Iterator[Located[Indicator]]:
        """Yield the indicators of a plan that has some."""
        path = self.source.folder / locate.INDICATORS
        if path in self.unsaved or os.path.lexists(path):
            yield from self._load_list(locate.INDICATORS, Indicators, "indicators", Indicator)

    def load_entries(self) -> Iterator[Located[Entry]]:
        """Yield what was reported."""
        for name in self._list_files(locate.PROGRESS):
            yield from self._load_list(name, Progress, "entries", Entry)

    def add_unexpected(self, found: Iterable[tuple[Path, Diagnostic]]) -> None:
        """Keep what is wrong with files that are none of the plan."""
        for path, diagnostic in found:
            self._mark_unread(path)
            self.diagnostics.append(diagnostic)

    def _load_list(
        self, name: str, model: type[Record], key: str, entry: type[RecordT]
    ) -> Iterator[Located[RecordT]]:
        """Yield the entries of a file that is one list; of a faulty file those that are records."""
        result = self._read(self.source.folder / name, model)
        entries: Iterable[tuple[int, RecordT]] = ()
        if result.record:
            entries = enumerate(getattr(result.record, key))
        elif result.parsed:
            entries = recover.recover_entries(result.parsed.data.get(key), entry)
        for at, record in entries:
            yield Located(result.file, record, (key, at))

    def _list_files(self, name: str) -> list[str]:
        """Return the files in one of the FOLDERS, and those that an editor has not saved there."""
        self.add_unexpected(files.find_unexpected_in(self.source, name))
        folder = self.source.folder
        saved = files.list_task_files(folder, name)
        unsaved = (path for path in self.unsaved if path.parent == folder / name)
        return sorted(f"{name}/{path.name}" for path in {*saved, *unsaved})

    def _read(self, path: Path, model: type[RecordT]) -> FileResult[RecordT]:
        result = read_file(self.source, path, model, self.unsaved.get(path))
        self.diagnostics += result.diagnostics
        parsed = result.parsed
        if parsed and parsed.root:
            self.texts[result.file] = parsed.text
            if parsed.diagnostics:
                self.faulty[result.file] = parsed
        if result.record is None or (parsed and parsed.broken):
            self._mark_unread(path)
        return result

    def _mark_unread(self, path: Path) -> None:
        """Keep that a file is no record, with the kind that its folder or its name stands for."""
        name = path.stem if path.parent == self.source.folder else path.parent.name
        self.unread[self.source.display(path)] = _KINDS.get(name)


def _locate(diagnostics: Iterable[Diagnostic], parsed: Parsed) -> Iterator[Diagnostic]:
    """Yield diagnostics with their places, but for those that follow from a fault of YAML."""
    for it in diagnostics:
        location = parsed.locate(it.path, on_key=it.on_key, part=it.part)
        is_key_lost = it.rule == "missing-key" and it.path[-1] in parsed.lost
        if location.line not in parsed.broken and not is_key_lost:
            yield replace(it, location=location)


def _file(diagnostic: Diagnostic) -> str:
    return diagnostic.file
