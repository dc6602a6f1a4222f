"""What is filled in on the sheets of `form` is recorded word for word, however they were saved."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from credit_plan.plan import STATUSES_IN_CHINESE, Plan, Status
from credit_plan.reporting.reported import TITLES
from tests.conftest import ROOT, Run, inherited
from tests.story import plan_of
from tests.test_storage import posix

DAYS = ("2024/6/30", "2024年6月30日", "2024-06-30", "2024/7/1")
NOTES = (
    *("", "还差三家", "一是推进,二是落实，三是收尾；四,", '通知已印发("三定"方案),"待批"'),
    *(
        "第一行\n第二行\n\n第四行",
        "引号“中”有，逗号",
        "-初步完成",
        "分号;半角",
        "甲\t乙",
        "7.10项：已报",
    ),
)
EVIDENCE = ("", "", "https://example.org/a", "https://example.org/a；https://example.org/b,c")
CHINESE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
  <item oor:path="/org.openoffice.Setup/L10N">
    <prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>zh-CN</value></prop>
  </item>
</oor:items>
"""
"""The settings of LibreOffice for somebody in China: a day is shown as 24年6月30日."""

Rows = list[list[str]]


class Report(NamedTuple):
    """What a row says, as the plan knows it afterwards."""

    measure: str
    due: str
    unit: str
    on: date
    status: Status
    values: tuple[tuple[str, Decimal], ...]
    note: str
    evidence: tuple[str, ...]


class Filled(NamedTuple):
    """The sheets of all units by their names, their reports, and how many rows have none."""

    sheets: Mapping[str, Rows]
    reports: tuple[Report, ...]
    empty: int


@pytest.fixture(scope="module")
def filled(run: Run, plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """Return the sheets of all units, two rows of three filled in."""
    folder = tmp_path_factory.mktemp("sheets")
    written = run("form", "--each-unit", "-o", str(folder))
    assert written.code == 0, written.err
    chance, sheets, reports, empty = Random(11), {}, list[Report](), 0
    for path in sorted(folder.iterdir()):
        sheet = _read(path.read_bytes().decode("utf-8-sig"))
        heading, *rows = sheet
        for row in rows:
            if chance.random() < 1 / 3:
                empty += 1
            else:
                reports.append(_fill(plan, heading, row, chance))
        sheets[path.stem] = sheet
    assert len(sheets) == 41
    of_measures = sum(not it.due for it in reports)
    assert (of_measures > 150, len(reports) - of_measures > 50, empty > 50) == (True, True, True)
    return Filled(sheets, tuple(sorted(reports)), empty)


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [
        ("utf-8-sig", ","),
        ("utf-8", ","),
        ("gb18030", ","),
        ("utf-16", "\t"),  # the “Unicode text” of Excel
        ("utf-8-sig", ";"),
    ],
)
def test_sheets_come_back_whole(
    run: Run, tmp_path: Path, filled: Filled, encoding: str, delimiter: str
) -> None:
    for name, rows in filled.sheets.items():
        (tmp_path / f"{name}.csv").write_bytes(_write(rows, delimiter).encode(encoding))
    _judge(run, tmp_path, filled)


@pytest.fixture(scope="module")
def workbooks(filled: Filled, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sheets as workbooks, which LibreOffice has made of them."""
    folder = tmp_path_factory.mktemp("workbooks")
    for name, rows in filled.sheets.items():
        (folder / f"{name}.csv").write_bytes(_write(rows, ",").encode("utf-8-sig"))
    # What looks like a day becomes one, as in Excel.
    _convert(folder, ".csv", folder, "xlsx", "--infilter=CSV:44,34,76,1,,2052,false,true")
    return folder


@posix
@pytest.mark.parametrize("charset", [76, 61], ids=["UTF-8", "GBK"])
def test_sheets_come_back_whole_from_a_spreadsheet(
    run: Run, tmp_path: Path, filled: Filled, workbooks: Path, charset: int
) -> None:
    kind = f"csv:Text - txt - csv (StarCalc):44,34,{charset},1,,2052,false,true"
    _convert(workbooks, ".xlsx", tmp_path, kind)
    assert len([*tmp_path.iterdir()]) == len(filled.sheets)
    _judge(run, tmp_path, filled)


def _read(text: str) -> Rows:
    return [*csv.reader(io.StringIO(text, newline=""))]


def _write(rows: Rows, delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def _fill(plan: Plan, heading: list[str], row: list[str], chance: Random) -> Report:
    """Fill in a row by chance, and return what it says."""
    cells = dict(zip(heading, row, strict=True))
    measure = cells[TITLES["measure"]].removeprefix("第").removesuffix("项")
    # Whether a measure is done is the same in all its reports: none opens it again.
    is_done = Random(measure).random() < 1 / 3
    statuses = [it for it in Status if (it is Status.DONE) == is_done]
    own = [it for it in plan.indicators if it.measure == measure]
    figures = [f"{chance.randint(1, 999) / 10:g}" for _ in own]
    named = "；".join(
        f"{name}={figure}" for name, figure in zip(cells["指标"].split("；"), figures, strict=False)
    )
    cells |= {
        TITLES["on"]: chance.choice(DAYS),
        TITLES["status"]: STATUSES_IN_CHINESE[status := chance.choice(statuses)],
        TITLES["values"]: named if len(own) > 1 or chance.random() < 1 / 2 else "".join(figures),
        TITLES["note"]: chance.choice(NOTES),
        TITLES["evidence"]: chance.choice(EVIDENCE),
    }
    row[:] = [cells[name] for name in heading]
    day = date(*map(int, re.findall(r"\d+", cells[TITLES["on"]])))
    values = sorted((it.id, Decimal(figure)) for it, figure in zip(own, figures, strict=True))
    return Report(
        measure,
        _name_period(cells.get(TITLES["due"], "")),
        cells[TITLES["unit"]],
        day,
        status,
        tuple(values),
        cells[TITLES["note"]],
        tuple(filter(None, cells[TITLES["evidence"]].split("；"))),
    )


def _name_period(said: str) -> str:
    """Return 2023Q1 for 2023年第1季度, as a report has it."""
    said = re.sub("年第([1-4])季度", r"Q\1", said)
    said = said.replace("年上半年", "H1").replace("年下半年", "H2")
    said = re.sub("年([0-9]{1,2})月份", lambda month: f"-{int(month[1]):02}", said)
    return said.removesuffix("年")


def _convert(source: Path, ending: str, target: Path, kind: str, *options: str) -> None:
    """Have LibreOffice convert files in one run, by the usages of China; skip where it is not."""
    office = shutil.which("soffice") or pytest.skip("LibreOffice is not installed")
    files = [str(path) for path in sorted(source.iterdir()) if path.suffix == ending]
    assert files, "without files it would wait for somebody to name them"
    with tempfile.TemporaryDirectory() as profile:
        (Path(profile) / "user").mkdir()
        (Path(profile) / "user/registrymodifications.xcu").write_text(CHINESE, encoding="utf-8")
        command = [office, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless"]
        command += [*options, "--convert-to", kind, "--outdir", str(target), *files]
        environment = inherited() | {"LC_ALL": "C.UTF-8"}
        streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with subprocess.Popen(command, env=environment, start_new_session=True, **streams) as run:
            try:
                assert run.wait(timeout=90) == 0
            finally:
                # It is a script, which would leave the program itself behind.
                with suppress(ProcessLookupError):
                    os.killpg(run.pid, signal.SIGKILL)


def _judge(run: Run, folder: Path, filled: Filled) -> None:
    """Record the sheets in a folder, and compare what the plan then knows with what they say."""
    workspace = folder / "workspace"
    shutil.copytree(ROOT / "data", workspace / "data")
    recorded = run("record", *map(str, sorted(folder.glob("*.csv"))), cwd=workspace)
    assert recorded.code == 0, recorded.err
    said = recorded.out + recorded.err
    assert f"{len(filled.reports)} reports recorded" in said
    assert f"{filled.empty} rows without a report passed over" in said
    known = (
        Report(
            it.measure,
            it.due or "",
            it.unit,
            it.on,
            it.status,
            tuple(sorted(it.values)),
            it.note or "",
            tuple(evidence.place for evidence in it.evidence),
        )
        for it in plan_of(workspace).reports
    )
    assert sorted(known) == [*filled.reports]
