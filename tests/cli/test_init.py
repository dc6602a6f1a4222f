"""The command `init`: a workspace that answers like its source, or nothing at all."""

from __future__ import annotations

import errno
import fnmatch
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from credit_plan import __version__, workspace
from credit_plan.cli.app import COMMANDS
from credit_plan.plan import STATUSES_IN_CHINESE, RecordKind
from credit_plan.storage import disk
from credit_plan.storage.journal import JOURNAL
from credit_plan.storage.last_command import LAST_COMMAND
from credit_plan.storage.writer import LOCK
from tests.cases import BASE, lay_out
from tests.conftest import ROOT, Run
from tests.story import DEMO
from tests.test_storage import killed_at, posix, small_disk

OWN = {".gitattributes", ".github/workflows/check.yml", ".gitignore", ".vscode/extensions.json"}
OWN |= {"README.md"}
QUESTIONS = (
    ("due", "--before", "2023年底"),
    ("unit", "市住建局"),
    ("summary",),
    ("show", "79.1-4"),
    ("check",),
)


@pytest.fixture(scope="module")
def laid_out(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace of the real plan, in a folder that was not there."""
    return lay_out_workspace(run, tmp_path_factory)


@pytest.fixture(scope="module")
def laid_out_in_chinese(run_chinese: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out_workspace(run_chinese, tmp_path_factory)


def lay_out_workspace(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    answer = run("init", "县里/信用 工作区", "--data", str(ROOT / "data"), cwd=home)
    assert answer.code == 0, answer.err
    return home / "县里" / "信用 工作区"


def files(folder: Path) -> set[str]:
    return {it.relative_to(folder).as_posix() for it in folder.rglob("*") if it.is_file()}


def tree(folder: Path) -> dict[str, bytes | None]:
    """Everything in a folder, hidden or not, with what it holds."""
    return {
        it.relative_to(folder).as_posix(): it.read_bytes() if it.is_file() else None
        for it in folder.rglob("*")
    }


def create(place: Path, contents: dict[str, bytes]) -> None:
    """Create a workspace to which nothing is added."""
    with workspace.create_workspace(place, contents):
        pass


@pytest.mark.english
def test_a_workspace_holds_the_plan_byte_for_byte_and_what_it_needs(laid_out: Path) -> None:
    plan = {f"data/{name}" for name in files(ROOT / "data") if not name.startswith("progress/")}
    assert files(laid_out) == plan | OWN
    for name in plan:
        assert (laid_out / name).read_bytes() == (ROOT / name).read_bytes(), name
    assert [it.name for it in laid_out.parent.iterdir()] == [laid_out.name]


@pytest.mark.english
@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_a_workspace_answers_as_its_source_does(
    run: Run, laid_out: Path, question: tuple[str, ...]
) -> None:
    there, here = run(*question, cwd=laid_out), run(*question, cwd=ROOT)
    assert there == here
    assert there.code == 0
    assert f"Data: {laid_out / 'data'}" in run(*question, "-v", cwd=laid_out / "data").err


def test_a_workspace_is_in_its_form(run: Run, laid_out: Path) -> None:
    before = tree(laid_out)
    assert run("fmt", "--check", cwd=laid_out).code == 0
    assert run("fmt", cwd=laid_out).code == 0
    assert tree(laid_out) == before


@pytest.mark.english
def test_what_is_said_at_the_end(run: Run, tmp_path: Path) -> None:
    answer = run("init", "我的 计划", cwd=tmp_path, CREDIT_PLAN_DATA=str(ROOT / "data"))
    where = tmp_path / "我的 计划"
    title = "绥芬河市“十四五”社会信用体系建设规划任务分工和实施措施表"
    assert answer.out == f"{len(files(where))} files written to {where}\n{title}\n"
    head, change, then, *_git, more = answer.err.splitlines()
    assert (head, then, more) == ("Next:", "  credit-plan check", "Then read README.md")
    if sys.platform != "win32":
        assert shlex.split(change) == ["cd", "我的 计划"]


@pytest.mark.english
def test_the_readme_says_what_the_plan_says(laid_out: Path, laid_out_in_chinese: Path) -> None:
    for folder, known in (
        (laid_out, ("81 tasks", "228 measures", "2025-12-31", "--status in-progress")),
        (laid_out_in_chinese, ("81项规划任务", "228条具体实施措施", "2025年底")),
    ):
        readme = (folder / "README.md").read_text(encoding="utf-8")
        assert readme.startswith("# 绥芬河市“十四五”社会信用体系建设规划任务分工和实施措施表\n")
        for words in (
            *known,
            f"credit-plan {__version__}",
            "、".join(STATUSES_IN_CHINESE.values()),
        ):
            assert words in readme
        assert "$" not in readme


@pytest.mark.english
def test_a_workspace_speaks_the_language_in_which_it_was_created(
    laid_out: Path, laid_out_in_chinese: Path
) -> None:
    """Its README, its comments and its checks on GitHub; all that works is the same."""
    chinese = re.compile("[\u3400-\u9fff]")
    assert files(laid_out) == files(laid_out_in_chinese)
    for name in sorted(OWN - {"README.md", ".vscode/extensions.json"}):
        one, other = ((it / name).read_text("utf-8") for it in (laid_out, laid_out_in_chinese))
        assert [it for it in one.splitlines() if chinese.search(it)] in ([], ["填报表/"])
        comments = [it for it in other.splitlines() if it.strip().startswith("#")]
        assert comments
        assert all(map(chinese.search, comments))
        assert [yaml.safe_load(it) for it in one.splitlines() if it and it[0] not in "# *~"] == [
            yaml.safe_load(it) for it in other.splitlines() if it and it[0] not in "# *~"
        ]
    readmes = ((it / "README.md").read_text("utf-8") for it in (laid_out, laid_out_in_chinese))
    one, other = ([*commands(it)] for it in readmes)
    assert [words[0] for words in one] == [words[0] for words in other]


def test_the_readmes_example_is_of_a_unit_and_not_of_a_group(run: Run, tmp_path: Path) -> None:
    lay_out(BASE, tmp_path / "data")
    first = tmp_path / "data" / "measures" / "01.yaml"
    led = first.read_text(encoding="utf-8")
    for lead, unit, measure in (("市住建局", "市住建局", "1.1"), ("各相关单位", "市卫健局", "1.2")):
        first.write_text(led.replace("lead: [市住建局]", f"lead: [{lead}]"), encoding="utf-8")
        assert run("init", lead, cwd=tmp_path).code == 0
        readme = (tmp_path / lead / "README.md").read_text(encoding="utf-8")
        assert f"| `credit-plan unit {unit}` |" in readme
        assert f"| `credit-plan record {measure} --status" in readme


def commands(readme: str) -> Iterator[list[str]]:
    """Return the commands of the README that exist, in its order; others are of other versions."""
    known = {name for name, _run, _help in COMMANDS}
    for command in re.findall(r"^\| `credit-plan ([^`]*)`", readme, re.MULTILINE):
        if (words := shlex.split(command))[0] in known:
            yield words


@pytest.mark.skipif(shutil.which("git") is None, reason="no git")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_readme_can_be_followed(
    run: Run, laid_out: Path, laid_out_in_chinese: Path, tmp_path: Path, language: str
) -> None:
    here = tmp_path / "计划"
    shutil.copytree(laid_out if language == "en" else laid_out_in_chinese, here)
    readme = (here / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```sh\n(.*?)```", readme, re.DOTALL)
    one = {
        f"GIT_{who}_{what}": "x@y" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    for line in block.splitlines():
        done = subprocess.run(
            shlex.split(line), cwd=here, env=os.environ | one, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
    followed = list(commands(readme))
    for words in followed:
        assert run(*words, cwd=here).code == 0, words
        assert run(words[0], "--help").code == 0
    assert [words[0] for words in followed][:3] == ["due", "due", "unit"]
    assert "check" in {words[0] for words in followed}


def test_git_keeps_every_byte_and_none_of_the_ledgers_own_files(
    laid_out: Path, tmp_path: Path
) -> None:
    lines = (laid_out / ".gitignore").read_text(encoding="utf-8").splitlines()
    own = (LOCK, JOURNAL, LAST_COMMAND, disk.temporary_path(tmp_path).name)
    for name in (*own, "~$表.xlsx", ".DS_Store"):
        assert any(fnmatch.fnmatch(name, line) for line in lines), name
    for name in files(laid_out):
        assert not any(fnmatch.fnmatch(name.rpartition("/")[2], line) for line in lines), name
    assert "* -text" in (laid_out / ".gitattributes").read_text(encoding="utf-8").splitlines()


def test_the_workflow_checks_what_a_person_would(run: Run, laid_out: Path) -> None:
    text = (laid_out / ".github" / "workflows" / "check.yml").read_text(encoding="utf-8")
    steps = yaml.safe_load(text)["jobs"]["check"]["steps"]
    checks = [shlex.split(step["run"]) for step in steps if "run" in step][1:]
    assert [words[:2] for words in checks] == [["credit-plan", "check"], ["credit-plan", "fmt"]]
    for _program, *words in checks:
        assert run(*words, cwd=laid_out).code == 0
    recommended = json.loads((laid_out / ".vscode" / "extensions.json").read_text("utf-8"))
    assert recommended == {"recommendations": ["redhat.vscode-yaml"]}


@posix
def test_the_workflow_installs_what_a_variable_names(laid_out: Path, tmp_path: Path) -> None:
    """The index may not have the program (R16)."""
    text = (laid_out / ".github" / "workflows" / "check.yml").read_text(encoding="utf-8")
    (step,) = (it for it in yaml.safe_load(text)["jobs"]["check"]["steps"] if "env" in it)
    default = f"'credit-plan>={__version__}'"
    assert step["env"] == {"SOURCE": f"${{{{ vars.CREDIT_PLAN_SOURCE || {default} }}}}"}
    pip = tmp_path / "pip"
    pip.write_text('#!/bin/sh\nprintf "<%s>" "$@"\nexit $FAILS\n', encoding="utf-8")
    pip.chmod(0o755)
    for fails in (0, 1):
        done = subprocess.run(
            ["/bin/sh", "-e", "-c", step["run"]],
            env={
                "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
                "SOURCE": "wheels/a b.whl",
                "FAILS": str(fails),
            },
            capture_output=True,
            check=False,
        )
        said = done.stdout.decode()
        assert (done.returncode, said[:25]) == (fails, "<install><wheels/a b.whl>")
        assert ("CREDIT_PLAN_SOURCE" in said) == bool(fails)


def test_the_editor_finds_the_schema_that_each_file_names(laid_out: Path) -> None:
    for file in (laid_out / "data").rglob("*.yaml"):
        (named,) = re.findall(r"\$schema=(\S+)", file.read_text(encoding="utf-8"))
        assert "$schema" in json.loads((file.parent / named).read_text("utf-8")), file


@pytest.mark.english
@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "All reports in it are invented"), ("zh", "其中的报送记录全部是虚构的")],
)
def test_a_demo_has_invented_reports_and_says_so(
    run: Run, laid_out: Path, tmp_path: Path, language: str, said: str
) -> None:
    place = ("演示", "--data", str(ROOT / "data"))
    answer = run("init", "--demo", *place, "--lang", language, cwd=tmp_path)
    assert answer.code == 0, answer.err
    assert said in answer.out
    demo = tmp_path / "演示"
    told = {f"data/{name}" for name in files(DEMO) if not name.startswith("README")}
    assert files(demo) == files(laid_out) | told
    for name in told:
        assert (demo / name).read_bytes() == (DEMO / name.removeprefix("data/")).read_bytes()
    readme = (demo / "README.md").read_text(encoding="utf-8")
    assert ("虚构" if language == "zh" else "invented") in readme.splitlines()[0]
    assert readme.partition("\n# ")[2].splitlines()[0] in answer.out
    asked = re.findall(r"`credit-plan ([a-z]+ --as-of [^`]*)`", readme)
    assert asked
    for words in asked:
        assert run(*words.split(), cwd=demo).code == 0
    checked = run("check", cwd=demo)
    assert (checked.code, "no errors" in checked.out) == (0, True)
    # The workflow of the workspace demands it.
    assert run("fmt", "--check", cwd=demo).code == 0


@pytest.mark.english
def test_invented_reports_are_of_the_plan_that_the_program_brings(run: Run, tmp_path: Path) -> None:
    lay_out(BASE, tmp_path / "data")
    before = tree(tmp_path)
    answer = run("init", "--demo", "ws", cwd=tmp_path)
    assert (answer.code, answer.out) == (2, "")
    assert f"do not fit the one in {tmp_path / 'data'}: " in " ".join(answer.err.split())
    assert tree(tmp_path) == before


ENTRY = """\
entries:
  - measure: "1.1"
    on: 2022-12-31
    unit: 市住建局
    status: in-progress
    recorded: 2023-01-04T09:30:00+08:00
"""


def test_what_is_no_file_of_the_plan_is_not_copied(run: Run, tmp_path: Path) -> None:
    data = tmp_path / "old" / "data"
    lay_out(BASE, data)
    entry = data / "progress" / "01.yaml"
    entry.parent.mkdir()
    entry.write_text(ENTRY, encoding="utf-8")
    for name in ("notes.txt", ".hidden.yaml", "measures/.01.yaml.swp", f"measures/{LOCK}"):
        (data / name).write_text("x", encoding="utf-8")
    before = tree(tmp_path)
    assert run("init", "new", "--data", str(data), cwd=tmp_path).code == 0
    plan = {"plan.yaml", "units.yaml", "measures/01.yaml", "measures/02.yaml"}
    plan |= {f"schema/{kind}.json" for kind in RecordKind}
    assert files(tmp_path / "new") == {f"data/{name}" for name in plan} | OWN
    shutil.rmtree(tmp_path / "new")
    assert tree(tmp_path) == before


def test_an_empty_folder_is_taken_and_stays_the_folder_that_it_is(
    run: Run, laid_out: Path, tmp_path: Path
) -> None:
    here = tmp_path / "here"
    here.mkdir(mode=0o750)
    before = here.stat()
    answer = run("init", ".", cwd=here, CREDIT_PLAN_DATA=str(ROOT / "data"))
    assert answer.code == 0
    assert "cd " not in answer.err
    assert tree(here) == tree(laid_out)
    after = here.stat()
    assert (after.st_ino, after.st_mode) == (before.st_ino, before.st_mode)


@pytest.mark.english
def test_a_place_that_is_taken_is_refused_and_left_alone(run: Run, tmp_path: Path) -> None:
    full, file, inside = tmp_path / "full", tmp_path / "file", tmp_path / "p" / "data"
    full.mkdir()
    for name in "abcde":
        (full / name).write_text(name)
    file.write_text("")
    lay_out(BASE, inside)
    dangling = tmp_path / "dangling"
    dangling.symlink_to("nowhere")
    before = tree(tmp_path)
    for place, data, said in (
        (full, ROOT, f"{full} is not empty: it contains a, b, c, 2 more; name a new folder"),
        (file, ROOT, f"{file} is not a folder; name a new one"),
        (dangling, ROOT, f"{dangling} is not a folder; name a new one"),
        (inside / "ws", inside, f"{inside / 'ws'} is inside the data to be copied"),
        (inside, inside, f"{inside} is inside the data to be copied"),
    ):
        answer = run("init", str(place), "--data", str(data / "data" if data == ROOT else data))
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.startswith(f"Error: {said}")
    assert tree(tmp_path) == before
    assert run("init").code == 2


@pytest.mark.english
def test_a_plan_with_errors_is_not_copied(run: Run, tmp_path: Path) -> None:
    lay_out(BASE, tmp_path / "data")
    (tmp_path / "data" / "measures" / "02.yaml").write_text("id: 2\n")
    before = tree(tmp_path)
    answer = run("init", "ws", cwd=tmp_path)
    assert (answer.code, answer.out) == (1, "")
    assert "cannot answer: the data has 1 error " in answer.err
    answer = run("init", "ws", "--data", "nowhere", cwd=tmp_path)
    assert answer.code == 3
    assert tree(tmp_path) == before


@pytest.mark.english
def test_what_may_not_be_written_is_exit_3(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    answer = run("init", str(tmp_path / "file" / "ws"))
    assert (answer.code, answer.out) == (3, "")
    assert answer.err == f"Error: {tmp_path / 'file' / 'ws'}: Not a directory\n"


@pytest.mark.parametrize("there", [False, True], ids=["new", "empty"])
def test_whatever_fails_nothing_is_left_behind(
    there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "deep" / "deeper" / "ws"
    if there:
        place.mkdir(parents=True)
    contents = {"README.md": b"1", "data/plan.yaml": b"2", "data/measures/01.yaml": b"3"}
    before, calls = tree(tmp_path), {"fsync": os.fsync, "rename": os.rename, "mkdir": os.mkdir}
    failed = 0
    for name, call in calls.items():
        for at in range(1, 20):
            count = 0

            def fails(*words: object, at: int = at, call: object = call, **how: object) -> object:
                nonlocal count
                count += 1
                if count == at:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                return call(*words, **how)  # type: ignore[operator]

            with monkeypatch.context() as patch:
                patch.setattr(os, name, fails)
                try:
                    create(place, contents)
                    break
                except OSError as error:
                    assert error.filename == str(place)
                    failed += 1
            assert tree(tmp_path) == before, (name, at)
        assert files(place) == set(contents)
        shutil.rmtree(place if there else tmp_path / "deep")
        if there:
            place.mkdir()
    assert failed > 10


def test_the_work_grows_with_the_depth_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder 1,900 deep took minutes: every level was looked at from every level (X20)."""
    looked = 0

    def look(*words: object, call: object = os.stat, **how: object) -> object:
        nonlocal looked
        looked += 1
        return call(*words, **how)  # type: ignore[operator]

    depth = 300
    with monkeypatch.context() as patch:
        patch.setattr(os, "stat", look)
        create(tmp_path.joinpath(*"a" * depth), {"README.md": b"1"})
    assert depth <= looked <= 10 * depth


@pytest.mark.parametrize("there", [False, True], ids=["new", "empty"])
def test_interrupted_while_it_is_completed_nothing_is_left_behind(
    there: bool, tmp_path: Path
) -> None:
    """As by Ctrl-C while git is at work."""
    place = tmp_path / "deep" / "ws"
    if there:
        place.mkdir(parents=True)
    before = tree(tmp_path)

    def interrupt() -> None:
        with workspace.create_workspace(place, {"data/plan.yaml": b"1"}) as built:
            (built / ".git").mkdir()
            (built / ".git" / "HEAD").write_text("")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupt()
    assert tree(tmp_path) == before


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_leaves_nothing_behind(tmp_path: Path, number: signal.Signals) -> None:
    """The folders that had been created stayed (attack X20)."""
    script = (
        "import signal, sys; from credit_plan.cli.app import main\n"
        # Whoever runs the tests in the background has it ignored.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sys.argv = ['credit-plan', 'init', 'a/' * 1900]; main()"
    )
    process = subprocess.Popen([sys.executable, "-c", script], cwd=tmp_path)
    while not list(tmp_path.iterdir()):
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(number)
    assert process.wait() == 128 + number
    assert list(tmp_path.iterdir()) == []


@posix
def test_killed_at_any_step_there_is_the_whole_workspace_or_no_folder(tmp_path: Path) -> None:
    contents = {"README.md": b"1", "data/plan.yaml": b"2", "data/measures/01.yaml": b"3"}
    step, place, alive = 0, tmp_path / "ws", False
    while not alive:
        step += 1
        alive = not killed_at(step, lambda: create(place, contents))
        assert not place.exists() or files(place) == set(contents)
        assert all(it == place or it.name.startswith(".") for it in tmp_path.iterdir())
        for left in tmp_path.iterdir():
            shutil.rmtree(left)
    assert step > 100


def test_a_full_disk_is_exit_3_and_leaves_nothing(tmp_path: Path) -> None:
    place = tmp_path / "a" / "ws"
    command = [sys.executable, "-m", "credit_plan", "init", str(place)]
    done = subprocess.run(
        [*small_disk("size=128k", tmp_path), *command], cwd=ROOT, capture_output=True, check=False
    )
    assert done.stderr.decode() == f"Error: {place}: No space left on device\n"
    assert (done.returncode, done.stdout) == (3, b"")
