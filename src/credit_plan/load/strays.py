"""What is in the folder of the data, looks as if it were of the plan, and is not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from credit_plan.diagnostic import Diagnostic
from credit_plan.language import _
from credit_plan.load.locate import EVIDENCE, FILES, FOLDERS, RECORDS
from credit_plan.syntax.fault import error_at

TASKS: Final = ".yaml"
LIKE_RECORDS: Final = frozenset({".yaml", ".yml", ".json"})

_LIKE_TASKS: Final = frozenset({".yaml", ".yml"})
_FOLDERS: Final = frozenset({*FOLDERS, EVIDENCE, "schema"})
_NEAR: Final = 0.8
"""How near a folder's name is to one that is read: `progres`, `measure`, but not `program`."""


def stray_records(folder: Path) -> Iterator[tuple[Path, Diagnostic]]:
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


def stray_tasks(visible: list[Path], tasks: list[Path]) -> Iterator[tuple[Path, Diagnostic]]:
    """What is to be said of the files in one of the FOLDERS that are no task files."""
    known = set(tasks)
    for path in visible:
        if path in known:
            continue
        twin = path.with_suffix(TASKS)
        if twin in known:
            message = _("“{name}” is not read: {twin} stands beside it")
            hint = _("keep what is right in {twin}, and delete this file").format(related=twin.name)
            yield path, _stray(message.format(name=path.name, related=twin.name), hint)
        else:
            message = _("“{name}” is not a task file").format(name=path.name)
            hint = _("task files are named 01.yaml, 02.yaml, …; rename it, or move it elsewhere")
            yield path, _stray(message, hint)


def no_folder(path: Path) -> Iterator[tuple[Path, Diagnostic]]:
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
