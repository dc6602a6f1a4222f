"""Keeps the examples in the READMEs true: runs each command of a console block.

`python docs/examples.py` writes what the program prints today under each command, and with
`--check` only says where a README differs, and ends with 1.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
BLOCK = re.compile(r"(?<=```console\n)(.*?)(?=```)", re.DOTALL)
COMMAND = re.compile(r"^\$ (.*)$", re.MULTILINE)


def refreshed(text: str) -> str:
    """The text of a README with today's output in its console blocks."""
    return BLOCK.sub(lambda block: "".join(map(session, COMMAND.findall(block[0]))), text)


def session(command: str) -> str:
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
        cwd=ROOT,
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
    for readme in READMES:
        before = readme.read_text(encoding="utf-8")
        after = refreshed(before)
        if before == after:
            continue
        drifted = True
        diff = difflib.unified_diff(before.splitlines(), after.splitlines(), readme.name, "today")
        sys.stdout.write("\n".join(diff) + "\n")
        if not check:
            readme.write_text(after, encoding="utf-8")
    sys.exit(check and drifted)


if __name__ == "__main__":
    main()
