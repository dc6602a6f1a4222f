"""Files on the disk: written whole, under other names first, and with their owners."""

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from errno import EBADF, EINVAL
from pathlib import Path
from secrets import token_hex
from stat import S_IMODE, S_ISREG
from typing import Any, BinaryIO

from credit_plan.errors import UnfitFolderError
from credit_plan.i18n import _, join_list

_TEMPORARY = re.compile(r"\.[0-9a-f]{16}\.ledger\.tmp")

_UNSUPPORTED = frozenset({EBADF, EINVAL})

_MAX_LISTED = 3

_MAX_HIDDEN = 2**20
"""The bytes of a hidden file that is read: enough to name thousands of files."""


def write_file(path: Path, content: bytes, like: os.stat_result | None = None) -> None:
    """Write a new file, which is on the disk when this returns.

    It has the owner and the permissions of `like`, or without it those that the umask gives.
    """
    with path.open("xb") as file:
        if like is not None:
            _copy_permissions(path, like)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def make_folder(folder: Path) -> None:
    """Create a folder and those above it, as far as they are missing."""
    for missing in find_missing_folders(folder):
        add_folder(missing)


def add_folder(folder: Path) -> None:
    """Create a folder in one that exists; it is on the disk when this returns."""
    folder.mkdir(exist_ok=True)
    give_to_owner_of(folder.parent, folder)
    sync_folder(folder.parent)


def find_missing_folders(folder: Path) -> list[Path]:
    """Return those of a folder and the folders above it that do not exist, the highest first."""
    return [path for path in reversed((folder, *folder.parents)) if not path.exists()]


def refuse_folder(folder: Path, is_allowed: Callable[[str], bool] = lambda _name: False) -> None:
    """Raise UnfitFolderError for a file, and for a folder with any name that is not allowed."""
    if folder.is_dir():
        names = sorted(path.name for path in folder.iterdir() if not is_allowed(path.name))
        if names:
            listed, more = names[:_MAX_LISTED], len(names) - _MAX_LISTED
            if more > 0:
                listed.append(_("{count} more").format(count=more))
            message = _("{folder} is not empty: it contains {names}; name a new folder")
            raise UnfitFolderError(message.format(folder=folder, names=join_list(listed)))
    elif os.path.lexists(folder):
        message = _("{folder} is not a folder; name a new one")
        raise UnfitFolderError(message.format(folder=folder))


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, on the systems and file systems that can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        # Windows opens no folder; elsewhere one may be writable that may not be listed.
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise
    finally:
        os.close(handle)


def is_temporary(name: str) -> bool:
    """Return whether a name is one that `temporary_path` gives."""
    return _TEMPORARY.fullmatch(name) is not None


def temporary_path(folder: Path) -> Path:
    """Return an unused name in a folder, which no reader of the plan looks at."""
    return folder / f".{token_hex(8)}.ledger.tmp"


@contextmanager
def name_in_errors(path: Path) -> Iterator[None]:
    """Make an OSError name this file, which the user knows, and not a hidden one beside it."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = os.fspath(path), None
        raise


def write_beside(
    target: Path, content: bytes, temporaries: ExitStack, like: os.stat_result | None = None
) -> Path:
    """Write a hidden file beside another, like `write_file`; it is removed with `temporaries`."""
    temporary = temporary_path(target.parent)
    temporaries.callback(_remove, temporary)
    write_file(temporary, content, like)
    return temporary


def write_hidden(path: Path, content: bytes) -> None:
    """Create or replace a file of this program's own, which has the owner of its folder."""
    with ExitStack() as temporaries:
        written = write_beside(path, content, temporaries)
        give_to_owner_of(path.parent, written)
        written.replace(path)


def read_hidden(path: Path) -> Any:  # noqa: ANN401  whatever is in it
    """Return what a file of this program's own says; None if it is missing or cannot be one.

    Another user may have left it, who let nobody read it, or wrote it to mislead.
    """
    try:
        if not is_regular(path) or path.stat().st_size > _MAX_HIDDEN:
            return None
        return json.loads(path.read_bytes())
    except (PermissionError, ValueError, RecursionError):
        return None


def is_regular(path: Path) -> bool:
    """Return whether there is a file of this name itself, and not a link to one."""
    try:
        return S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        return False


def read_content(target: Path) -> bytes | None:
    """Return what a file holds; None if it does not exist."""
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return None


def open_to_replace(target: Path) -> BinaryIO:
    """Open a file that may be written; a folder may allow what the file itself forbids.

    The owner of the folder may replace a file that another user created in it.
    """
    try:
        return target.open("r+b")
    except PermissionError:
        own = _find_user()
        if own is None or target.parent.stat().st_uid != own or target.stat().st_uid == own:
            raise
        return target.open("rb")


def give_to_owner_of(folder: Path, path: Path) -> None:
    """Give what root has just created to the owner of the folder, who could not write it then."""
    if _find_user() == 0:
        owner, own = folder.stat(), path.stat()
        if (owner.st_uid, owner.st_gid) != (own.st_uid, own.st_gid):
            with suppress(OSError):
                os.chown(path, owner.st_uid, owner.st_gid)


def remove_temporaries(folder: Path) -> None:
    """Remove what killed writers have left; under the lock, no other writer is at work."""
    for leftover in folder.glob(".*.ledger.tmp"):
        _remove(leftover)


def _remove(temporary: Path) -> None:
    with suppress(OSError):
        temporary.unlink(missing_ok=True)


def _find_user() -> int | None:
    """Return the id of the user who runs this program; None on Windows, which has no user ids."""
    return os.geteuid() if hasattr(os, "geteuid") else None


def _copy_permissions(path: Path, like: os.stat_result) -> None:
    """Give a file the owner, the group and the permissions of another, as far as possible."""
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
