"""The bytes of a file of the plan, and the files in its folders."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from credit_plan.diagnostic import Diagnostic
from credit_plan.language import _
from credit_plan.load.strays import LIKE_RECORDS, TASKS, no_folder, stray_tasks
from credit_plan.syntax.fault import UnreadableError, error_at

LARGEST: Final = 2**20
"""Bytes; the largest file of the published plan has 9 KiB."""

_OF_WINDOWS: Final = frozenset({"thumbs.db", "desktop.ini"})


def content(path: Path, folder: Path) -> bytes:
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
        raise UnreadableError(_missing(_absent(path))) from None
    except OSError as error:
        raise _closed(error.strerror or str(error)) from None


def limited(found: bytes) -> bytes:
    """The bytes of a file that is not saved; UnreadableError for more than any of a plan has."""
    if len(found) > LARGEST:
        raise _too_large(len(found))
    return found


def task_files(folder: Path, name: str) -> tuple[list[Path], list[tuple[Path, Diagnostic]]]:
    """The files in one of the FOLDERS of the data, and the others in it with what is to be said."""
    if not (folder / name).is_dir():
        return [], list(no_folder(folder / name))
    inside = sorted((folder / name).iterdir(), key=_name)
    visible = [path for path in inside if not _is_a_systems_own(path.name)]
    tasks = [path for path in visible if path.suffix == TASKS]
    return tasks, list(stray_tasks(visible, tasks))


def digests(folder: Path, names: Iterable[str]) -> dict[str, str | None]:
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
        raise UnreadableError(_missing(message.format(target=path.readlink()))) from None
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


def _missing(message: str) -> Diagnostic:
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
