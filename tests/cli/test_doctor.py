"""`doctor`: it says of everything how it is, whatever is broken."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from credit_plan.loader.locate import MEASURES
from tests.cli.test_screens import in_a_terminal
from tests.conftest import CACHE_VARIABLES, HELD, ROOT, Run, inherited
from tests.program import COMMAND

Rows = dict[str, dict[str, str]]
COUNTY = ROOT / "examples" / "county"


def look(run: Run, folder: Path, *words: str, code: int = 0, **environment: str) -> Rows:
    """Return what doctor finds, by its keys."""
    answer = run(*words, "doctor", "--format", "json", cwd=folder, **environment)
    assert (answer.code, answer.err) == (code, "")
    return {row["key"]: row for row in json.loads(answer.out)["rows"]}


@pytest.mark.english
def test_where_all_is_well_it_says_what_there_is(run: Run) -> None:
    found = look(run, ROOT)
    assert found["version"]["value"] == "credit-plan 0.1.0"
    assert found["data"]["value"] == str(ROOT / "data")
    assert found["content"]["value"] == HELD
    assert found["check"]["state"] == "ok"
    assert "problem" not in {row["state"] for row in found.values()}
    assert run("doctor").out.endswith("\nEverything that is needed works.\n")


def test_whatever_does_not_work_has_a_hint(run: Run, tmp_path: Path) -> None:
    for folder in (ROOT, tmp_path):
        found = look(run, folder).values()
        assert all(row["hint"] for row in found if row["state"] != "ok")


@pytest.mark.english
def test_it_says_by_what_the_data_was_found(run: Run, tmp_path: Path) -> None:
    for words, environment, how in (
        ((), {}, "a folder “data” here or in a folder above, else the installed copy"),
        (("--data", str(COUNTY)), {"CREDIT_PLAN_DATA": "nowhere"}, "--data"),
        ((), {"CREDIT_PLAN_DATA": str(COUNTY)}, "the variable CREDIT_PLAN_DATA"),
    ):
        assert look(run, tmp_path, *words, **environment)["found_by"]["value"] == how


@pytest.mark.english
def test_without_data_it_ends_with_3(run: Run, tmp_path: Path) -> None:
    found = look(run, tmp_path, "--data", "nowhere", code=3)
    assert found["data"]["state"] == "problem"
    assert found["data"]["value"] == "nowhere does not exist"
    assert "cache" in found


def test_with_errors_in_the_data_it_ends_with_1(run: Run, tmp_path: Path) -> None:
    data = shutil.copytree(COUNTY / "data", tmp_path / "data")
    (data / MEASURES / "01.yaml").write_text("lead: [", encoding="utf-8")
    found = look(run, tmp_path, code=1)
    assert found["check"]["state"] == "problem"
    assert "credit-plan check" in found["check"]["hint"]


def test_a_cache_folder_that_is_not_usable_is_a_notice(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found = look(run, ROOT, **dict.fromkeys(CACHE_VARIABLES, str(tmp_path / "file")))
    assert found["cache"]["state"] == "notice"


@pytest.mark.english
def test_reports_and_completion_are_found(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".zfunc").mkdir()
    (tmp_path / ".zfunc" / "_credit-plan").touch()
    found = look(run, COUNTY, HOME=str(tmp_path), USERPROFILE=str(tmp_path))
    assert found["completion"]["value"] == "zsh"
    assert found["reports"]["value"].startswith("14 reports, the last one recorded on ")


@pytest.mark.english
@pytest.mark.skipif(sys.platform == "win32", reason="a shell of its own")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_stops_nothing(closed: str) -> None:
    script = f'"$@" doctor {closed}'
    command = ["/bin/sh", "-c", script, "sh", *COMMAND]
    done = subprocess.run(command, cwd=ROOT, env=inherited(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    if closed == "<&-":
        assert "Standard input   ok      closed" in done.stdout.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a working folder")
def test_a_working_folder_that_is_gone_is_a_finding(tmp_path: Path) -> None:
    script = 'rmdir "$PWD" && "$@" doctor'
    command = ["/bin/sh", "-c", script, "sh", *COMMAND]
    environment = {**inherited(), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr


@pytest.mark.english
def test_a_terminal_is_described(run: Run) -> None:
    assert "100 × 30 xterm-256color" in in_a_terminal(100, "doctor", height=30)
    assert look(run, ROOT)["terminal"]["value"] == "the output goes to none"
