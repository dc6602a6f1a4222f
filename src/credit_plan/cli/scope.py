"""What a command is to look at: which plan, which of its files, and what an editor has unsaved."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import typer

from credit_plan.i18n import _
from credit_plan.loader.files import MAX_BYTES
from credit_plan.loader.locate import (
    FILES,
    FOLDERS,
    Source,
    find_containing,
    find_data,
    normalize,
    unknown_file,
)

_STDIN: Final = Path("-")


@dataclass(frozen=True, slots=True)
class Scope:
    """A plan, the files and folders of it that were named, and unsaved content by its file.

    Without `named` the whole plan is meant.
    """

    source: Source
    named: tuple[Path, ...] = ()
    unsaved: dict[Path, bytes] = field(default_factory=dict)

    def chosen(self, files: Iterable[str]) -> frozenset[str]:
        """Those of a plan's files that were named, or are in a folder that was.

        Raises UnknownNameError for a name that no file of the plan has.
        """
        if not self.named:
            return frozenset(files)
        places = {file: normalize(Path(file)) for file in files}
        chosen: set[str] = set()
        for path in self.named:
            wanted = normalize(path)
            inside = {file for file, place in places.items() if place.is_relative_to(wanted)}
            if not inside:
                raise unknown_file(self.source, path)
            chosen |= inside
        return frozenset(chosen)


def scope(paths: Sequence[str], unsaved_as: Path | None, data: Path | None) -> Scope:
    """What the words of the command line mean. Reads standard input where a path is a dash."""
    named = tuple(map(Path, paths))
    if (_STDIN in named) != (unsaved_as is not None) or (_STDIN in named and len(named) > 1):
        message = _("standard input is read as one file: write “-” and name it: check - --as FILE")
        raise typer.BadParameter(message, param_hint="PATH")
    if unsaved_as is None:
        return Scope(_source(named, data), named)
    if sys.stdin is None:
        message = _("standard input is closed")
        raise typer.BadParameter(message, param_hint="PATH")
    source = _source((unsaved_as,), data)
    file = source.folder / _inside(source, unsaved_as)
    return Scope(source, (unsaved_as,), {file: sys.stdin.buffer.read(MAX_BYTES + 1)})


def _source(named: Sequence[Path], data: Path | None) -> Source:
    return find_containing(named[0]) if named and data is None else find_data(data)


def _inside(source: Source, path: Path) -> Path:
    """The name of a file within the data; UnknownNameError for one that a plan does not have."""
    place, folder = normalize(path), source.folder.resolve()
    if place.is_relative_to(folder):
        name = place.relative_to(folder)
        if name.as_posix() in FILES or (
            name.parent.as_posix() in FOLDERS and name.suffix == ".yaml"
        ):
            return name
    raise unknown_file(source, path)
