"""One writer at a time for a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from credit_plan.errors import LockedError
from credit_plan.language import _
from credit_plan.ledger import disk

LOCK: Final = ".ledger.lock"
"""The file in a folder that its writer holds; it stays, and means nothing while nobody does."""

_PATIENCE: Final = 60
"""Seconds; twenty writers that come at once have all had their turn long before."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds a folder for its only writer; makes it where it is not there.

    What the writer reads before it writes, it reads in here, too. The lock ends with the process
    that holds it, however that ends. It is not for a second time in the same process. Raises
    LockedError where another keeps it for a minute, and OSError where the folder may not be
    written.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  only who locks pays for it

    disk.make(folder)
    lock = FileLock(folder / LOCK, timeout=_PATIENCE)
    try:
        lock.acquire()
    except Timeout:
        raise LockedError(_occupied(folder)) from None
    try:
        _sweep(folder)
        yield
    finally:
        lock.release()


def _occupied(folder: Path) -> str:
    message = _(
        "another process is writing in {folder}, and has not finished for {seconds} seconds: "
        "try again when it has ended; its lock is {lock}"
    )
    return message.format(folder=folder, seconds=_PATIENCE, lock=folder / LOCK)


def _sweep(folder: Path) -> None:
    """Removes what writers that were killed have left: now there is none but this one."""
    for leftover in disk.leftovers(folder):
        with suppress(OSError):
            leftover.unlink()
