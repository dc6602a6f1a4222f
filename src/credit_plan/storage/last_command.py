"""The note of the last command that wrote reports: whose it was, when, and what it wrote.

It is only a note: what it says of the files is compared with them, and one that cannot be right,
or cannot be read, counts as none.
"""

import getpass
import json
import os
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from operator import index
from pathlib import Path
from typing import Any

from credit_plan.storage import disk
from credit_plan.storage.journal import compute_digest, is_file_name

LAST_COMMAND = ".ledger.last"
"""The name of the note, in the folder of the files that were written."""


@dataclass(frozen=True, slots=True)
class User:
    """Who runs the program: the login name, and the name of the machine."""

    login: str
    machine: str


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file by its name, its size before the command (None: no file), its SHA-256 after it."""

    name: str
    size: int | None
    digest: str

    def is_held(self, content: bytes) -> bool:
        """Return whether this is what the command left in the file."""
        return compute_digest(content) == self.digest


@dataclass(frozen=True, slots=True)
class LastCommand:
    """A command that appended reports to files; all have the same stamp `recorded`."""

    user: User
    recorded: datetime
    files: tuple[WrittenFile, ...]


def find_user() -> User:
    """Return who runs this program."""
    try:
        login = getpass.getuser()
    except (KeyError, OSError, ImportError):
        # A user in a container may have a number only.
        login = str(os.geteuid()) if hasattr(os, "geteuid") else ""
    return User(login, socket.gethostname())


def write_last_command(
    recorded: datetime, contents: Mapping[Path, bytes], read: Mapping[Path, bytes | None]
) -> bool:
    """Note the command that has just replaced files, as `replace_files` does; hold `lock`.

    Return whether there is a note. There is none if a file is a link, or if the system refuses
    it: the reports are written all the same.
    """
    folder = next(iter(contents)).parent
    files = [
        WrittenFile(
            path.name, None if (old := read[path]) is None else len(old), compute_digest(it)
        )
        for path, it in contents.items()
    ]
    note = asdict(LastCommand(find_user(), recorded, tuple(files)))
    with suppress(OSError):
        remove_last_command(folder)
        if all(map(disk.is_regular, contents)):
            content = json.dumps({**note, "recorded": recorded.isoformat()})
            disk.write_hidden(folder / LAST_COMMAND, content.encode())
            return True
    return False


def read_last_command(folder: Path) -> LastCommand | None:
    """Return the last command that wrote in a folder; None if there is no sound note of it."""
    try:
        return _parse(disk.read_hidden(folder / LAST_COMMAND))
    except (KeyError, TypeError, ValueError):
        return None


def remove_last_command(folder: Path) -> None:
    """Remove the note, where the system lets it: nothing can be taken back any more."""
    with suppress(OSError):
        (folder / LAST_COMMAND).unlink()


def _parse(note: Any) -> LastCommand:  # noqa: ANN401  whatever was read
    """Return what a note says; raise KeyError, TypeError or ValueError for what is none."""
    user = User(str(note["user"]["login"]), str(note["user"]["machine"]))
    recorded = datetime.fromisoformat(note["recorded"])
    files = tuple(map(_parse_file, note["files"]))
    if not files or recorded.tzinfo is None:
        raise ValueError
    return LastCommand(user, recorded, files)


def _parse_file(fields: Any) -> WrittenFile:  # noqa: ANN401  whatever was read
    name, size = str(fields["name"]), None if fields["size"] is None else index(fields["size"])
    if not is_file_name(name) or (size is not None and size < 0):
        raise ValueError
    return WrittenFile(name, size, str(fields["digest"]))
