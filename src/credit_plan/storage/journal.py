"""The journal of a batch: which files it replaces, until all of them are replaced.

No file system replaces several names at once. A writer that is killed between two of them leaves
its journal and, beside each file, a hidden one with the old content. With these the next writer
restores the files.
"""

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from credit_plan.storage import disk

JOURNAL = ".ledger.journal"
"""The name of the file, in the folder of the files that are replaced."""

_NAME = re.compile(r"[A-Za-z0-9_-]{1,200}\.yaml")


@dataclass(frozen=True, slots=True)
class Recovered:
    """What became of the files of a batch whose writer was killed between two of them.

    The `undone` ones are what they were before. The `kept` ones were edited since, and stay.
    """

    undone: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Replacement:
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
            disk.is_regular(path)
            and path.stat().st_ino == self.number
            and compute_digest(path.read_bytes()) == self.digest
        )

    def is_possible(self) -> bool:
        """Return whether the names are of the kinds that a writer gives."""
        hidden = self.old is None or disk.is_temporary(self.old)
        return is_file_name(self.name) and disk.is_temporary(self.new) and hidden


def is_file_name(name: str) -> bool:
    """Return whether a name is that of a file of the plan, in the folder itself."""
    return _NAME.fullmatch(name) is not None


def compute_digest(content: bytes) -> str:
    """Return the SHA-256 of what a file holds."""
    return sha256(content).hexdigest()


def write_journal(folder: Path, replacements: Iterable[Replacement]) -> None:
    """Write down which files will be replaced, by which ones, and the copies of what they hold."""
    journal, entries = folder / JOURNAL, [asdict(it) for it in replacements]
    with disk.name_in_errors(journal):
        disk.write_hidden(journal, json.dumps(entries).encode())
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
            if disk.is_regular(old or path):
                kept.append(path)
        elif old is None:
            path.unlink()
            undone.append(path)
        elif disk.is_regular(old):
            with disk.name_in_errors(path):
                old.replace(path)
            undone.append(path)
        else:
            kept.append(path)
    if undone:
        disk.sync_folder(folder)
    if not (folder / JOURNAL).is_dir():
        remove_journal(folder)
    return Recovered(tuple(undone), tuple(kept))


def _read_journal(folder: Path) -> list[Replacement]:
    """Return the entries of the journal in a folder; none of what is no journal of this program."""
    try:
        entries = [Replacement(**fields) for fields in disk.read_hidden(folder / JOURNAL) or ()]
        return [entry for entry in entries if entry.is_possible()]
    except TypeError:
        return []
