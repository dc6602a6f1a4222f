"""Keeps the examples in the READMEs true: runs each command of a console block.

`python docs/examples.py` writes what the program prints today under each command, and with
`--check` only says where a README differs, and ends with 1. The commands of a block `console
workspace` are run in a workspace with the reports of the tests' story.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
STORY = ROOT / "tests" / "story"
BLOCK = re.compile(r"(?<=```console)( workspace)?\n(.*?)(?=```)", re.DOTALL)
COMMAND = re.compile(r"^\$ (.*)$", re.MULTILINE)


def refreshed(text: str, workspace: Path) -> str:
    """The text of a README with today's output in its console blocks."""
    return BLOCK.sub(partial(block, workspace), text)


def block(workspace: Path, found: re.Match[str]) -> str:
    """A console block with today's output under each of its commands."""
    folder = workspace if found[1] else ROOT
    return f"{found[1] or ''}\n" + "".join(session(it, folder) for it in COMMAND.findall(found[2]))


def laid_out(folder: Path) -> Path:
    """A workspace in which the story of the tests was reported."""
    workspace = folder / "workspace"
    command = [sys.executable, "-m", "credit_plan", "init", str(workspace), "--data", str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    for name in ("progress", "evidence"):
        shutil.copytree(STORY / name, workspace / "data" / name)
    return workspace


def session(command: str, folder: Path) -> str:
    """A command as it is typed, and what a terminal of 80 columns then shows.

    `< FILE` behind it is its standard input.
    """
    command_line, _less, file = command.partition(" < ")
    program, *words = shlex.split(command_line)
    if program != "credit-plan":
        message = f"only credit-plan is run for an example, not {program}"
        raise ValueError(message)
    done = subprocess.run(
        [sys.executable, "-m", "credit_plan", *words],
        cwd=folder,
        input=(ROOT / file).read_bytes() if file else None,
        env={**os.environ, "COLUMNS": "80"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return f"$ {command}\n{done.stdout.decode()}"


def main() -> None:
    """Refreshes or checks both READMEs."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--check", action="store_true")
    check = options.parse_args().check
    drifted = False
    with tempfile.TemporaryDirectory() as temporary:
        workspace = laid_out(Path(temporary))
        for readme in READMES:
            before = readme.read_text(encoding="utf-8")
            after = refreshed(before, workspace)
            if before == after:
                continue
            drifted = True
            lines = difflib.unified_diff(
                before.splitlines(), after.splitlines(), readme.name, "today"
            )
            sys.stdout.write("\n".join(lines) + "\n")
            if not check:
                readme.write_text(after, encoding="utf-8")
    sys.exit(check and drifted)


if __name__ == "__main__":
    main()
