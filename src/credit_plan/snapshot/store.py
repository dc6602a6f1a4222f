"""The cache folder, and the form of a snapshot in it.

A snapshot is a file of parts. At its end is a table of contents in JSON, and last its length. The
table and each part have a checksum: what does not fit it is damaged, and as if it were not there.
"""

import json
import os
import stat
import sys
import time
import zlib
from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from struct import Struct, error
from typing import BinaryIO, Final, Self

from credit_plan import __version__
from credit_plan.i18n import get_language

FORMAT: Final = 2
"""To be raised when the form of a snapshot changes, or what is in it."""

MOST: Final = 32
"""Snapshots that are kept: those that were written last."""

_SUFFIX: Final = ".snapshot"
_DAY: Final = 24 * 60 * 60
_MAGIC: Final = b"credit-plan"
_END: Final = Struct("<II11s")
"""Checksum and length of the table of contents, and what every snapshot ends with."""

_PIECE: Final = 2**20
_BINARY: Final = getattr(os, "O_BINARY", 0)
_TO_READ: Final = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | _BINARY
)
"""A pipe that has no writer is not waited for."""

_TO_WRITE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
_PACKAGE: Final = Path(__file__).parents[1]

DAMAGES = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    error,
)
"""What reading a damaged snapshot may raise."""


class StaleError(ValueError):
    """A snapshot that is damaged, of another plan or of another version."""


class Snapshot:
    """An open snapshot: `facts` say of what it is, `parts` where each part is.

    For a part these are its first byte, its length and its checksum.
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
        self.parts: dict[str, tuple[int, int, int]] = {}
        start = 0
        for name, length, checksum in listed:
            self.parts[name] = start, length, checksum
            start += length

    def __enter__(self) -> Self:
        """Return the snapshot, which is closed at the end."""
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def read(self, part: str) -> bytes:
        """Return a part; raise StaleError if it is damaged."""
        start, length, checksum = self.parts[part]
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
        start, length, _checksum = self.parts[part]
        for at in range(start, start + length, _PIECE):
            yield self.read_at(at, min(_PIECE, start + length - at))


def verify(content: bytes, checksum: int) -> bytes:
    """Return the content; raise StaleError if it does not have the checksum."""
    if zlib.crc32(content) != checksum:
        message = "damaged"
        raise StaleError(message)
    return content


def find_cache() -> Path:
    """Return the user's cache folder of this program; raise OSError where there can be none."""
    if sys.platform == "linux":
        # As platformdirs does, which is a twentieth of the time of an answer to import.
        home = os.environ.get("XDG_CACHE_HOME", "").strip() or os.path.expanduser("~/.cache")  # noqa: PTH111
        if not os.path.isabs(home):  # noqa: PTH117
            message = "no home"
            raise FileNotFoundError(message)
        return Path(home, "credit-plan")
    from platformdirs import user_cache_path  # noqa: PLC0415

    return user_cache_path("credit-plan", appauthor=False)


def locate(cache: Path, folder: str) -> Path:
    """Return where the snapshot of the plan in a data folder is.

    Each language has its own: what check has found is kept as sentences.
    """
    name = Path(folder).parent.name
    plain = "".join(it if it.isalnum() and it.isascii() else "-" for it in name)[:40]
    return cache / f"{plain}-{zlib.crc32(os.fsencode(folder)):08x}-{get_language()}{_SUFFIX}"


def describe_program() -> str:
    """Return what a snapshot depends on besides the files of the plan: the program itself."""
    words = [__version__, str(FORMAT), f"{sys.version_info.major}.{sys.version_info.minor}"]
    if (_PACKAGE.parents[1] / "pyproject.toml").exists():
        # In a checkout, the code changes without its version.
        words.append(str(_find_last_edit()))
    return " ".join(words)


def prepare(path: Path) -> None:
    """Create the folder of a snapshot; raise OSError if none can be written there."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _refuse_foreign(os.stat(path.parent), stat.S_ISDIR)  # noqa: PTH116  reads like the next line
    if not os.access(path.parent, os.W_OK):
        message = "read-only"
        raise PermissionError(message)


def open_snapshot(path: Path) -> Snapshot:
    """Return an open snapshot; raise one of DAMAGES if it is missing or damaged.

    Raise PermissionError, which is one of them, for one that another user may have written.
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


class Writer:
    """A snapshot that is being written, part by part, beside the one that it will replace.

    What cannot be written is given up, and nobody is told: it is only a copy. Of two processes
    that write at once, the later one wins.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        # In a container, the process that left a file behind may have had the same number.
        self._new = path.with_suffix(f".{os.urandom(4).hex()}")
        self._file: BinaryIO | None = None
        self._listed: list[tuple[str, int, int]] = []
        with suppress(OSError):
            prepare(path)
            _remove_oldest(path.parent)
            self._file = os.fdopen(os.open(self._new, _TO_WRITE, 0o600), "wb")

    def begin(self, part: str) -> None:
        """Begin a part."""
        self._listed.append((part, 0, 0))

    def write(self, piece: bytes) -> None:
        """Add to the part that was begun last."""
        part, length, checksum = self._listed.pop()
        self._listed.append((part, length + len(piece), zlib.crc32(piece, checksum)))
        if self._file:
            try:
                self._file.write(piece)
            except OSError:
                self.discard()

    def write_part(self, part: str, *pieces: bytes) -> None:
        """Write a whole part."""
        self.begin(part)
        for piece in pieces:
            self.write(piece)

    def copy_part(self, part: str, snapshot: Snapshot) -> None:
        """Write a part as another snapshot has it; raise StaleError if it is damaged."""
        _start, length, checksum = snapshot.parts[part]
        self.begin(part)
        for piece in snapshot.iter_pieces(part):
            self.write(piece)
        if self._listed[-1] != (part, length, checksum):
            message = "damaged"
            raise StaleError(message)

    def commit(self, facts: Mapping[str, str]) -> None:
        """End the snapshot, and put it in the place of the last one."""
        if self._file is None:
            return
        contents = json.dumps([dict(facts), self._listed]).encode()
        with suppress(OSError):
            self._file.write(contents)
            self._file.write(_END.pack(zlib.crc32(contents), len(contents), _MAGIC))
            self._file.close()
            self._new.replace(self._path)
        self.discard()

    def discard(self) -> None:
        """Remove what is not in its place."""
        if self._file:
            with suppress(OSError):
                self._file.close()
            with suppress(OSError):
                self._new.unlink()
            self._file = None


def _refuse_foreign(status: os.stat_result, is_right: Callable[[int], bool]) -> None:
    """Raise PermissionError for what belongs to another user, or may be changed by one."""
    if sys.platform == "win32":
        return
    is_own = status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    if not (is_own and is_right(status.st_mode)):
        message = "of another user"
        raise PermissionError(message)


def _remove_oldest(cache: Path) -> None:
    """Remove the oldest snapshots, and what interrupted processes left behind a day ago."""
    with os.scandir(cache) as entries:
        dated = sorted((it.stat(follow_symlinks=False).st_mtime, it.path) for it in entries)
    before = time.time() - _DAY
    broken_off = [it for it in dated if not it[1].endswith(_SUFFIX) and it[0] < before]
    for _time, path in (*dated[:-MOST], *broken_off):
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
