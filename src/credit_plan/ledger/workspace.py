"""A folder of one's own for a plan: what is in it beside the plan, and how it is laid out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from string import Template
from typing import Final

from credit_plan.errors import UnfitFolderError
from credit_plan.language import _
from credit_plan.ledger import disk

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


def surroundings(words: Mapping[str, str]) -> dict[str, bytes]:
    """What a workspace has beside its plan, by file; `words` are what the templates leave open."""
    folder = Path(__file__).parent / "templates"
    return {
        file: Template((folder / name).read_text(encoding="utf-8")).substitute(words).encode()
        for file, name in _TEMPLATES
    }


def lay_out(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Lays out files in a new folder or in an empty one: all of them, or none.

    They are named with “/”, as seen from the folder. It is built aside, and is on the disk before
    it is seen; an empty folder stays the same folder, and gets its files one by one, those of
    the mapping's end last. Raises UnfitFolderError for a folder that holds something, and OSError
    where it may not be written; then everything is as it was.
    """
    _refuse(folder)
    home = folder if folder.exists() else folder.parent
    with disk.blamed_on(folder), ExitStack() as undoing:
        for missing in reversed(disk.missing(home)):
            undoing.callback(_discard_empty, missing)
            disk.make(missing)
        built = disk.unused(home)
        undoing.callback(_discard, built)
        _build(built, contents)
        if home == folder:
            _move_in(built, folder, contents, undoing)
        else:
            built.rename(folder)
            undoing.callback(_discard, folder)
        disk.sync(home)
        undoing.pop_all()


def _refuse(folder: Path) -> None:
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
        disk.write(path, content)
    for folder, _folders, _files in os.walk(built):
        disk.sync(Path(folder))


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
