"""The journal of a batch: which files it replaces, until all of them are replaced.

No file system replaces several names at once. A writer that is killed between two of them leaves
its journal and, beside each file, a hidden one with the old content. With these the next writer
restores the files.
"""

import json
import re
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG

from credit_plan.storage import disk

JOURNAL = ".ledger.journal"
"""The name of the file, in the folder of the files that are replaced."""

_MAX_BYTES = 2**20
"""Enough for thousands of files."""

_NAME = re.compile(r"[A-Za-z0-9_-]{1,200}\.yaml")


@dataclass(frozen=True, slots=True)
class Recovered:
    """What became of the files of a batch whose writer was killed between two of them.

    The `undone` ones are what they were before. The `kept` ones were edited since, and stay.
    """

    undone: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()


def write_journal(folder: Path, changes: Iterable[tuple[str, Path, Path | None]]) -> None:
    """Write down the name of each file, the file that will replace it, and its copy (None: new)."""
    entries = [
        {
            "name": name,
            "new": new.name,
            "number": new.stat().st_ino,
            "digest": sha256(new.read_bytes()).hexdigest(),
            "old": None if old is None else old.name,
        }
        for name, new, old in changes
    ]
    journal = folder / JOURNAL
    with disk.name_in_errors(journal), ExitStack() as temporaries:
        written = disk.write_beside(journal, json.dumps(entries).encode(), temporaries)
        disk.give_to_owner_of(folder, written)
        written.replace(journal)
        disk.sync_folder(folder)


def remove_journal(folder: Path) -> None:
    """Remove the journal for good: one that came back would undo what was written."""
    with suppress(FileNotFoundError):
        (folder / JOURNAL).unlink()
        disk.sync_folder(folder)


def undo_interrupted(folder: Path) -> Recovered:
    """Make the files of an interrupted batch what they were before it, and remove its journal."""
    undone, kept = [], []
    for entry in _read_journal(folder):
        path, old = folder / entry.name, None if entry.old is None else folder / entry.old
        if (folder / entry.new).exists():
            # It has not replaced the file yet.
            continue
        if not entry.has_replaced(path):
            # Where it is undone already, by a process that was killed as well, nothing is left.
            if _is_regular(old or path):
                kept.append(path)
        elif old is None:
            path.unlink()
            undone.append(path)
        elif _is_regular(old):
            old.replace(path)
            undone.append(path)
        else:
            kept.append(path)
    if undone:
        disk.sync_folder(folder)
    if not (folder / JOURNAL).is_dir():
        remove_journal(folder)
    return Recovered(tuple(undone), tuple(kept))


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file of the batch by its name, the hidden file that replaces it, and the one it was.

    The `number` of a file on its disk shows that it is the one that was put there. So nothing is
    undone in a copy of the folder, nor by a journal that somebody else has written.
    """

    name: str
    new: str
    number: int
    digest: str
    old: str | None

    def has_replaced(self, path: Path) -> bool:
        """Return whether a file is the new one, and was not edited since."""
        return (
            _is_regular(path)
            and path.stat().st_ino == self.number
            and sha256(path.read_bytes()).hexdigest() == self.digest
        )

    def is_possible(self) -> bool:
        """Return whether the names are of the kinds that a writer gives."""
        hidden = self.old is None or disk.is_temporary(self.old)
        return bool(_NAME.fullmatch(self.name)) and disk.is_temporary(self.new) and hidden


def _read_journal(folder: Path) -> list[_Entry]:
    """Return the entries of the journal in a folder; none of what is no journal of this program."""
    journal = folder / JOURNAL
    try:
        if not _is_regular(journal) or journal.stat().st_size > _MAX_BYTES:
            return []
        entries = [_Entry(**fields) for fields in json.loads(journal.read_bytes())]
        return [entry for entry in entries if entry.is_possible()]
    except (PermissionError, ValueError, TypeError, RecursionError):
        # Another user may have left it, who let nobody read it.
        return []


def _is_regular(path: Path) -> bool:
    """Return whether there is a file of this name itself, and not a link to one."""
    try:
        return S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        return False
