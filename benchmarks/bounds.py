"""Times `credit-plan check` on the worst files that its reader accepts.

Each file is laid over the published plan, one at a time, and fills one of the reader's limits: a
mebibyte, or 20,000 values. CPU time of whole processes, beside a process that only composes the
same files with libyaml. No file may take more than 5 s or 300 MiB.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Final

from processes import (
    INSTALLED,
    ROOT,
    Contestant,
    Program,
    circumstances,
    clean_environment,
    in_turns,
    ratio,
)

DATA: Final = ROOT / "data"
MAX_SECONDS: Final = 5
MAX_MIB: Final = 300
_CHARACTERS: Final = 260_000
_VALUES: Final = 19_000
_TASK: Final = """id: 13
chapter: 5
task: 加强交通运输信用建设
measures:
  - text: {text}
    target: {target}
    lead: [{lead}]
    deadline: {{text: 2025年底前, by: 2025-12-31}}
    page: 7
"""
_TASK_FILE: Final = "measures/13.yaml"
COMPOSE_ALL: Final = """
import sys, yaml
from contextlib import suppress
from pathlib import Path
for file in sorted(Path(sys.argv[1]).rglob("*.yaml")):
    with suppress(yaml.YAMLError):
        yaml.compose(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
"""


def worst_files() -> dict[str, tuple[str, str]]:
    """Return by title the name of a file and its content."""
    units = (DATA / "units.yaml").read_text(encoding="utf-8")
    aliases = ", ".join(f"市别名{number}局" for number in range(_VALUES))
    pairs = ", ".join(f"市{number}局、县{number}局" for number in range(_VALUES))
    names = ", ".join(f"市{number}局" for number in range(_VALUES))
    return {
        "the plan as it is": (_TASK_FILE, (DATA / _TASK_FILE).read_text(encoding="utf-8")),
        "two units joined, 19,000 times": (_TASK_FILE, _task(lead=pairs)),
        "19,000 unknown units": (_TASK_FILE, _task(lead=names)),
        "one name of a mebibyte": (_TASK_FILE, _task(lead="市住建局和" * 60_000)),
        "19,000 aliases": ("units.yaml", f"{units}    aliases: [{aliases}]\n"),
        "a key repeated 9,000 times": (_TASK_FILE, _task() + "    page: 7\n" * 9000),
        "19,000 empty measures": (_TASK_FILE, _task() + "  -\n" * _VALUES),
        "260,000 half-width commas": (_TASK_FILE, _task(text="按," * _CHARACTERS)),
        "260,000 spaces": (_TASK_FILE, _task(text="按 " * _CHARACTERS + "按")),
        "70,000 year-ends": (_TASK_FILE, _task(target="2023年底前" * 70_000)),
        "130,000 merge conflicts": (_TASK_FILE, "<<<<<<<\n" * 130_000),
        "a mebibyte of comments": (_TASK_FILE, _task() + "#\n" * 500_000),
    }


def main() -> None:
    """Run both on every file and print a table of ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="default: %(default)s")
    parser.add_argument("--program", default=INSTALLED, help="default: %(default)s")
    chosen = parser.parse_args()
    print(circumstances("credit-plan", "PyYAML"), "\n")
    print("| worst file | s | composed: s | ratio | MiB |\n|---|--:|--:|---|--:|")
    for title, (name, content) in worst_files().items():
        with tempfile.TemporaryDirectory() as place:
            program = Program(chosen.program, Path(place))
            folder = Path(shutil.copytree(DATA, program.home / "data"))
            (folder / name).write_text(content, encoding="utf-8")
            _print_row(title, program, chosen.rounds)


def _task(text: str = "文", target: str = "标", lead: str = "市交通运输局") -> str:
    return _TASK.format(text=text, target=target, lead=lead)


def _print_row(title: str, program: Program, rounds: int) -> None:
    data = str(program.home / "data")
    ours = program.forgetful("check", "--data", data, cache="cache", says="")
    composed = Contestant((sys.executable, "-c", COMPOSE_ALL, data))
    contestants = {"ours": replace(ours, codes=(0, 1)), "composed": composed}
    costs = in_turns(contestants, clean_environment(program.home), rounds)
    seconds = {name: [cost.cpu for cost in each] for name, each in costs.items()}
    highest = max(cost.peak for cost in costs["ours"])
    over = " **over**" if max(seconds["ours"]) > MAX_SECONDS or highest > MAX_MIB else ""
    print(
        f"| {title}{over} | {median(seconds['ours']):.2f} | {median(seconds['composed']):.2f} "
        f"| {ratio(seconds['ours'], seconds['composed'])} | {highest:.0f} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
