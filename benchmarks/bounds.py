"""Times `credit-plan check` on the worst files that its reader accepts.

Each file is laid over the published plan, one at a time, and fills one of the reader's limits: a
mebibyte, or 20,000 values. Whole processes, beside a process that only composes the same files
with libyaml. No file may take more than 5 s or 300 MiB.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

from check import BIN, DATA, run_once
from paired import circumstances, in_turns, ratio

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
    chosen = parser.parse_args()
    print(circumstances("credit-plan", "PyYAML"), "\n")
    print("| worst file | s | composed: s | ratio | MiB |\n|---|--:|--:|---|--:|")
    for title, (name, content) in worst_files().items():
        with tempfile.TemporaryDirectory() as place:
            folder = Path(shutil.copytree(DATA, Path(place) / "data"))
            (folder / name).write_text(content, encoding="utf-8")
            _print_row(title, folder, chosen.rounds)


def _task(text: str = "文", target: str = "标", lead: str = "市交通运输局") -> str:
    return _TASK.format(text=text, target=target, lead=lead)


def _print_row(title: str, folder: Path, rounds: int) -> None:
    ours = (str(BIN / "credit-plan"), "check", "--data", str(folder))
    composed = (sys.executable, "-c", COMPOSE_ALL, str(folder))
    contestants = {"ours": partial(run_once, ours, (0, 1)), "composed": partial(run_once, composed)}
    runs = in_turns(contestants, rounds, warm_up=1)
    seconds = {name: [run[0] for run in each] for name, each in runs.items()}
    peak = max(run[1] for run in runs["ours"]) // 1024
    over = " **over**" if max(seconds["ours"]) > MAX_SECONDS or peak > MAX_MIB else ""
    print(
        f"| {title}{over} | {median(seconds['ours']):.2f} | {median(seconds['composed']):.2f} "
        f"| {ratio(seconds['ours'], seconds['composed'])} | {peak} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
