"""The lines of the tasks in a snapshot: of each task one for questions, and one for `check`.

An index has the lengths and checksums of the lines, and which tasks name a unit, so that a question
about a unit reads only those.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from credit_plan.snapshot import store

TASKS = "tasks"
INDEX = "index"
UNITS = "units"
NUMBERS = 4
"""In the index, of each task: the length and the checksum of both lines."""


class IndexEntry(NamedTuple):
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


def iter_index(snapshot: store.Snapshot) -> Iterator[IndexEntry]:
    """Yield the entries of the index, task by task; raise StaleError if the index is damaged."""
    index = snapshot.read_numbers(INDEX)
    start, _length, _checksum = snapshot.parts[TASKS]
    for at in range(0, len(index), NUMBERS):
        entry = IndexEntry(start, *index[at : at + NUMBERS])
        yield entry
        start += entry.length + entry.check_length


def find_naming(snapshot: store.Snapshot, units: Collection[int]) -> set[int]:
    """Return which tasks, by the order of their lines, name any of the units with these numbers."""
    found: set[int] = set()
    if units:
        # First how many units there are, and how many tasks name each; then which these are.
        count, *numbers = snapshot.read_numbers(UNITS)
        start = count
        for unit, length in enumerate(numbers[:count]):
            if unit in units:
                found.update(numbers[start : start + length])
            start += length
    return found
