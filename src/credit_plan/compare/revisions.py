"""Reads the plan of a git revision: its files are laid out in a folder that is gone afterwards.

Git is asked for objects only: nothing is checked out, and no filter, hook or pager runs.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Final

from credit_plan.errors import NoDataError, UnknownNameError
from credit_plan.i18n import _, quote
from credit_plan.loader.files import MAX_BYTES
from credit_plan.loader.locate import MEASURES, Source

_COMMIT: Final = re.compile(rb"[0-9a-f]{40,64}\n")
_LINK: Final = b"120000"
_NEAR: Final = 0.5
_OF_A_HOOK: Final = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""What git tells a hook, and what would keep it from looking where it is sent."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a folder of a revision holds by a name; only a file and a link have a size, in bytes."""

    path: Path
    is_link: bool
    object: bytes
    size: int | None


@dataclass(frozen=True, slots=True)
class Repository:
    """A git repository as it is seen from a folder in it; `prefix` is the way to that folder."""

    git: str
    folder: Path
    prefix: PurePosixPath

    @contextmanager
    def laid_out(self, revision: str) -> Iterator[Source]:
        """The data that a revision has, as a folder that is there while it is read.

        Raises UnknownNameError for what is no revision, NoDataError for one without a plan.
        """
        commit = self._commit(revision)
        place, entries = self._data(commit, revision)
        with TemporaryDirectory(prefix="credit-plan-") as folder:
            self._lay_out(Path(folder), entries)
            shown = f"{revision}:{place}/" if place else f"{revision}:"
            yield Source(Path(folder), bundled=False, label=shown)

    def knows(self, revision: str) -> bool:
        """Whether a word means a revision."""
        return self._found(revision) is not None

    def _found(self, revision: str) -> str | None:
        # What begins with a dash would be an option; git lets no branch and no tag begin so.
        if not revision or revision.startswith("-"):
            return None
        found = self._run("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").stdout
        return found.decode().strip() if _COMMIT.fullmatch(found) else None

    def _commit(self, revision: str) -> str:
        """The commit that a revision means."""
        if found := self._found(revision):
            return found
        message = _("{name} is no folder, and no revision of the git repository of {folder}")
        said = message.format(name=quote(revision), folder=self.folder)
        if self._run("rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
            why = _("the repository is a shallow clone: git fetch --unshallow brings the rest")
            said = f"{said}; {why}"
        names = self._run("for-each-ref", "--format=%(refname:short)").stdout
        known = os.fsdecode(names).split()
        raise UnknownNameError(said, tuple(get_close_matches(revision, known, n=3, cutoff=_NEAR)))

    def _data(self, commit: str, revision: str) -> tuple[str, list[_Entry]]:
        """Where the data is in a commit, and what there is of it: as now, or in a folder above."""
        for folder in (self.prefix, *self.prefix.parents):
            for place in (folder, folder / "data"):
                name = "" if place == PurePosixPath() else str(place)
                measures = self._entries(f"{commit}:{place / MEASURES}", Path(MEASURES))
                if measures is not None:
                    above = self._entries(f"{commit}:{name}", Path()) or []
                    return name, [*(it for it in above if it.size is not None), *measures]
        message = _("{revision} has no plan: no folder “measures” is where it is looked for")
        raise NoDataError(message.format(revision=quote(revision)))

    def _entries(self, tree: str, inside: Path) -> list[_Entry] | None:
        """What a folder of a commit holds; None where it is not there."""
        listed = self._run("ls-tree", "--full-tree", "-z", "-l", tree)
        if listed.returncode:
            return None
        entries = []
        for line in filter(None, listed.stdout.split(b"\0")):
            facts, _tab, path = line.partition(b"\t")
            mode, kind, name, size = facts.split()
            # Of what git has lost it knows no size; reading it will say so.
            own = int(size if size.isdigit() else 0) if kind == b"blob" else None
            entries.append(_Entry(inside / _plain(path), mode == _LINK, name, own))
        return entries

    def _lay_out(self, folder: Path, entries: Sequence[_Entry]) -> None:
        """Writes the files of a plan; a file that is too large for one is as large, and empty."""
        (folder / MEASURES).mkdir()
        read = [it for it in entries if it.size is not None and it.size <= MAX_BYTES]
        contents = dict(zip(read, self._contents([it.object for it in read]), strict=True))
        # Links come last, so that nothing is ever written through one.
        for entry in sorted(entries, key=lambda it: it.is_link):
            path = folder / entry.path
            if entry.size is None:
                path.mkdir()
            elif entry.is_link:
                path.symlink_to(os.fsdecode(contents.get(entry, b"")))
            else:
                with path.open("xb") as file:
                    file.write(contents.get(entry, b""))
                    file.truncate(entry.size)

    def _contents(self, objects: Sequence[bytes]) -> Iterator[bytes]:
        """The contents of objects, in their order."""
        asked = b"".join(name + b"\n" for name in objects)
        rest = memoryview(self._run("cat-file", "--batch", given=asked).stdout)
        for name in objects:
            head = bytes(rest[: len(name) + 40]).partition(b"\n")[0]
            if not head.startswith(name + b" blob "):
                message = _("git cannot read what {folder} holds: {why}")
                why = head.decode("utf-8", "replace")
                raise NoDataError(message.format(folder=self.folder, why=why))
            size = int(head.split()[-1])
            yield bytes(rest[len(head) + 1 :][:size])
            rest = rest[len(head) + size + 2 :]

    def _run(self, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return _git(self.git, self.folder, *words, given=given)


def find_repository(folders: Sequence[Path]) -> Repository:
    """The repository of the first of these folders that is in one.

    Raises NoDataError where none is, or where there is no git to ask.
    """
    git = shutil.which("git")
    if git is None:
        raise NoDataError(_("a revision is read with git, and this machine has no program git"))
    reasons = []
    for folder in folders:
        asked = _git(git, folder, "rev-parse", "--show-prefix")
        if asked.returncode == 0:
            return Repository(git, folder, PurePosixPath(os.fsdecode(asked.stdout[:-1])))
        reasons.append(asked.stderr.decode("utf-8", "replace").partition("\n")[0])
    message = _("{folder} is in no git repository that could have a revision: {why}")
    raise NoDataError(message.format(folder=folders[0], why=reasons[0].removeprefix("fatal: ")))


def _git(
    git: str, folder: Path, *words: str, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """What git answers in a folder, in English, and without asking anybody for a password."""
    environment = {key: value for key, value in os.environ.items() if key not in _OF_A_HOOK}
    return subprocess.run(  # noqa: S603  git's own words, and a revision that is no option
        [git, *words],
        cwd=folder,
        env={**environment, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"},
        input=given,
        capture_output=True,
        check=False,
    )


def _plain(name: bytes) -> str:
    """A name in a folder; raises NoDataError for one that would lead out of it."""
    said = os.fsdecode(name)
    if said in {".", ".."} or Path(said).name != said:
        message = _("git has a file by a name that no file can have: {name}")
        raise NoDataError(message.format(name=quote(said)))
    return said
