"""A run by the server is what a process of its own is: the same words, codes, files and folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, inherited
from tests.program import Program, run_by_itself

RUNS = (
    (("due", "--before", "2023-12-31"), b""),
    (("--help",), b""),
    (("--version",), b""),
    ((), b""),
    (("unit", "市住健局"), b""),
    (("unit", "\udcff"), b""),
    (("search", "信易贷", "-f", "csv"), b""),
    (("list", "--data", "nowhere"), b""),
    (("nothing",), b""),
    (("record", "--stdin"), "措施,进展状态\n14,没有\n".encode()),
    (("record", "--stdin"), b"\xff"),
    (("check", "-", "--as", "data/units.yaml"), (ROOT / "data" / "units.yaml").read_bytes()),
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path


@pytest.mark.parametrize(
    ("words", "stdin"), RUNS, ids=lambda it: None if isinstance(it, bytes) else " ".join(it)
)
@pytest.mark.parametrize("columns", ["", "40"])
def test_a_run_ends_as_a_process_of_its_own(
    program: Program, place: Path, words: tuple[str, ...], stdin: bytes, columns: str
) -> None:
    environment = inherited() | {"COLUMNS": columns}
    ended = program.run(words, place, environment, stdin)
    assert ended == run_by_itself(words, place, environment, stdin)


def test_what_is_written_is_the_same_and_no_run_knows_of_another(
    program: Program, place: Path
) -> None:
    word = "report.csv"
    for run in (program.run, run_by_itself):
        for name in ("甲", "乙"):
            folder = place / run.__name__ / name
            folder.mkdir(parents=True)
            ended = run(("units", "-o", word), folder, inherited())
            assert (ended.code, ended.out) == (0, b"")
            assert [it.name for it in folder.iterdir()] == [word]
    assert len({it.read_bytes() for it in place.glob(f"*/*/{word}")}) == 1


@pytest.mark.parametrize("variable", ["PYTHONUTF8", "LC_ALL", "LANG", "TZ", "PYTHONPATH"])
def test_what_changes_how_python_starts_is_a_process_of_its_own(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr("tests.program.run_by_itself", lambda *run: asked.append(run))
    with Program(inherited()) as program:
        program.run(("units",), ROOT, inherited() | {variable: "1"})
    assert len(asked) == 1
