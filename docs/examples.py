"""Keep the examples in the documents true: run their commands.

`python docs/examples.py` writes today's output below each command of a `console` block. With
`--check` it only shows what would change, and exits with 1. The word after the language says
where a block is run:

- `console`: in the checkout; `< FILE` names a file of the checkout.
- `console workspace`: in a workspace made by `credit-plan init --demo`.
- `sh run`: by the shell, all blocks of a document as one script in an empty folder. Their output
  is not shown; a command that fails stops everything.

The program speaks the language of the document: Chinese in README.zh-CN.md and docs/zh.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import shlex
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHINESE = (ROOT / "README.zh-CN.md", *sorted((ROOT / "docs" / "zh").glob("*.md")))
DOCUMENTS = (*sorted({*ROOT.glob("*.md")} - {*CHINESE}), *sorted((ROOT / "docs").glob("*.md")))

_PROGRAM = [sys.executable, "-m", "credit_plan"]
_CONSOLE = re.compile(r"(?<=```console)( workspace)?\n(.*?)(?=```)", re.DOTALL)
_SCRIPT = re.compile(r"```sh run\n(.*?)```", re.DOTALL)
_COMMAND = re.compile(r"^\$ (.*)$", re.MULTILINE)


def main() -> None:
    """Refresh or check every document."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--check", action="store_true")
    check = options.parse_args().check
    outdated = False
    with tempfile.TemporaryDirectory() as temporary:
        workspace = create_workspace(Path(temporary))
        for document in (*DOCUMENTS, *CHINESE):
            os.environ["CREDIT_PLAN_LANG"] = "zh" if document in CHINESE else "en"
            text = document.read_text(encoding="utf-8")
            run_scripts(document.name, text)
            fresh = refresh(text, workspace)
            if text == fresh:
                continue
            outdated = True
            print_difference(document.name, text, fresh)
            if not check:
                document.write_text(fresh, encoding="utf-8")
    sys.exit(check and outdated)


def create_workspace(folder: Path) -> Path:
    """Return a new workspace with invented reports."""
    workspace = folder / "workspace"
    command = [*_PROGRAM, "init", "--demo", str(workspace), "--data", str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return workspace


def refresh(text: str, workspace: Path) -> str:
    """Return the text of a document with today's output in its console blocks."""
    return _CONSOLE.sub(partial(_run_block, workspace), text)


def run_scripts(name: str, text: str) -> None:
    """Run the `sh run` blocks of a document; raise SystemExit where a command fails."""
    blocks = _SCRIPT.findall(text)
    if not blocks:
        return
    with tempfile.TemporaryDirectory() as temporary:
        program = Path(temporary) / "bin" / "credit-plan"
        empty = Path(temporary) / "empty"
        program.parent.mkdir()
        empty.mkdir()
        program.write_text(f'#!/bin/sh\nexec {shlex.join(_PROGRAM)} "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        path = os.pathsep.join((str(program.parent), os.environ["PATH"]))
        done = subprocess.run(
            ["/bin/sh", "-e", "-x", "-c", "".join(blocks)],
            cwd=empty,
            env={**os.environ, "PATH": path},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
    if done.returncode:
        sys.exit(f"{name}: a command of its scripts fails:\n{done.stderr.decode()}")


def print_difference(name: str, before: str, after: str) -> None:
    """Print what changes in a document."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), name, "today")
    sys.stdout.write("\n".join(lines) + "\n")


def _run_block(workspace: Path, block: re.Match[str]) -> str:
    """Return a console block with today's output below each of its commands."""
    folder = workspace if block[1] else ROOT
    sessions = (_run(command, folder) for command in _COMMAND.findall(block[2]))
    return f"{block[1] or ''}\n" + "".join(sessions)


def _run(command: str, folder: Path) -> str:
    """Return a command as it is typed, and what a terminal of 80 columns then shows."""
    command_line, _less, file = command.partition(" < ")
    program, *arguments = shlex.split(command_line)
    if program != "credit-plan":
        message = f"only credit-plan is run for an example, not {program}"
        raise ValueError(message)
    done = subprocess.run(
        [*_PROGRAM, *arguments],
        cwd=folder,
        input=(ROOT / file).read_bytes() if file else None,
        env={**os.environ, "COLUMNS": "80"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return f"$ {command}\n{done.stdout.decode()}"


if __name__ == "__main__":
    main()
