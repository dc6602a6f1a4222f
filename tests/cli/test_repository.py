"""`init` and git: a repository where one is wanted, and nothing that git would run beside it."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_init import files, tree
from tests.cli.test_interview import INTERRUPT, heard, pty
from tests.conftest import ROOT, Run, inherited, locale_named
from tests.test_storage import posix

pytestmark = [posix, pytest.mark.skipif(shutil.which("git") is None, reason="no git")]

IDENTITY = "[user]\n\tname = 张三\n\temail = z@example.org\n"
DATA = ("--data", str(ROOT / "data"))


@pytest.fixture
def configured(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which git has the configuration of this test only."""
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text(IDENTITY, encoding="utf-8")
    return {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(tmp_path),
    }


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return the folder in which workspaces are created."""
    desk = tmp_path / "desk"
    desk.mkdir()
    return desk


def git(folder: Path, *words: str, **environment: str) -> str:
    """Return what git says."""
    done = subprocess.run(
        [shutil.which("git") or "git", *words],
        cwd=folder,
        env={**inherited(), **environment},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def is_kept(place: Path, environment: dict[str, str]) -> bool:
    """Return whether everything in a folder is in the only commit of its repository."""
    return (
        git(place, "status", "--porcelain", "--ignored", **environment) == ""
        and git(place, "log", "--format=%an:%s", **environment) == "张三:The plan as published\n"
        and git(place, "rev-parse", "--show-prefix", **environment) == "\n"
    )


@pytest.mark.english
@pytest.mark.parametrize("there", [False, True], ids=["new", "empty"])
def test_a_workspace_is_put_under_git(
    run: Run, desk: Path, configured: dict[str, str], there: bool
) -> None:
    place = desk / "我的 计划"
    if there:
        place.mkdir()
    answer = run("init", "--git", str(place), *DATA, cwd=desk, **configured)
    assert answer.code == 0, answer.err
    assert answer.out.endswith("\nIt is kept under git.\n")
    assert "git" not in answer.err
    assert is_kept(place, configured)
    attribute = git(place, "check-attr", "merge", "data/progress/14.yaml", **configured)
    assert attribute == "data/progress/14.yaml: merge: credit-plan\n"
    driver = git(place, "config", "merge.credit-plan.driver", **configured)
    assert " merge %O %A %B || git merge-file " in driver
    assert [it.name for it in desk.iterdir()] == [place.name]


@pytest.mark.english
@pytest.mark.parametrize("words", [(), ("--no-git",)], ids=["not asked", "no"])
def test_where_git_is_not_used_the_commands_are_listed(
    run: Run, desk: Path, configured: dict[str, str], words: tuple[str, ...]
) -> None:
    answer = run("init", "ws", *words, *DATA, cwd=desk, **configured)
    assert answer.code == 0
    assert not (desk / "ws" / ".git").exists()
    listed = [line for line in answer.err.splitlines() if line.startswith("  git ")]
    for line in listed:
        git(desk / "ws", *shlex.split(line)[1:], **configured)
    assert is_kept(desk / "ws", configured)
    assert "merge-file" in git(desk / "ws", "config", "merge.credit-plan.driver", **configured)


@pytest.mark.english
def test_a_workspace_in_a_repository_gets_none_of_its_own(
    run: Run, desk: Path, configured: dict[str, str]
) -> None:
    git(desk, "init", **configured)
    for word in ("--git", "--no-git"):
        answer = run("init", f"a/{word}", word, *DATA, cwd=desk, **configured)
        assert answer.code == 0, answer.err
        assert f"is in the git repository {desk}; none is created inside it" in answer.err
        assert not (desk / "a" / word / ".git").exists()
        listed = [it.split()[:2] for it in answer.err.splitlines() if it.startswith("  git ")]
        assert listed == [["git", "config"], ["git", "add"], ["git", "commit"]]


@pytest.mark.english
def test_what_git_cannot_tell_stops_only_who_asks_for_git(
    run: Run, desk: Path, configured: dict[str, str]
) -> None:
    (desk / ".git").write_text("gitdir: nowhere\n")
    said = f"git cannot tell whether {desk / 'ws'} is in a repository: not a git repository"
    before = tree(desk)
    answer = run("init", "ws", "--git", *DATA, cwd=desk, **configured)
    assert (answer.code, answer.out) == (3, "")
    assert answer.err.startswith(f"Error: {said}")
    assert tree(desk) == before
    answer = run("init", "ws", *DATA, cwd=desk, **configured)
    assert answer.code == 0
    assert answer.err.startswith(said)
    assert "  git " not in answer.err


@pytest.mark.english
def test_without_git_nothing_is_said_of_it(
    run: Run, desk: Path, configured: dict[str, str]
) -> None:
    configured["PATH"] = str(desk)
    answer = run("init", "a", "--git", *DATA, cwd=desk, **configured)
    assert (answer.code, answer.out) == (3, "")
    assert answer.err == "Error: git is not installed; install it, or leave out --git\n"
    assert list(desk.iterdir()) == []
    answer = run("init", "a", *DATA, cwd=desk, **configured)
    assert answer.code == 0
    assert "git" not in answer.err


@pytest.mark.english
def test_without_a_name_the_commit_is_left_to_type(
    run: Run, desk: Path, configured: dict[str, str]
) -> None:
    (Path(configured["HOME"]) / ".gitconfig").write_text("")
    answer = run("init", "ws", "--git", *DATA, cwd=desk, **configured)
    assert answer.code == 0
    assert "git has not been told who you are, so there is no first commit yet" in answer.err
    assert "kept under git" not in answer.out
    listed = [line for line in answer.err.splitlines() if line.startswith("  git ")]
    assert len(listed) == 3
    for line in listed:
        git(desk / "ws", *shlex.split(line.replace("your name", "张三"))[1:], **configured)
    assert is_kept(desk / "ws", configured)


@pytest.mark.english
def test_nothing_that_a_configuration_names_is_run(
    run: Run, desk: Path, configured: dict[str, str]
) -> None:
    home = Path(configured["HOME"])
    evil, hooks = home / "evil", home / "template" / "hooks"
    hooks.mkdir(parents=True)
    evil.write_text(f"#!/bin/sh\ntouch {home}/it-ran\ncat\n", encoding="utf-8")
    evil.chmod(0o755)
    for name in ("pre-commit", "commit-msg", "post-commit", "post-index-change"):
        shutil.copy(evil, hooks / name)
    shutil.copy(evil, hooks / "reference-transaction")
    (home / "attributes").write_text("* filter=evil\n")
    (home / ".gitconfig").write_text(
        f"{IDENTITY}[init]\ntemplateDir={home}/template\n[commit]\ngpgSign=true\n"
        f"[core]\nhooksPath={hooks}\nfsmonitor={evil}\nattributesFile={home}/attributes\n"
        f"editor={evil}\npager={evil}\n[gpg]\nprogram={evil}\n"
        f'[filter "evil"]\nclean={evil}\n[alias]\ncommit=!{evil}\n',
        encoding="utf-8",
    )
    configured["GIT_TEMPLATE_DIR"] = str(home / "template")
    answer = run("init", "ws", "--git", *DATA, cwd=desk, **configured)
    assert answer.code == 0, answer.err
    assert not (home / "it-ran").exists()
    assert not (desk / "ws" / ".git" / "hooks").exists()
    assert git(desk / "ws", "log", "--format=%s", **configured) == "The plan as published\n"


@pytest.mark.english
@pytest.mark.parametrize("fails", ["init", "config", "add", "commit"])
def test_where_git_fails_the_workspace_stays_and_the_rest_can_be_typed(
    run: Run, desk: Path, configured: dict[str, str], fails: str
) -> None:
    real = shutil.which("git") or "git"
    fake = desk.parent / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text(
        "#!/bin/sh\nfor word; do\n"
        f'[ "$word" = {fails} ] && {{ echo "fatal: no luck in $PWD" >&2; exit 128; }}\n'
        f'done\nexec {shlex.quote(real)} "$@"\n',
        encoding="utf-8",
    )
    fake.chmod(0o755)
    path = os.pathsep.join((str(fake.parent), os.environ["PATH"]))
    answer = run("init", "ws", "--git", *DATA, cwd=desk, **configured, PATH=path)
    assert answer.code == 3
    assert f"Error: git created no repository: no luck in {desk / 'ws'}\n" in answer.err
    assert f"files written to {desk / 'ws'}\n" in answer.out
    assert "kept under git" not in answer.out
    assert not (desk / "ws" / ".git").exists()
    for line in (it for it in answer.err.splitlines() if it.startswith("  git ")):
        git(desk / "ws", *shlex.split(line)[1:], **configured)
    assert is_kept(desk / "ws", configured)


@pytest.mark.english
@pytest.mark.parametrize("name", ["C", "zh_CN.GBK"])
def test_the_commit_is_utf8_in_every_locale(
    desk: Path, configured: dict[str, str], name: str
) -> None:
    """As is what only the user may read: the shell sets a umask."""
    command = [sys.executable, "-m", "credit_plan", "init", "--git", "ws", *DATA]
    done = subprocess.run(
        ["/bin/sh", "-c", f"umask 077; exec {shlex.join(command)}"],
        cwd=desk,
        env={**inherited(), **configured, **locale_named(name)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not [it for it in (desk / "ws").rglob("*") if it.stat().st_mode & 0o077]
    assert is_kept(desk / "ws", configured)


def test_the_driver_is_a_program_that_is_there(desk: Path, configured: dict[str, str]) -> None:
    """The program may be in an environment of its own, whose folder may have any name."""
    folder = desk.parent / "50% 的 'x'"
    folder.mkdir()
    python = folder / "python"
    python.symlink_to(sys.executable)
    script = (
        f"import sys; sys.executable = {str(python)!r}; sys.argv[1:] = "
        f"['init', '--git', 'ws', *{DATA!r}]\n"
        "from credit_plan.cli.app import main; main()"
    )
    here = {**inherited(), **configured}
    here["PATH"] = os.pathsep.join((str(Path(shutil.which("git") or "").parent), "/bin"))
    subprocess.run(
        [sys.executable, "-c", script], cwd=desk, env=here, capture_output=True, check=True
    )
    python.unlink()
    python.write_text('#!/bin/sh\nprintf %s "$*" > "$5"\n', encoding="utf-8")
    python.chmod(0o755)
    ws = desk / "ws"
    progress = ws / "data" / "progress" / "01.yaml"
    progress.parent.mkdir()
    for branch, text in (("base", "0"), ("one", "1"), ("two", "2")):
        git(ws, "checkout", "-b", branch, *(["base"] if branch == "two" else []), **configured)
        progress.write_text(f"{text}\n")
        git(ws, "add", ".", **configured)
        git(ws, "commit", "-m", branch, **configured)
    git(ws, "merge", "one", **configured)
    assert progress.read_text().startswith("-m credit_plan merge .merge_file_")


def talk(
    desk: Path, configured: dict[str, str], *answers: str, words: tuple[str, ...] = ()
) -> tuple[int, str]:
    """Return how `init ws` ends at a terminal where questions are answered so."""
    if pty is None:
        pytest.skip("no terminals of this kind on this system")
    process, terminal = pty.fork()
    if process == 0:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.chdir(desk)
        environment = {**inherited(), **configured, "TERM": "dumb", "COLUMNS": "80"}
        command = [sys.executable, "-m", "credit_plan", "init", "ws", *words, *DATA]
        os.execve(sys.executable, command, environment)  # noqa: S606
    said = ""
    try:
        for answer in answers:
            said += heard(terminal, "[Y/n]: ")
            os.write(terminal, answer.encode())
        said += heard(terminal, None, "utf-8", INTERRUPT if INTERRUPT in answers else "")
    finally:
        os.close(terminal)
    _process, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status), said.replace("\r\n", "\n")


@pytest.mark.english
@pytest.mark.parametrize(
    ("answers", "kept"),
    [(("\n",), True), (("是\n",), True), (("否\n",), False), (("maybe\n", "Y\n"), True)],
    ids=["Enter", "是", "否", "again"],
)
def test_at_a_terminal_it_asks(
    desk: Path, configured: dict[str, str], answers: tuple[str, ...], kept: bool
) -> None:
    code, said = talk(desk, configured, *answers)
    assert code == 0, said
    assert said.count("Keep the folder under git, so that nothing is lost? [Y/n]") == len(answers)
    assert (desk / "ws" / ".git").exists() == kept
    assert ("  git init\n" in said) == (not kept)


@pytest.mark.english
@pytest.mark.parametrize("key", [INTERRUPT, "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_whoever_stops_answering_has_written_nothing(
    desk: Path, configured: dict[str, str], key: str
) -> None:
    code, said = talk(desk, configured, key)
    assert code == 130
    assert said.endswith("\nnothing was written\n")
    assert list(desk.iterdir()) == []


def test_the_option_answers_beforehand(desk: Path, configured: dict[str, str]) -> None:
    for word in ("--git", "--no-git"):
        code, said = talk(desk, configured, words=(word,))
        assert (code, "[Y/n]" in said) == (0, False)
        assert (desk / "ws" / ".git").exists() == (word == "--git")
        assert files(desk / "ws")
        shutil.rmtree(desk / "ws")
