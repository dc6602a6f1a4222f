"""Revisions of a hostile repository: nothing of it runs, nothing is fetched (attack X16)."""

from __future__ import annotations

import os
import shutil
import subprocess
import zlib
from pathlib import Path

import pytest

from credit_plan.compare import git as git_module
from credit_plan.compare import revisions
from credit_plan.errors import NoDataError
from tests.cli.test_diff import GIT, MOVED, TASK, changed, commit, git
from tests.cli.test_diff import repository as repository  # noqa: PLC0414  a fixture of its own
from tests.conftest import Outcome, Run

FILE, LINK, FOLDER, SUBMODULE = "100644", "120000", "40000", "160000"
pytestmark = pytest.mark.skipif(not GIT, reason="no git")


def make(folder: Path, kind: str, content: bytes) -> str:
    """Return the name of a new object, which may be one that git itself would not make."""
    done = subprocess.run(
        [GIT, "hash-object", "-t", kind, "-w", "--stdin", "--literally"],
        cwd=folder,
        input=content,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().strip()


def make_tree(folder: Path, *entries: tuple[str, str, str]) -> str:
    lines = (f"{mode} {name}\0".encode() + bytes.fromhex(of) for mode, name, of in entries)
    return make(folder, "tree", b"".join(lines))


def tag_evil(folder: Path, *entries: tuple[str, str, str]) -> None:
    """Tag as “evil” a commit that has entries in place of those of HEAD, or beside them."""
    replaced = {path for _mode, path, _of in entries}
    kept = [
        (FILE, path, git(folder, "rev-parse", f"published:data/{path}"))
        for path in ("measures/01.yaml", "measures/02.yaml", "plan.yaml", "units.yaml")
        if path not in replaced
    ]
    inside, beside = [], []
    for mode, path, of in (*kept, *entries):
        name = path.removeprefix("measures/")
        (beside if name == path else inside).append((mode, name, of))
    if "measures" not in replaced:
        beside.append((FOLDER, "measures", make_tree(folder, *inside)))
    root = make_tree(folder, (FOLDER, "data", make_tree(folder, *beside)))
    git(folder, "tag", "evil", git(folder, "commit-tree", root, "-m", "evil"))


def find_object(folder: Path, name: str) -> Path:
    return folder / ".git" / "objects" / name[:2] / name[2:]


def lose(folder: Path, name: str = f"HEAD:data/{TASK}") -> str:
    """Delete an object from the repository; return its name."""
    lost = git(folder, "rev-parse", name)
    find_object(folder, lost).unlink()
    return lost


def write_program(file: Path, text: str) -> Path:
    file.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    file.chmod(0o755)
    return file


@pytest.fixture
def evil(tmp_path: Path) -> str:
    """Return a program that leaves a mark."""
    return str(write_program(tmp_path / "evil", f"touch '{tmp_path}/PWNED'; exit 1"))


@pytest.fixture(params=["git", "old git"])
def path(tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Return a PATH with git, or with one that cannot be told not to fetch, as before 2.45."""
    if request.param == "git":
        return os.environ["PATH"]
    folder = tmp_path / "bin"
    folder.mkdir()
    write_program(folder / "git", f"unset GIT_NO_LAZY_FETCH; exec '{GIT}' \"$@\"")
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


FETCHING: dict[str, dict[str, str]] = {
    "uploadpack": {"remote.origin.url": "/x", "remote.origin.uploadpack": "{evil}"},
    "ssh": {"remote.origin.url": "ssh://x/y", "core.sshCommand": "{evil}"},
    "proxy": {"remote.origin.url": "git://x/y", "core.gitProxy": "{evil}"},
    "ext": {"remote.origin.url": "ext::{evil}", "protocol.allow": "always"},
    "alias": {"remote.origin.url": "none::x", "alias.remote-none": "!{evil}"},
    "nameless": {"remote.origin.url": "::x", "alias.remote-": "!{evil}"},
    "vcs": {"remote.origin.url": "x", "remote.origin.vcs": "no", "alias.remote-no": "!{evil}"},
}
"""What a repository can say to have a program run where git fetches what is missing."""


@pytest.mark.parametrize("way", FETCHING)
def test_a_missing_object_starts_nothing(
    run: Run, repository: Path, path: str, evil: str, way: str
) -> None:
    """The answer names what is missing, says that nothing is fetched, and what mends it."""
    settings = {"extensions.partialClone": "origin", "remote.origin.promisor": "true"}
    settings |= {"core.repositoryFormatVersion": "1", "protocol.ext.allow": "always"}
    for key, value in {**settings, **FETCHING[way]}.items():
        git(repository, "config", key, value.format(evil=evil))
    lost = lose(repository)
    answer = run("diff", "HEAD", cwd=repository, PATH=path)
    assert not Path(evil).with_name("PWNED").exists()
    assert (answer.code, answer.out) == (3, "")
    assert f"git cannot read data/{TASK} (object {lost}) in" in answer.err
    assert "Nothing is fetched" in answer.err
    assert "git fetch --refetch --no-filter" in answer.err


OTHERS = {
    "core.fsmonitor": "{evil}",
    "core.hooksPath": "{hooks}",
    "core.pager": "{evil}",
    "core.editor": "{evil}",
    "core.askPass": "{evil}",
    "core.alternateRefsCommand": "{evil}",
    "core.attributesFile": "{attributes}",
    "core.untrackedCache": "true",
    "credential.helper": "!{evil}",
    "diff.external": "{evil}",
    "diff.x.textconv": "{evil}",
    "filter.x.smudge": "{evil}",
    "filter.x.process": "{evil}",
    "gpg.program": "{evil}",
    "log.showSignature": "true",
    "uploadpack.packObjectsHook": "{evil}",
    "trace2.eventTarget": "{mark}",
    "trace2.normalTarget": "{mark}",
    **{f"{kind}.{word}": value for kind, value in (("pager", "{evil}"), ("alias", "!{evil}"))
       for word in ("rev-parse", "ls-tree", "cat-file", "for-each-ref")},
}  # fmt: skip
"""Everything else in a configuration that names a program, and what makes git use it."""


@pytest.mark.parametrize("where", ["config", "include", "worktree"])
def test_no_other_setting_runs_anything(
    run: Run, repository: Path, tmp_path: Path, evil: str, where: str
) -> None:
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("post-checkout", "post-index-change", "reference-transaction", "fsmonitor"):
        shutil.copy(evil, hooks / name)
    (tmp_path / "attributes").write_text("* filter=x diff=x\n", encoding="utf-8")
    words = {"evil": evil, "hooks": hooks, "attributes": tmp_path / "attributes"}
    words["mark"] = tmp_path / "PWNED"
    file = {"include": tmp_path / "included", "worktree": repository / ".git" / "config.worktree"}
    git(repository, "config", "core.repositoryFormatVersion", "1")
    git(repository, "config", "include.path", str(file["include"]))
    git(repository, "config", "extensions.worktreeConfig", "true")
    target = str(file.get(where, repository / ".git" / "config"))
    for key, value in OTHERS.items():
        git(repository, "config", "--file", target, key, value.format(**words))
    assert changed(run("diff", "HEAD", "-f", "json", cwd=repository)) == MOVED
    assert run("diff", ":data/plan.yaml", cwd=repository).code == 2
    assert run("diff", "mian", cwd=repository).code == 2
    assert not (tmp_path / "PWNED").exists()


def test_files_that_pass_for_a_bare_repository_are_none(
    run: Run, repository: Path, tmp_path: Path
) -> None:
    """A clone can have them in its data; their commits are not those of the repository."""
    commit(repository)
    bare = tmp_path / "bare"
    git(tmp_path, "clone", "--quiet", "--bare", str(repository), str(bare))
    shutil.copytree(bare, repository / "data", dirs_exist_ok=True)
    answer = run("diff", "HEAD~1", "-f", "json", cwd=repository)
    assert changed(answer) == MOVED
    git(repository / "data", "--git-dir", ".", "update-ref", "refs/heads/theirs", "HEAD")
    assert run("diff", "theirs", cwd=repository).code == 2


def test_a_program_called_git_in_the_folder_is_not_git(
    run: Run, repository: Path, tmp_path: Path, evil: str
) -> None:
    """Neither with a PATH that begins there, nor, as Windows looks, without one."""
    for name in ("git", "git.exe", "git.bat"):
        shutil.copy(evil, repository / name)
    for path in (f".{os.pathsep}", os.pathsep, f"data/..{os.pathsep}"):
        answer = run(
            "diff", "HEAD", "-f", "json", cwd=repository, PATH=f"{path}{os.environ['PATH']}"
        )
        assert changed(answer) == MOVED
    assert not (tmp_path / "PWNED").exists()


@pytest.mark.parametrize("without", ["blob:none", "tree:0"])
def test_a_partial_clone_is_completed_by_its_owner(
    run: Run, repository: Path, tmp_path: Path, without: str
) -> None:
    """Nothing is fetched unasked; what the message says helps."""
    commit(repository)
    git(repository, "config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    address = repository.as_uri()
    git(tmp_path, "clone", "--quiet", f"--filter={without}", address, str(clone))
    lacking = count_missing(clone)
    assert lacking
    answer = run("diff", "HEAD~1", cwd=clone)
    assert (answer.code, answer.out) == (3, "")
    assert "git cannot read" in answer.err
    assert "git fetch --refetch --no-filter" in answer.err
    assert count_missing(clone) == lacking
    git(clone, "fetch", "--quiet", "--refetch", "--no-filter")
    assert changed(run("diff", "HEAD~1", "-f", "json", cwd=clone)) == MOVED


def count_missing(folder: Path) -> int:
    listed = git(folder, "rev-list", "--objects", "--all", "--missing=print")
    return sum(line.startswith("?") for line in listed.splitlines())


def findings(answer: Outcome) -> list[str]:
    """Return the findings in the revision “evil”, without what they have in common."""
    lines = (line for line in answer.err.splitlines() if line.startswith("evil:data/"))
    return [line.removeprefix("evil:data/") for line in lines]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (b"a\0b", "the link points to “a\\x00b”, which does not exist"),
        (b"\0", "the link points to “\\x00”, which does not exist"),
        (b"", "the link points to “”, which does not exist"),
        (b"x/" * 2**20, "the link points to “2,097,152 bytes”, which does not exist"),
        (b"x/" * 2048, "the link points to “4,096 bytes”, which does not exist"),
        (b"\xff\xfe", "which does not exist"),
        (b"13.yaml", "it is a link that points to itself"),
        (b"/etc/passwd", "it is a link that points outside the data folder"),
        (b"../../../../../../../../../../etc/passwd", "points outside the data folder"),
        (b"/dev/zero", "it is a link that points outside the data folder"),
        (b"..", "it is not a regular file"),
    ],
)
def test_an_odd_link_is_a_finding(run: Run, repository: Path, target: bytes, said: str) -> None:
    """No file system has a link to a NUL, to nothing or to so far; git has."""
    tag_evil(repository, (LINK, "measures/13.yaml", make(repository, "blob", target)))
    answer = run("diff", "evil", "published", cwd=repository)
    assert (answer.code, answer.out) == (1, "")
    assert [line.partition(":")[0] for line in findings(answer)] == ["measures/13.yaml"]
    assert said in findings(answer)[0]


@pytest.mark.parametrize("place", ["measures/13.yaml", "plan.yaml", "units.yaml"])
@pytest.mark.parametrize("kind", ["folder", "submodule", "folder called a file", "lost submodule"])
def test_what_stands_in_place_of_a_file_is_a_finding(
    run: Run, repository: Path, place: str, kind: str
) -> None:
    mode, of = {
        "folder": (FOLDER, "HEAD:data/measures"),
        "submodule": (SUBMODULE, "HEAD"),
        "lost submodule": (SUBMODULE, ""),
        "folder called a file": (FILE, "HEAD:data"),
    }[kind]
    name = git(repository, "rev-parse", of) if of else "1" * 40
    tag_evil(repository, (mode, place, name))
    answer = run("diff", "evil", "published", cwd=repository)
    assert (answer.code, answer.out) == (1, "")
    found = [line for line in findings(answer) if line.startswith(place)]
    assert len(found) == 1
    assert "it is not a regular file" in found[0]


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (((FILE, "measures/../../outside", "blob"),), "unusable name: “../../outside”"),
        (((FILE, "measures/..", "blob"),), "unusable name: “..”"),
        (((FILE, "measures/.", "blob"),), "unusable name: “.”"),
        (((LINK, "x", "blob"), (FILE, "x/y", "blob")), "unusable name: “x/y”"),
        (((FILE, "measures/", "blob"),), "git cannot read data/measures (object "),
        (
            ((FILE, "measures/13.yaml", "blob"), (FILE, "measures/13.yaml", "blob")),
            "data/measures/13.yaml of the revision cannot be written to a temporary folder: there",
        ),
        (
            ((LINK, "measures/13.yaml", "blob"), (FOLDER, "measures/13.yaml", "tree")),
            "data/measures/13.yaml of the revision cannot be written",
        ),
        (
            ((FILE, "units.yaml", "blob"), (LINK, "units.yaml", "blob")),
            "data/units.yaml of the revision cannot be written",
        ),
        (((FILE, f"measures/{'n' * 300}.yaml", "blob"),), "nnn.yaml of the revision cannot be"),
        (((SUBMODULE, "measures", "tree"),), "no plan in “evil”: there is no folder “measures”"),
        (((SUBMODULE, "measures", "commit"),), "there is no folder “measures”"),
        (((LINK, "measures", "blob"),), "no plan in “evil”: there is no folder “measures”"),
        (((FILE, "measures", "tree"),), "no plan in “evil”: there is no folder “measures”"),
        (((FOLDER, "measures", "blob"),), "git cannot read data/measures (object "),
        (((FOLDER, "measures", "lost"),), "git cannot read data/measures (object 1111111"),
        (((FILE, "measures/13.yaml", "lost"),), "measures/13.yaml (object 1111111"),
        (((LINK, "measures/13.yaml", "lost"),), "measures/13.yaml (object 1111111"),
    ],
    ids=lambda value: value[0][1][:30] if isinstance(value, tuple) else "",
)
def test_what_cannot_be_laid_out_is_named(
    run: Run, repository: Path, tmp_path: Path, entries: tuple[tuple[str, str, str], ...], said: str
) -> None:
    """Git makes no such tree, whoever sends one may; nothing of it leaves the temporary folder."""
    objects = {
        "blob": make(repository, "blob", b"evil"),
        "tree": git(repository, "rev-parse", "HEAD:data"),
        "commit": git(repository, "rev-parse", "HEAD"),
        "lost": "1" * 40,
    }
    tag_evil(repository, *((mode, path, objects[of]) for mode, path, of in entries))
    rooms = tmp_path / "rooms"
    rooms.mkdir()
    answer = run("diff", "evil", "published", cwd=repository, TMPDIR=str(rooms))
    assert (answer.code, answer.out) == (3, "")
    assert said in answer.err
    assert not list(tmp_path.rglob("outside"))
    assert not list(rooms.iterdir())


def test_names_of_git_are_files_like_others(run: Run, repository: Path) -> None:
    """They stay where nothing asks git, and are deleted."""
    blob = make(repository, "blob", b"[core]\nfsmonitor = touch PWNED\n")
    names = (".git", ".gitattributes", ".gitmodules")
    entries = [(FILE, f"{folder}{name}", blob) for name in names for folder in ("", "measures/")]
    tag_evil(repository, *entries)
    assert changed(run("diff", "evil", "published", "-f", "json", cwd=repository)) == []


@pytest.mark.parametrize(
    "content",
    [b"", b"no object", zlib.compress(b"blob 999999\0short"), zlib.compress(b"blob 1\0longer")],
    ids=["empty", "not compressed", "too short", "too long"],
)
def test_a_damaged_object_is_named(run: Run, repository: Path, content: bytes) -> None:
    name = git(repository, "rev-parse", f"HEAD:data/{TASK}")
    file = find_object(repository, name)
    file.chmod(0o644)
    file.write_bytes(content)
    answer = run("diff", "HEAD", cwd=repository)
    assert (answer.code, answer.out) == (3, "")
    assert f"git cannot read data/{TASK} (object {name}) in {repository / 'data'}: " in answer.err
    assert ": ." not in answer.err


@pytest.mark.parametrize(
    "of", [f"HEAD:data/{TASK}", "HEAD:data/measures", "HEAD:data", "HEAD^{tree}"]
)
def test_what_git_has_lost_is_exit_3(run: Run, repository: Path, of: str) -> None:
    lose(repository, of)
    answer = run("diff", "HEAD", cwd=repository)
    assert (answer.code, answer.out) == (3, "")
    assert f"git cannot read {of.partition(':')[2] or '.'} (object " in answer.err


def test_a_small_repository_with_a_large_revision_is_refused(run: Run, repository: Path) -> None:
    """Git stores equal files once: 300 names of one file of 1 MiB need 3 KiB."""
    blob = make(repository, "blob", b"#" * 2**20)
    entries = [(FILE, f"measures/{number}.yaml", blob) for number in range(100, 400)]
    tag_evil(repository, *entries)
    answer = run("diff", "evil", "published", cwd=repository)
    assert (answer.code, answer.out) == (3, "")
    assert "314,5" in answer.err
    assert "the limit is 268,435,456" in answer.err


def test_git_is_not_waited_for_without_end(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pipe in place of one of its files would hold it for ever."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes in the file system")
    os.mkfifo(repository / ".git" / "objects" / "info" / "alternates")
    monkeypatch.setattr(git_module, "_TIMEOUT", 1)
    with (
        pytest.raises(NoDataError, match="took more than 1 seconds"),
        revisions.open_revision("HEAD", [repository]),
    ):
        pass


def test_the_whole_reason_of_git_is_said(run: Run, repository: Path) -> None:
    """It puts the name of an extension that it does not know on a line of its own."""
    git(repository, "config", "core.repositoryformatversion", "1")
    git(repository, "config", "extensions.nobodyKnows", "true")
    answer = run("diff", "HEAD", cwd=repository)
    assert (answer.code, answer.out) == (3, "")
    assert "nobodyknows" in answer.err.lower()
