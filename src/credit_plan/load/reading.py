"""Reads file by file, and gathers what is met: records, faults, texts, and what is no file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from credit_plan.diagnostic import Diagnostic, KeyPath
from credit_plan.load.content import content, limited, task_files
from credit_plan.load.locate import INDICATORS, Source
from credit_plan.load.placing import of_fault, of_finding
from credit_plan.load.salvage import (
    salvaged,
    salvaged_entries,
    salvaged_registry,
)
from credit_plan.load.shape import validate
from credit_plan.model import (
    Entry,
    Filed,
    Indicator,
    Indicators,
    Listed,
    Progress,
    Record,
    Registry,
    Task,
)
from credit_plan.syntax import Parsed, parse_bytes
from credit_plan.syntax.fault import UnreadableError
from credit_plan.terms import RecordKind

RecordT = TypeVar("RecordT", bound=Record)

_KINDS: Final = {str(kind): kind for kind in RecordKind}


@dataclass(slots=True)
class Reading:
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
    ) -> Filed[RecordT] | None:
        """The record in a file, or what can be judged of it; None where that is nothing."""
        file, data, outcome = self._validated(path, model)
        if not isinstance(outcome, tuple):
            return Filed(file, outcome)
        if data is None:
            return None
        record = salvage(data, [finding.path for finding in outcome])
        return Filed(file, record) if record else None

    def registry(self, path: Path) -> Filed[Registry] | None:
        """The units; None where a key stands twice, which may be all that is left of one."""
        registry = self.record(path, Registry, salvaged_registry)
        parsed = self.faulty.get(self.source.shown(path))
        faults = parsed.faults if parsed else ()
        return None if any(it.rule == "repeated-key" for it in faults) else registry

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

    def stray(self, path: Path, fault: Diagnostic) -> None:
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
    ) -> tuple[str, dict[str, Any] | None, RecordT | tuple[Diagnostic, ...]]:
        """A file's name, its data if it is YAML, and its record or what keeps it from being one."""
        file = self.source.shown(path)
        try:
            parsed = parse_bytes(self._content(path))
        except UnreadableError as error:
            self.diagnostics.append(of_fault(error.diagnostic, file))
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
