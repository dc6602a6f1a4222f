"""What the tests share: the real plan, the real command, and small plans to break."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from credit_plan.loader.build import build_plan
from credit_plan.loader.locate import Source
from credit_plan.loader.reader import load
from credit_plan.models.draft import Draft
from credit_plan.models.records import PlanMetadata, Task
from credit_plan.plan import Plan
from tests.program import Program

ROOT = Path(__file__).parents[1]
HELD = "81 tasks, 228 measures, 58 milestones, 43 units, 32 indicators"
"""What the shipped plan holds, as `check` says it."""

QUESTIONS = (
    ("due", "--before", "2023-12-31"),
    ("unit", "市住建局"),
    ("unit", "市营商局", "--shared"),
    ("units",),
    ("chapter", "第六章"),
    ("chapters",),
    ("list", "--unit", "市文旅局"),
    ("show", "79.1-4", "7"),
    ("search", "信易贷", "银行"),
    ("summary",),
)
"""One question of each kind, to be put in every setting."""

CHINESE = {"CREDIT_PLAN_LANG": "zh"}
"""What makes the program speak Chinese."""

CACHE_VARIABLES = ("XDG_CACHE_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA")
"""The variables that say where caches are: on Linux and macOS, and on Windows."""


@dataclass(frozen=True)
class Outcome:
    """What a run of the command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]
Shell = Callable[[str], "subprocess.CompletedProcess[bytes]"]


# The clock judges no property: other work on the machine would fail it.
settings.register_profile("suite", settings(), deadline=None)
settings.load_profile("suite")


@pytest.fixture(scope="session", autouse=True)
def cache_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the tests a cache folder of their own; every process that they start inherits it."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        for name in CACHE_VARIABLES:
            patch.setenv(name, str(folder))
        yield folder


@cache
def read_draft() -> Draft:
    """Return the records of the shipped plan; as arguments of a property they are too long.

    Hypothesis prints every argument of a test that fails, fixtures too, and warns of long ones.
    """
    loaded = load(Source(ROOT / "data", bundled=False))
    assert loaded.diagnostics == ()
    return loaded.draft


@cache
def read_plan() -> Plan:
    """Return the shipped plan as the questions know it, for a property."""
    return build_plan(read_draft())


@pytest.fixture(scope="session")
def draft() -> Draft:
    """Return the records of the shipped plan."""
    return read_draft()


@pytest.fixture(scope="session")
def plan() -> Plan:
    """Return the shipped plan as the questions know it."""
    return read_plan()


@pytest.fixture(scope="session")
def facts(draft: Draft) -> PlanMetadata:
    assert draft.metadata is not None
    return draft.metadata.record


@pytest.fixture(scope="session")
def tasks(draft: Draft) -> tuple[Task, ...]:
    """Return the tasks in the order of their numbers."""
    return tuple(sorted((located.record for located in draft.tasks), key=lambda task: task.id))


@pytest.fixture(scope="session")
def shell() -> Shell:
    """Run a line of bash in the checkout."""
    bash = shutil.which("bash") or pytest.skip("no shell")

    def run_it(script: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([bash, "-c", script], cwd=ROOT, capture_output=True, check=False)

    return run_it


@pytest.fixture(scope="session")
def program() -> Iterator[Program]:
    """Return the program, with no start of Python for each run."""
    with Program(inherited()) as program:
        yield program


@pytest.fixture(scope="session")
def chinese_program() -> Iterator[Program]:
    """Return the program in Chinese."""
    with Program({**inherited(), **CHINESE}) as program:
        yield program


@pytest.fixture(scope="session")
def run(request: pytest.FixtureRequest) -> Run:
    """Run `credit-plan` as a user does; what it says must be UTF-8 and no traceback.

    The tests below `cli` ask for each language in turn.
    """
    name = "run_chinese" if getattr(request, "param", "en") == "zh" else "run_english"
    run: Run = request.getfixturevalue(name)
    return run


@pytest.fixture(scope="session")
def run_english(program: Program) -> Run:
    """Run it in English."""
    return _make_run(program, {})


@pytest.fixture(scope="session")
def run_chinese(chinese_program: Program) -> Run:
    """Run it in Chinese."""
    return _make_run(chinese_program, CHINESE)


def _make_run(program: Program, language: dict[str, str]) -> Run:
    def run_it(
        *arguments: str, cwd: Path = ROOT, stdin: str | bytes = b"", **environment: str
    ) -> Outcome:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        ended = program.run(arguments, cwd, {**inherited(), **language, **environment}, given)
        out, err = ended.out.decode(), ended.err.decode()
        assert "Traceback" not in err, err
        return Outcome(ended.code, out, err)

    return run_it


def locale_named(name: str) -> dict[str, str]:
    """Return the environment of a locale; skip the test where it cannot be made."""
    if name != "C" and not _make_locale(name):
        pytest.skip(f"the locale {name} cannot be made here: localedef or its sources are missing")
    return {"LC_ALL": name, "LOCPATH": _locales().name}


@cache
def _make_locale(name: str) -> bool:
    """Compile a locale from the sources of the C library; return whether that is possible here."""
    folder = Path(_locales().name) / name
    if tool := shutil.which("localedef"):
        language, _dot, charmap = name.partition(".")
        command = [tool, "-f", charmap, "-i", language, str(folder)]
        subprocess.run(command, capture_output=True, check=False)
    return folder.is_dir()


@cache
def _locales() -> tempfile.TemporaryDirectory[str]:
    """Return the folder of the locales, which is there until the tests end."""
    return tempfile.TemporaryDirectory()


def inherited() -> dict[str, str]:
    """Return the environment without what would change an answer."""
    changing = {"COLUMNS", "NO_COLOR", "CREDIT_PLAN_DATA", "LANG", "LC_ALL"}
    kept = {name: value for name, value in os.environ.items() if name not in changing}
    return {**kept, "CREDIT_PLAN_LANG": "en"}
