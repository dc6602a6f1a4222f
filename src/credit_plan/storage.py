"""Writing of a plan's files: one writer at a time, and no file is ever half written."""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from errno import EBADF, EINVAL
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from stat import S_IMODE, S_ISREG
from typing import BinaryIO

from credit_plan.errors import ChangedError, LockedError
from credit_plan.i18n import _

LOCK = ".ledger.lock"
"""The lock file of a folder; it is never deleted, and has an effect only while it is locked."""

JOURNAL = ".ledger.journal"
"""What several files held before they were replaced; it is there only until all of them are."""

_TEMPORARY_PREFIX = "."
_TEMPORARY_SUFFIX = ".ledger.tmp"
_TIMEOUT = 60
"""Seconds; twenty writers that come at once are all done long before."""

_MAX_JOURNAL = 2**28
"""Bytes; all progress files of a plan, each as large as one may be, take half of it."""

_UNSUPPORTED = frozenset({EBADF, EINVAL})


@dataclass(frozen=True, slots=True)
class Recovered:
    """What became of the files of a batch whose writer was killed between two of them.

    The `undone` ones are what they were before. The `kept` ones were edited since, and have both.
    """

    undone: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()


@contextmanager
def lock(folder: Path) -> Iterator[Recovered]:
    """Lock a folder for one writer; create it if it is missing. Undo what was interrupted there.

    Read what the changes depend on after locking. The lock ends with the process,
    however that ends, and is not reentrant. Raise LockedError where another process keeps it for
    a minute, and OSError where the folder cannot be written.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  only who locks pays for it

    make_folder(folder)
    file_lock = FileLock(folder / LOCK, timeout=_TIMEOUT)
    try:
        try:
            file_lock.acquire()
        except PermissionError:
            _remove_foreign_lock(folder / LOCK)
            file_lock.acquire()
    except Timeout:
        message = _(
            "another process has been writing in {folder} for more than {seconds} seconds; "
            "try again when it has finished (lock file: {lock})"
        ).format(folder=folder, seconds=_TIMEOUT, lock=folder / LOCK)
        raise LockedError(message) from None
    try:
        _give_to_owner_of(folder, folder / LOCK)
        recovered = _undo_interrupted(folder)
        _remove_leftovers(folder)
        yield recovered
    finally:
        file_lock.release()


def replace_files(
    contents: Mapping[Path, bytes], read: Mapping[Path, bytes | None] | None = None
) -> None:
    """Replace the content of files in one folder, or create them: all, or if one fails none.

    A file keeps its permissions and its owner. A link stays, and its target is replaced.

    `read` is what the files held (None: no file) when the new contents were made. An editor takes
    no lock: where a file holds something else by now, raise ChangedError and change nothing.

    Everything is on the disk before the first file is replaced, so that a full disk is noticed
    while all files are old. Each file is the old one or the new one at any instant. No file
    system replaces several names at once: a process that is killed between two of them leaves the
    first ones new, and a journal, with which the next `lock` makes them old again. All that it
    leaves is hidden. Raise OSError, and change nothing, where a file cannot be written.

    Hold `lock` where other processes write in the same folder.
    """
    with ExitStack() as temporaries:
        changes = [_prepare(path, content, temporaries) for path, content in contents.items()]
        for change in changes:
            _refuse_changed(change, (read or {}).get(change.path, change.held))
        try:
            if len(changes) > 1:
                _write_journal(changes, temporaries)
            for change in changes:
                with name_in_errors(change.path):
                    _refuse_changed(change, _read(change.target))
                    change.new.replace(change.target)
            _sync_folders(changes)
            if len(changes) > 1:
                _remove_journal(changes[0].path.parent)
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
        _give_to_owner_of(missing.parent, missing)
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


def _remove_foreign_lock(path: Path) -> None:
    """Remove a lock file that another user has left, such as root, unless a process holds it."""
    from fcntl import LOCK_EX, LOCK_NB, flock  # noqa: PLC0415  Windows knows no such owners

    try:
        file = path.open("rb")
    except PermissionError:
        path.unlink()
        return
    with file, suppress(BlockingIOError):
        flock(file, LOCK_EX | LOCK_NB)
        path.unlink()


def _give_to_owner_of(folder: Path, path: Path) -> None:
    """Give what root has just made in a folder to the folder's owner, whom it would shut out."""
    if _find_user() == 0:
        owner, own = folder.stat(), path.stat()
        if (owner.st_uid, owner.st_gid) != (own.st_uid, own.st_gid):
            with suppress(OSError):
                os.chown(path, owner.st_uid, owner.st_gid)


def _undo_interrupted(folder: Path) -> Recovered:
    """Make the files of an interrupted batch what they were before it."""
    undone, kept = [], []
    with ExitStack() as temporaries:
        for saved in _read_journal(folder):
            path = folder / saved.name
            target = Path(os.path.realpath(path))
            held = _read(target) if target.is_file() else None
            if held == saved.before:
                continue
            if held is None or not saved.is_in(target, held):
                kept.append(path)
                continue
            undone.append(path)
            if saved.before is None:
                target.unlink()
            else:
                new = _write_beside(target, saved.before, target.stat(), temporaries)
                new.replace(target)
            sync_folder(target.parent)
    _remove_journal(folder)
    return Recovered(tuple(undone), tuple(kept))


@dataclass(frozen=True, slots=True)
class _Saved:
    """An entry of the journal: what a file held, and how to know what was put in its place.

    A file's number on the disk shows that it is the one that was put there. So in a copy of the
    folder, with a journal that somebody else has written, nothing is undone.
    """

    name: str
    before: bytes | None
    digest: str
    number: int

    def is_in(self, target: Path, held: bytes) -> bool:
        """Return whether a file is still the one that was put in the place of the old one."""
        return target.stat().st_ino == self.number and sha256(held).hexdigest() == self.digest


def _write_journal(changes: list[_Change], temporaries: ExitStack) -> None:
    saved = [
        {
            "name": change.path.name,
            "before": None if change.held is None else b64encode(change.held).decode(),
            "digest": sha256(change.new.read_bytes()).hexdigest(),
            "number": change.new.stat().st_ino,
        }
        for change in changes
    ]
    journal = changes[0].path.parent / JOURNAL
    with name_in_errors(changes[0].path):
        written = _write_beside(journal, json.dumps(saved).encode(), None, temporaries)
        written.replace(journal)
        sync_folder(journal.parent)


def _read_journal(folder: Path) -> list[_Saved]:
    """Return the entries of the journal in a folder; none of what is no journal of this program."""
    try:
        status = (folder / JOURNAL).lstat()
        if not S_ISREG(status.st_mode) or status.st_size > _MAX_JOURNAL:
            return []
        entries = json.loads((folder / JOURNAL).read_bytes())
        saved = [
            _Saved(
                name=Path(entry["name"]).name,
                before=None if entry["before"] is None else b64decode(entry["before"]),
                digest=entry["digest"],
                number=entry["number"],
            )
            for entry in entries
            if Path(entry["name"]).suffix == ".yaml"
        ]
    except (FileNotFoundError, ValueError, TypeError, KeyError, RecursionError):
        return []
    return saved


def _remove_journal(folder: Path) -> None:
    """Remove the journal for good: one that came back would undo what was written."""
    with suppress(FileNotFoundError):
        (folder / JOURNAL).unlink()
        sync_folder(folder)


def _remove_leftovers(folder: Path) -> None:
    """Remove what killed writers have left; under the lock, no other writer is at work."""
    for leftover in folder.glob(f"{_TEMPORARY_PREFIX}*{_TEMPORARY_SUFFIX}"):
        _remove(leftover)


def _prepare(path: Path, content: bytes, temporaries: ExitStack) -> _Change:
    """Write what a file will hold, and what it holds, beside it."""
    target = Path(os.path.realpath(path))  # Path.resolve raises no OSError for a link to itself
    with name_in_errors(path):
        try:
            with _open_to_replace(target) as file:
                held, status = file.read(), os.fstat(file.fileno())
        except FileNotFoundError:
            new = _write_beside(target, content, None, temporaries)
            _give_to_owner_of(target.parent, new)
            return _Change(path, target, new)
        new = _write_beside(target, content, status, temporaries)
        old = _write_beside(target, held, status, temporaries)
        return _Change(path, target, new, old, held)


def _open_to_replace(target: Path) -> BinaryIO:
    """Open a file that may be written; a folder may allow what the file itself forbids.

    What another user has left in a folder does not shut it for the folder's owner.
    """
    try:
        return target.open("r+b")
    except PermissionError:
        own = _find_user()
        if own is None or target.parent.stat().st_uid != own or target.stat().st_uid == own:
            raise
        return target.open("rb")


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
    """Make the files what they were, each as far as the system still lets it.

    The journal stays if one could not be restored, for the next writer.
    """
    is_restored = True
    for change in changes:
        if change.new.exists():
            # It has not been replaced yet.
            continue
        try:
            if change.old is None:
                change.target.unlink(missing_ok=True)
            else:
                change.old.replace(change.target)
        except OSError:
            is_restored = False
    with suppress(OSError):
        _sync_folders(changes)
        if is_restored and changes:
            _remove_journal(changes[0].path.parent)


def _find_user() -> int | None:
    """Return the number of the user who runs this program; None on Windows, which has no such."""
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
