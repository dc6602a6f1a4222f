"""Puts new bytes in the place of files: wholly, or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from credit_plan.errors import ChangedError
from credit_plan.language import _
from credit_plan.ledger import disk

Held = bytes | None
"""What a file holds; None where there is none."""


@dataclass(frozen=True, slots=True)
class _Change:
    """A file that is to be replaced, and beside it what it will hold and what it held.

    `held` is what it held, and `old` the same in a file; both are None where there is none yet.
    """

    path: Path
    target: Path
    new: Path
    old: Path | None
    held: Held


def replace(path: Path, content: bytes) -> None:
    """Replaces what a file holds, or makes it; keeps its permissions and its owner.

    Of a link it is the target. Killed at any instant it leaves the old file or the new one.
    Raises OSError, and leaves everything as it was, where the file may not be written.
    """
    replace_all({path: content})


def replace_all(contents: Mapping[Path, bytes], read: Mapping[Path, Held] | None = None) -> None:
    """Replaces what several files hold, or makes them: all of them, or where one fails none.

    `read` is what the files held when the new contents were made of it. An editor takes no lock:
    where one of them holds something else by now, ChangedError is raised and all stay.

    Everything is on the disk before the first file is replaced, so that a full one is met while
    all are old. Each file is the old one or the new one at any instant. A process that is killed
    between two of them leaves the first ones new and the others old: no file system replaces
    several names at once. What it leaves beside them is hidden, and `locked` removes it.

    Whoever writes in a folder in which others write, too, does it under `locked`.
    """
    with ExitStack() as temporaries:
        changes = tuple(_prepared(path, new, temporaries) for path, new in contents.items())
        for change in changes:
            _refuse_other(change, (read or {}).get(change.path, change.held))
        try:
            for change in changes:
                with disk.blamed_on(change.path):
                    _refuse_other(change, _now(change.target))
                    change.new.replace(change.target)
            _sync(changes)
        except BaseException:
            _put_back(changes)
            raise


def _prepared(path: Path, content: bytes, temporaries: ExitStack) -> _Change:
    """Has what a file will hold, and what it holds, written beside it."""
    target = Path(os.path.realpath(path))  # Path.resolve raises no OSError for a link to itself
    with disk.blamed_on(path):
        try:
            # A folder may allow what the file itself forbids.
            with target.open("r+b") as file:
                held, status = file.read(), os.fstat(file.fileno())
        except FileNotFoundError:
            return _Change(path, target, _beside(target, content, None, temporaries), None, None)
        new = _beside(target, content, status, temporaries)
        return _Change(path, target, new, _beside(target, held, status, temporaries), held)


def _refuse_other(change: _Change, expected: Held) -> None:
    """Raises ChangedError where a file holds something else than is expected."""
    if change.held != expected:
        message = _("{file} was changed meanwhile, and is left as it is now")
        raise ChangedError(message.format(file=change.path))


def _now(target: Path) -> Held:
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return None


def _beside(
    target: Path, content: bytes, like: os.stat_result | None, temporaries: ExitStack
) -> Path:
    """Has the bytes written into a hidden file, which goes with `temporaries`."""
    temporary = disk.unused(target.parent)
    temporaries.callback(_remove, temporary)
    disk.write(temporary, content, like)
    return temporary


def _remove(temporary: Path) -> None:
    with suppress(OSError):
        temporary.unlink(missing_ok=True)


def _put_back(changes: tuple[_Change, ...]) -> None:
    """Makes the files what they were, each as far as the system still lets it."""
    for change in changes:
        if change.new.exists():
            # It was not its turn yet.
            continue
        with suppress(OSError):
            if change.old is None:
                change.target.unlink(missing_ok=True)
            else:
                change.old.replace(change.target)
    with suppress(OSError):
        _sync(changes)


def _sync(changes: tuple[_Change, ...]) -> None:
    for folder in dict.fromkeys(change.target.parent for change in changes):
        disk.sync(folder)
