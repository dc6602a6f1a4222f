"""What a build server logs of the program: no word of the data is a command to it (attack X11)."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from credit_plan.formatters import DIAGNOSTIC_FORMATS
from tests.cases import BASE, lay_out
from tests.conftest import Outcome, Run

HOSTILE = "::error::甲##[error]乙##vso[task.complete]丙##teamcity[a]丁"
TEXTS = (
    *("加强信用信息归集", "归集公共信用信息。", "总体要求", "市住建局"),
    *("强化信用信息安全防护管理", "推动信息共享。", "示例市信用体系建设规划任务分工表"),
)


def find_commands(answer: Outcome) -> list[str]:
    """Return the lines in which a runner of GitHub, Azure or TeamCity finds a command.

    GitHub's takes off white space before `::`, and compares by the rules of a language, to which
    a variation selector is nothing.
    """
    lines = re.split("[\r\n]", (answer.out + answer.err).replace("\ufe0f", ""))
    return [it for it in lines if it.lstrip().startswith("::") or re.search(r"##\w*\[", it)]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a sound plan whose names, texts and comments are commands."""
    data = tmp_path / "data"
    lay_out(BASE, data)
    for file in data.rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        for name in TEXTS:
            text = text.replace(f" {name}", f' "{HOSTILE}{name}"')
            text = text.replace(f"[{name}]", f'["{HOSTILE}{name}"]')
        text = text.replace("]\n", f"]  # #\ufe0f#[error] {HOSTILE}\n    # {HOSTILE}\n")
        file.write_text(text, encoding="utf-8")
    return data


@pytest.fixture
def faulty(data: Path) -> Path:
    """Return the same plan with errors, whose names of files are commands as well."""
    for name in ("::error::甲.yaml", "##[error]乙.yaml", "##vso[丙.yaml"):
        if sys.platform != "win32":
            (data / "measures" / name).write_text(f"{HOSTILE}\n")
    file = data / "measures" / "02.yaml"
    text = file.read_text(encoding="utf-8").replace("chapter: 2", f"chapter: {HOSTILE}")
    file.write_text(f"{text}::warning title=甲::乙\n##[group]丙\n", encoding="utf-8")
    return data


@pytest.mark.parametrize("form", ["table", "markdown", "json"])
@pytest.mark.parametrize("columns", ["", "40"])
def test_no_answer_is_a_command(run: Run, data: Path, form: str, columns: str) -> None:
    reported = ("record", "1.1", "--status", "done", "--note", HOSTILE)
    assert run(*reported, cwd=data.parent).code == 0
    for words in (
        *(("list",), ("show", "1", "2"), ("history", "1.1"), ("units",), ("chapter", "1")),
        *(("search", "error"), ("unit", "市住房和城乡建设局"), ("summary",), ("status",)),
    ):
        answer = run(*words, "--format", form, cwd=data.parent, COLUMNS=columns)
        assert (answer.code, find_commands(answer)) == (0, [])
    rows = json.loads(run("history", "1.1", "--format", "json", cwd=data.parent).out)["rows"]
    assert rows[0]["note"] == HOSTILE


def test_no_change_that_is_shown_is_a_command(run: Run, data: Path, tmp_path: Path) -> None:
    lay_out(BASE, tmp_path / "old" / "data")
    file = data / "measures" / "02.yaml"
    text = file.read_text(encoding="utf-8").replace("id: 2", "id:   2")
    file.write_text(text, encoding="utf-8")
    for words, code in (
        (("fmt", "--check"), 1),
        (("fmt",), 0),
        (("diff", "old"), 0),
        (("diff", "old", "--format", "markdown"), 0),
        (("record", "1.1", "--status", "done", "--note", HOSTILE, "--dry-run"), 0),
    ):
        answer = run(*words, cwd=data.parent)
        assert (answer.code, find_commands(answer)) == (code, [])
        assert "error" in answer.out


@pytest.mark.parametrize("form", DIAGNOSTIC_FORMATS)
@pytest.mark.parametrize("folder", [".", "data/measures"])
def test_no_finding_is_a_command_but_those_of_github(
    run: Run, faulty: Path, form: str, folder: str
) -> None:
    words = ("check", "--format", form)
    answer = run(*words, cwd=faulty.parent / folder)
    assert answer.code == 1
    annotations = [it for it in find_commands(answer) if re.match("::(error|warning|notice) ", it)]
    assert find_commands(answer) == annotations
    assert not re.search(r"##\w*\[", answer.out)
    rows = json.loads(run("check", "--format", "json", cwd=faulty.parent).out)["rows"]
    assert len(annotations) == (min(len(rows), 10) if form == "github" else 0)


@pytest.mark.parametrize(
    "words",
    [
        *(("list",), ("fmt",), ("init", "new"), ("record", "1.1", "--status", "done")),
        *((*words, HOSTILE) for words in (("show",), ("unit",), ("check",), ("list", "--as-of"))),
        *((*words, "\n" + HOSTILE) for words in (("unit",), ("list", "--task"), ("fmt",))),
        *((HOSTILE,), (f"--{HOSTILE}",), ("list", f"--{HOSTILE}"), ("list", HOSTILE)),
    ],
    ids=" ".join,
)
def test_no_error_is_a_command(run: Run, faulty: Path, words: tuple[str, ...]) -> None:
    """What is wrong with the words of the command line too: a workflow takes them from titles."""
    answer = run(*words, cwd=faulty.parent)
    assert answer.code in (1, 2)
    assert find_commands(answer) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no such names of folders")
def test_what_init_says_of_a_name_does_not_act(run: Run, tmp_path: Path) -> None:
    """A folder's name was written to the terminal as it is (attack X20)."""
    answer = run("init", f"\x1b]0;甲\x07\n{HOSTILE}", cwd=tmp_path)
    assert answer.code == 0
    assert find_commands(answer) == []
    assert (answer.out + answer.err).replace("\n", "").isprintable()
