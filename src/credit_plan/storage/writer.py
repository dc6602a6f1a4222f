"""The writer of a plan's files: one at a time in a folder, and all files of a batch or none."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from credit_plan.errors import ChangedError, LockedError
from credit_plan.i18n import _
from credit_plan.storage import disk
from credit_plan.storage.journal import (
    JOURNAL,
    Recovered,
    Replacement,
    compute_digest,
    remove_journal,
    undo_interrupted,
    write_journal,
)

LOCK = ".ledger.lock"
"""The lock file of a folder; it is never deleted, and has an effect only while it is locked."""

_TIMEOUT = 60
"""Seconds; twenty writers that come at once are all done long before."""


@contextmanager
def lock(folder: Path) -> Iterator[Recovered]:
    """Lock a folder for one writer; create it if it is missing. Undo what was interrupted there.

    Read what the changes depend on after locking. The lock ends with the process,
    however that ends, and is not reentrant. Raise LockedError where another process keeps it for
    a minute, and OSError where the folder cannot be written.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  only who locks pays for it

    disk.make_folder(folder)
    file_lock = FileLock(folder / LOCK, timeout=_TIMEOUT)
    try:
        try:
            file_lock.acquire()
        except PermissionError:
            # Windows has no owners of this kind.
            if sys.platform == "win32" or not (folder / LOCK).exists():
                raise
            _remove_foreign_lock(folder / LOCK)
            file_lock.acquire()
    except Timeout:
        message = _(
            "another process has been writing in {folder} for more than {seconds} seconds; "
            "try again when it has finished (lock file: {lock})"
        ).format(folder=folder, seconds=_TIMEOUT, lock=folder / LOCK)
        raise LockedError(message) from None
    try:
        disk.give_to_owner_of(folder, folder / LOCK)
        recovered = undo_interrupted(folder)
        disk.remove_temporaries(folder)
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
    first ones new, and a journal, with which the next `lock` restores them. All that it leaves is
    hidden. Raise OSError, and change nothing, where a file cannot be written.

    Hold `lock` where other processes write in the same folder.
    """
    with ExitStack() as temporaries:
        changes = [_prepare(path, content, temporaries) for path, content in contents.items()]
        for change in changes:
            _refuse_changed(change, (read or {}).get(change.path, change.held))
        try:
            if len(changes) > 1:
                write_journal(changes[0].path.parent, map(_to_replacement, changes))
            for change in changes:
                with disk.name_in_errors(change.path):
                    _refuse_changed(change, disk.read_content(change.target))
                    change.new.replace(change.target)
            _sync_folders(changes)
            if len(changes) > 1:
                remove_journal(changes[0].path.parent)
        except BaseException:
            if not _restore(changes):
                # The next writer needs the journal and the copies.
                temporaries.pop_all()
            raise


def restore_files(contents: Mapping[Path, bytes | None], read: Mapping[Path, bytes]) -> None:
    """Give files in one folder the content that they had before, or remove those that had none.

    `read` is what they hold now. Where one holds something else, raise ChangedError and change
    nothing; one that changes at the last moment is left as it is.

    What is written is the journal of a batch that was interrupted; undoing that batch restores
    the files. So all are restored or none, by the next `lock` if this process is killed. Hold
    `lock`.
    """
    with ExitStack() as temporaries:
        replacements = [
            _prepare_to_restore(path, content, read[path], temporaries)
            for path, content in contents.items()
        ]
        folder = next(iter(contents)).parent
        try:
            write_journal(folder, replacements)
            kept = undo_interrupted(folder).kept
        except BaseException:
            if (folder / JOURNAL).exists():
                # The next writer needs the copies.
                temporaries.pop_all()
            raise
    if kept:
        raise _changed(kept[0])


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
    """Remove a lock file that another user has left, such as root, unless a process holds it.

    One that may not even be read is removed all the same: the folder must be ours for that.
    """
    from fcntl import LOCK_EX, LOCK_NB, flock  # noqa: PLC0415  not on Windows

    try:
        file = path.open("rb")
    except PermissionError:
        path.unlink()
        return
    with file, suppress(BlockingIOError, FileNotFoundError):
        flock(file, LOCK_EX | LOCK_NB)
        # Another writer may have put a new one in its place in the meantime.
        if os.path.samestat(os.fstat(file.fileno()), path.stat()):
            path.unlink()


def _prepare(path: Path, content: bytes, temporaries: ExitStack) -> _Change:
    """Write what a file will hold, and what it holds, beside it."""
    target = Path(os.path.realpath(path))  # Path.resolve raises no OSError for a link to itself
    with disk.name_in_errors(path):
        try:
            with disk.open_to_replace(target) as file:
                held, status = file.read(), os.fstat(file.fileno())
        except FileNotFoundError:
            new = disk.write_beside(target, content, temporaries)
            disk.give_to_owner_of(target.parent, new)
            return _Change(path, target, new)
        new = disk.write_beside(target, content, temporaries, status)
        old = disk.write_beside(target, held, temporaries, status)
        return _Change(path, target, new, old, held)


def _refuse_changed(change: _Change, expected: bytes | None) -> None:
    if change.held != expected:
        raise _changed(change.path)


def _changed(path: Path) -> ChangedError:
    message = _("{file} was changed by another program in the meantime; it was not overwritten")
    return ChangedError(message.format(file=path))


def _to_replacement(change: _Change) -> Replacement:
    number, digest = change.new.stat().st_ino, compute_digest(change.new.read_bytes())
    old = change.old.name if change.old else None
    return Replacement(change.path.name, change.new.name, number, digest, old)


def _prepare_to_restore(
    path: Path, content: bytes | None, read: bytes, temporaries: ExitStack
) -> Replacement:
    """Write what a file held beside it; return the entry of the journal that restores it."""
    with disk.name_in_errors(path):
        with disk.open_to_replace(path) as file:
            held, status = file.read(), os.fstat(file.fileno())
        if held != read:
            raise _changed(path)
        old = None
        if content is not None:
            old = disk.write_beside(path, content, temporaries, status).name
    # No file has this name: to the journal, it has replaced the other one already.
    new = disk.temporary_path(path.parent).name
    return Replacement(path.name, new, status.st_ino, compute_digest(held), old)


def _sync_folders(changes: list[_Change]) -> None:
    for folder in {change.target.parent: None for change in changes}:
        disk.sync_folder(folder)


def _restore(changes: list[_Change]) -> bool:
    """Make the files what they were, as far as the system still lets it; return whether all are."""
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
        if is_restored and len(changes) > 1:
            remove_journal(changes[0].path.parent)
    return is_restored
