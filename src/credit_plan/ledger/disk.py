"""Files and folders that are on the disk, and not only on their way to it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EBADF, EINVAL
from pathlib import Path
from secrets import token_hex
from stat import S_IMODE
from typing import Final

_HIDDEN: Final = "."
_ENDING: Final = ".ledger.tmp"
_NO_SUCH_SERVICE: Final = frozenset({EBADF, EINVAL})


def write(path: Path, content: bytes, like: os.stat_result | None = None) -> None:
    """Writes a new file, on the disk when this returns.

    It has the owner and the permissions of `like`, or without it those that the umask gives.
    """
    with path.open("xb") as file:
        if like is not None:
            _resemble(path, like)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync(folder: Path) -> None:
    """Brings the names in a folder to the disk, on the systems and file systems that can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        # Windows opens no folder; elsewhere one may be written to that may not be listed.
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_SUCH_SERVICE:
            raise
    finally:
        os.close(handle)


def make(folder: Path) -> None:
    """Makes a folder that is not there, with those above it."""
    for it in reversed(missing(folder)):
        it.mkdir(exist_ok=True)
        sync(it.parent)


def missing(folder: Path) -> tuple[Path, ...]:
    """Those of a folder and the folders above it that are not there, the lowest first."""
    return tuple(it for it in (folder, *folder.parents) if not it.exists())


def unused(folder: Path) -> Path:
    """A name in a folder that nobody has, and that no reader of the plan looks at."""
    return folder / f"{_HIDDEN}{token_hex(8)}{_ENDING}"


def leftovers(folder: Path) -> Iterator[Path]:
    """What stands under such names, also of writers that were killed."""
    return folder.glob(f"{_HIDDEN}*{_ENDING}")


@contextmanager
def blamed_on(path: Path) -> Iterator[None]:
    """Makes an OSError name the file that somebody knows, and not a hidden one beside it."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = os.fspath(path), None
        raise


def _resemble(path: Path, like: os.stat_result) -> None:
    """Gives a file the owner, the group and the permissions of another, as far as one may."""
    own = path.stat()
    for owner, group, differs in (
        (-1, like.st_gid, own.st_gid != like.st_gid),
        (like.st_uid, -1, own.st_uid != like.st_uid),
    ):
        if not differs:
            continue
        with suppress(AttributeError, OSError):
            # Windows has no owners of this kind, only root may give a file away, and in a
            # container nobody to an owner whom it does not know.
            os.chown(path, owner, group)
    path.chmod(S_IMODE(like.st_mode))
