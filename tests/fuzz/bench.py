"""The small plan that is attacked: sound, with files of every kind, made of the real plan."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from credit_plan.diagnostics import Diagnostic
from credit_plan.formatting.canonical import format_text
from credit_plan.formatting.files import FileTarget
from credit_plan.loader.build import build_plan
from credit_plan.loader.locate import INDICATORS, MEASURES, PLAN, UNITS, Source
from credit_plan.loader.reader import Loaded, load
from credit_plan.models.draft import task_file, task_number
from credit_plan.models.schema import MODELS
from credit_plan.plan import Plan, RecordKind
from credit_plan.rules import registry
from credit_plan.yaml.parse import parse, parse_bytes
from tests.cases import TODAY
from tests.conftest import ROOT, inherited
from tests.program import Program
from tests.story import cut, tell

_TASKS = (1, 2, 3, 4)
_TOLD_UNTIL = date(2024, 12, 31)
"""What the story tells after that may be the future by the clock of a machine."""


@dataclass
class Bench:
    """A workspace with the small plan in a scratch folder, and the program to run there."""

    scratch: Path
    program: Program
    source: Source = field(init=False)
    files: dict[str, bytes] = field(init=False)
    """The content of each file of the plan, by its path in the folder of the data."""
    loaded: Loaded = field(init=False)
    plan: Plan = field(init=False)

    def __post_init__(self) -> None:
        data = self.workspace / "data"
        lay_out(data)
        self.source = Source(data, bundled=False)
        paths = sorted(data.rglob("*.yaml"))
        self.files = {path.relative_to(data).as_posix(): path.read_bytes() for path in paths}
        self.loaded, found = self.examine()
        assert not found, found
        self.plan = build_plan(self.loaded.draft)

    @property
    def workspace(self) -> Path:
        """Return the folder in which commands run."""
        return self.scratch / "work"

    def examine(self, today: date = TODAY) -> tuple[Loaded, tuple[Diagnostic, ...]]:
        """Return what is in the data now, and what is said of it."""
        loaded = load(self.source, today=today, for_check=True)
        placed = loaded.locate(registry.run_rules(loaded.draft))
        return loaded, tuple(sorted((*loaded.diagnostics, *placed)))

    def target(self, file: str) -> FileTarget:
        """Return a file of the plan, as fmt takes it."""
        return FileTarget(self.source, self.source.folder / file, kind_of(file))


@contextmanager
def make_bench() -> Iterator[Bench]:
    """Return a bench whose folder is gone at the end."""
    with TemporaryDirectory(prefix="fuzz-") as scratch, Program(inherited()) as program:
        yield Bench(Path(scratch), program)


def kind_of(file: str) -> RecordKind:
    """Return the kind of the records in a file of the plan."""
    folder, _slash, name = file.rpartition("/")
    return RecordKind(folder or name.removesuffix(".yaml"))


def lay_out(data: Path) -> None:
    """Write the plan of some tasks: the same files with less in them."""
    (data / MEASURES).mkdir(parents=True)
    tell(data.parent)
    cut(data.parent, _TOLD_UNTIL)
    for path in (data / "progress").iterdir():
        if path.name not in map(task_file, _TASKS):
            path.unlink()
    _add_evidence(data, data / "progress" / task_file(_TASKS[0]))
    chosen = [f"{MEASURES}/{task_file(task)}" for task in _TASKS]
    for file in chosen:
        shutil.copy(ROOT / "data" / file, data / file)
    tasks = [_read(file) for file in chosen]
    _write(data / UNITS, _units(tasks))
    indicators = _read(INDICATORS)["indicators"]
    kept = [it for it in indicators if task_number(it["measure"]) in _TASKS]
    _write(data / INDICATORS, {"indicators": kept})
    _write(data / PLAN, _metadata(tasks))


def _add_evidence(data: Path, reports: Path) -> None:
    """Name the file of the story's evidence beside an address."""
    (file,) = (data / "evidence").iterdir()
    digest = sha256(file.read_bytes()).hexdigest()
    named = rf"\g<0>\1- {{file: evidence/{file.name}, sha256: {digest}}}\n"
    text = re.sub(r"( *)- \{url: .*\n", named, reports.read_text(encoding="utf-8"))
    reports.write_bytes(text.encode())


def _units(tasks: list[dict[str, Any]]) -> dict[str, Any]:
    measures = [measure for task in tasks for measure in task["measures"]]
    named = {name for it in measures for name in (*it["lead"], *it.get("responsible", ()))}
    units = _read(UNITS)["units"]
    return {"units": [it for it in units if named & {it["name"], *it.get("aliases", ())}]}


def _metadata(tasks: list[dict[str, Any]]) -> dict[str, Any]:
    chapters = []
    for chapter in _read(PLAN)["chapters"]:
        own = [task for task in tasks if task["chapter"] == chapter["number"]]
        measures = sum(len(task["measures"]) for task in own)
        chapters += [chapter | {"tasks": str(len(own)), "measures": str(measures)}] * bool(own)
    total = sum(int(chapter["measures"]) for chapter in chapters)
    counts = {"tasks": str(len(tasks)), "measures": str(total), "chapters": chapters}
    return _read(PLAN) | counts


def _read(file: str) -> dict[str, Any]:
    return parse_bytes((ROOT / "data" / file).read_bytes()).data


def _write(path: Path, data: dict[str, Any]) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, default_style='"')
    form = format_text(parse(text), MODELS[RecordKind(path.stem)])
    path.write_text(f"# {path.stem}\n{form}", encoding="utf-8", newline="\n")
