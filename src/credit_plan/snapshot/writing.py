"""Write the lines of the tasks into a new snapshot."""

from array import array
from collections.abc import Mapping
from typing import Any
from zlib import crc32

from credit_plan.loader.build import PlanBuilder
from credit_plan.models.records import Task
from credit_plan.plan import Totals
from credit_plan.snapshot import encode, store
from credit_plan.snapshot.lines import INDEX, NUMBERS, TASKS, UNITS, Place
from credit_plan.snapshot.records import CheckedTask, encode_checked


class LineWriter:
    """Writes the lines of the tasks into a new snapshot, as they come."""

    def __init__(self, writer: store.Writer, builder: PlanBuilder) -> None:
        self._writer = writer
        self._builder = builder
        self._numbers = {unit: number for number, unit in enumerate(builder.units)}
        self._index = array("I")
        self._naming = [array("I") for _unit in builder.units]
        self._measures = self._obligations = 0
        writer.begin(TASKS)

    def add(self, checked: CheckedTask, task: Task, data: Mapping[str, Any]) -> CheckedTask:
        """Write a task that was read; raise KeyError if it names a unit that is not registered.

        Return what is known of it, with the counts and units that its lines have.
        """
        measures = self._builder.build_measures(task)
        obligations = self._builder.list_obligations(measures)
        named = {self._numbers[unit] for it in measures for unit in it.units()}
        checked = checked._replace(
            measures=len(measures), obligations=len(obligations), units=tuple(sorted(named))
        )
        line = encode.dump(encode.encode_task(measures, obligations, self._numbers))
        check_line = encode.dump(encode_checked(checked, task, data))
        self._index.extend((len(line), crc32(line), len(check_line), crc32(check_line)))
        self._write(checked, line + check_line)
        return checked

    def copy(self, checked: CheckedTask, place: Place, snapshot: store.Snapshot) -> None:
        """Write a task as an earlier snapshot has it; raise one of DAMAGES if it is damaged.

        Its line for `check` has been read, and was sound.
        """
        lines = snapshot.read_at(place.start, place.length + place.check_length)
        store.verify(lines[: place.length], place.checksum)
        self._index.extend(place[1:])
        self._write(checked, lines)

    def finish(self) -> Totals:
        """Write the index, and return how many measures and obligations the plan has."""
        self._writer.write_part(INDEX, self._index.tobytes())
        counts = array("I", [len(self._naming), *map(len, self._naming)])
        self._writer.write_part(UNITS, counts.tobytes(), *(it.tobytes() for it in self._naming))
        return Totals(self._measures, self._obligations)

    def _write(self, checked: CheckedTask, lines: bytes) -> None:
        """Write both lines of a task that is the last of the index."""
        for unit in checked.units:
            self._naming[unit].append(len(self._index) // NUMBERS - 1)
        self._measures += checked.measures
        self._obligations += checked.obligations
        self._writer.write(lines)
