"""Read the plan of a git revision: its files are written to a folder that is then deleted.

Git is asked for objects only. Nothing is checked out, no hook, filter or pager runs, and no
attribute changes what is read; `git archive` would heed `export-ignore`, `export-subst` and `eol`.
"""

import io
import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from credit_plan.compare.git import find_reason, is_without_repository, run_git
from credit_plan.errors import (
    NoDataError,
    NoRepositoryError,
    UnknownNameError,
    describe_cause,
)
from credit_plan.i18n import _, quote
from credit_plan.loader.files import MAX_BYTES
from credit_plan.loader.locate import FILES, MEASURES, Source
from credit_plan.text import escape_controls, suggest

_COMMIT = re.compile(rb"[0-9a-f]{40,64}\n")
_HEAD = "HEAD"
"""The last commit of what is checked out: every repository has it, from the first commit on."""

_FOLDER, _FILE = b"tree", b"blob"
_LINK = b"120000"
_MAX_LINK = 4095
"""The bytes that Linux allows in the target of a link; no other system allows more."""

_MAX_TOTAL = 256 * MAX_BYTES
"""The published plan has 0.2 MiB. Git stores equal files once, so that a small repository can
hold a revision that no disk can."""

_MAX_NAMES = 10_000


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a folder of a revision has under a name: a file, a link, a folder, a submodule."""

    path: PurePosixPath
    mode: bytes
    kind: bytes
    object: bytes


@contextmanager
def open_revision(revision: str, folders: Sequence[Path]) -> Iterator[Source]:
    """Yield the data of a revision as a folder that is there while it is read.

    The repository is the one that contains the first of `folders` that is in a repository. Raise
    UnknownNameError for what is no revision, NoDataError if it has no plan, or if there is no
    repository or no git.
    """
    repository, prefix = _find_repository(folders)
    commit = _find_commit(repository, revision)
    root = _Entry(PurePosixPath(), b"", _FOLDER, commit)
    for place in (
        place for folder in (prefix, *prefix.parents) for place in (folder, folder / "data")
    ):
        data = _find_folder(repository, root, place)
        if data and (measures := _find_folder(repository, data, PurePosixPath(MEASURES))):
            break
    else:
        message = _("no plan in {revision}: there is no folder “measures”")
        raise NoDataError(message.format(revision=quote(revision)))
    # Of the folders beside it, only one in place of a file matters.
    beside = _list_entries(repository, data)
    entries = [it for it in beside if it.kind == _FILE or it.path.name in FILES]
    with TemporaryDirectory(prefix="credit-plan-") as folder:
        _write_entries(repository, [*entries, *_list_entries(repository, measures)], data, folder)
        name = "" if place == PurePosixPath() else f"{place}/"
        yield Source(Path(folder), bundled=False, label=f"{revision}:{name}")


def read_files(revision: str, folder: Path, names: Collection[str]) -> dict[str, bytes]:
    """Return by name what files of a folder hold in a revision; only of those that it has.

    Raise UnknownNameError for what is no revision, NoRepositoryError if there is no repository or
    no git, NoDataError if git cannot read it.
    """
    repository, prefix = _find_repository([folder])
    root = _Entry(PurePosixPath(), b"", _FOLDER, _find_commit(repository, revision))
    found = _find_folder(repository, root, prefix)
    listed = _list_entries(repository, found) if found else ()
    entries = [it for it in listed if it.path.name in names and it.kind == _FILE]
    contents = _read_contents(repository, entries, _read_sizes(repository, entries))
    return {it.path.name: contents.get(it.object, b"") for it in entries}


def _find_repository(folders: Sequence[Path]) -> tuple[Path, PurePosixPath]:
    """Return a folder in a repository, and its path from the root of the repository.

    Raise NoRepositoryError if there is none, NoDataError if git refuses to read one.
    """
    reasons = []
    for folder in folders:
        answer = run_git(folder, "rev-parse", "--show-prefix")
        if answer.returncode == 0:
            return folder, PurePosixPath(os.fsdecode(answer.stdout[:-1]))
        reasons.append(find_reason(answer))
    message, error = _("no revisions in {folder}: {why}"), NoDataError
    if "dubious ownership" in reasons[0]:
        message = _(
            "no revisions in {folder}: {why}; “git config --global --add safe.directory {folder}” "
            "lets git read it"
        )
    if all(map(is_without_repository, reasons)):
        message = _(
            "no revisions in {folder}: not a git repository; “credit-plan diff FOLDER” compares "
            "without git"
        )
        error = NoRepositoryError
    raise error(message.format(folder=folders[0], why=reasons[0]))


def _find_commit(repository: Path, revision: str) -> bytes:
    # A name that begins with a dash would be an option; no branch and no tag has one.
    if revision and not revision.startswith("-"):
        name = f"{revision}^{{commit}}"
        commit = run_git(repository, "rev-parse", "--verify", "--quiet", name).stdout
        if _COMMIT.fullmatch(commit):
            return commit.strip()
    if revision == _HEAD:
        message = _("the git repository at {folder} has no commit yet")
        raise NoRepositoryError(message.format(folder=repository))
    message = _("{name} is neither a folder nor a revision in the git repository at {folder}")
    if run_git(repository, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        message = _(
            "{name} is neither a folder nor a revision in the git repository at {folder}; this is "
            "a shallow clone; “git fetch --unshallow” fetches the rest"
        )
    message = message.format(name=quote(revision), folder=repository)
    listing = ("for-each-ref", f"--count={_MAX_NAMES}", "--format=%(refname:short)")
    names = os.fsdecode(run_git(repository, *listing).stdout)
    raise UnknownNameError(message, suggest(revision, names.split(), cutoff=0.5))


def _find_folder(repository: Path, folder: _Entry, path: PurePosixPath) -> _Entry | None:
    """Return a folder in a folder; None if it does not exist, or is a submodule or a link."""
    found: _Entry | None = folder
    for name in path.parts:
        entries = _list_entries(repository, found) if found else ()
        found = next((it for it in entries if it.path.name == name and it.kind == _FOLDER), None)
    return found


def _list_entries(repository: Path, folder: _Entry) -> list[_Entry]:
    """Return what a folder of a revision has."""
    listed = run_git(repository, "ls-tree", "--full-tree", "-z", folder.object.decode())
    if listed.returncode:
        raise _unreadable(repository, folder, find_reason(listed))
    entries = []
    for line in filter(None, listed.stdout.split(b"\0")):
        columns, _tab, name = line.partition(b"\t")
        mode, kind, of = columns.split()
        entries.append(_Entry(folder.path / _file_name(name), mode, kind, of))
    return entries


def _file_name(path: bytes) -> str:
    """Return a name in a folder; raise NoDataError for one that would lead out of it."""
    name = os.fsdecode(path)
    if name in {"", ".", ".."} or Path(name).name != name:
        message = _("the revision has a file with an unusable name: {name}")
        raise NoDataError(message.format(name=quote(name)))
    return name


def _write_entries(repository: Path, entries: Sequence[_Entry], data: _Entry, folder: str) -> None:
    """Write the files of a plan; one that is too large for a plan is as large, and empty."""
    Path(folder, MEASURES).mkdir()
    sizes = _read_sizes(repository, [it for it in entries if it.kind == _FILE])
    contents = _read_contents(repository, entries, sizes)
    # Links come last, so that nothing is ever written through one.
    for entry in sorted(entries, key=lambda entry: entry.mode == _LINK):
        path = Path(folder, entry.path.relative_to(data.path))
        size = sizes.get(entry.object) if entry.kind == _FILE else None
        try:
            _write_entry(path, entry.mode, size, contents.get(entry.object, b""))
        except OSError as error:
            message = _("{path} of the revision cannot be written to a temporary folder: {why}")
            is_twice = isinstance(error, FileExistsError)
            why = _("there is another one of this name") if is_twice else describe_cause(error)
            raise NoDataError(message.format(path=entry.path, why=why)) from None


def _read_sizes(repository: Path, entries: Sequence[_Entry]) -> dict[bytes, int]:
    """Return the size of each object that is a file; raise NoDataError for a missing one."""
    answer = run_git(repository, "cat-file", "--batch-check", given=_list_objects(entries))
    found = {words[0]: words[1:] for words in map(bytes.split, answer.stdout.splitlines())}
    for entry in entries:
        if found.get(entry.object, [b"missing"]) == [b"missing"]:
            raise _unreadable(repository, entry, _("it is missing"))
    return {name: int(words[1]) for name, words in found.items() if words[0] == _FILE}


def _read_contents(
    repository: Path, entries: Sequence[_Entry], sizes: dict[bytes, int]
) -> dict[bytes, bytes]:
    """Return the content of each object that is not too large, read once."""
    unique = _select_readable(entries, sizes)
    answer = run_git(repository, "cat-file", "--batch", given=_list_objects(unique.values()))
    objects = io.BytesIO(answer.stdout)
    contents = {}
    for name, entry in unique.items():
        header, content = objects.readline(), objects.read(sizes[name])
        # Git prints an object that is longer or shorter than it says, and is silent about it.
        is_whole = objects.read(1) == b"\n" and len(content) == sizes[name]
        if not is_whole or header != b"%b blob %d\n" % (name, sizes[name]):
            raise _unreadable(repository, entry, find_reason(answer) or _("it is damaged"))
        contents[name] = content
    return contents


def _select_readable(entries: Sequence[_Entry], sizes: dict[bytes, int]) -> dict[bytes, _Entry]:
    """Return an entry for each object that is not too large; raise NoDataError for too many."""
    limits = {entry: _MAX_LINK if entry.mode == _LINK else MAX_BYTES for entry in entries}
    read = [it for it, limit in limits.items() if 0 <= sizes.get(it.object, -1) <= limit]
    total = sum(sizes[it.object] for it in read)
    if total > _MAX_TOTAL:
        message = _("the files of the revision have {total:,} bytes, and the limit is {limit:,}")
        raise NoDataError(message.format(total=total, limit=_MAX_TOTAL))
    return {it.object: it for it in read}


def _write_entry(path: Path, mode: bytes, size: int | None, content: bytes) -> None:
    """Write one file or link; what is neither is a folder, which the loader refuses."""
    if size is None:
        path.mkdir()
    elif mode == _LINK:
        path.symlink_to(os.fsdecode(_link_target(content, size)))
    else:
        with path.open("xb") as file:
            file.write(content)
            file.truncate(size)


def _link_target(content: bytes, size: int) -> bytes:
    """Return where a link leads; if no link can lead there, a name that says where."""
    if 0 < size <= _MAX_LINK and b"\0" not in content:
        return content
    is_read = size <= _MAX_LINK
    words = os.fsdecode(content) if is_read else _("{size:,} bytes").format(size=size)
    return quote(escape_controls(words)).encode()


def _list_objects(entries: Iterable[_Entry]) -> bytes:
    return b"".join(entry.object + b"\n" for entry in entries)


def _unreadable(repository: Path, entry: _Entry, why: str) -> NoDataError:
    message = _(
        "git cannot read {path} (object {name}) in {folder}: {why}. Nothing is fetched; if this is"
        " a partial clone, “git fetch --refetch --no-filter” fetches what is missing"
    )
    name = entry.object.decode()
    return NoDataError(message.format(path=entry.path, name=name, folder=repository, why=why))
