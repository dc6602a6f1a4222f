"""Write the files of a plan so that none is ever half written, one writer at a time."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from errno import EBADF, EINVAL
from pathlib import Path
from secrets import token_hex
from stat import S_IMODE
from string import Template
from typing import Final

from credit_plan.errors import ChangedError, LockedError, UnfitFolderError
from credit_plan.i18n import _

_HIDDEN: Final = "."
_ENDING: Final = ".ledger.tmp"
_NO_SUCH_SERVICE: Final = frozenset({EBADF, EINVAL})


def write_file(path: Path, content: bytes, like: os.stat_result | None = None) -> None:
    """Writes a new file, on the disk when this returns.

    It has the owner and the permissions of `like`, or without it those that the umask gives.
    """
    with path.open("xb") as file:
        if like is not None:
            _resemble(path, like)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
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


def make_folder(folder: Path) -> None:
    """Makes a folder that is not there, with those above it."""
    for it in reversed(missing_folders(folder)):
        it.mkdir(exist_ok=True)
        sync_folder(it.parent)


def missing_folders(folder: Path) -> tuple[Path, ...]:
    """Those of a folder and the folders above it that are not there, the lowest first."""
    return tuple(it for it in (folder, *folder.parents) if not it.exists())


def temporary_path(folder: Path) -> Path:
    """A name in a folder that nobody has, and that no reader of the plan looks at."""
    return folder / f"{_HIDDEN}{token_hex(8)}{_ENDING}"


def find_leftovers(folder: Path) -> Iterator[Path]:
    """What stands under such names, also of writers that were killed."""
    return folder.glob(f"{_HIDDEN}*{_ENDING}")


@contextmanager
def naming(path: Path) -> Iterator[None]:
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


LOCK: Final = ".ledger.lock"
"""The file in a folder that its writer holds; it stays, and means nothing while nobody does."""

_PATIENCE: Final = 60
"""Seconds; twenty writers that come at once have all had their turn long before."""


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Holds a folder for its only writer; makes it where it is not there.

    What the writer reads before it writes, it reads in here, too. The lock ends with the process
    that holds it, however that ends. It is not for a second time in the same process. Raises
    LockedError where another keeps it for a minute, and OSError where the folder may not be
    written.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  only who locks pays for it

    make_folder(folder)
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
    for leftover in find_leftovers(folder):
        with suppress(OSError):
            leftover.unlink()


Contents = bytes | None
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
    held: Contents


def replace(path: Path, content: bytes) -> None:
    """Replaces what a file holds, or makes it; keeps its permissions and its owner.

    Of a link it is the target. Killed at any instant it leaves the old file or the new one.
    Raises OSError, and leaves everything as it was, where the file may not be written.
    """
    replace_all({path: content})


def replace_all(
    contents: Mapping[Path, bytes], read: Mapping[Path, Contents] | None = None
) -> None:
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
                with naming(change.path):
                    _refuse_other(change, _now(change.target))
                    change.new.replace(change.target)
            _sync(changes)
        except BaseException:
            _put_back(changes)
            raise


def _prepared(path: Path, content: bytes, temporaries: ExitStack) -> _Change:
    """Has what a file will hold, and what it holds, written beside it."""
    target = Path(os.path.realpath(path))  # Path.resolve raises no OSError for a link to itself
    with naming(path):
        try:
            # A folder may allow what the file itself forbids.
            with target.open("r+b") as file:
                held, status = file.read(), os.fstat(file.fileno())
        except FileNotFoundError:
            return _Change(path, target, _beside(target, content, None, temporaries), None, None)
        new = _beside(target, content, status, temporaries)
        return _Change(path, target, new, _beside(target, held, status, temporaries), held)


def _refuse_other(change: _Change, expected: Contents) -> None:
    """Raises ChangedError where a file holds something else than is expected."""
    if change.held != expected:
        message = _("{file} was changed meanwhile, and is left as it is now")
        raise ChangedError(message.format(file=change.path))


def _now(target: Path) -> Contents:
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return None


def _beside(
    target: Path, content: bytes, like: os.stat_result | None, temporaries: ExitStack
) -> Path:
    """Has the bytes written into a hidden file, which goes with `temporaries`."""
    temporary = temporary_path(target.parent)
    temporaries.callback(_remove, temporary)
    write_file(temporary, content, like)
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
        sync_folder(folder)


_TEMPLATES: Final = (
    ("README.md", "README.md"),
    (".gitignore", "gitignore"),
    (".gitattributes", "gitattributes"),
    (".github/workflows/check.yml", "check.yml"),
    (".vscode/extensions.json", "extensions.json"),
)
"""Files of every workspace, and their templates, which git and GitHub must not take for theirs."""

_SHOWN: Final = 3
"""So many names of what is in a folder tell what it is."""


def workspace_files(words: Mapping[str, str]) -> dict[str, bytes]:
    """What a workspace has beside its plan, by file; `words` are what the templates leave open."""
    folder = Path(__file__).parent / "templates"
    return {
        file: Template((folder / name).read_text(encoding="utf-8")).substitute(words).encode()
        for file, name in _TEMPLATES
    }


def create_workspace(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Lays out files in a new folder or in an empty one: all of them, or none.

    They are named with “/”, as seen from the folder. It is built aside, and is on the disk before
    it is seen; an empty folder stays the same folder, and gets its files one by one, those of
    the mapping's end last. Raises UnfitFolderError for a folder that holds something, and OSError
    where it may not be written; then everything is as it was.
    """
    _refuse_folder(folder)
    home = folder if folder.exists() else folder.parent
    with naming(folder), ExitStack() as undoing:
        for missing in reversed(missing_folders(home)):
            undoing.callback(_discard_empty, missing)
            make_folder(missing)
        built = temporary_path(home)
        undoing.callback(_discard, built)
        _build(built, contents)
        if home == folder:
            _move_in(built, folder, contents, undoing)
        else:
            built.rename(folder)
            undoing.callback(_discard, folder)
        sync_folder(home)
        undoing.pop_all()


def _refuse_folder(folder: Path) -> None:
    """Raises UnfitFolderError for a file, and for a folder that is not empty."""
    if folder.is_dir():
        inside = sorted(it.name for it in folder.iterdir())
        if inside:
            message = _("{folder} is not empty, it holds {names}: name a new folder")
            more = _("{count} more").format(count=len(inside) - _SHOWN)
            names = inside[:_SHOWN] + ([more] if len(inside) > _SHOWN else [])
            raise UnfitFolderError(message.format(folder=folder, names=", ".join(names)))
    elif os.path.lexists(folder):
        message = _("{folder} is no folder: name a new one")
        raise UnfitFolderError(message.format(folder=folder))


def _build(built: Path, contents: Mapping[str, bytes]) -> None:
    for name, content in contents.items():
        path = built / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, content)
    for folder, _folders, _files in os.walk(built):
        sync_folder(Path(folder))


def _move_in(built: Path, place: Path, contents: Mapping[str, bytes], undoing: ExitStack) -> None:
    """Gives a folder, which may be somebody's working folder and so must stay, what was built."""
    for name in dict.fromkeys(name.partition("/")[0] for name in contents):
        (built / name).rename(place / name)
        # Not before: what stood there already would be somebody else's.
        undoing.callback(_discard, place / name)
    built.rmdir()


def _discard(path: Path) -> None:
    with suppress(OSError):
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _discard_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()
