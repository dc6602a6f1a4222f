"""What shows that the files of a plan are unchanged, without reading them.

A file is unchanged if its size, its two times and its number on the disk are. That cannot tell two
edits within one tick of the clock, so that of a file that was changed shortly before it was read
the content is compared too, as git does it. On Windows only its size and the time of its last
change are known: an edit after which a program sets that time back is not seen.
"""

import os
import stat
import time
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from credit_plan.loader.locate import EVIDENCE, FILES, FOLDERS, is_ignored

TICK = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system in use (FAT) has this tick."""

_KNOWN_FOLDERS = frozenset((*FOLDERS, EVIDENCE, "schema"))


class FolderState(NamedTuple):
    """The files that a plan is read from: a line for each, in the order of their names.

    A line has the name, a tab, and what changes with the content. `recent` are the names of the
    files that were changed after the `limit`, so shortly before that they can be changed again
    without a trace.
    """

    lines: tuple[str, ...]
    recent: tuple[str, ...]
    limit: int


def scan(folder: str) -> FolderState:
    """Return the state of a data folder; raise OSError if it cannot be listed."""
    limit = time.time_ns() - TICK
    lines: list[str] = []
    recent: list[str] = []
    for prefix in ("", *(f"{name}/" for name in FOLDERS)):
        for name, changed, state in _list(folder, prefix):
            lines.append(f"{name}\t{state}")
            if changed > limit:
                recent.append(name)
    lines.sort()
    return FolderState(tuple(lines), tuple(sorted(recent)), limit)


def describe_file(folder: str, name: str) -> tuple[int, str]:
    """Return the time of the last change of a file, and what changes with its content."""
    path = f"{folder}/{name}"
    try:
        changed, state = _describe(os.stat(path))  # noqa: PTH116  thousands of files
    except (OSError, ValueError):
        return 0, ""
    return changed, f"{state} {os.path.realpath(path)}"


def sum_content(content: bytes) -> int:
    """Return a checksum of the content of a file."""
    return zlib.crc32(content)


def has_sum(folder: str, name: str, expected: int) -> bool:
    """Return whether a file has the content with this checksum."""
    try:
        with open(f"{folder}/{name}", "rb") as file:  # noqa: PTH123  thousands of files
            return sum_content(file.read()) == expected
    except OSError:
        return False


def _list(folder: str, prefix: str) -> Iterator[tuple[str, int, str]]:
    """Yield name, time of the last change, and state of what is in one of the folders."""
    place = f"{folder}/{prefix}"
    if prefix and not os.path.isdir(place):  # noqa: PTH112  thousands of files
        return
    with os.scandir(place) as entries:
        for entry in entries:
            if is_ignored(entry.name) if prefix else entry.name.startswith("."):
                continue
            if not prefix and entry.name in _KNOWN_FOLDERS:
                yield entry.name, 0, f"{entry.is_dir()} {os.path.realpath(entry.path)}"
                continue
            status = entry.stat(follow_symlinks=False)
            if not prefix and stat.S_ISREG(status.st_mode) and entry.name not in FILES:
                # It is reported for its name, or not at all.
                yield entry.name, 0, "file"
                continue
            changed, state = _describe(status)
            if stat.S_ISLNK(status.st_mode):
                changed, state = _follow(entry.path, changed, state)
            yield prefix + entry.name, changed, state


def _describe(status: os.stat_result) -> tuple[int, str]:
    changed, created = status.st_mtime_ns, status.st_ctime_ns
    state = f"{status.st_mode} {status.st_size} {changed} {created} {status.st_ino}"
    return max(changed, created), state


def _follow(path: str, changed: int, state: str) -> tuple[int, str]:
    """Return the same of a link: its own state, where it leads, and the state of that."""
    place = os.path.realpath(path)
    try:
        target_changed, target = _describe(os.stat(path))  # noqa: PTH116  thousands of files
    except OSError:
        return changed, f"{state} {place}"
    return max(changed, target_changed), f"{state} {target} {place}"
