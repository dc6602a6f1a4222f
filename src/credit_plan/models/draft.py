"""The records of all files together, as they were read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from posixpath import basename, splitext
from typing import Generic, TypeVar

from credit_plan.diagnostics import KeyPath
from credit_plan.models.accepted import Acceptance
from credit_plan.models.indicators import Indicator
from credit_plan.models.progress import Entry
from credit_plan.models.records import PlanMetadata, Record, Registry, Task
from credit_plan.plan import RecordKind

RecordT = TypeVar("RecordT", bound=Record)

UNREAD = 0
"""An id or a chapter that could not be read; counting starts at 1, and no rule judges 0."""

TEXT_STAND_IN = "…"
NUMBER_STAND_IN_PREFIX = "0-"
"""What `loader.recover` puts in place of values of a measure that could not be read."""

_LATER_PART = re.compile(r"(.+)-([2-9]|[1-9][0-9]{1,8})\.yaml")


@dataclass(frozen=True, slots=True)
class Located(Generic[RecordT]):
    """A record with its file, named as a user would name it, and its path in that file."""

    file: str
    record: RecordT
    path: KeyPath = ()

    @property
    def name(self) -> str:
        """Return the file's own name, without its folders."""
        return basename(self.file)

    def at(self, *keys: str | int) -> tuple[str, KeyPath]:
        """Return the file and the path of a value in the record, as a Diagnostic takes them."""
        return self.file, (*self.path, *keys)


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that could be read, before the rules are applied.

    `unread` names the files that are not valid records, with the kind of their records if it is
    known. What could be recovered of them is in the other fields all the same, with stand-ins for
    faulty values. `evidence` has the SHA-256 of each file that an entry names, or None for one
    that does not exist; it is None itself if no files were read. `today` is the day of reading.
    `accepted` are the findings that are right as they are; only `check` reads them.
    """

    metadata: Located[PlanMetadata] | None
    registry: Located[Registry] | None
    tasks: tuple[Located[Task], ...]
    unread: Mapping[str, RecordKind | None] = field(default_factory=dict)
    indicators: tuple[Located[Indicator], ...] = ()
    entries: tuple[Located[Entry], ...] = ()
    evidence: Mapping[str, str | None] | None = None
    today: date = date.max
    accepted: tuple[Located[Acceptance], ...] = ()

    def unread_of(self, kind: RecordKind) -> list[str]:
        """Return the files of a kind that are not valid records."""
        return [file for file, of in self.unread.items() if of is kind]

    def whole(self) -> tuple[PlanMetadata, Registry, tuple[Task, ...]]:
        """Return the metadata, the units, and the tasks by number; all files could be read.

        Raise ValueError if one could not. The records may break rules.
        """
        if self.metadata is None or self.registry is None or self.unread:
            message = "a draft with unread files is no plan"
            raise ValueError(message)
        tasks = sorted((task.record for task in self.tasks), key=attrgetter("id"))
        return self.metadata.record, self.registry.record, tuple(tasks)


def task_file(task: int) -> str:
    """Return the name of the file that a task belongs in: `07.yaml`."""
    return f"{task:02}.yaml"


def progress_file(task: int, part: int) -> str:
    """Return the name of a file with reports on a task: `07.yaml`, or for part 2 `07-2.yaml`."""
    return task_file(task) if part == 1 else f"{task:02}-{part}.yaml"


def split_part(file: str) -> tuple[str, int]:
    """Return what progress files are sorted by: `07.yaml` and 2 for the file `07-2.yaml`.

    These are the name of the first file of its task, and which of the files of the task it is.
    """
    name = basename(file)
    later = _LATER_PART.fullmatch(name)
    return (f"{later[1]}.yaml", int(later[2])) if later else (name, 1)


def task_number(measure: str) -> int:
    """Return the number of the task that the id of a measure belongs to."""
    return int(measure.partition(".")[0])


def is_named_for_task(filed: Located[Task]) -> bool:
    """Return whether a task is in the file that it belongs in."""
    return filed.name == task_file(filed.record.id)


def task_number_of_file(file: str) -> int:
    """Return the task number in the name of a file; UNREAD where its name is not a number."""
    stem, _ending = splitext(basename(file))
    return int(stem) if stem.isascii() and stem.isdecimal() else UNREAD
