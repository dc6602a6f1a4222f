"""The command `export`: what it refuses, and what it says, with pyarrow and without."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.cases import BASE, lay_out
from tests.conftest import Run

needs_pyarrow = pytest.mark.skipif(not find_spec("pyarrow"), reason="pyarrow is not installed")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    lay_out(BASE, tmp_path / "data")
    return tmp_path


@pytest.mark.english
def test_without_pyarrow_one_sentence_says_how_to_install_it(run: Run, home: Path) -> None:
    missing = home / "missing"
    missing.mkdir()
    (missing / "pyarrow.py").write_text("raise ModuleNotFoundError('No', name='pyarrow')\n")
    path = os.pathsep.join((str(missing), os.environ.get("PYTHONPATH", "")))
    answer = run("export", "parquet", "lake", cwd=home, PYTHONPATH=path)
    assert (answer.code, answer.out) == (3, "")
    assert answer.err == (
        "Error: Parquet files need pyarrow, which is not installed: "
        'pip install "credit-plan[parquet]"\n'
    )
    assert not (home / "lake").exists()


@pytest.mark.english
@needs_pyarrow
def test_it_says_what_was_written_and_of_which_day(run: Run, home: Path) -> None:
    answer = run("export", "parquet", "lake", "--as-of", "2023年底", cwd=home)
    assert (answer.code, answer.err) == (0, "")
    assert ", as of 2023-12-31: " in answer.out
    assert answer.out.endswith(" obligations, 0 reports written to lake\n")


@pytest.mark.english
@needs_pyarrow
@pytest.mark.parametrize("folder", ["data", "data/lake", "data/measures"])
def test_a_folder_inside_the_data_is_refused(run: Run, home: Path, folder: str) -> None:
    before = sorted(home.rglob("*"))
    answer = run("export", "parquet", folder, cwd=home)
    assert (answer.code, answer.out) == (2, "")
    assert f"{folder} is inside the data; name a folder elsewhere" in answer.err
    assert sorted(home.rglob("*")) == before


@pytest.mark.english
@needs_pyarrow
def test_a_folder_that_commands_would_take_for_a_plan_is_refused(run: Run, home: Path) -> None:
    (home / "elsewhere").mkdir()
    answer = run("export", "parquet", "data", "--data", str(home), cwd=home / "elsewhere")
    assert (answer.code, answer.out) == (2, "")
    assert "data has the name of the folder of a plan; choose another name" in answer.err
    assert not [*(home / "elsewhere").iterdir()]


@pytest.mark.english
@needs_pyarrow
def test_a_folder_with_anything_else_is_refused(run: Run, home: Path) -> None:
    (home / "full").mkdir()
    (home / "full" / "notes.txt").touch()
    (home / "file").touch()
    (home / "newer").mkdir()
    (home / "newer" / "_credit-plan.json").write_text('{"schema": "credit-plan/export@2"}')
    for folder, reason in (
        ("full", "full is not empty: it contains notes.txt; name a new folder"),
        ("file", "file is not a folder; name a new one"),
        ("newer", "newer holds an export of another version; name a new folder"),
    ):
        before = sorted(home.rglob("*"))
        answer = run("export", "parquet", folder, cwd=home)
        assert (answer.code, answer.err) == (2, f"Error: {reason}\n")
        assert sorted(home.rglob("*")) == before


@needs_pyarrow
def test_an_unsound_plan_is_not_exported(run: Run, home: Path) -> None:
    (home / "data" / "measures" / "02.yaml").write_text("id: 2\n")
    assert run("export", "parquet", "lake", cwd=home).code == 1
    assert not (home / "lake").exists()


@needs_pyarrow
def test_an_unknown_format_is_wrong_usage(run: Run, home: Path) -> None:
    answer = run("export", "orc", "lake", cwd=home)
    assert (answer.code, answer.out) == (2, "")
    assert "parquet" in answer.err
