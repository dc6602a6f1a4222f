"""Read the data of a plan: files become records and diagnostics, and records a draft."""

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
from credit_plan.models.draft import Draft, Located, split_part
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
    """The content of a file: bytes, tree, record if it is valid, and what is wrong with it.

    `parsed` is None for a file that could not be opened; `invalid` are the paths at which
    validation failed.
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
    """Read, parse and validate one file, or its content that is not saved yet.

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
    """The content of a data folder: the draft, the diagnostics of reading, and the texts.

    Faulty files are kept with their positions.
    """

    draft: Draft
    diagnostics: tuple[Diagnostic, ...]
    texts: dict[str, str]
    faulty: dict[str, Parsed]

    def files(self) -> frozenset[str]:
        """Return the names of all files, whether they could be read or not."""
        return frozenset(self.texts).union(self.draft.unread)

    def locate(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield diagnostics of the rules with the locations of their values, file by file.

        So a file is parsed again at most once.
        """
        by_file = sorted(diagnostics, key=_file)
        for file, of_file in groupby(by_file, key=_file):
            parsed = self._parsed(file)
            for diagnostic in _locate(of_file, parsed):
                related_at = self._locate_related(diagnostic, parsed)
                yield replace(diagnostic, related_at=related_at)

    def _locate_related(self, diagnostic: Diagnostic, parsed: Parsed) -> str:
        """Return where the other value of a diagnostic is, most often in the same file."""
        if diagnostic.related is None:
            return ""
        file, path = diagnostic.related
        location = (parsed if file == diagnostic.file else self._parsed(file)).locate(path)
        return f"{file}:{location.line}:{location.column}"

    def _parsed(self, file: str) -> Parsed:
        """Return a file with its positions; a sound one is parsed again, which is rarely needed."""
        return self.faulty.get(file) or parse(self.texts[file])


def load(
    source: locate.Source,
    unsaved: Mapping[Path, bytes] | None = None,
    today: date = date.max,
    *,
    reports: bool = True,
    with_evidence: bool = False,
) -> Loaded:
    """Read everything in the folder; raise OSError if the folder itself cannot be read.

    `unsaved` is content that is not saved yet, by the path of its file; `today` is the day after
    which there can be no report. Without `reports` only the published plan is read. With
    `with_evidence` the files that reports name are read as well, which may be many and large.
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
    """Reads files, and collects their diagnostics."""

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
        """Return the record in a file, or what can be recovered of it."""
        result = self._read(self.source.folder / name, model)
        record = result.record
        if record is None and result.parsed and result.parsed.root:
            record = recover_record(result.parsed.data, result.invalid, result.file)
        return Located(result.file, record) if record else None

    def load_registry(self) -> Located[Registry] | None:
        """Return the units; None if a key is repeated, as a unit may be lost in another."""
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
        """Keep the diagnostics of unexpected files."""
        for path, diagnostic in found:
            self._mark_unread(path)
            self.diagnostics.append(diagnostic)

    def _load_list(
        self, name: str, model: type[Record], key: str, entry: type[RecordT]
    ) -> Iterator[Located[RecordT]]:
        """Yield the entries of a file that is one list; of a faulty file, the valid ones."""
        result = self._read(self.source.folder / name, model)
        entries: Iterable[tuple[int, RecordT]] = ()
        if result.record:
            entries = enumerate(getattr(result.record, key))
        elif result.parsed:
            entries = recover.recover_entries(result.parsed.data.get(key), entry)
        for at, record in entries:
            yield Located(result.file, record, (key, at))

    def _list_files(self, name: str) -> list[str]:
        """Return the files in one of the FOLDERS by name, with those that are not saved yet."""
        self.add_unexpected(files.find_unexpected_in(self.source, name))
        folder = self.source.folder
        saved = files.list_task_files(folder, name)
        unsaved = (path for path in self.unsaved if path.parent == folder / name)
        return sorted((f"{name}/{path.name}" for path in {*saved, *unsaved}), key=split_part)

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
        """Keep a file as unread, with its kind if its folder or its name tells."""
        name = path.stem if path.parent == self.source.folder else path.parent.name
        self.unread[self.source.display(path)] = _KINDS.get(name)


def _locate(diagnostics: Iterable[Diagnostic], parsed: Parsed) -> Iterator[Diagnostic]:
    """Yield diagnostics with their locations, except consequences of broken YAML."""
    for diagnostic in diagnostics:
        path, rule = diagnostic.path, diagnostic.rule
        location = parsed.locate(path, on_key=diagnostic.on_key, part=diagnostic.part)
        is_key_lost = rule == "missing-key" and path[-1] in parsed.lost
        if location.line not in parsed.broken and not is_key_lost:
            yield replace(diagnostic, location=location)


def _file(diagnostic: Diagnostic) -> str:
    return diagnostic.file
