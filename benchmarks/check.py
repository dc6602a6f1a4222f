"""Times `credit-plan check` beside the two validators that people would use otherwise.

Whole processes on the published plan's 81 task files: `yamllint`, which knows YAML and no
records, and `check-jsonschema`, which knows our schema and no plan. Then 8,100 files, beside
composing them with libyaml and doing nothing else.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

from paired import circumstances, in_turns, ratio

ROOT: Final = Path(__file__).resolve().parents[1]
BIN: Final = Path(sys.executable).parent
DATA: Final = ROOT / "data"
FILES: Final = 8100
OURS: Final = "credit-plan check"
COMPOSED: Final = "libyaml composes them"
TARGETS: Final = {"yamllint": "< 1", "check-jsonschema": "< 1", COMPOSED: "< 2.5"}
LINT: Final = "{extends: default, rules: {line-length: disable, document-start: disable}}"
COMPOSE: Final = """
import sys, yaml
from pathlib import Path
for file in sorted(Path(sys.argv[1]).glob("measures/*.yaml")):
    yaml.compose(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
"""


def main() -> None:
    """Run both comparisons and print a table of ratios for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=FILES, help="default: %(default)s")
    parser.add_argument("--rounds", type=int, default=11, help="default: %(default)s")
    parser.add_argument("--warm-up", type=int, default=1, help="default: %(default)s")
    chosen = parser.parse_args()
    print(circumstances("credit-plan", "yamllint", "check-jsonschema", "PyYAML"), "\n")
    _print(_measured(_beside_others(), chosen), "81 files")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        generate = (sys.executable, str(ROOT / "benchmarks" / "generate.py"), str(folder))
        words = (*generate, "--files", str(chosen.files))
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        _print(_measured(_beside_libyaml(folder), chosen), f"{chosen.files:,} files")


def _beside_others() -> dict[str, tuple[str, ...]]:
    files = tuple(map(str, sorted((DATA / "measures").iterdir())))
    schema = str(DATA / "schema" / "measures.json")
    return {
        OURS: (str(BIN / "credit-plan"), "check", "--data", str(DATA)),
        "yamllint": (str(BIN / "yamllint"), "-d", LINT, *files),
        "check-jsonschema": (str(BIN / "check-jsonschema"), "--schemafile", schema, *files),
    }


def _beside_libyaml(folder: Path) -> dict[str, tuple[str, ...]]:
    return {
        OURS: (str(BIN / "credit-plan"), "check", "--data", str(folder)),
        COMPOSED: (sys.executable, "-c", COMPOSE, str(folder)),
    }


def _measured(
    contestants: Mapping[str, tuple[str, ...]], chosen: argparse.Namespace
) -> dict[str, list[tuple[float, int]]]:
    runs: dict[str, Callable[[], tuple[float, int]]] = {
        name: partial(run_once, words) for name, words in contestants.items()
    }
    return in_turns(runs, chosen.rounds, chosen.warm_up)


def run_once(words: Sequence[str], sound: Sequence[int] = (0,)) -> tuple[float, int]:
    """Seconds of a whole process, and KiB at its peak; it must end well for its time to count."""
    start = time.perf_counter()
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        said = process.stdout.read() if process.stdout else b""
        _pid, status, usage = _waited(process)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in sound:
        sys.exit(f"{words[0]} ended with {status}: {said.decode().splitlines()[-1]}")
    return seconds, usage.ru_maxrss // (1024 if sys.platform == "darwin" else 1)


def _waited(process: subprocess.Popen[bytes]) -> tuple[int, int, resource.struct_rusage]:
    pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    return pid, status, usage


def _print(runs: Mapping[str, Sequence[tuple[float, int]]], title: str) -> None:
    """Ours against each: below 1 is faster."""
    print(f"| {title} | s | ours : this | target | MiB |\n|---|--:|---|---|--:|")
    seconds = {name: [run[0] for run in each] for name, each in runs.items()}
    for name, each in runs.items():
        compared = "" if name == OURS else str(ratio(seconds[OURS], seconds[name]))
        peak = max(run[1] for run in each) // 1024
        target = TARGETS.get(name, "")
        print(f"| {name} | {median(seconds[name]):.2f} | {compared} | {target} | {peak} |")
    print()


if __name__ == "__main__":
    main()
