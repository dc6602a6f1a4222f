"""The journal of a batch: what its files held, until all of them are replaced.

No file system replaces several names at once. A writer that is killed between two of them leaves
its journal, with which the next writer makes the files old again.
"""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG

from credit_plan.storage import disk

JOURNAL = ".ledger.journal"
"""The name of the file, in the folder of the files that are replaced."""

_MAX_BYTES = 2**28
"""All progress files of a plan, each as large as one may be, take half of it."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What became of the files of a batch whose writer was killed between two of them.

    The `undone` ones are what they were before. The `kept` ones were edited since, and stay.
    """

    undone: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()


def write_journal(folder: Path, changes: Iterable[tuple[str, bytes | None, Path]]) -> None:
    """Write down the name of each file, what it holds (None: no file), and what will replace it."""
    entries = [
        {
            "name": name,
            "before": None if held is None else b64encode(held).decode(),
            "digest": sha256(new.read_bytes()).hexdigest(),
            "number": new.stat().st_ino,
        }
        for name, held, new in changes
    ]
    with ExitStack() as temporaries:
        written = disk.write_beside(folder / JOURNAL, json.dumps(entries).encode(), temporaries)
        written.replace(folder / JOURNAL)
        disk.sync_folder(folder)


def remove_journal(folder: Path) -> None:
    """Remove the journal for good: one that came back would undo what was written."""
    with suppress(FileNotFoundError):
        (folder / JOURNAL).unlink()
        disk.sync_folder(folder)


def undo_interrupted(folder: Path) -> Recovered:
    """Make the files of an interrupted batch what they were before it, and remove its journal."""
    undone, kept = [], []
    with ExitStack() as temporaries:
        for entry in _read_journal(folder):
            path = folder / entry.name
            target = Path(os.path.realpath(path))
            held = disk.read_content(target) if target.is_file() else None
            if held == entry.before:
                continue
            if held is None or not entry.replaced(target, held):
                kept.append(path)
                continue
            undone.append(path)
            if entry.before is None:
                target.unlink()
            else:
                old = disk.write_beside(target, entry.before, temporaries, target.stat())
                old.replace(target)
            disk.sync_folder(target.parent)
    remove_journal(folder)
    return Recovered(tuple(undone), tuple(kept))


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a file held, and how to know what has replaced it.

    The number of a file on its disk shows that it is the one that was put there. So nothing is
    undone in a copy of the folder, nor by a journal that somebody else has written.
    """

    name: str
    before: bytes | None
    digest: str
    number: int

    def replaced(self, target: Path, held: bytes) -> bool:
        """Return whether a file is the one that was put in the place of the old one."""
        return target.stat().st_ino == self.number and sha256(held).hexdigest() == self.digest


def _read_journal(folder: Path) -> list[_Entry]:
    """Return the entries of the journal in a folder; none of what is no journal of this program."""
    try:
        status = (folder / JOURNAL).lstat()
        if not S_ISREG(status.st_mode) or status.st_size > _MAX_BYTES:
            return []
        return [
            _Entry(
                name=Path(entry["name"]).name,
                before=None if entry["before"] is None else b64decode(entry["before"]),
                digest=entry["digest"],
                number=entry["number"],
            )
            for entry in json.loads((folder / JOURNAL).read_bytes())
            if Path(entry["name"]).suffix == ".yaml"
        ]
    except (FileNotFoundError, ValueError, TypeError, KeyError, RecursionError):
        return []
