"""What a start costs and offers: the start screen, lazy imports, completion, the version."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from credit_plan.cli.app import COMMANDS
from credit_plan.loader.locate import MEASURES
from tests.conftest import HELD, ROOT, Outcome, Run


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("unit 市住", "市住建局"),
        ("chapter 1", "10"),
        ("show 79.1-", "79.1-4"),
        ("show 8", "81"),
        ("un", "units"),
        ("due --ki", "--kind"),
        ("due --kind d", "deadline"),
        ("record 79.1-", "79.1-4"),
        ("record 14 --unit 市住", "市住建局"),
        ("record 14 --status d", "done"),
        ("record 14 --status 已", "已完成"),
        ("record 14 --value public-comm", "public-commitment="),
    ],
)
def test_names_complete_at_the_prompt(run: Run, typed: str, offered: str) -> None:
    answer = run(
        _CREDIT_PLAN_COMPLETE="complete_bash",
        COMP_WORDS=f"credit-plan {typed}",
        COMP_CWORD=str(len(typed.split())),
    )
    assert offered in answer.out.split()


def start(run: Run, folder: Path, *words: str, **environment: str) -> tuple[Outcome, list[str]]:
    """Return what the program shows without a command, and which commands it says to try."""
    shown = run(*words, cwd=folder, COLUMNS="80", **environment)
    assert (shown.code, shown.err) == (2, "")
    tried = shown.out.partition("\nTry:\n")[2].partition("\n\n")[0]
    return shown, re.findall(r"^  credit-plan (.*?)(?:  .*)?$", tried, re.MULTILINE)


@pytest.mark.english
@pytest.mark.parametrize("folder", [ROOT, ROOT / "examples" / "county"])
def test_the_start_screen_proposes_what_the_plan_itself_answers(run: Run, folder: Path) -> None:
    shown, commands = start(run, folder)
    assert len(commands) == 5
    for command in commands:
        answer = run(*shlex.split(command), cwd=folder)
        assert (answer.code, bool(answer.out)) == (0, True), command
    listed = shown.out.partition("\nCommands:\n")[2].split()
    assert {name for name, _run, _help in COMMANDS} <= set(listed)


@pytest.mark.english
def test_the_start_screen_says_which_data_there_is(run: Run, tmp_path: Path) -> None:
    here, _commands = start(run, ROOT)
    assert HELD in here.out
    assert str(ROOT / "data") in here.out
    elsewhere, _commands = start(run, tmp_path)
    assert HELD in elsewhere.out
    assert "The installed copy" in elsewhere.out


@pytest.mark.parametrize("language", ["run", "run_chinese"])
@pytest.mark.parametrize("folder", [ROOT, ROOT / "src", ROOT / "examples" / "county", Path("/")])
def test_the_start_screen_fits_a_terminal(
    folder: Path, language: str, request: pytest.FixtureRequest
) -> None:
    shown = request.getfixturevalue(language)(cwd=folder, COLUMNS="80")
    lines = shown.out.splitlines()
    assert len(lines) < 24
    assert max(map(cell_len, lines)) < 80


@pytest.mark.english
def test_with_a_folder_that_is_named_the_proposals_name_it_too(run: Run, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "county", tmp_path / "a plan")
    shown, commands = start(run, tmp_path, "--data", "a plan")
    assert len(shown.out.splitlines()) < 24
    assert run(*shlex.split(commands[0]), cwd=tmp_path).code == 0


@pytest.mark.english
def test_the_start_screen_says_what_is_wrong_with_the_data(run: Run, tmp_path: Path) -> None:
    shown, commands = start(run, tmp_path, "--data", "nowhere")
    assert "nowhere does not exist" in shown.out
    assert commands[0] == "doctor"
    data = shutil.copytree(ROOT / "examples" / "county" / "data", tmp_path / "data")
    (data / MEASURES / "01.yaml").write_text("lead: [", encoding="utf-8")
    shown, commands = start(run, tmp_path)
    assert "no question is answered" in shown.out
    assert commands[0] == "check"


@pytest.mark.english
def test_the_start_screen_reads_no_plan_of_many_files(run: Run, tmp_path: Path) -> None:
    measures = tmp_path / "data" / MEASURES
    measures.mkdir(parents=True)
    for number in range(1001):
        (measures / f"{number}.yaml").touch()
    shown, _commands = start(run, tmp_path)
    assert "1,001 files, which the first question reads." in shown.out


COMPLETING = {
    "_CREDIT_PLAN_COMPLETE": "complete_bash",
    "COMP_WORDS": "credit-plan unit 市",
    "COMP_CWORD": "2",
}
HEAVY = {"pydantic", "rich", "rich.table", "credit_plan.models", "credit_plan.questions", "yaml"}
LIGHT: tuple[tuple[tuple[str, ...], dict[str, str], set[str]], ...] = (
    (("--version",), {}, HEAVY),
    (("--help",), {}, HEAVY),
    (("due", "--help"), {}, HEAVY),
    (("diff", "--help"), {}, HEAVY),
    (("record", "--help"), {}, HEAVY),
    # The names stand in files of YAML.
    ((), COMPLETING, HEAVY - {"yaml"}),
)


@pytest.mark.parametrize(
    ("words", "environment", "heavy"),
    LIGHT,
    ids=("version", "help", "due", "diff", "record", "tab"),
)
def test_help_and_completion_import_nothing_heavy(
    words: tuple[str, ...],
    environment: dict[str, str],
    heavy: set[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for key, value in environment.items():
        monkeypatch.setenv(key, value)
    assert not find_loaded(words) & heavy


@pytest.mark.parametrize("words", [("list",), ("record", "14", "--status", "done", "--dry-run")])
def test_only_who_is_asked_pays_for_asking(words: tuple[str, ...]) -> None:
    loaded = find_loaded(words)
    assert not loaded & {"prompt_toolkit", "readline", "credit_plan.cli.interview"}


@pytest.mark.parametrize("words", [("due",), ("check",), ("--version",)])
def test_only_help_pays_for_help(words: tuple[str, ...]) -> None:
    of_help = {f"credit_plan.cli.{name}" for name in ("examples", "start", "doctor")}
    assert not find_loaded(words) & of_help


@pytest.mark.parametrize("columns", ["", "80"], ids=["pipe", "80 columns"])
@pytest.mark.parametrize("words", [("due", "--before", "2023"), ("unit", "市住建局"), ("list",)])
def test_a_question_needs_no_rich(
    words: tuple[str, ...], columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert "rich" not in find_loaded(words)


def find_loaded(words: tuple[str, ...]) -> set[str]:
    """Return the modules that are loaded when a command ends."""
    script = (
        "import atexit, sys\n"
        "atexit.register(lambda: print(*sorted(sys.modules), file=sys.stderr))\n"
        f"sys.argv = ['credit-plan', *{words!r}]\n"
        "from credit_plan.cli.app import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    loaded = set(done.stderr.split())
    assert done.returncode == 0
    assert "credit_plan.cli.app" in loaded
    return loaded


def test_the_version_is_said(run: Run) -> None:
    assert run("--version").out == "credit-plan 0.1.0\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signal")
def test_ctrl_c_while_the_program_is_loaded_is_no_traceback() -> None:
    script = (
        "import os, signal, sys; from credit_plan.__main__ import run\n"
        "class Finder:\n"
        "    def find_spec(self, name, *_more):\n"
        "        if name == 'typer': os.kill(os.getpid(), signal.SIGINT)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sys.meta_path.insert(0, Finder()); run()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (-2, b"")


@pytest.mark.parametrize("folder", ["data", "examples/county"])
def test_a_sound_plan_is_checked_without_pydantic(folder: str) -> None:
    assert "pydantic_core" not in find_loaded(("check", "--data", folder))
