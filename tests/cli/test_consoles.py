"""Consoles of old systems: no command fails for a character, in a pipe and on a terminal."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from credit_plan.cli.app import COMMANDS
from tests.cli.test_record import entries
from tests.cli.test_screens import run_at_terminal
from tests.conftest import ROOT, Outcome, Run, inherited
from tests.program import COMMAND, Program, run_by_itself

WORDS: dict[str, tuple[str, ...]] = {
    "due": ("--before", "2023"),
    "unit": ("市住健局",),
    "chapter": ("6",),
    "show": ("79.1-4", "7"),
    "search": ("信易贷",),
    "form": ("--unit", "市住建局"),
    "record": ("14", "--status", "done", "--note", "面积 5 km² ✓", "--dry-run"),
    "init": ("../bad",),
    "export": ("parquet",),
    "diff": (".", "../bad"),
    "check": ("--data", "../bad"),
    "fmt": ("--check", "--data", "../bad"),
    "merge": ("no", "no", "no"),
    "explain": ("unknown-unit",),
    "schema": ("task",),
    "help": ("due",),
}
"""What follows each command: most answers, some refusals, and findings of `check`."""

STAMP = re.compile(r"recorded: .*")
LINES = (
    *((name, *WORDS.get(name, ())) for name, _run, _help in COMMANDS),
    ("--help",),
    ("check", "--data", "../bad", "--format", "github"),
    ("list", "--format", "csv"),
    ("unit",),
    ("shwo",),
)
pytestmark = pytest.mark.english  # each setting has a language of its own

SETTINGS = (
    {"PYTHONIOENCODING": "gbk:strict", "PYTHONUTF8": "0", "CREDIT_PLAN_LANG": "zh"},
    {"PYTHONIOENCODING": "ascii:strict", "CREDIT_PLAN_LANG": "en"},
    {"PYTHONIOENCODING": "cp1252:strict", "PYTHONUTF8": "1", "CREDIT_PLAN_LANG": "zh"},
)


Meant = Callable[[tuple[str, ...], str], Outcome]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with reports; `bad` beside it has an error with signs that GBK lacks."""
    folder = tmp_path_factory.mktemp("consoles")
    run_by_itself(["init", "--demo", "ws"], folder, inherited())
    shutil.copytree(folder / "ws", folder / "bad")
    units = folder / "bad" / "data" / "units.yaml"
    units.write_text(units.read_text("utf-8").replace("name: 市", "name: km²✓ 市", 1), "utf-8")
    return folder / "ws"


@pytest.fixture(scope="module", params=SETTINGS, ids=lambda it: " ".join(it.values()))
def setting(request: pytest.FixtureRequest) -> dict[str, str]:
    """Return an environment in which Python is told an encoding."""
    return inherited() | dict(request.param)


@pytest.fixture(scope="module")
def told(setting: dict[str, str]) -> Iterator[Program]:
    with Program(setting) as program:
        yield program


@pytest.fixture(scope="module")
def meant(workspace: Path, run: Run) -> Meant:
    """Return how a command ends where Python is told nothing."""

    @cache
    def put(words: tuple[str, ...], language: str) -> Outcome:
        return run(*words, cwd=workspace, CREDIT_PLAN_LANG=language)

    return put


def test_in_a_pipe_nothing_changes(
    told: Program, setting: dict[str, str], workspace: Path, meant: Meant
) -> None:
    """A pipe follows the locale, whatever Python is told of its streams."""
    for words in LINES:
        ended = told.run(words, workspace, setting)
        usual = meant(words, setting["CREDIT_PLAN_LANG"])
        assert (ended.code, ended.err.decode()) == (usual.code, usual.err), words
        if words != ("doctor",):  # says what the encoding is
            assert STAMP.sub("", ended.out.decode()) == STAMP.sub("", usual.out), words


@pytest.mark.parametrize("rows", ["utf-8", "gbk"])
def test_what_is_read_from_a_pipe_stays_right(
    told: Program, setting: dict[str, str], tmp_path: Path, rows: str
) -> None:
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    sheet = "措施,截至日期,填报单位,进展状态,说明\n14,2023-12-28,市营商局,进行中,路楼\n"
    ended = told.run(("record", "--stdin"), tmp_path, setting, sheet.encode(rows))
    assert ended.code == 0, ended.err
    assert [it.note for it in entries(data)] == ["路楼"]


ON_TERMINAL = (
    ("status",),
    ("unit", "市住健局"),
    ("list", "--limit", "3", "--format", "csv"),
    ("show", "7"),
    ("help", "due"),
    ("check", "--data", "../bad"),
)


@pytest.mark.parametrize("name", ["cp936:strict", "ascii", "cp1252:strict"])
def test_a_terminal_gets_all_that_its_encoding_has(workspace: Path, name: str) -> None:
    """GBK is kept. Where the encoding has no Chinese, UTF-8 is as good as any other."""
    for words in ON_TERMINAL:
        code, written = show(workspace, words, name)
        usual_code, usual = show(workspace, words, "utf-8")
        assert code == usual_code, words
        if name != "cp936:strict":
            assert written == usual, words
            continue
        *lines, last = written.decode("gbk").splitlines(keepends=True)
        is_escaped = r"\u20ac" in last
        alike = usual.decode().translate(str.maketrans("▒░✓", "▓·√", "\ufeff"))
        assert "".join([*lines, *([] if is_escaped else [last])]) == alike.replace("²", r"\xb2")
        assert is_escaped == ("²" in alike), words


@cache
def show(workspace: Path, words: tuple[str, ...], encoding: str) -> tuple[int, bytes]:
    """Return how a command ends at a terminal with an encoding, and what is seen there."""
    told = {"PYTHONIOENCODING": encoding, "CREDIT_PLAN_LANG": "zh", "LC_ALL": "C.UTF-8"}
    both = ("stdout", "stderr")
    return run_at_terminal([*COMMAND, *words], both, 80, environment=told, cwd=workspace)
