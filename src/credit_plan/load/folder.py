"""A folder of data becomes a draft of the plan, and every fault met on the way a diagnostic.

Nothing is skipped in silence: a file is a record, or it is in `draft.unread` with its reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

from yaml.nodes import Node

from credit_plan.diagnostic import Diagnostic, Finding, Severity
from credit_plan.language import _
from credit_plan.load.comments import swallowed
from credit_plan.load.fault import Fault, UnreadableError
from credit_plan.load.locate import Source
from credit_plan.load.salvage import salvaged
from credit_plan.load.shape import validate
from credit_plan.load.text import decode
from credit_plan.load.tree import compose, plain, position
from credit_plan.model import Draft, Facts, Filed, Record, Registry, Task

RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a folder holds: the records, the faults of reading, and the texts to find lines in."""

    draft: Draft
    diagnostics: tuple[Diagnostic, ...]
    texts: dict[str, str]

    def place(self, findings: Iterable[Finding]) -> tuple[Diagnostic, ...]:
        """Findings about the records, with the lines and columns of the values they name."""
        return tuple(self._placed(findings))

    def _placed(self, findings: Iterable[Finding]) -> Iterator[Diagnostic]:
        """The findings file by file, so that a faulty file is composed once for all of them."""
        by_file = sorted(findings, key=_file)
        for file, of_file in groupby(by_file, key=_file):
            root = compose(self.texts[file])
            for finding in of_file:
                yield _diagnostic(finding, root)


def read(source: Source) -> Loaded:
    """Everything in the folder. Raises OSError where the folder itself is closed."""
    reading = _Reading(source)
    facts = reading.record(source.folder / "plan.yaml", Facts)
    registry = reading.record(source.folder / "units.yaml", Registry)
    files = sorted((source.folder / "measures").iterdir())
    tasks = [reading.task(file) for file in files if reading.is_task_file(file)]
    draft = Draft(facts, registry, tuple(filter(None, tasks)), frozenset(reading.unread))
    return Loaded(draft, tuple(reading.diagnostics), reading.texts)


@dataclass(slots=True)
class _Reading:
    """The one place that gathers while files are read."""

    source: Source
    diagnostics: list[Diagnostic] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def is_task_file(self, file: Path) -> bool:
        """Whether a file in `measures/` is to be a record; anything else in there is reported.

        Files that begin with a dot are an editor's or a system's own.
        """
        if file.name.startswith("."):
            return False
        if file.suffix == ".yaml":
            return True
        name = self.source.shown(file)
        message = _("“{name}” is not a task file").format(name=file.name)
        hint = _("task files are named 01.yaml, 02.yaml, …; rename it, or move it elsewhere")
        self._fault(name, Fault("stray-file", 1, 1, message, hint))
        self.unread.append(name)
        return False

    def record(self, path: Path, model: type[RecordT]) -> Filed[RecordT] | None:
        """The record in a file; None, and a diagnostic for each reason, where there is none."""
        file, _data, outcome = self._validated(path, model)
        if isinstance(outcome, tuple):
            self.unread.append(file)
            return None
        return Filed(file, outcome)

    def task(self, path: Path) -> Filed[Task] | None:
        """The task in a file, or what can be judged of it; None where that is nothing."""
        file, data, outcome = self._validated(path, Task)
        if not isinstance(outcome, tuple):
            return Filed(file, outcome)
        self.unread.append(file)
        if data is None:
            return None
        return Filed(file, salvaged(data, (finding.place for finding in outcome), file))

    def _validated(
        self, path: Path, model: type[RecordT]
    ) -> tuple[str, dict[str, Any] | None, RecordT | tuple[Finding, ...]]:
        """A file's name, its data if it is YAML, and its record or what keeps it from being one."""
        file = self.source.shown(path)
        repeated: list[Fault] = []
        try:
            text = decode(_content(path))
            root = compose(text)
            data = plain(root, repeated)
        except UnreadableError as error:
            self._fault(file, error.fault)
            return file, None, ()
        self.texts[file] = text
        outcome = validate(model, data, file)
        for fault in (*repeated, *swallowed(root, text)):
            self._fault(file, fault)
        if isinstance(outcome, tuple):
            self.diagnostics.extend(_diagnostic(finding, root) for finding in outcome)
        return file, data, outcome

    def _fault(self, file: str, fault: Fault) -> None:
        self.diagnostics.append(
            Diagnostic(
                file,
                fault.line,
                fault.column,
                fault.rule,
                Severity.ERROR,
                fault.message,
                fault.hint,
            )
        )


def _content(path: Path) -> bytes:
    """The bytes of a plain file; raises UnreadableError for anything else."""
    try:
        if path.exists() and not path.is_file():
            raise UnreadableError(_closed(_("it is not a plain file")))
        return path.read_bytes()
    except FileNotFoundError:
        hint = _("a plan cannot do without it")
        fault = Fault("missing-file", 1, 1, _("there is no such file"), hint)
        raise UnreadableError(fault) from None
    except OSError as error:
        raise UnreadableError(_closed(error.strerror or str(error))) from None


def _closed(why: str) -> Fault:
    message = _("the file cannot be opened: {why}").format(why=why)
    return Fault("unreadable-file", 1, 1, message, _("it must be a plain file that you may read"))


def _file(finding: Finding) -> str:
    return finding.file


def _diagnostic(finding: Finding, root: Node) -> Diagnostic:
    line, column = position(root, finding.place, on_key=finding.on_key)
    return Diagnostic(
        finding.file,
        line,
        column,
        finding.rule,
        finding.severity,
        finding.message,
        finding.hint,
    )
