"""Read the files in the data folder, and report unexpected ones."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from credit_plan import text
from credit_plan.diagnostics import Diagnostic
from credit_plan.errors import describe_cause
from credit_plan.i18n import _, join_list
from credit_plan.loader.locate import (
    EVIDENCE,
    FILES,
    FOLDERS,
    MEASURES,
    PROGRESS,
    RECORDS,
    Source,
    is_ignored,
    leads_outside,
)
from credit_plan.yaml.errors import UnreadableError

MAX_BYTES = 2**20
"""The largest file of the published plan has 9 KiB."""

_SUFFIX = ".yaml"
_LIKE_RECORDS = (".json", ".yaml", ".yml")
_LIKE_TASKS = (".yaml", ".yml")
_OTHER_FOLDERS = (EVIDENCE, "schema")
_SIMILAR = 0.8
"""The similarity of a folder's name to a known one: `progres`, `measure`, not `program`."""


def read_bytes(path: Path, folder: Path) -> bytes:
    """Return the bytes of a plain file in the folder; raise UnreadableError for anything else."""
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            _refuse_link(path, folder)
            status = path.stat()
        elif not stat.S_ISREG(status.st_mode):
            raise _closed(_("the file cannot be opened: it is not a regular file"))
        check_size(status.st_size)
        return path.read_bytes()
    except FileNotFoundError:
        message = _("there is no such file")
        like = (path.with_suffix(ending) for ending in _LIKE_RECORDS)
        if near := next((other.name for other in like if other.exists()), None):
            message = _("there is no such file, but there is “{name}”").format(name=near)
        raise _missing(message) from None
    except OSError as error:
        message = _("the file cannot be opened: {why}").format(why=describe_cause(error))
        raise _closed(message) from None


def check_size(size: int) -> None:
    """Raise UnreadableError for more bytes than any file of a plan has."""
    if size > MAX_BYTES:
        message = _("the file is too large: it has {size:,} bytes, and the limit is {limit:,}")
        message = message.format(size=size, limit=MAX_BYTES)
        hint = _(
            "remove what does not belong here, or keep long content in a separate file; reports in "
            "14.yaml may also be in 14-2.yaml"
        )
        raise UnreadableError(Diagnostic("unreadable-file", "", (), message, hint))


def list_task_files(folder: Path, name: str) -> list[Path]:
    """Return the files in one of the FOLDERS of the data; none if it is a link out of the data."""
    return [folder / name / file for file in list_task_names(folder, name)]


def list_task_names(folder: Path, name: str) -> list[str]:
    """Return the names of the same files."""
    if leads_outside(folder / name, folder):
        return []
    return [file for file in _list_visible(folder / name) if _is_task(file)]


def count_task_files(folder: Path, names: Iterable[str]) -> int:
    """Return how many files there are in some of the FOLDERS of the data, about."""
    count = 0
    for name in names:
        with suppress(OSError), os.scandir(folder / name) as entries:
            count += sum(it.name.endswith(_SUFFIX) for it in entries)
    return count


def compute_digests(folder: Path, names: Iterable[str]) -> dict[str, str | None]:
    """Return the SHA-256 of each file, named from the data folder on; None if it is no evidence.

    Evidence is a regular file in the folder `evidence`. A link out of that folder and a file of the
    plan, which is edited again, are not evidence.
    """
    return {name: _digest(folder, name) for name in names}


def find_unexpected_files(source: Source) -> Iterator[tuple[Path, Diagnostic]]:
    """Yield what is not a file or folder of a plan, but looks like one."""
    folder = source.folder
    # One of the FOLDERS may be a link to another folder next to it.
    read = {os.path.realpath(folder / name) for name in FOLDERS}
    for path in sorted(folder.iterdir()):
        is_folder = path.is_dir() and os.path.realpath(path) not in read
        if is_folder and (found := _explain_folder(path)):
            yield path, Diagnostic("stray-file", source.display(path), (), *found)
        expected = path.with_suffix(_SUFFIX)
        is_like_one = path.suffix in _LIKE_RECORDS and path.name not in FILES
        # The diagnostic of a missing file names this one already.
        is_reported = expected.name in RECORDS and not expected.exists()
        if is_like_one and not is_reported and path.name[0] != ".":
            message = _("“{name}” is not a file of the plan and is ignored").format(name=path.name)
            hint = _(
                "a plan has {records} and the folders {measures} and {progress}; rename or move "
                "the file"
            )
            hint = hint.format(records=join_list(FILES), measures=MEASURES, progress=PROGRESS)
            yield path, Diagnostic("stray-file", source.display(path), (), message, hint)


def find_unexpected_in(source: Source, name: str) -> Iterator[tuple[Path, Diagnostic]]:
    """Yield what is not a task file in one of the FOLDERS, or is where the folder should be."""
    folder = source.folder / name
    if not folder.is_dir() or leads_outside(folder, source.folder):
        if found := _explain_no_folder(folder):
            rule, message, hint = found
            yield folder, Diagnostic(rule, source.display(folder), (), message, hint)
        return
    # Listed once: another process may be writing reports.
    inside = _list_visible(folder)
    tasks = {it for it in inside if _is_task(it)}
    for path in (folder / it for it in inside if it not in tasks):
        other = path.with_suffix(_SUFFIX)
        message = _("“{name}” is not a task file")
        hint = _("task files are named 01.yaml, 02.yaml, …; rename or move the file")
        if other.name in tasks:
            message = _("“{name}” is ignored because {other} exists")
            hint = _("keep the correct content in {other}, and delete this file").format(
                other=other.name
            )
        message = message.format(name=path.name, other=other.name)
        yield path, Diagnostic("stray-file", source.display(path), (), message, hint)


def _refuse_link(path: Path, folder: Path) -> None:
    try:
        target = path.resolve(strict=True)
    except FileNotFoundError:
        message = _("the link points to {target}, which does not exist")
        raise _missing(message.format(target=path.readlink())) from None
    except (OSError, RuntimeError):  # the latter until Python 3.12
        message = _("the file cannot be opened: it is a link that points to itself")
        raise _closed(message) from None
    if leads_outside(path, folder):
        message = _("the file cannot be opened: it is a link that points outside the data folder")
        raise _closed(message)
    if not target.is_file():
        raise _closed(_("the file cannot be opened: it is not a regular file"))


def _closed(message: str) -> UnreadableError:
    hint = _("it must be a regular file with read permission")
    return UnreadableError(Diagnostic("unreadable-file", "", (), message, hint))


def _missing(message: str) -> UnreadableError:
    hint = _("a plan needs this file: restore it, for example with “git restore”")
    return UnreadableError(Diagnostic("missing-file", "", (), message, hint))


def _list_visible(folder: Path) -> list[str]:
    """Return the names of what is in a folder, without the files of editors and systems."""
    if not folder.is_dir():
        return []
    names = sorted(os.listdir(folder))  # noqa: PTH208  thousands of files
    return [name for name in names if not is_ignored(name)]


def _is_task(name: str) -> bool:
    return os.path.splitext(name)[1] == _SUFFIX  # noqa: PTH122  as above


def _digest(folder: Path, name: str) -> str | None:
    from hashlib import file_digest  # noqa: PLC0415  most plans have no evidence

    steps = Path(name).parts
    if steps[:1] != (EVIDENCE,) or ".." in steps:
        return None
    try:
        file = (folder / name).resolve()
        # Reading a pipe would wait for its writer.
        if not file.is_relative_to(folder.resolve() / EVIDENCE) or not file.is_file():
            return None
        with file.open("rb") as opened:
            return file_digest(opened, "sha256").hexdigest()
    except (OSError, RuntimeError, ValueError):  # ValueError: a name that no file can have
        return None


def _explain_folder(path: Path) -> tuple[str, str] | None:
    """Return message and hint for a folder with a similar name, or with task files in it."""
    if path.name in _OTHER_FOLDERS or path.name[0] == ".":
        return None
    near = text.suggest(path.name.lower(), FOLDERS, most=1, cutoff=_SIMILAR)
    if not near and (leads_outside(path, path.parent) or not _holds_tasks(path)):
        return None
    message = _("“{name}” is not a folder of the plan, and its files are ignored")
    hint = _("task files are read from {measures} and {progress}; rename or move the folder")
    hint = hint.format(measures=MEASURES, progress=PROGRESS)
    if near:
        hint = _("did you mean “{key}”?").format(key=near[0])
    return message.format(name=path.name), hint


def _holds_tasks(folder: Path) -> bool:
    try:
        return any(it.suffix in _LIKE_TASKS and it.stem.isdecimal() for it in folder.iterdir())
    except OSError:  # a folder of the system, such as lost+found
        return False


def _explain_no_folder(path: Path) -> tuple[str, str, str] | None:
    """Return rule, message and hint if something other than a folder is where one should be."""
    if path.is_dir():
        message = _("“{name}” is a link that points outside the data folder").format(name=path.name)
        hint = _("move the folder here in place of the link")
        return "unreadable-file", message, hint
    if path.is_symlink():
        message = _("the link points to {target}, which is not a folder")
        hint = _("restore the folder, or correct the link")
        return "missing-file", message.format(target=path.readlink()), hint
    if path.exists():
        message = _("“{name}” is not a folder").format(name=path.name)
        hint = _("move it: a folder of this name holds the task files")
        return "unreadable-file", message, hint
    return None
