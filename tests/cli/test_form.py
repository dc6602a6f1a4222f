"""The command `form`: sheets to be filled in, which overwrite nothing."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run
from tests.story import tell
from tests.test_storage import small_disk

HEADINGS = (
    "措施,措施内容,年度目标,完成时限,上次填报,指标,截至日期,填报单位,进展状态,指标值,说明,佐证材料"
)


def ids(sheet: str) -> list[str]:
    """Return the ids in a sheet, without those of what recurs."""
    rows = csv.DictReader(io.StringIO(sheet.removeprefix("\ufeff"), newline=""))
    return [row["措施"] for row in rows if not row.get("对应节点")]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.english
def test_the_sheet_of_a_unit_goes_to_stdout_or_to_a_file(run: Run, tmp_path: Path) -> None:
    shown = run("form", "--unit", "住建")
    assert (shown.code, shown.err) == (0, "")
    with_periods = HEADINGS.replace("指标,", "指标,对应节点,", 1)
    assert shown.out.startswith(f"\ufeff{with_periods}\r\n第7.5项,")
    assert ids(shown.out) == ["第7.5项", "第8.7项", "第11.4项", "第75.4项"]
    written = run("form", "--unit", "市住建局", "-o", "a.csv", cwd=tmp_path)
    assert (written.code, written.out) == (0, "")
    assert written.err.endswith("1 sheet written to a.csv\n")
    assert (tmp_path / "a.csv").read_bytes() == shown.out.encode()


@pytest.mark.english
def test_each_unit_with_a_measure_gets_a_sheet_and_no_group(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "一季度" / "发出"
    written = run("form", "--each-unit", "-o", str(folder))
    assert (written.code, written.out) == (0, "")
    assert written.err == (
        f"41 sheets written to {folder}\n"
        "6 measures name only groups, and are on no sheet: 12.2, 37.2, 46, 56, 72, 78; "
        "theirs: credit-plan form --unit 各相关单位\n"
    )
    sheets = contents(folder)
    assert len(sheets) == 41
    assert {"市住建局.csv", "法院.csv"} <= set(sheets)
    assert "各相关单位.csv" not in sheets
    assert sum(len(ids(sheet.decode())) for sheet in sheets.values()) == 247
    (folder / "法院.csv").unlink()
    again = run("form", "--each-unit", "-o", str(folder))
    assert again.code == 0
    assert again.err.startswith(
        f"1 sheet written to {folder}\n40 sheets are there already, and the same: {folder}\n"
    )
    assert contents(folder) == sheets


@pytest.mark.english
def test_a_sheet_that_was_filled_in_is_never_overwritten(run: Run, tmp_path: Path) -> None:
    run("form", "--each-unit", "-o", "d", cwd=tmp_path)
    filled = tmp_path / "d" / "法院.csv"
    filled.write_bytes(filled.read_bytes() + b"x")
    (tmp_path / "d" / "海关.csv").unlink()
    (tmp_path / "d" / "海关.csv").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "d" / "团市委.csv").unlink()
    before = filled.read_bytes()
    for words in (("--each-unit", "-o", "d"), ("--unit", "法院", "-o", "d/法院.csv")):
        refused = run("form", *words, cwd=tmp_path)
        assert (refused.code, refused.out) == (2, "")
        assert "d/法院.csv" in refused.err
        assert "d/市住建局.csv" not in refused.err
        assert "name another file or folder" in refused.err
    assert "d/海关.csv" in run("form", "--each-unit", "-o", "d", cwd=tmp_path).err
    assert filled.read_bytes() == before
    assert not (tmp_path / "d" / "团市委.csv").exists()
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.english
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--unit, --each-unit: give one of the two"),
        (("--unit", "法院", "--each-unit", "-o", "d"), "give one of the two"),
        (("--each-unit",), "name the folder for the sheets: --each-unit -o DIR"),
        (("--each-unit", "-o", "-"), "name the folder for the sheets"),
        (("--each-unit", "-o", "file"), "file is not a folder"),
        (("--each-unit", "-o", "data"), "data is the folder of a plan"),
        (("--each-unit", "-o", "data/measures"), "data/measures is in the folder of a plan"),
        (("--each-unit", "-o", "data/progress/x"), "data/progress/x is in the folder of a plan"),
        (("--unit", "法院", "-o", "data/progress/x.csv"), "is in the folder of a plan"),
        (("--unit", "法院", "-o", "a.xlsx"), "a sheet is CSV; name a file that ends in .csv"),
        (
            ("--unit", "市住健局"),
            "unknown unit “市住健局”\nDid you mean one of these?\n  市卫健局\n  市住建局",
        ),
        (("--unit", "市委"), "“市委” matches 4 units"),
        (("--unit", "法院", "--chapter", "99"), "unknown chapter “99”"),
        (("--unit", "法院", "-o", "no/a.csv"), "no/a.csv: No such file or directory"),
    ],
)
def test_what_cannot_be_is_refused_and_writes_nothing(
    run: Run, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "file").touch()
    before = sorted(tmp_path.rglob("*"))
    refused = run("form", *words, cwd=tmp_path)
    assert (refused.code, refused.out) == (3 if "No such" in said else 2, "")
    assert said in refused.err
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.english
def test_filters_narrow_a_sheet_and_an_empty_one_is_not_written(run: Run, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    tell(tmp_path)

    def chosen(*words: str) -> list[str]:
        return ids(run("form", "--unit", "市营商局", *words, cwd=tmp_path).out)

    assert chosen("--chapter", "6", "--task", "14") == ["第14项"]
    assert "第2项" in chosen("--as-of", "2023-01-01", "--open")
    assert "第2项" not in chosen("--as-of", "2026-11-01", "--open")
    assert {"第75.2项"} == set(chosen("--before", "2022")) - set(chosen("--after", "2023"))
    leads, all_roles = chosen("--role", "lead"), chosen()
    assert set(leads) <= set(all_roles) < set(chosen("--shared"))
    for words in (("--unit", "法院"), ("--each-unit",)):
        nothing = run("form", *words, "--before", "2021", "-o", str(tmp_path / "new"), cwd=tmp_path)
        assert (nothing.code, nothing.out) == (0, "")
        assert nothing.err == "No measure matches; try fewer filters.\n"
        assert not (tmp_path / "new").exists()


def test_on_a_full_disk_there_is_no_sheet_or_all(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "credit_plan", "form", "--each-unit", "-o"]
    ended = subprocess.run(
        [*small_disk("size=128k", tmp_path), *command, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 3
    assert b"No space left on device" in ended.stderr
    assert ended.stdout == b""
