"""The examples that help shows: every one of them runs, and answers."""

from __future__ import annotations

import csv
import gettext
import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from credit_plan.cli.app import COMMANDS
from credit_plan.cli.examples import EXAMPLES, OF_ALL, Example
from credit_plan.i18n import CHINESE, LOCALE
from tests.conftest import ROOT, Outcome, Run

NAMES = [name for name, _run, _help in COMMANDS]
IN_CHINESE = gettext.translation("messages", LOCALE, [CHINESE]).gettext
EVERY = [it for examples in EXAMPLES.values() for it in examples]
ALL = [
    *(pytest.param("en", it, id=it.words) for it in EVERY),
    *(
        pytest.param("zh", it._replace(words=words), id=words)
        for it in EVERY
        if (words := IN_CHINESE(it.words)) not in {it.words, "逾期"}  # `overdue` is a state too
    ),
]
READING = [
    pytest.param(it, id=it.words)
    for name, examples in EXAMPLES.items()
    for it in examples
    if name not in {"init", "form", "record", "export", "fmt", "diff", "merge"}
    and "-o" not in it.words.split()
]
SHEET = Path("sheets") / "市住建局.csv"


@pytest.fixture(scope="module")
def prepared(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with invented reports, two commits, and what the examples name."""
    folder = tmp_path_factory.mktemp("examples") / "workspace"
    assert run("init", "--demo", str(folder), "--no-git").code == 0
    git(folder, "init")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "first")
    add_note(folder, "before")
    for name in ("base", "ours", "theirs"):
        shutil.copy(folder / "data/progress/14.yaml", folder / f"{name}.yaml")
    git(folder, "commit", "-a", "-m", "second")
    add_note(folder, "now")
    words = ("record", "14", "--status", "in-progress", "--note", "to be undone")
    assert run(*words, cwd=folder).code == 0
    assert run("form", "--each-unit", "-o", "sheets", cwd=folder).code == 0
    fill_in(folder / SHEET)
    shutil.copytree(folder / "sheets", folder / "填报表")
    return folder


@pytest.fixture
def workspace(prepared: Path, tmp_path: Path) -> Path:
    """Return a copy of it, in which an example may write."""
    return shutil.copytree(prepared, tmp_path / "workspace", symlinks=True)


def git(folder: Path, *words: str) -> None:
    program = shutil.which("git") or pytest.skip("no git")
    known = ("-c", "user.name=n", "-c", "user.email=e")
    subprocess.run([program, *known, *words], cwd=folder, check=True, capture_output=True)


def add_note(folder: Path, words: str) -> None:
    """Change task 14 of the plan."""
    with (folder / "data/measures/14.yaml").open("r+", encoding="utf-8") as file:
        text = re.sub("    note: .*\n", "", file.read())
        file.seek(0)
        file.write(f"{text}    note: {words}\n")
        file.truncate()


def fill_in(sheet: Path) -> None:
    """Report on the first measure of a sheet, as a unit does."""
    first, *rows = csv.reader(sheet.read_text(encoding="utf-8-sig").splitlines())
    rows[0][first.index("进展状态")] = "进行中"
    with sheet.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([first, *rows])


def ask(run: Run, example: Example, folder: Path, *more: str) -> Outcome:
    program, *words = shlex.split(example.command)
    assert program == "credit-plan"
    answer = run(*words, *more, cwd=folder)
    assert answer.code == 0, answer.err
    return answer


@pytest.mark.english  # what is typed in Chinese is told apart here
@pytest.mark.parametrize(("run", "example"), ALL, indirect=["run"])
def test_every_example_answers_in_a_workspace(run: Run, workspace: Path, example: Example) -> None:
    if example.words.startswith("export"):
        pytest.importorskip("pyarrow")
    command, *words = example.words.split()
    output = workspace / words[words.index("-o") + 1] if "-o" in words else None
    if output and output.is_dir():
        shutil.rmtree(output)
    answer = ask(run, example, workspace)
    if output:
        assert output.exists()
    elif "--format <table" in run(command, "--help").out:
        given = () if "--format" in words else ("--format", "json")
        assert json.loads(ask(run, example, workspace, *given).out)["rows"]
    else:
        assert answer.out or answer.err or command == "merge"


@pytest.mark.parametrize("example", READING)
def test_an_example_that_writes_nothing_works_in_the_checkout(run: Run, example: Example) -> None:
    answer = ask(run, example, ROOT)
    assert answer.out


@pytest.mark.english
@pytest.mark.parametrize("name", NAMES)
def test_the_help_of_every_command_ends_with_its_examples(run: Run, name: str) -> None:
    shown = run(name, "--help", COLUMNS="100").out
    lines = [f"  {it.command}\n      {it.purpose}" for it in EXAMPLES[name]]
    assert 1 <= len(lines) <= 4
    assert shown.endswith("\n\nExamples:\n" + "\n".join(lines) + "\n")
    assert all(it.words.split()[0] == name for it in EXAMPLES[name])


def test_the_help_of_the_program_has_examples_of_its_commands(run: Run) -> None:
    shown = run("--help", COLUMNS="100").out
    assert all(f"\n  {it.command}\n" in shown for it in OF_ALL)
