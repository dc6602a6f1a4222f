"""What the documents say is what the program does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from credit_plan.cli.app import COMMANDS
from credit_plan.errors import ExitCode
from tests.conftest import ROOT

READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
LINKED = re.compile(r"\]\((?!https?:|#)([^)#]+)")


@pytest.mark.parametrize("script", ["docs/examples.py", "docs/generated.py"])
def test_what_is_generated_is_what_the_program_says(script: str) -> None:
    """`make readme` writes it."""
    checked = subprocess.run(
        [sys.executable, script, "--check"], cwd=ROOT, capture_output=True, check=False
    )
    assert checked.returncode == 0, checked.stdout.decode()


def test_both_readmes_show_the_same_examples() -> None:
    english, chinese = (BLOCK.findall(readme.read_text(encoding="utf-8")) for readme in READMES)
    assert english == chinese
    assert len(english) >= 3


@pytest.mark.parametrize("readme", READMES, ids=lambda readme: readme.name)
def test_every_command_and_every_exit_code_is_explained(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    for name, _run, _help in COMMANDS:
        assert re.search(rf"^\| `{name}\b", text, re.MULTILINE), name
    assert re.findall(r"^\| (\d) \|", text, re.MULTILINE) == [str(code.value) for code in ExitCode]


@pytest.mark.parametrize(
    "document",
    sorted({*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "benchmarks" / "README.md"}),
    ids=lambda document: document.name,
)
def test_every_link_leads_somewhere(document: Path) -> None:
    for target in LINKED.findall(document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target


def test_every_module_is_on_the_map() -> None:
    architecture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    package = ROOT / "src" / "credit_plan"
    rooms = {path.stem for path in package.glob("*.py") if not path.stem.startswith("__")}
    rooms |= {path.name for path in package.iterdir() if (path / "__init__.py").exists()}
    for room in rooms:
        assert f"`{room}`" in architecture, room


def test_the_hooks_are_commands_of_the_program() -> None:
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    entries = re.findall(r"entry: credit-plan (\S+)", hooks)
    assert entries == ["check", "fmt"]
    assert set(entries) <= {name for name, _run, _help in COMMANDS}
    (pattern,) = re.findall(r"files: (.*)", hooks)
    for name in ("data/measures/07.yaml", "data/units.yaml", "plans/x/data/plan.yaml"):
        assert re.search(pattern, name), name
    for name in ("README.md", "data/schema/plan.json", "tests/source/plan.yaml"):
        assert not re.search(pattern, name), name
