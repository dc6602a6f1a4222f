"""Writing of a plan's files: one writer at a time, and no file is ever half written."""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from errno import EBADF, EINVAL
from pathlib import Path
from secrets import token_hex
from stat import S_IMODE

from credit_plan.errors import ChangedError, LockedError
from credit_plan.i18n import _

LOCK = ".ledger.lock"
"""The lock file of a folder; it is never deleted, and has an effect only while it is locked."""

_TEMPORARY_PREFIX = "."
_TEMPORARY_SUFFIX = ".ledger.tmp"
_TIMEOUT = 60
"""Seconds; twenty writers that come at once are all done long before."""

_UNSUPPORTED = frozenset({EBADF, EINVAL})


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Lock a folder for one writer; create it if it is missing.

    Read what the changes depend on after locking. The lock ends with the process,
    however that ends, and is not reentrant. Raise LockedError where another process keeps it for
    a minute, and OSError where the folder cannot be written.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  only who locks pays for it

    make_folder(folder)
    file_lock = FileLock(folder / LOCK, timeout=_TIMEOUT)
    try:
        file_lock.acquire()
    except Timeout:
        message = _(
            "another process has been writing in {folder} for more than {seconds} seconds; "
            "try again when it has finished (lock file: {lock})"
        ).format(folder=folder, seconds=_TIMEOUT, lock=folder / LOCK)
        raise LockedError(message) from None
    try:
        _remove_leftovers(folder)
        yield
    finally:
        file_lock.release()


def replace_files(
    contents: Mapping[Path, bytes], read: Mapping[Path, bytes | None] | None = None
) -> None:
    """Replace the content of files, or create them: all, or if one fails none.

    A file keeps its permissions and its owner. A link stays, and its target is replaced.

    `read` is what the files held (None: no file) when the new contents were made. An editor takes
    no lock: where a file holds something else by now, raise ChangedError and change nothing.

    Everything is on the disk before the first file is replaced, so that a full disk is noticed
    while all files are old. Each file is the old one or the new one at any instant. A process
    that is killed between two of them leaves the first ones new and the others old: no file
    system replaces several names at once. What it leaves beside them is hidden, and `lock`
    removes it. Raise OSError, and change nothing, where a file cannot be written.

    Hold `lock` where other processes write in the same folder.
    """
    with ExitStack() as temporaries:
        changes = [_prepare(path, content, temporaries) for path, content in contents.items()]
        for change in changes:
            _refuse_changed(change, (read or {}).get(change.path, change.held))
        try:
            for change in changes:
                with name_in_errors(change.path):
                    _refuse_changed(change, _read(change.target))
                    change.new.replace(change.target)
            _sync_folders(changes)
        except BaseException:
            _restore(changes)
            raise


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
        missing.mkdir(exist_ok=True)
        sync_folder(missing.parent)


def find_missing_folders(folder: Path) -> list[Path]:
    """Return those of a folder and the folders above it that do not exist, the highest first."""
    return [path for path in reversed((folder, *folder.parents)) if not path.exists()]


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


def temporary_path(folder: Path) -> Path:
    """Return an unused name in a folder, which no reader of the plan looks at."""
    return folder / f"{_TEMPORARY_PREFIX}{token_hex(8)}{_TEMPORARY_SUFFIX}"


@contextmanager
def name_in_errors(path: Path) -> Iterator[None]:
    """Make an OSError name this file, which the user knows, and not a hidden one beside it."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = os.fspath(path), None
        raise


@dataclass(frozen=True, slots=True)
class _Change:
    """A file to be replaced, `target` where it is a link, and beside it the `new` and `old` file.

    `held` is what it held; both that and `old` are None where it does not exist yet.
    """

    path: Path
    target: Path
    new: Path
    old: Path | None = None
    held: bytes | None = None


def _remove_leftovers(folder: Path) -> None:
    """Remove what killed writers have left; under the lock, no other writer is at work."""
    for leftover in folder.glob(f"{_TEMPORARY_PREFIX}*{_TEMPORARY_SUFFIX}"):
        _remove(leftover)


def _prepare(path: Path, content: bytes, temporaries: ExitStack) -> _Change:
    """Write what a file will hold, and what it holds, beside it."""
    target = Path(os.path.realpath(path))  # Path.resolve raises no OSError for a link to itself
    with name_in_errors(path):
        try:
            # A folder may allow what the file itself forbids.
            with target.open("r+b") as file:
                held, status = file.read(), os.fstat(file.fileno())
        except FileNotFoundError:
            return _Change(path, target, _write_beside(target, content, None, temporaries))
        new = _write_beside(target, content, status, temporaries)
        old = _write_beside(target, held, status, temporaries)
        return _Change(path, target, new, old, held)


def _write_beside(
    target: Path, content: bytes, like: os.stat_result | None, temporaries: ExitStack
) -> Path:
    """Write a hidden file, which is removed with `temporaries`."""
    temporary = temporary_path(target.parent)
    temporaries.callback(_remove, temporary)
    write_file(temporary, content, like)
    return temporary


def _remove(temporary: Path) -> None:
    with suppress(OSError):
        temporary.unlink(missing_ok=True)


def _refuse_changed(change: _Change, expected: bytes | None) -> None:
    if change.held != expected:
        message = _("{file} was changed by another program in the meantime; it was not overwritten")
        raise ChangedError(message.format(file=change.path))


def _read(target: Path) -> bytes | None:
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return None


def _sync_folders(changes: list[_Change]) -> None:
    for folder in {change.target.parent: None for change in changes}:
        sync_folder(folder)


def _restore(changes: list[_Change]) -> None:
    """Make the files what they were, each as far as the system still lets it."""
    for change in changes:
        if change.new.exists():
            # It has not been replaced yet.
            continue
        with suppress(OSError):
            if change.old is None:
                change.target.unlink(missing_ok=True)
            else:
                change.old.replace(change.target)
    with suppress(OSError):
        _sync_folders(changes)


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
