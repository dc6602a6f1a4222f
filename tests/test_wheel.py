"""The wheel: what it carries, and that it installs offline and runs in any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.cli.test_screens import in_a_terminal, read_terminal
from tests.conftest import QUESTIONS, ROOT, Run, inherited
from tests.story import DEMO

BRACES = dict.fromkeys(map(ord, "{}"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel built from this checkout."""
    built = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", built, ROOT)
    (wheel,) = built.glob("credit_plan-*.whl")
    return wheel


@pytest.fixture(scope="module")
def unpacked(wheel: Path) -> Path:
    """Return the content of the wheel."""
    target = wheel.parent / "unpacked"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


@pytest.fixture(params=["oldest", "newest"])
def installed(request: pytest.FixtureRequest, wheel: Path, tmp_path: Path) -> Path:
    """Return the command, installed offline with the oldest or newest dependencies allowed."""
    skip_without_index(tmp_path / "reached")
    wheels, constraints = tmp_path / "wheels", tmp_path / "constraints.txt"
    constraints.write_text("\n".join(lower_bounds()) if request.param == "oldest" else "")
    pip("download", "--only-binary", ":all:", "--dest", wheels, "-c", constraints, wheel)
    made = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", made], check=True)
    scripts = made / ("Scripts" if sys.platform == "win32" else "bin")
    offline = {name: it for name, it in os.environ.items() if not name.startswith("PIP_")}
    offline["PIP_CONFIG_FILE"] = os.devnull
    pip(
        *("--python", scripts / "python", "install", "--no-index", "--find-links", wheels),
        "credit-plan",
        env=offline,
    )
    return scripts / "credit-plan"


def skip_without_index(folder: Path) -> None:
    """Skip the test where wheels cannot be had."""
    try:
        pip("download", "--retries", "1", "--no-deps", "--dest", folder, "typer")
    except AssertionError:
        pytest.skip("no wheel of typer can be had: no package index is reached")


def pip(*words: str | Path, env: dict[str, str] | None = None) -> None:
    """Run pip; raise AssertionError, which has what it said, where it fails."""
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *words]
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 0, done.stderr


def lower_bounds() -> Iterator[str]:
    """Yield the oldest version allowed of each dependency that this Python needs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for dependency in map(Requirement, project["dependencies"]):
        if dependency.marker is None or dependency.marker.evaluate():
            (low,) = (it.version for it in dependency.specifier if it.operator == ">=")
            yield f"{dependency.name}=={low}"


def test_the_wheel_carries_the_data_as_it_is(unpacked: Path) -> None:
    inside = filter(Path.is_file, (ROOT / "data").rglob("*"))
    files = sorted(file.relative_to(ROOT / "data") for file in inside)
    carried = unpacked / "credit_plan" / "data"
    assert (
        sorted(file.relative_to(carried) for file in carried.rglob("*") if file.is_file()) == files
    )
    for file in files:
        assert (carried / file).read_bytes() == (ROOT / "data" / file).read_bytes()
    assert (unpacked / "credit_plan" / "py.typed").exists()


def test_the_wheel_carries_what_a_workspace_is_made_of(
    unpacked: Path, tmp_path: Path, run: Run
) -> None:
    room = Path("credit_plan") / "templates"
    templates = {it.name: it.read_bytes() for it in (ROOT / "src" / room).iterdir()}
    assert {it.name: it.read_bytes() for it in (unpacked / room).iterdir()} == templates
    answer = run("init", "--demo", "ws", cwd=tmp_path, PYTHONPATH=str(unpacked))
    assert answer.code == 0
    assert (tmp_path / "ws" / ".github" / "workflows" / "check.yml").exists()
    reports = [it for name in ("progress", "evidence") for it in (DEMO / name).iterdir()]
    for file in (*filter(Path.is_file, (ROOT / "data").rglob("*")), *reports):
        folder = DEMO if file in reports else ROOT / "data"
        copied = tmp_path / "ws" / "data" / file.relative_to(folder)
        assert copied.read_bytes() == file.read_bytes()


def test_an_installed_command_answers_in_any_folder(
    unpacked: Path, tmp_path: Path, run: Run
) -> None:
    answer = run("unit", "市住建局", "-v", cwd=tmp_path, PYTHONPATH=str(unpacked))
    assert answer.code == 0
    assert answer.err.startswith("No plan found here; using the copy installed with the program")
    assert answer.out.startswith("市住建局 leads 4 measures\n")


def test_it_installs_offline_and_answers_the_same_with_any_dependencies(
    installed: Path, tmp_path: Path, run: Run
) -> None:
    """No dependency changes an answer, in a pipe and on a terminal."""
    alone = {**inherited(), "PYTHONPATH": ""}
    refused = (("unit",), ("duee",), ("due", "--kind"), ("unit", "--xyz"))
    for words in (*QUESTIONS, ("check",), ("form", "市住建局"), ("schema", "progress"), *refused):
        said = {"CREDIT_PLAN_LANG": "zh" if words in refused else "en"}
        command = (installed, *words)
        done = subprocess.run(
            command, cwd=tmp_path, env=alone | said, capture_output=True, check=False, text=True
        )
        here = run(*words, **said)
        assert (done.returncode, done.stdout) == (here.code, here.out), words
        if words in refused:  # Click's own words; typer 0.28 puts arguments into braces
            both = {it.translate(BRACES) for it in (done.stderr, here.err)}
            assert len(both) == 1
    workspace = str(tmp_path / "ws")
    subprocess.run([installed, "init", "--demo", workspace], env=alone, check=True)
    for words in (("status",), ("summary",), ("show", "7")):
        asked = (*words, "--data", workspace)
        outside = {"PYTHONPATH": ""}
        shown = read_terminal((str(installed), *asked), "stdout", 80, environment=outside)
        assert shown == in_a_terminal(80, *asked), words


def test_the_wheel_installs_the_manual_page(unpacked: Path) -> None:
    """What is in `data` goes to the root of the environment, where man looks for share/man."""
    (shared,) = unpacked.glob("credit_plan-*.data/data/share/man")
    pages = [it for it in (ROOT / "docs" / "man").rglob("*") if it.is_file()]
    assert pages
    for page in pages:
        carried = shared / page.relative_to(ROOT / "docs" / "man")
        assert carried.read_bytes() == page.read_bytes()
