"""Read from the snapshot of a plan, if it is of the files as they are."""

import io
import json
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from credit_plan.errors import NameLookupError
from credit_plan.loader.locate import FILES, FOLDERS, PLAN, Source
from credit_plan.plan import Plan
from credit_plan.snapshot import encode, store
from credit_plan.snapshot.files import FolderState, describe_file, has_sum, scan
from credit_plan.snapshot.lines import find_naming, iter_index
from credit_plan.unit_names import find_unit

if TYPE_CHECKING:
    from credit_plan.diagnostics import Diagnostic


class Held(NamedTuple):
    """How many of what a plan holds."""

    tasks: int
    measures: int
    milestones: int
    units: int
    indicators: int
    reports: int


class Checked(NamedTuple):
    """A plan that was read and checked: its files, what it holds, what is wrong, by place."""

    files: frozenset[str]
    held: Held
    found: "tuple[Diagnostic, ...]"


class Cache:
    """The snapshot of the plan in one data folder, and the state of that folder.

    The state is taken at once: what is read of the files later is not older. Raise OSError where
    the folder cannot be listed, and where there can be no cache, or none that can be written.
    """

    def __init__(self, folder: Path, today: date) -> None:
        self.folder = os.path.realpath(folder)
        self.state: FolderState = scan(self.folder)
        self.path = store.locate(store.find_cache(), self.folder)
        store.prepare(self.path)
        self.today = str(today)
        program = store.describe_program()
        self.facts = {"program": program, "folder": self.folder, "day": self.today}

    def encode_state(self) -> bytes:
        """Return the state of the files, as a snapshot has it."""
        return "\n".join(self.state.lines).encode("utf-8", "surrogatepass")

    def compare(self, snapshot: store.Snapshot) -> tuple[set[str], set[str]]:
        """Return which files are as they were when the snapshot was written, and which are not."""
        before = snapshot.read("files").decode("utf-8", "surrogatepass").split("\n")
        same = {_name(line) for line in {*before}.intersection(self.state.lines)}
        # A file that has changed may be a pipe by now, or too large to be read.
        recent = [it for it in json.loads(snapshot.read("recent")) if it[0] in same]
        same -= {name for name, it in recent if not has_sum(self.folder, name, it)}
        return same, {_name(line) for line in (*before, *self.state.lines)} - same

    def read_plan(self, names: Sequence[str] = ()) -> Plan | None:
        """Return the plan; None if there is no snapshot of it as it is now.

        Where `names` of units are given, it has the measures that name one of these or a group.
        """
        try:
            with self.open() as snapshot:
                if not self._is_current(snapshot):
                    return None
                plan = _read_plan(snapshot, names)
                self._settle(snapshot)
                return plan
        except store.DAMAGES:
            return None

    def read_data(self, name: str) -> object | None:
        """Return what is in a file of the plan that is no task, as YAML has it; None as above."""
        try:
            with self.open() as snapshot:
                data: object = json.loads(snapshot.read("data"))[name]
                return data if self._is_current(snapshot) else None
        except store.DAMAGES:
            return None

    def read_checked(self, source: Source) -> Checked | None:
        """Return what was found the last time; None if anything was different then."""
        from credit_plan.snapshot.found import decode_found  # noqa: PLC0415  not for questions

        try:
            with self.open() as snapshot:
                lines = io.BytesIO(snapshot.read("found"))
                shown, today, evidence, held = json.loads(lines.readline())
                is_same = (shown, today) == (show_names(source), self.today)
                if not (is_same and self._is_current(snapshot)):
                    return None
                if any(describe_file(self.folder, name)[1] != it for name, it in evidence):
                    return None
                names = filter(_is_read, map(_name, self.state.lines))
                files = frozenset(source.display(source.folder / name) for name in names)
                return Checked(
                    files, Held(*held), tuple(decode_found(json.loads(it)) for it in lines)
                )
        except store.DAMAGES:
            return None

    def open(self) -> store.Snapshot:
        """Return the snapshot of this plan; raise one of DAMAGES if there is none to be trusted.

        What was found sound is so on every later day: then no report is of the future.
        """
        snapshot = store.open_snapshot(self.path)
        facts = snapshot.facts | self.facts | {"day": snapshot.facts["day"]}
        if facts != snapshot.facts or facts["day"] > self.today:
            snapshot.close()
            message = "of another program or plan"
            raise store.StaleError(message)
        return snapshot

    def _is_current(self, snapshot: store.Snapshot) -> bool:
        """Return whether a snapshot is of the files as they are now."""
        if snapshot.read("files") != self.encode_state():
            return False
        return all(has_sum(self.folder, *it) for it in json.loads(snapshot.read("recent")))

    def _settle(self, snapshot: store.Snapshot) -> None:
        """Spare later questions a look into files that were changed just before the snapshot."""
        if self.state.recent or not json.loads(snapshot.read("recent")):
            return
        writer = store.Writer(self.path)
        try:
            for part in snapshot.parts:
                if part == "recent":
                    writer.write_part(part, b"[]")
                else:
                    writer.copy_part(part, snapshot)
            # Windows replaces no file that is open.
            snapshot.close()
            writer.commit(snapshot.facts)
        finally:
            writer.discard()


def show_names(source: Source) -> str:
    """Return how the files of a plan are named, as the working folder may be among them."""
    names = (PLAN, *(f"{folder}/{PLAN}" for folder in FOLDERS))
    return " ".join(source.display(source.folder / name) for name in names)


def _name(line: str) -> str:
    return line.partition("\t")[0]


def _is_read(name: str) -> bool:
    """Return whether a file in a folder without stray ones is of the plan."""
    folder = name.rpartition("/")[0]
    return folder in FOLDERS if folder else name in FILES


def _read_plan(snapshot: store.Snapshot, names: Sequence[str]) -> Plan:
    plan = encode.decode_header(json.loads(snapshot.read("plan")))
    wanted = _find_units(plan, names)
    tasks = find_naming(snapshot, wanted)
    lines = (
        json.loads(entry.read(snapshot))
        for number, entry in enumerate(iter_index(snapshot))
        if not wanted or number in tasks
    )
    return encode.add_tasks(plan, lines, wanted)


def _find_units(plan: Plan, names: Sequence[str]) -> set[int]:
    """Return the numbers of the units with these names, and of all groups.

    There are none where no name is given, or one is unknown: the question itself says so.
    """
    try:
        wanted = {find_unit(plan, name) for name in names}
    except NameLookupError:
        return set()
    if wanted:
        wanted.update(unit for unit in plan.units if unit.is_group)
    return {number for number, unit in enumerate(plan.units) if unit in wanted}
