"""Read the plan of a git revision: its files are written to a folder that is then deleted.

Git is asked for objects only. Nothing is checked out, no hook, filter or pager runs, and no
attribute changes what is read; `git archive` would heed `export-ignore`, `export-subst` and `eol`.
"""

import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from credit_plan.errors import NoDataError, UnknownNameError
from credit_plan.i18n import _, quote
from credit_plan.loader.files import MAX_BYTES
from credit_plan.loader.locate import MEASURES, Source
from credit_plan.text import suggest

_COMMIT = re.compile(rb"[0-9a-f]{40,64}\n")
_LINK = b"120000"
_HOOK_VARIABLES = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""Variables that git sets for a hook; with them, git would not look for another repository."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a folder of a revision has under a name; only files and links have a size in bytes."""

    path: Path
    mode: bytes
    object: bytes
    size: int | None


@contextmanager
def open_revision(revision: str, folders: Sequence[Path]) -> Iterator[Source]:
    """Yield the data of a revision as a folder that is there while it is read.

    The repository is the one that contains the first of `folders` that is in a repository. Raise
    UnknownNameError for what is no revision, NoDataError if it has no plan, or if there is no
    repository or no git.
    """
    repository, prefix = _find_repository(folders)
    commit = _find_commit(repository, revision)
    for place in (
        place for folder in (prefix, *prefix.parents) for place in (folder, folder / "data")
    ):
        name = "" if place == PurePosixPath() else f"{place}/"
        measures = _list_entries(repository, f"{commit}:{name}{MEASURES}", Path(MEASURES))
        if measures is not None:
            break
    else:
        message = _("no plan in {revision}: there is no folder “measures”")
        raise NoDataError(message.format(revision=quote(revision)))
    beside = _list_entries(repository, f"{commit}:{name}", Path()) or []
    files = [entry for entry in beside if entry.size is not None]
    with TemporaryDirectory(prefix="credit-plan-") as folder:
        _write_entries(repository, [*files, *measures], Path(folder))
        yield Source(Path(folder), bundled=False, label=f"{revision}:{name}")


def _find_repository(folders: Sequence[Path]) -> tuple[Path, PurePosixPath]:
    """Return a folder in a repository, and its path from the root of the repository."""
    reasons = []
    for folder in folders:
        answer = _run_git(folder, "rev-parse", "--show-prefix")
        if answer.returncode == 0:
            return folder, PurePosixPath(os.fsdecode(answer.stdout[:-1]))
        reasons.append(answer.stderr.decode("utf-8", "replace").partition("\n")[0])
    message = _("no revisions in {folder}: {why}")
    raise NoDataError(message.format(folder=folders[0], why=reasons[0].removeprefix("fatal: ")))


def _find_commit(repository: Path, revision: str) -> str:
    # A name that begins with a dash would be an option; no branch and no tag has one.
    if revision and not revision.startswith("-"):
        name = f"{revision}^{{commit}}"
        commit = _run_git(repository, "rev-parse", "--verify", "--quiet", name).stdout
        if _COMMIT.fullmatch(commit):
            return commit.decode().strip()
    message = _("{name} is neither a folder nor a revision in the git repository at {folder}")
    message = message.format(name=quote(revision), folder=repository)
    if _run_git(repository, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        hint = _("this is a shallow clone; “git fetch --unshallow” fetches the rest")
        message = f"{message}; {hint}"
    names = os.fsdecode(_run_git(repository, "for-each-ref", "--format=%(refname:short)").stdout)
    raise UnknownNameError(message, suggest(revision, names.split(), cutoff=0.5))


def _list_entries(repository: Path, tree: str, inside: Path) -> list[_Entry] | None:
    """Return what a folder of a commit has; None if there is no such folder."""
    listed = _run_git(repository, "ls-tree", "--full-tree", "-z", "-l", tree)
    if listed.returncode:
        return None
    entries = []
    for line in filter(None, listed.stdout.split(b"\0")):
        columns, _tab, path = line.partition(b"\t")
        mode, kind, name, size = columns.split()
        # Of an object that is lost git knows no size; reading it will say so.
        own = int(size if size.isdigit() else 0) if kind == b"blob" else None
        entries.append(_Entry(inside / _file_name(path), mode, name, own))
    return entries


def _file_name(path: bytes) -> str:
    """Return a name in a folder; raise NoDataError for one that would lead out of it."""
    name = os.fsdecode(path)
    if name in {".", ".."} or Path(name).name != name:
        message = _("git has a file with a name that is not allowed: {name}")
        raise NoDataError(message.format(name=quote(name)))
    return name


def _write_entries(repository: Path, entries: Sequence[_Entry], folder: Path) -> None:
    """Write the files of a plan; one that is too large for a plan is as large, and empty."""
    (folder / MEASURES).mkdir()
    read = [entry for entry in entries if entry.size is not None and entry.size <= MAX_BYTES]
    names = b"".join(entry.object + b"\n" for entry in read)
    objects = io.BytesIO(_run_git(repository, "cat-file", "--batch", given=names).stdout)
    contents = {entry: _read_object(repository, objects) for entry in read}
    # Links come last, so that nothing is ever written through one.
    for entry in sorted(entries, key=lambda entry: entry.mode == _LINK):
        path, content = folder / entry.path, contents.get(entry, b"")
        if entry.size is None:
            path.mkdir()
        elif entry.mode == _LINK:
            path.symlink_to(os.fsdecode(content))
        else:
            with path.open("xb") as file:
                file.write(content)
                file.truncate(entry.size)


def _read_object(repository: Path, objects: io.BytesIO) -> bytes:
    """Return the next object of those that git has written."""
    header = objects.readline()
    columns = header.split()
    if columns[1:2] != [b"blob"]:
        message = _("git cannot read an object in {folder}: {why}")
        why = header.decode("utf-8", "replace").strip()
        raise NoDataError(message.format(folder=repository, why=why))
    return objects.read(int(columns[2]) + 1)[:-1]


def _run_git(folder: Path, *words: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    """Run git in a folder, in English, and so that it asks nobody for a password."""
    git = shutil.which("git")
    if git is None:
        raise NoDataError(_("git is not installed, and reading a revision needs it"))
    kept = {name: value for name, value in os.environ.items() if name not in _HOOK_VARIABLES}
    environment = {**kept, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    return subprocess.run(  # noqa: S603  git's own words, and a revision that is no option
        [git, *words], cwd=folder, env=environment, input=given, capture_output=True, check=False
    )
