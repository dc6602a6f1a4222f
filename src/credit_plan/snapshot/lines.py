"""The lines of the tasks in a snapshot: of each task one for questions, and one for `check`.

An index has the lengths and checksums of the lines, and which tasks name a unit, so that a question
about a unit reads only those.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from credit_plan.plan import Totals
from credit_plan.snapshot import encode, store

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Any

    from credit_plan.loader.build import PlanBuilder
    from credit_plan.models.records import Task
    from credit_plan.snapshot.records import CheckedTask

_TASKS = "tasks"
_INDEX = "index"
_UNITS = "units"
_NUMBERS = 4
"""In the index, of each task: the length and the checksum of both lines."""


class Place(NamedTuple):
    """Where the two lines of a task are."""

    start: int
    length: int
    checksum: int
    check_length: int
    check_checksum: int

    def read(self, snapshot: store.Snapshot) -> bytes:
        """Return the line for questions; raise StaleError if it is damaged."""
        return store.verify(snapshot.read_at(self.start, self.length), self.checksum)

    def read_for_check(self, snapshot: store.Snapshot) -> bytes:
        """Return the line for `check`; raise StaleError if it is damaged."""
        content = snapshot.read_at(self.start + self.length, self.check_length)
        return store.verify(content, self.check_checksum)


def iter_places(snapshot: store.Snapshot) -> Iterator[Place]:
    """Yield where the lines of each task are; raise StaleError if the index is damaged."""
    index = snapshot.read_numbers(_INDEX)
    start, _length, _checksum = snapshot.places[_TASKS]
    for at in range(0, len(index), _NUMBERS):
        place = Place(start, *index[at : at + _NUMBERS])
        yield place
        start += place.length + place.check_length


def find_naming(snapshot: store.Snapshot, units: Collection[int]) -> set[int]:
    """Return which tasks, by the order of their lines, name any of the units with these numbers."""
    found: set[int] = set()
    if units:
        # First how many units there are, and how many tasks name each; then which these are.
        count, *numbers = snapshot.read_numbers(_UNITS)
        start = count
        for unit, length in enumerate(numbers[:count]):
            if unit in units:
                found.update(numbers[start : start + length])
            start += length
    return found


class LineWriter:
    """Writes the lines of the tasks into a new snapshot, as they come."""

    def __init__(self, writer: store.Writer, builder: PlanBuilder) -> None:
        self._writer = writer
        self._builder = builder
        self._numbers = {unit: number for number, unit in enumerate(builder.units)}
        self._index = array("I")
        self._naming = [array("I") for _unit in builder.units]
        self._measures = self._obligations = 0
        writer.begin(_TASKS)

    def add(self, checked: CheckedTask, task: Task, data: Mapping[str, Any]) -> CheckedTask:
        """Write a task that was read; raise KeyError if it names a unit that is not registered.

        Return what is known of it, with the counts and units that its lines have.
        """
        from credit_plan.snapshot.records import encode_checked  # noqa: PLC0415  see `copy`

        measures = self._builder.build_measures(task)
        obligations = self._builder.list_obligations(measures)
        named = {self._numbers[unit] for it in measures for unit in it.units()}
        checked = checked._replace(
            measures=len(measures), obligations=len(obligations), units=tuple(sorted(named))
        )
        line = encode.dump(encode.encode_task(measures, obligations, self._numbers))
        self._write(checked, line, encode.dump(encode_checked(checked, task, data)))
        return checked

    def copy(self, checked: CheckedTask, place: Place, snapshot: store.Snapshot) -> None:
        """Write a task as an earlier snapshot has it; raise one of DAMAGES if it is damaged."""
        self._write(checked, place.read(snapshot), place.read_for_check(snapshot))

    def finish(self) -> Totals:
        """Write the index, and return how many measures and obligations the plan has."""
        self._writer.write_part(_INDEX, self._index.tobytes())
        counts = array("I", [len(self._naming), *map(len, self._naming)])
        self._writer.write_part(_UNITS, counts.tobytes(), *(it.tobytes() for it in self._naming))
        return Totals(self._measures, self._obligations)

    def _write(self, checked: CheckedTask, line: bytes, check_line: bytes) -> None:
        for unit in checked.units:
            self._naming[unit].append(len(self._index) // _NUMBERS)
        self._index.extend((len(line), crc32(line), len(check_line), crc32(check_line)))
        self._measures += checked.measures
        self._obligations += checked.obligations
        self._writer.write(line)
        self._writer.write(check_line)
