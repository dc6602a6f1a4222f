"""A folder of data becomes a draft of the plan, and every fault met on the way a diagnostic.

Nothing is skipped in silence: a file is a record, or it is in `draft.unread` with its reasons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, Final, TypeVar

from credit_plan.diagnostic import Diagnostic, Finding, Place
from credit_plan.load.content import content, digests, limited, stray_records, task_files
from credit_plan.load.locate import FOLDERS, INDICATORS, RECORDS, Source
from credit_plan.load.placing import of_fault, of_finding
from credit_plan.load.salvage import (
    salvaged,
    salvaged_entries,
    salvaged_facts,
    salvaged_registry,
)
from credit_plan.load.shape import validate
from credit_plan.model import (
    Draft,
    Entry,
    Facts,
    Filed,
    Indicator,
    Indicators,
    Listed,
    Progress,
    Record,
    Registry,
    Task,
)
from credit_plan.syntax import Fault, Parsed, parse_again, parse_bytes
from credit_plan.syntax.fault import UnreadableError
from credit_plan.syntax.rules import repeated_key
from credit_plan.terms import RecordKind

RecordT = TypeVar("RecordT", bound=Record)

_KINDS: Final = {str(kind): kind for kind in RecordKind}


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

    def place(self, findings: Iterable[Finding]) -> tuple[Diagnostic, ...]:
        """Findings about the records, with the lines and columns of the values they name."""
        return tuple(self._placed(findings))

    def _placed(self, findings: Iterable[Finding]) -> Iterator[Diagnostic]:
        """The findings file by file, so that a faulty file is composed once for all of them."""
        by_file = sorted(findings, key=_file)
        for file, of_file in groupby(by_file, key=_file):
            parsed = self._parsed(file)
            for finding in of_file:
                placed = of_finding(finding, parsed, self._related(finding, parsed))
                if placed:
                    yield placed

    def _related(self, finding: Finding, parsed: Parsed) -> str:
        """Where the twin of a finding is, most often in the same file."""
        if finding.twin is None:
            return ""
        file, place = finding.twin
        span = (parsed if file == finding.file else self._parsed(file)).span(place)
        return f"{file}:{span.line}:{span.column}"

    def _parsed(self, file: str) -> Parsed:
        """A file with its positions; a sound one once more, of thousands only where needed."""
        return self.faulty.get(file) or parse_again(self.texts[file])


def read(
    source: Source, unsaved: Mapping[Path, bytes] | None = None, today: date = date.max
) -> Loaded:
    """Everything in the folder. Raises OSError where the folder itself is closed.

    `unsaved` holds what an editor has not written yet, by the path of the file it is for;
    `today` is the day after which no report can be.
    """
    reading = _Reading(source, unsaved or {})
    facts, registry = (source.folder / name for name in RECORDS)
    draft_facts = reading.record(facts, Facts, salvaged_facts)
    draft_registry = reading.registry(registry)
    measures, progress = (reading.files(name) for name in FOLDERS)
    tasks = tuple(filter(None, [reading.task(file) for file in measures]))
    indicators = reading.indicators()
    entries = tuple(it for file in progress for it in reading.entries(file))
    for path, fault in stray_records(source.folder):
        reading.stray(path, fault)
    evidence = {it.file for entry in entries for it in entry.record.evidence if it.file}
    draft = Draft(
        draft_facts,
        draft_registry,
        tasks,
        reading.unread,
        indicators,
        entries,
        digests(source.folder, evidence),
        today,
    )
    return Loaded(draft, tuple(reading.diagnostics), reading.texts, reading.faulty)


@dataclass(slots=True)
class _Reading:
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
        salvage: Callable[[dict[str, Any], Sequence[Place]], RecordT | None],
    ) -> Filed[RecordT] | None:
        """The record in a file, or what can be judged of it; None where that is nothing."""
        file, data, outcome = self._validated(path, model)
        if not isinstance(outcome, tuple):
            return Filed(file, outcome)
        if data is None:
            return None
        record = salvage(data, [finding.place for finding in outcome])
        return Filed(file, record) if record else None

    def registry(self, path: Path) -> Filed[Registry] | None:
        """The units; None where a key stands twice, which may be all that is left of one."""
        registry = self.record(path, Registry, salvaged_registry)
        parsed = self.faulty.get(self.source.shown(path))
        faults = parsed.faults if parsed else ()
        return None if any(it.rule == repeated_key.NAME for it in faults) else registry

    def task(self, path: Path) -> Filed[Task] | None:
        """The task in a file; where even its id is in doubt, by the name of the file."""
        return self.record(path, Task, partial(salvaged, file=self.source.shown(path)))

    def indicators(self) -> tuple[Listed[Indicator], ...]:
        """The indicators of a plan that has some."""
        path = self.source.folder / INDICATORS
        if not path.exists() and not path.is_symlink() and path not in self.unsaved:
            return ()
        return self._listed(path, Indicators, "indicators", Indicator)

    def entries(self, path: Path) -> tuple[Listed[Entry], ...]:
        """What was reported, as a file of progress has it."""
        return self._listed(path, Progress, "entries", Entry)

    def files(self, name: str) -> list[Path]:
        """The files in one of the FOLDERS, and those that an editor has not saved there yet."""
        files, strays = task_files(self.source.folder, name)
        for path, fault in strays:
            self.stray(path, fault)
        new = [path for path in self.unsaved if path.parent == self.source.folder / name]
        return sorted({*files, *new}) if new else files

    def stray(self, path: Path, fault: Fault) -> None:
        """Keeps what is to be said of a file that is none of the plan."""
        self._is_unread(path)
        self.diagnostics.append(of_fault(fault, self.source.shown(path)))

    def _listed(
        self, path: Path, model: type[Record], key: str, entry: type[RecordT]
    ) -> tuple[Listed[RecordT], ...]:
        """The entries of a file that is one list; of a faulty file those that are records."""
        file, data, _outcome = self._validated(path, model)
        entries = salvaged_entries((data or {}).get(key), entry)
        return tuple(Listed(file, (key, at), record) for at, record in entries)

    def _validated(
        self, path: Path, model: type[RecordT]
    ) -> tuple[str, dict[str, Any] | None, RecordT | tuple[Finding, ...]]:
        """A file's name, its data if it is YAML, and its record or what keeps it from being one."""
        file = self.source.shown(path)
        try:
            parsed = parse_bytes(self._content(path))
        except UnreadableError as error:
            self.diagnostics.append(of_fault(error.fault, file))
            self._is_unread(path)
            return file, None, ()
        self.diagnostics += (of_fault(fault, file, parsed.lines) for fault in parsed.faults)
        if parsed.root is None:
            self._is_unread(path)
            return file, None, ()
        self.texts[file] = parsed.text
        if parsed.faults:
            self.faulty[file] = parsed
        outcome = validate(model, parsed.data, file)
        if isinstance(outcome, tuple):
            self.diagnostics += filter(None, (of_finding(it, parsed) for it in outcome))
        if isinstance(outcome, tuple) or parsed.broken:
            self._is_unread(path)
        return file, parsed.data, outcome

    def _is_unread(self, path: Path) -> None:
        """Keeps that a file is no record, with the kind that its folder or its name stands for."""
        name = path.stem if path.parent == self.source.folder else path.parent.name
        self.unread[self.source.shown(path)] = _KINDS.get(name)

    def _content(self, path: Path) -> bytes:
        if path in self.unsaved:
            return limited(self.unsaved[path])
        return content(path, self.source.folder)


def _file(finding: Finding) -> str:
    return finding.file
