"""Read a plan from its snapshot, and write one."""

import json
import os
import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from credit_plan.errors import NameLookupError
from credit_plan.plan import Plan, Unit
from credit_plan.snapshot import encode, store
from credit_plan.snapshot.encode import Json
from credit_plan.snapshot.files import are_unchanged, scan
from credit_plan.unit_names import find_unit


class Cache:
    """The snapshot of the plan in one data folder, and the state of that folder.

    The state is taken at once: what is read of the files later is not older. Raise OSError where
    the folder cannot be listed.
    """

    def __init__(self, folder: Path, today: date) -> None:
        self._folder = os.path.realpath(folder)
        self._today = str(today)
        self._state = scan(self._folder)
        self._lines = "\n".join(self._state.lines).encode("utf-8", "surrogateescape")
        cache = store.find_cache()
        self._path = cache and store.locate(cache, self._folder)

    def read_plan(self, names: Sequence[str] = ()) -> Plan | None:
        """Return the plan; None if there is no snapshot of it as it is now.

        Where `names` of units are given, it has the measures that name one of these or a group.
        """
        if self._path is None:
            return None
        try:
            with store.open_snapshot(self._path) as snapshot:
                if not self._is_current(snapshot):
                    return None
                plan = _read_plan(snapshot, names)
                self._settle(snapshot)
                return plan
        except store.DAMAGES:
            return None

    def write_plan(self, plan: Plan, sums: Mapping[str, int]) -> None:
        """Write a snapshot of a sound plan; `sums` are the checksums of the files, as read."""
        # Nobody knows what was read of a file that can be changed again without a trace.
        if self._path is None or not sums.keys() >= {*self._state.recent}:
            return
        tasks = _TaskLines(plan)
        parts = {
            "files": [self._lines],
            "recent": [encode.dump([[name, sums[name]] for name in self._state.recent])],
            "plan": [encode.dump(encode.encode_header(plan))],
            "tasks": tasks.write(),
            "index": tasks.write_index(),
            "units": tasks.write_units(),
        }
        store.write_snapshot(self._path, self._describe(), parts)

    def _describe(self) -> dict[str, str]:
        program = store.describe_program()
        return {"program": program, "folder": self._folder, "day": self._today}

    def _is_current(self, snapshot: store.Snapshot) -> bool:
        """Return whether a snapshot is of these files, and by this program.

        What was found sound is so on every later day: then no report is of the future.
        """
        facts = self._describe()
        day = snapshot.facts["day"]
        is_ours = snapshot.facts == facts | {"day": day} and day <= self._today
        if not is_ours or snapshot.read("files") != self._lines:
            return False
        return are_unchanged(self._folder, json.loads(snapshot.read("recent")))

    def _settle(self, snapshot: store.Snapshot) -> None:
        """Spare later questions a look into files that were changed just before the snapshot."""
        if self._path and not self._state.recent and json.loads(snapshot.read("recent")):
            parts = {name: snapshot.iter_pieces(name) for name in snapshot.places}
            store.write_snapshot(self._path, snapshot.facts, parts | {"recent": [b"[]"]})


class _TaskLines:
    """The lines of the tasks; as they are written, where each is, and which units it names."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._index = array("I")
        self._naming = [array("I") for _unit in plan.units]

    def write(self) -> Iterator[bytes]:
        """Yield the lines."""
        for number, (units, task) in enumerate(encode.encode_tasks(self._plan)):
            line = encode.dump(task) + b"\n"
            self._index.extend((len(line), zlib.crc32(line)))
            for unit in units:
                self._naming[unit].append(number)
            yield line

    def write_index(self) -> Iterator[bytes]:
        """Yield length and checksum of each line."""
        yield self._index.tobytes()

    def write_units(self) -> Iterator[bytes]:
        """Yield for each unit how many lines name it; then, for each, which these are."""
        yield array("I", map(len, self._naming)).tobytes()
        yield from (numbers.tobytes() for numbers in self._naming)


def _read_plan(snapshot: store.Snapshot, names: Sequence[str]) -> Plan:
    header = json.loads(snapshot.read("plan"))
    units = encode.decode_units(header)
    wanted = _find_units(encode.decode_plan(header, units, ()), names)
    if not wanted:
        lines = snapshot.read("tasks").replace(b"\n", b",").removesuffix(b",")
        return encode.decode_plan(header, units, json.loads(b"[%s]" % lines))
    return encode.decode_plan(header, units, _read_lines(snapshot, units, wanted))


def _find_units(plan: Plan, names: Sequence[str]) -> set[Unit]:
    """Return the units with these names, and all groups; none where a name is unknown."""
    try:
        wanted = {find_unit(plan, name) for name in names}
    except NameLookupError:
        # The question itself says so.
        return set()
    return wanted and wanted.union(unit for unit in plan.units if unit.is_group)


def _read_lines(
    snapshot: store.Snapshot, units: Sequence[Unit], wanted: set[Unit]
) -> Iterator[Json]:
    """Yield the lines that name any of the units that are wanted."""
    naming, index = snapshot.read_numbers("units"), snapshot.read_numbers("index")
    numbers: set[int] = set()
    start = len(units)
    for unit, count in zip(units, naming[:start], strict=True):
        if unit in wanted:
            numbers.update(naming[start : start + count])
        start += count
    place, _length, _checksum = snapshot.places["tasks"]
    for number, (length, checksum) in enumerate(zip(index[::2], index[1::2], strict=True)):
        if number in numbers:
            yield json.loads(store.verify(snapshot.read_at(place, length), checksum))
        place += length
