"""Read the data of a plan: files become records and diagnostics, and records a draft."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, Generic, TypeVar
from zlib import crc32

from credit_plan.diagnostics import Diagnostic, KeyPath, limit
from credit_plan.loader import files, locate, recover
from credit_plan.loader.cut_off import reduce_missing
from credit_plan.loader.merges import advise_on_merges
from credit_plan.loader.validate import find_truncated_text, parse_and_validate
from credit_plan.models.accepted import Acceptance, Accepted
from credit_plan.models.draft import Draft, Located, split_part
from credit_plan.models.indicators import Indicator, Indicators
from credit_plan.models.progress import Entry, Progress
from credit_plan.models.records import PlanMetadata, Record, Registry, RequiredKey, Task
from credit_plan.plan import RecordKind
from credit_plan.yaml.errors import UnreadableError
from credit_plan.yaml.nodes import find_location
from credit_plan.yaml.parse import Parsed, parse

RecordT = TypeVar("RecordT", bound=Record)

_KEPT_TREES = 3
"""Trees of sound files that are kept, because values of two files may contradict each other."""

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


def read_file(  # noqa: PLR0913  what is read, and how, in one call
    source: locate.Source,
    path: Path,
    model: type[RecordT],
    unsaved: bytes | None = None,
    fix: Callable[[Any, type[Record]], Any] | None = None,
    *,
    required: Collection[str] = (),
) -> FileResult[RecordT]:
    """Read, parse and validate one file, or its content that is not saved yet.

    The data is validated as `fix` returns it. Every measure must have the `required` keys.
    """
    file = source.display(path)
    try:
        if unsaved is not None:
            files.check_size(len(unsaved))
        content = files.read_bytes(path, source.folder) if unsaved is None else unsaved
    except UnreadableError as error:
        return FileResult(file, diagnostics=(replace(error.diagnostic, file=file),))
    parsed, outcome = parse_and_validate(content, model, file, fix, required)
    invalid = outcome if isinstance(outcome, tuple) else ()
    certain = [it for it in invalid if not _is_consequence(it, parsed)]
    parsed, certain = reduce_missing(certain, parsed, model)
    located = _locate(limit(certain), parsed)
    found = limit((*parsed.diagnostics, *find_truncated_text(parsed, model, file), *located))
    if model is Progress:
        found = advise_on_merges(found, parsed.text)
    return FileResult(
        file,
        content,
        parsed,
        None if isinstance(outcome, tuple) else outcome,
        tuple(found),
        tuple(it.path for it in invalid),
    )


def read_required(source: locate.Source) -> tuple[RequiredKey, ...]:
    """Return what `plan.yaml` requires of every measure; nothing if it cannot be read."""
    return _find_required(read_file(source, source.folder / locate.PLAN, PlanMetadata))


@dataclass(frozen=True, slots=True)
class Loaded:
    """The content of a data folder: the draft, the diagnostics of reading, and the texts.

    Faulty files are kept with their positions. `sums` has the checksums of what was read, by the
    names of the files in the folder.
    """

    draft: Draft
    diagnostics: tuple[Diagnostic, ...]
    texts: dict[str, str]
    faulty: dict[str, Parsed]
    sums: dict[str, int]

    def files(self) -> frozenset[str]:
        """Return the names of all files, whether they could be read or not."""
        return frozenset(self.texts).union(self.draft.unread)

    def locate(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield diagnostics of the rules with the locations of their values, file by file.

        So a file is parsed again at most once for its own values.
        """
        parse_file = lru_cache(_KEPT_TREES)(self._parsed)
        certain = (it for it in diagnostics if not self._is_consequence(it))
        by_file = sorted(limit(certain), key=_file)
        for file, of_file in groupby(by_file, key=_file):
            for diagnostic in _locate(of_file, parse_file(file)):
                related_at = _locate_related(diagnostic, parse_file)
                yield replace(diagnostic, related_at=related_at)

    def _is_consequence(self, diagnostic: Diagnostic) -> bool:
        parsed = self.faulty.get(diagnostic.file)
        return parsed is not None and _is_consequence(diagnostic, parsed)

    def _parsed(self, file: str) -> Parsed:
        """Return a file with its positions; a sound one is parsed again, which is rarely needed."""
        return self.faulty.get(file) or parse(self.texts[file], repairing=False)


def load(
    source: locate.Source,
    unsaved: Mapping[Path, bytes] | None = None,
    today: date = date.max,
    *,
    reports: bool = True,
    for_check: bool = False,
) -> Loaded:
    """Read everything in the folder; raise OSError if the folder itself cannot be read.

    `unsaved` is content that is not saved yet, by the path of its file; `today` is the day after
    which there can be no report. Without `reports` only the published plan is read.
    `for_check` reads what changes no answer as well: which findings are accepted, and the files
    that reports name, which may be many and large.
    """
    loader = _Loader(source, unsaved or {})
    metadata = loader.load_metadata()
    registry = loader.load_registry()
    tasks = tuple(loader.load_tasks())
    indicators = tuple(loader.load_optional(locate.INDICATORS, Indicators, "indicators", Indicator))
    entries = tuple(loader.load_entries()) if reports else ()
    loader.add_unexpected(files.find_unexpected_files(source))
    accepted: tuple[Located[Acceptance], ...] = ()
    evidence = None
    if for_check:
        accepted = tuple(loader.load_optional(locate.ACCEPTED, Accepted, "accepted", Acceptance))
        named = {it.file for entry in entries for it in entry.record.evidence if it.file}
        evidence = files.compute_digests(source.folder, named)
    draft = Draft(
        metadata, registry, tasks, loader.unread, indicators, entries, evidence, today, accepted
    )
    found = tuple(loader.diagnostics)
    return Loaded(draft, found, loader.texts, loader.faulty, loader.sums)


@dataclass(slots=True)
class _Loader:
    """Reads files, and collects their diagnostics.

    `required` are the keys that `plan.yaml` requires of every measure.
    """

    source: locate.Source
    unsaved: Mapping[Path, bytes]
    required: tuple[RequiredKey, ...] = ()
    diagnostics: list[Diagnostic] = field(default_factory=list)
    unread: dict[str, RecordKind | None] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    faulty: dict[str, Parsed] = field(default_factory=dict)
    sums: dict[str, int] = field(default_factory=dict)

    def load_record(
        self,
        name: str,
        model: type[RecordT],
        recover_record: Callable[[dict[str, Any], Sequence[KeyPath], str], RecordT | None],
    ) -> Located[RecordT] | None:
        """Return the record in a file, or what can be recovered of it."""
        result = self._read(self.source.folder / name, model)
        if model is PlanMetadata:
            self.required = _find_required(result)
        record = result.record
        if record is None and result.parsed and result.parsed.root:
            record = recover_record(result.parsed.data, result.invalid, result.file)
        return Located(result.file, record) if record else None

    def load_metadata(self) -> Located[PlanMetadata] | None:
        """Return what `plan.yaml` says of the plan; None if its end is lost, with some chapters."""
        metadata = self.load_record(locate.PLAN, PlanMetadata, recover.recover_metadata)
        parsed = self.faulty.get(metadata.file) if metadata else None
        return None if parsed and parsed.cut_off else metadata

    def load_registry(self) -> Located[Registry] | None:
        """Return the units; None if one may be lost: in another, or with the end of the file."""
        registry = self.load_record(locate.UNITS, Registry, recover.recover_registry)
        parsed = self.faulty.get(registry.file) if registry else None
        if parsed is None:
            return registry
        is_lost = any(it.rule == "repeated-key" for it in parsed.diagnostics) or parsed.cut_off
        return None if is_lost else registry

    def load_tasks(self) -> Iterator[Located[Task]]:
        """Yield the tasks."""
        for name in self._list_files(locate.MEASURES):
            if task := self.load_record(name, Task, recover.recover_task):
                yield task

    def load_optional(
        self, name: str, model: type[Record], key: str, entry: type[RecordT]
    ) -> Iterator[Located[RecordT]]:
        """Yield the entries of a file that a plan need not have."""
        path = self.source.folder / name
        if path in self.unsaved or os.path.lexists(path):
            yield from self._load_list(name, model, key, entry)

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
        result = read_file(self.source, path, model, self.unsaved.get(path), required=self.required)
        is_gone = result.parsed is None and path not in self.unsaved and not os.path.lexists(path)
        if model is Progress and is_gone:
            # “record --undo” has removed it since it was listed.
            return FileResult(result.file)
        self.diagnostics += result.diagnostics
        self.sums[path.relative_to(self.source.folder).as_posix()] = crc32(result.content)
        parsed = result.parsed
        if parsed and parsed.root:
            self.texts[result.file] = parsed.text
            if parsed.diagnostics or parsed.cut_off:
                self.faulty[result.file] = parsed
        if result.record is None or (parsed and parsed.broken):
            self._mark_unread(path)
        return result

    def _mark_unread(self, path: Path) -> None:
        """Keep a file as unread, with its kind if its folder or its name tells."""
        name = path.stem if path.parent == self.source.folder else path.parent.name
        self.unread[self.source.display(path)] = _KINDS.get(name)


def _find_required(result: FileResult[Any]) -> tuple[RequiredKey, ...]:
    """Return what a `plan.yaml`, even a faulty one, requires of every measure."""
    parsed = result.parsed
    listed = parsed.data.get("required") if parsed and parsed.root else None
    return tuple(key for key in RequiredKey if isinstance(listed, list) and key in listed)


def _locate(diagnostics: Iterable[Diagnostic], parsed: Parsed) -> Iterator[Diagnostic]:
    """Yield diagnostics with their locations."""
    for it in diagnostics:
        location = parsed.locate(it.path, on_key=it.on_key, part=it.part)
        yield replace(it, location=location)


def _locate_related(diagnostic: Diagnostic, parse_file: Callable[[str], Parsed]) -> str:
    """Return where the other value of a diagnostic is, most often in the same file."""
    if diagnostic.related is None:
        return ""
    file, path = diagnostic.related
    location = parse_file(file).locate(path)
    return f"{file}:{location.line}:{location.column}"


def _is_consequence(diagnostic: Diagnostic, parsed: Parsed) -> bool:
    """Return whether a diagnostic is only a consequence of broken YAML."""
    if parsed.root is None or not parsed.broken:
        return False
    line = find_location(parsed.root, diagnostic.path, on_key=diagnostic.on_key).line
    is_key_lost = diagnostic.rule == "missing-key" and diagnostic.path[-1] in parsed.lost
    is_emptied = diagnostic.rule == "empty-value" and _next_line(parsed, line) in parsed.broken
    return line in parsed.broken or is_key_lost or is_emptied


def _next_line(parsed: Parsed, line: int) -> int:
    """Return the number of the next line that is not blank."""
    after = enumerate(parsed.lines[line:], line + 1)
    return next((number for number, text in after if text.strip()), line)


def _file(diagnostic: Diagnostic) -> str:
    return diagnostic.file
