"""The wheel carries the data, so that an installed command works in any folder."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run
from tests.story import DEMO


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the content of a wheel built from this checkout."""
    built = tmp_path_factory.mktemp("wheel")
    build = ["-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(built)]
    subprocess.run([sys.executable, *build, str(ROOT)], check=True, capture_output=True)
    (wheel,) = built.glob("credit_plan-*.whl")
    target = built / "unpacked"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


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


def test_the_wheel_installs_the_manual_page(unpacked: Path) -> None:
    """What is in `data` goes to the root of the environment, where man looks for share/man."""
    (shared,) = unpacked.glob("credit_plan-*.data/data/share/man")
    pages = [it for it in (ROOT / "docs" / "man").rglob("*") if it.is_file()]
    assert pages
    for page in pages:
        carried = shared / page.relative_to(ROOT / "docs" / "man")
        assert carried.read_bytes() == page.read_bytes()
