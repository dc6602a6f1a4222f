"""A folder of data becomes a draft of the plan, and every fault met on the way a diagnostic.

Nothing is skipped in silence: a file is a record, or it is in `draft.unread` with its reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from credit_plan.diagnostic import Diagnostic
from credit_plan.load.content import digests
from credit_plan.load.locate import FOLDERS, RECORDS, Source
from credit_plan.load.placing import of_finding
from credit_plan.load.reading import Reading
from credit_plan.load.salvage import (
    salvaged_facts,
)
from credit_plan.load.strays import stray_records
from credit_plan.model import (
    Draft,
    Facts,
)
from credit_plan.syntax import Parsed, parse_again


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
                placed = of_finding(finding, parsed, self._related(finding, parsed))
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


def read(
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
    reading = Reading(source, unsaved or {})
    facts, registry = (source.folder / name for name in RECORDS)
    draft_facts = reading.record(facts, Facts, salvaged_facts)
    draft_registry = reading.registry(registry)
    measures, progress = FOLDERS
    tasks = tuple(filter(None, [reading.task(file) for file in reading.files(measures)]))
    indicators = reading.indicators()
    reported = reading.files(progress) if reports else ()
    entries = tuple(it for file in reported for it in reading.entries(file))
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
        digests(source.folder, evidence) if with_evidence else None,
        today,
    )
    return Loaded(draft, tuple(reading.diagnostics), reading.texts, reading.faulty)


def _file(finding: Diagnostic) -> str:
    return finding.file
