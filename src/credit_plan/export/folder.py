"""The folder of an export: partitions named as Hive names them, and each plan replaced whole."""

import json
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from hashlib import sha256
from pathlib import Path

from credit_plan.as_of import AsOf
from credit_plan.errors import UnfitFolderError
from credit_plan.export.tables import TABLES, ExportRow, ExportTable, split_by_chapter
from credit_plan.i18n import _
from credit_plan.plan import Chapter, Plan
from credit_plan.storage import disk, writer

WriteFile = Callable[[Path, ExportTable, Sequence[ExportRow]], None]

MARKER = "_credit-plan.json"
"""What tells an export from other folders; readers of partitions pass over a name with “_”."""

_FORMAT = {"schema": "credit-plan/export@1"}
_UNSAFE = re.compile(r"""[\x00-\x1f\x7f"#%'*/:=?\\{}\[\]^<>|]|[ .]\Z""")
"""What Hive and Spark quote in the name of a partition, and what Windows has in no name."""

_MAX_BYTES = 200
"""A file system allows 255, and `plan=` takes some."""

_MAX_CHARACTERS = 40
"""So many of a longer name are kept: 160 bytes at most."""


def export_plan(
    plan: Plan, day: date, folder: Path, ending: str, write: WriteFile
) -> dict[str, int]:
    """Write the tables of a plan as of a day into a folder; return how many rows each has.

    The folder is new, empty, or one with earlier exports, in which this plan alone is replaced:
    as a whole, or not at all if anything fails. Raise UnfitFolderError for any other folder.
    """
    _refuse_other(folder)
    with disk.name_in_errors(folder), writer.lock(folder), ExitStack() as temporary:
        for leftover in filter(Path.is_dir, folder.glob(".*.ledger.tmp")):
            shutil.rmtree(leftover)
        built = disk.temporary_path(folder)
        temporary.callback(shutil.rmtree, built, ignore_errors=True)
        partition = f"plan={quote_value(name_plan(plan))}"
        counts = dict.fromkeys((table.name for table in TABLES), 0)
        for table, chapter, rows in _iter_parts(plan, day):
            inside = (f"chapter={chapter.number}",) if chapter else ()
            write(Path(built, table.name, partition, *inside, f"part-0{ending}"), table, rows)
            counts[table.name] += len(rows)
        disk.write_hidden(folder / MARKER, json.dumps(_FORMAT).encode())
        _publish(folder, built, partition)
    return counts


def name_plan(plan: Plan) -> str:
    """Return the value of `plan` in every table: the title, with the city if that lacks it."""
    return plan.title if plan.city in plan.title else plan.city + plan.title


def quote_value(value: str) -> str:
    """Return a value as part of the name of a folder, quoted as Hive and Spark do.

    A long one is cut, and ends in a checksum of the whole.
    """
    quoted = _UNSAFE.sub(lambda sign: f"%{ord(sign[0]):02X}", value)
    if len(quoted.encode()) <= _MAX_BYTES:
        return quoted
    return quote_value(f"{value[:_MAX_CHARACTERS]}…{sha256(value.encode()).hexdigest()[:8]}")


def _refuse_other(folder: Path) -> None:
    """Raise UnfitFolderError for a folder that holds anything but exports of this format."""
    if not (folder / MARKER).exists():
        disk.refuse_folder(folder, allowed=(writer.LOCK,))
    elif disk.read_hidden(folder / MARKER) != _FORMAT:
        message = _("{folder} holds an export of another version; name a new folder")
        raise UnfitFolderError(message.format(folder=folder))


def _iter_parts(
    plan: Plan, day: date
) -> Iterator[tuple[ExportTable, Chapter | None, Sequence[ExportRow]]]:
    """Yield the rows of each file, with its table and its chapter if it is of one.

    Only those of one chapter are in memory. A table without rows gets a file without rows, which
    has its columns.
    """
    empty = {table.name for table in TABLES if table.by_chapter}
    for chapter, part in split_by_chapter(plan):
        as_of = AsOf.of(part, day)
        for table in TABLES:
            if table.by_chapter and (rows := [*table.rows(part, as_of)]):
                yield table, chapter, rows
                empty.discard(table.name)
    as_of = AsOf.of(plan, day)
    for table in TABLES:
        if table.name in empty:
            yield table, plan.chapters[0], ()
        elif not table.by_chapter:
            yield table, None, [*table.rows(plan, as_of)]


def _publish(folder: Path, built: Path, partition: str) -> None:
    """Move what was built to its place, and what was there before out of it; or neither.

    No file system replaces several folders at once: a process that is killed in between leaves a
    plan that is not in `plans`, the last table, and is replaced by its next export.
    """
    names = [table.name for table in TABLES]
    with ExitStack() as undo:
        for name in reversed(names):
            if (place := folder / name / partition).exists():
                _move(place, built / "replaced" / name, undo)
        for name in names:
            _move(built / name / partition, folder / name / partition, undo)
        undo.pop_all()


def _move(source: Path, target: Path, undo: ExitStack) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.rename(target)
    undo.callback(target.rename, source)
