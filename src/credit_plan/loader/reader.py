"""Diagnostics get their places: the lines of the values that they name, and the text there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, Final, TypeVar

from credit_plan.diagnostics import Diagnostic, KeyPath
from credit_plan.loader.files import (
    check_size,
    compute_digests,
    find_unexpected_files,
    list_task_files,
    read_bytes,
)
from credit_plan.loader.locate import FOLDERS, INDICATORS, RECORDS, Source
from credit_plan.loader.recover import (
    recover_entries,
    recover_metadata,
    recover_registry,
    recover_task,
)
from credit_plan.loader.validate import validate
from credit_plan.models.draft import Draft, Located
from credit_plan.models.indicators import Indicator, Indicators
from credit_plan.models.progress import Entry, Progress
from credit_plan.models.records import PlanMetadata, Record, Registry, Task
from credit_plan.plan import RecordKind
from credit_plan.yaml.errors import UnreadableError
from credit_plan.yaml.parse import Parsed, parse_again, parse_bytes


def with_file(fault: Diagnostic, file: str, lines: Sequence[str] = ()) -> Diagnostic:
    """The diagnostic of a fault that was met in a text, or that kept a file from having one."""
    related_at = f"{file}:{fault.related_at}" if fault.related_at else ""
    location = replace(fault.location, source=_line(lines, fault.line))
    return replace(fault, file=file, location=location, related_at=related_at)


def locate(finding: Diagnostic, parsed: Parsed, related_at: str = "") -> Diagnostic | None:
    """The diagnostic with its place; None where a fault of the same line has said it already."""
    span = parsed.span(finding.path, on_key=finding.on_key, part=finding.part)
    if span.line in parsed.broken:
        return None
    if finding.rule == "missing-key" and finding.path[-1] in parsed.lost:
        return None
    return finding.at(replace(span, source=_line(parsed.lines, span.line)), related_at)


def _line(lines: Sequence[str], number: int) -> str:
    return lines[number - 1].rstrip("\r") if number <= len(lines) else ""


RecordT = TypeVar("RecordT", bound=Record)

_KINDS: Final = {str(kind): kind for kind in RecordKind}


@dataclass(slots=True)
class Loader:
    """The one place that gathers while files are read."""

    source: Source
    unsaved: Mapping[Path, bytes]
    diagnostics: list[Diagnostic] = field(default_factory=list)
    unread: dict[str, RecordKind | None] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    faulty: dict[str, Parsed] = field(default_factory=dict)

    def record(
        self,
        path: Path,
        model: type[RecordT],
        salvage: Callable[[dict[str, Any], Sequence[KeyPath]], RecordT | None],
    ) -> Located[RecordT] | None:
        """The record in a file, or what can be judged of it; None where that is nothing."""
        file, data, outcome = self._validated(path, model)
        if not isinstance(outcome, tuple):
            return Located(file, outcome)
        if data is None:
            return None
        record = salvage(data, [finding.path for finding in outcome])
        return Located(file, record) if record else None

    def registry(self, path: Path) -> Located[Registry] | None:
        """The units; None where a key stands twice, which may be all that is left of one."""
        registry = self.record(path, Registry, recover_registry)
        parsed = self.faulty.get(self.source.shown(path))
        faults = parsed.faults if parsed else ()
        return None if any(it.rule == "repeated-key" for it in faults) else registry

    def task(self, path: Path) -> Located[Task] | None:
        """The task in a file; where even its id is in doubt, by the name of the file."""
        return self.record(path, Task, partial(recover_task, file=self.source.shown(path)))

    def indicators(self) -> tuple[Located[Indicator], ...]:
        """The indicators of a plan that has some."""
        path = self.source.folder / INDICATORS
        if not path.exists() and not path.is_symlink() and path not in self.unsaved:
            return ()
        return self._listed(path, Indicators, "indicators", Indicator)

    def entries(self, path: Path) -> tuple[Located[Entry], ...]:
        """What was reported, as a file of progress has it."""
        return self._listed(path, Progress, "entries", Entry)

    def files(self, name: str) -> list[Path]:
        """The files in one of the FOLDERS, and those that an editor has not saved there yet."""
        files, strays = list_task_files(self.source.folder, name)
        for path, fault in strays:
            self.stray(path, fault)
        new = [path for path in self.unsaved if path.parent == self.source.folder / name]
        return sorted({*files, *new}) if new else files

    def stray(self, path: Path, fault: Diagnostic) -> None:
        """Keeps what is to be said of a file that is none of the plan."""
        self._is_unread(path)
        self.diagnostics.append(with_file(fault, self.source.shown(path)))

    def _listed(
        self, path: Path, model: type[Record], key: str, entry: type[RecordT]
    ) -> tuple[Located[RecordT], ...]:
        """The entries of a file that is one list; of a faulty file those that are records."""
        file, data, _outcome = self._validated(path, model)
        entries = recover_entries((data or {}).get(key), entry)
        return tuple(Located(file, record, (key, at)) for at, record in entries)

    def _validated(
        self, path: Path, model: type[RecordT]
    ) -> tuple[str, dict[str, Any] | None, RecordT | tuple[Diagnostic, ...]]:
        """A file's name, its data if it is YAML, and its record or what keeps it from being one."""
        file = self.source.shown(path)
        try:
            parsed = parse_bytes(self._content(path))
        except UnreadableError as error:
            self.diagnostics.append(with_file(error.diagnostic, file))
            self._is_unread(path)
            return file, None, ()
        self.diagnostics += (with_file(fault, file, parsed.lines) for fault in parsed.faults)
        if parsed.root is None:
            self._is_unread(path)
            return file, None, ()
        self.texts[file] = parsed.text
        if parsed.faults:
            self.faulty[file] = parsed
        outcome = validate(model, parsed.data, file)
        if isinstance(outcome, tuple):
            self.diagnostics += filter(None, (locate(it, parsed) for it in outcome))
        if isinstance(outcome, tuple) or parsed.broken:
            self._is_unread(path)
        return file, parsed.data, outcome

    def _is_unread(self, path: Path) -> None:
        """Keeps that a file is no record, with the kind that its folder or its name stands for."""
        name = path.stem if path.parent == self.source.folder else path.parent.name
        self.unread[self.source.shown(path)] = _KINDS.get(name)

    def _content(self, path: Path) -> bytes:
        if path in self.unsaved:
            return check_size(self.unsaved[path])
        return read_bytes(path, self.source.folder)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a folder holds: the records, the faults of reading, and the texts to find lines in.

    Files with faults are kept with their positions, in `faulty`.
    """

    draft: Draft
    diagnostics: tuple[Diagnostic, ...]
    texts: dict[str, str]
    faulty: dict[str, Parsed]

    def files(self) -> frozenset[str]:
        """The name of every file that was met, whether it could be read or not."""
        return frozenset(self.texts).union(self.draft.unread)

    def place(self, findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Findings about the records, with the lines and columns of the values they name."""
        return tuple(self._placed(findings))

    def _placed(self, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """The findings file by file, so that a faulty file is composed once for all of them."""
        by_file = sorted(findings, key=_file)
        for file, of_file in groupby(by_file, key=_file):
            parsed = self._parsed(file)
            for finding in of_file:
                placed = locate(finding, parsed, self._related(finding, parsed))
                if placed:
                    yield placed

    def _related(self, finding: Diagnostic, parsed: Parsed) -> str:
        """Where the twin of a finding is, most often in the same file."""
        if finding.related is None:
            return ""
        file, place = finding.related
        span = (parsed if file == finding.file else self._parsed(file)).span(place)
        return f"{file}:{span.line}:{span.column}"

    def _parsed(self, file: str) -> Parsed:
        """A file with its positions; a sound one once more, of thousands only where needed."""
        return self.faulty.get(file) or parse_again(self.texts[file])


def load(
    source: Source,
    unsaved: Mapping[Path, bytes] | None = None,
    today: date = date.max,
    *,
    reports: bool = True,
    with_evidence: bool = False,
) -> Loaded:
    """Everything in the folder. Raises OSError where the folder itself is closed.

    `unsaved` holds what an editor has not written yet, by the path of the file it is for;
    `today` is the day after which no report can be. Without `reports` the plan is read as it was
    published, and what was reported since is left alone. `with_evidence` reads the files that the
    reports name, which may be many and large, as well.
    """
    reading = Loader(source, unsaved or {})
    facts, registry = (source.folder / name for name in RECORDS)
    draft_facts = reading.record(facts, PlanMetadata, recover_metadata)
    draft_registry = reading.registry(registry)
    measures, progress = FOLDERS
    tasks = tuple(filter(None, [reading.task(file) for file in reading.files(measures)]))
    indicators = reading.indicators()
    reported = reading.files(progress) if reports else ()
    entries = tuple(it for file in reported for it in reading.entries(file))
    for path, fault in find_unexpected_files(source.folder):
        reading.stray(path, fault)
    evidence = {it.file for entry in entries for it in entry.record.evidence if it.file}
    draft = Draft(
        draft_facts,
        draft_registry,
        tasks,
        reading.unread,
        indicators,
        entries,
        compute_digests(source.folder, evidence) if with_evidence else None,
        today,
    )
    return Loaded(draft, tuple(reading.diagnostics), reading.texts, reading.faulty)


def _file(finding: Diagnostic) -> str:
    return finding.file
