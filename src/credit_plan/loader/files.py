"""What is in the folder of the data, looks as if it were of the plan, and is not."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from credit_plan.diagnostics import Diagnostic
from credit_plan.i18n import _
from credit_plan.loader.locate import EVIDENCE, FILES, FOLDERS, RECORDS
from credit_plan.yaml.errors import UnreadableError, error_at

TASKS: Final = ".yaml"
LIKE_RECORDS: Final = frozenset({".yaml", ".yml", ".json"})

_LIKE_TASKS: Final = frozenset({".yaml", ".yml"})
_FOLDERS: Final = frozenset({*FOLDERS, EVIDENCE, "schema"})
_NEAR: Final = 0.8
"""How near a folder's name is to one that is read: `progres`, `measure`, but not `program`."""


def find_unexpected_files(folder: Path) -> Iterator[tuple[Path, Diagnostic]]:
    """What is beside the files and the FOLDERS of a plan, looks like one of them, and is none."""
    # One of the FOLDERS may be a link to another folder beside it.
    read = {os.path.realpath(folder / name) for name in FOLDERS}
    for path in sorted(folder.iterdir()):
        if path.is_dir() and os.path.realpath(path) not in read:
            yield from _stray_folder(path)
        meant = path.with_suffix(TASKS)
        if path.suffix not in LIKE_RECORDS or path.name in FILES or path.name[0] == ".":
            continue
        if meant.name in RECORDS and not meant.exists():
            # Of the missing file it is said already that this one may be meant for it.
            continue
        message = _("“{name}” is no file of a plan, and is not read").format(name=path.name)
        hint = _("a plan has {records} and the folders {folders}; rename it, or move it").format(
            records=", ".join(FILES), folders=_(" and ").join(FOLDERS)
        )
        yield path, _stray(message, hint)


def find_unexpected_task_files(
    visible: list[Path], tasks: list[Path]
) -> Iterator[tuple[Path, Diagnostic]]:
    """What is to be said of the files in one of the FOLDERS that are no task files."""
    known = set(tasks)
    for path in visible:
        if path in known:
            continue
        twin = path.with_suffix(TASKS)
        if twin in known:
            message = _("“{name}” is not read: {twin} stands beside it")
            hint = _("keep what is right in {twin}, and delete this file").format(twin=twin.name)
            yield path, _stray(message.format(name=path.name, twin=twin.name), hint)
        else:
            message = _("“{name}” is not a task file").format(name=path.name)
            hint = _("task files are named 01.yaml, 02.yaml, …; rename it, or move it elsewhere")
            yield path, _stray(message, hint)


def check_folder(path: Path) -> Iterator[tuple[Path, Diagnostic]]:
    """What is to be said of something in the place of a folder, if there is anything."""
    if path.is_symlink():
        message = _("the link leads to {target}, where there is no folder")
        hint = _("bring the folder back, or let the link lead to it")
        said = message.format(target=path.readlink())
        yield path, error_at("missing-file", 1, 1, said, hint)
    elif path.exists():
        message = _("“{name}” is not a folder").format(name=path.name)
        hint = _("move it elsewhere: a folder of this name holds task files")
        yield path, error_at("unreadable-file", 1, 1, message, hint)


def _stray_folder(path: Path) -> Iterator[tuple[Path, Diagnostic]]:
    """A finding for a folder that goes by nearly the name of one of a plan, or holds task files."""
    if path.name in _FOLDERS or path.name[0] == ".":
        return
    meant = get_close_matches(path.name.lower(), FOLDERS, n=1, cutoff=_NEAR)
    if not meant and not _holds_tasks(path):
        return
    message = _("“{name}” is no folder of a plan, and what is in it is not read")
    near = _("did you mean “{key}”?").format(key=meant[0]) if meant else ""
    hint = _("task files are read in {folders}; rename it, or move it elsewhere").format(
        folders=_(" and ").join(FOLDERS)
    )
    yield path, _stray(message.format(name=path.name), near or hint)


def _holds_tasks(folder: Path) -> bool:
    try:
        return any(it.suffix in _LIKE_TASKS and it.stem.isdecimal() for it in folder.iterdir())
    except OSError:  # a system's own, such as lost+found
        return False


def _stray(message: str, hint: str) -> Diagnostic:
    return error_at("stray-file", 1, 1, message, hint)


LARGEST: Final = 2**20
"""Bytes; the largest file of the published plan has 9 KiB."""

_OF_WINDOWS: Final = frozenset({"thumbs.db", "desktop.ini"})


def read_bytes(path: Path, folder: Path) -> bytes:
    """The bytes of a plain file in the folder of the data; UnreadableError for anything else."""
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            _refuse_link(path, folder)
            status = path.stat()
        elif not stat.S_ISREG(status.st_mode):
            raise _closed(_("it is not a plain file"))
        if status.st_size > LARGEST:
            raise _too_large(status.st_size)
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableError(_missing_file(_absent(path))) from None
    except OSError as error:
        raise _closed(error.strerror or str(error)) from None


def check_size(found: bytes) -> bytes:
    """The bytes of a file that is not saved; UnreadableError for more than any of a plan has."""
    if len(found) > LARGEST:
        raise _too_large(len(found))
    return found


def list_task_files(folder: Path, name: str) -> tuple[list[Path], list[tuple[Path, Diagnostic]]]:
    """The files in one of the FOLDERS of the data, and the others in it with what is to be said."""
    if not (folder / name).is_dir():
        return [], list(check_folder(folder / name))
    inside = sorted((folder / name).iterdir(), key=_name)
    visible = [path for path in inside if not _is_a_systems_own(path.name)]
    tasks = [path for path in visible if path.suffix == TASKS]
    return tasks, list(find_unexpected_task_files(visible, tasks))


def compute_digests(folder: Path, names: Iterable[str]) -> dict[str, str | None]:
    """The SHA-256 of each file that is named from the data folder on; None where none is in it."""
    return {name: _digest(folder, name) for name in names}


def _digest(folder: Path, name: str) -> str | None:
    from hashlib import file_digest  # noqa: PLC0415  most plans have no evidence

    try:
        file = (folder / name).resolve()
        # Of what is no plain file, a pipe would be waited for.
        if not file.is_relative_to(folder.resolve()) or not file.is_file():
            return None
        with file.open("rb") as opened:
            return file_digest(opened, "sha256").hexdigest()
    except (OSError, RuntimeError, ValueError):  # ValueError: a name that no file can have
        return None


def _name(path: Path) -> str:
    return path.name


def _is_a_systems_own(name: str) -> bool:
    """Whether an editor or a system has put a file there for itself."""
    return name.startswith((".", "~$")) or name.lower() in _OF_WINDOWS


def _refuse_link(path: Path, folder: Path) -> None:
    try:
        target = path.resolve(strict=True)
    except FileNotFoundError:
        message = _("the link leads to {target}, which is not there")
        raise UnreadableError(_missing_file(message.format(target=path.readlink()))) from None
    except (OSError, RuntimeError):  # the latter until Python 3.12
        raise _closed(_("it is a link that leads to itself")) from None
    if not target.is_relative_to(folder.resolve()):
        raise _closed(_("it is a link that leads out of the data folder"))
    if not target.is_file():
        raise _closed(_("it is not a plain file"))


def _absent(path: Path) -> str:
    """Says that a file is not there, and which one may be meant for it."""
    like = (path.with_suffix(ending) for ending in sorted(LIKE_RECORDS))
    near = next((other.name for other in like if other.exists()), None)
    if near is None:
        return _("there is no such file")
    return _("there is no such file; “{name}” may be meant for it").format(name=near)


def _missing_file(message: str) -> Diagnostic:
    hint = _("a plan cannot do without it: bring it back, for instance with “git restore”")
    return error_at("missing-file", 1, 1, message, hint)


def _too_large(size: int) -> UnreadableError:
    message = _("the file is too large: it has {size:,} bytes, and at most {limit:,} are read")
    hint = _("take out what does not belong here; what is long is kept in a file of its own")
    said = message.format(size=size, limit=LARGEST)
    return UnreadableError(error_at("unreadable-file", 1, 1, said, hint))


def _closed(why: str) -> UnreadableError:
    message = _("the file cannot be opened: {why}").format(why=why)
    hint = _("it must be a plain file that you may read")
    return UnreadableError(error_at("unreadable-file", 1, 1, message, hint))
