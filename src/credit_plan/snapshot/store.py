"""The cache folder, and the form of a snapshot in it.

A snapshot is a file of parts. At its end is a table of contents in JSON, and last its length. The
table and each part have a checksum: what does not fit it is damaged, and as if it were not there.
"""

import json
import os
import stat
import sys
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from struct import Struct, error
from typing import BinaryIO, Final, Self

from credit_plan import __version__

FORMAT: Final = 1
"""To be raised when the form of a snapshot changes, or what is in it."""

MOST: Final = 32
"""Snapshots that are kept: of the plans that were asked last."""

_MAGIC: Final = b"credit-plan"
_END: Final = Struct("<II11s")
"""Checksum and length of the table of contents, and what every snapshot ends with."""

_PIECE: Final = 2**20
_BINARY: Final = getattr(os, "O_BINARY", 0)
_TO_READ: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | _BINARY
_TO_WRITE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
_PACKAGE: Final = Path(__file__).parents[1]

DAMAGES = (ValueError, LookupError, TypeError, ArithmeticError, RecursionError, OSError, error)
"""What reading a damaged snapshot may raise."""


class StaleError(ValueError):
    """A snapshot that is damaged, of another plan or of another version."""


class Snapshot:
    """An open snapshot: `facts` say of what it is, `places` where each part is.

    A place is the first byte, the length and the checksum.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        size = file.seek(0, os.SEEK_END)
        checksum, length, magic = _END.unpack(self.read_at(size - _END.size, _END.size))
        if magic != _MAGIC:
            message = "not a snapshot"
            raise StaleError(message)
        contents = verify(self.read_at(size - _END.size - length, length), checksum)
        self.facts, listed = json.loads(contents)
        self.places: dict[str, tuple[int, int, int]] = {}
        start = 0
        for name, length, checksum in listed:
            self.places[name] = start, length, checksum
            start += length

    def __enter__(self) -> Self:
        """Return the snapshot, which is closed at the end."""
        return self

    def __exit__(self, *_exception: object) -> None:
        self._file.close()

    def read(self, part: str) -> bytes:
        """Return a part; raise StaleError if it is damaged."""
        start, length, checksum = self.places[part]
        return verify(self.read_at(start, length), checksum)

    def read_numbers(self, part: str) -> "array[int]":
        """Return a part that is numbers."""
        numbers = array("I")
        numbers.frombytes(self.read(part))
        return numbers

    def read_at(self, start: int, length: int) -> bytes:
        """Return bytes from a place in the file on."""
        self._file.seek(start)
        return self._file.read(length)

    def iter_pieces(self, part: str) -> Iterator[bytes]:
        """Yield a part piece by piece, as it is."""
        start, length, _checksum = self.places[part]
        for at in range(start, start + length, _PIECE):
            yield self.read_at(at, min(_PIECE, start + length - at))


def verify(content: bytes, checksum: int) -> bytes:
    """Return the content; raise StaleError if it does not have the checksum."""
    if zlib.crc32(content) != checksum:
        message = "damaged"
        raise StaleError(message)
    return content


def find_cache() -> Path | None:
    """Return the user's cache folder of this program; None where there can be none."""
    if sys.platform == "linux":
        # As platformdirs does, which is a twentieth of the time of an answer to import.
        home = os.environ.get("XDG_CACHE_HOME", "").strip() or os.path.expanduser("~/.cache")  # noqa: PTH111
        return Path(home, "credit-plan") if os.path.isabs(home) else None  # noqa: PTH117
    from platformdirs import user_cache_path  # noqa: PLC0415

    return user_cache_path("credit-plan", appauthor=False)


def locate(cache: Path, folder: str) -> Path:
    """Return where the snapshot of the plan in a data folder is."""
    name = Path(folder).parent.name
    plain = "".join(it if it.isalnum() and it.isascii() else "-" for it in name)[:40]
    return cache / f"{plain}-{zlib.crc32(os.fsencode(folder)):08x}.snapshot"


def describe_program() -> str:
    """Return what a snapshot depends on besides the files of the plan: the program itself."""
    words = [__version__, str(FORMAT), f"{sys.version_info.major}.{sys.version_info.minor}"]
    if (_PACKAGE.parents[1] / "pyproject.toml").exists():
        # In a checkout, the code changes without its version.
        words.append(str(_find_last_edit()))
    return " ".join(words)


def open_snapshot(path: Path) -> Snapshot:
    """Return an open snapshot; raise one of DAMAGES if there is none that can be trusted.

    One that another user may have written is not trusted.
    """
    _refuse_foreign(os.stat(path.parent), stat.S_ISDIR)  # noqa: PTH116  reads like the next line
    descriptor = os.open(path, _TO_READ)
    file = os.fdopen(descriptor, "rb")
    try:
        _refuse_foreign(os.fstat(descriptor), stat.S_ISREG)
        return Snapshot(file)
    except BaseException:
        file.close()
        raise


def write_snapshot(
    path: Path, facts: Mapping[str, str], parts: Mapping[str, Iterable[bytes]]
) -> None:
    """Write a snapshot, as a whole or not at all; where that cannot be done, leave it.

    Of two processes that write at once, the later one wins.
    """
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_foreign(os.stat(path.parent), stat.S_ISDIR)  # noqa: PTH116
        _remove_oldest(path.parent)
        _write(path, facts, parts)


def _write(path: Path, facts: Mapping[str, str], parts: Mapping[str, Iterable[bytes]]) -> None:
    new = path.with_suffix(f".{os.getpid()}")
    try:
        with os.fdopen(os.open(new, _TO_WRITE, 0o600), "wb") as file:
            listed = [[name, *_append(file, pieces)] for name, pieces in parts.items()]
            contents = json.dumps([dict(facts), listed], ensure_ascii=False).encode()
            file.write(contents)
            file.write(_END.pack(zlib.crc32(contents), len(contents), _MAGIC))
        new.replace(path)
    finally:
        with suppress(OSError):
            new.unlink()


def _append(file: BinaryIO, pieces: Iterable[bytes]) -> tuple[int, int]:
    """Write the pieces of a part, and return its length and its checksum."""
    length = checksum = 0
    for piece in pieces:
        file.write(piece)
        length += len(piece)
        checksum = zlib.crc32(piece, checksum)
    return length, checksum


def _refuse_foreign(status: os.stat_result, is_right: Callable[[int], bool]) -> None:
    """Raise PermissionError for what belongs to another user, or may be changed by one."""
    if sys.platform == "win32":
        return
    is_own = status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    if not (is_own and is_right(status.st_mode)):
        message = "of another user"
        raise PermissionError(message)


def _remove_oldest(cache: Path) -> None:
    """Remove the snapshots of plans that were not asked for a long time, and broken off ones."""
    with os.scandir(cache) as entries:
        dated = sorted((it.stat().st_mtime, it.path) for it in entries)
    for _time, path in dated[:-MOST]:
        with suppress(OSError):
            Path(path).unlink()


def _find_last_edit() -> int:
    """Return the time of the last change of the program's own modules."""
    newest = 0
    folders = [str(_PACKAGE)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    newest = max(newest, entry.stat().st_mtime_ns)
                elif "." not in entry.name and "__" not in entry.name and entry.is_dir():
                    folders.append(entry.path)
    return newest
