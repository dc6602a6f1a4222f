"""Measure what the program promises to take: the table of docs/performance.md.

Whole processes, CPU time of the user and the system. `--program` measures another version, such
as `"PYTHONPATH=/old/src .venv/bin/credit-plan"`, and `--write` puts the figures into a column of
the page.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, cycle
from pathlib import Path
from typing import Final

from processes import (
    INSTALLED,
    PAGE,
    ROOT,
    Contestant,
    Cost,
    Program,
    between,
    circumstances,
    clean_environment,
    in_turns,
    peak,
    ratio,
    spread,
    write_between,
)

DATA: Final = ROOT / "data"
BARE: Final = (sys.executable, str(ROOT / "benchmarks" / "bare.py"))
QUESTIONS: Final = (("due", "--before", "2023-12-31"), ("unit", "市住建局"), ("list",))
PARSE: Final = """
import sys, yaml
from pathlib import Path
for file in sorted(Path(sys.argv[1]).glob("measures/*.yaml")):
    yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
"""
MANY: Final = 8100
MOST: Final = 81_000
AIMS: Final = {
    **{f"`{words[0]}`, piped / bare app": "≤ 1.25" for words in QUESTIONS},
    **{f"`{words[0]}`, on a terminal / bare app": "≤ 2.0" for words in QUESTIONS},
    "`--version` / that of the bare app": "≤ 1.15",
    "Tab after `un` / that of the bare app": "≤ 1.15",
    "Tab after `unit 市住` / that of the bare app": "≤ 1.15",
    "peak memory of these questions, piped": "≤ 22 MiB",
    "`check`, 81 files, nothing known / CSafeLoader": "≤ 3.0",
    "`check`, 81 files, one edited / CSafeLoader": "≤ 2.0",
    "`check`, 8,100 files, nothing known / CSafeLoader": "≤ 1.0",
    "the same, time that passes / CSafeLoader": "",
    "`check`, 8,100 files, one edited / CSafeLoader": "≤ 0.2",
    "`check`, CPU time a file: 81,000 files / 8,100": "≤ 1.1",
    "peak memory of `check`, nothing known, 81 files": "",
    "peak memory of `check`, nothing known, 8,100 files": "",
    "peak memory of `check`, nothing known, 81,000 files": "≤ 200 MiB",
    "`unit`, 81,000 files, nothing known": "",
    "`unit`, 81,000 files, nothing changed": "≤ 0.1 × before",
    "peak memory of `unit`, 81,000 files, nothing changed": "≤ 100 MiB",
}
"""The rows of the table in their order."""

Figures = Iterator[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Bench:
    """The program to measure, and how often."""

    program: Program
    rounds: int

    def in_turns(
        self, runs: Mapping[str, Contestant], rounds: int = 0, warm_up: int = 2
    ) -> dict[str, list[Cost]]:
        """Return the costs; the first runs make bytecode and caches."""
        environment = clean_environment(self.program.home)
        return in_turns(runs, environment, rounds or self.rounds, warm_up)


def main() -> None:
    """Measure all rows and print them, or write them into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default=INSTALLED, help="default: %(default)s")
    parser.add_argument("--rounds", type=int, default=21, help="default: %(default)s")
    parser.add_argument("--quick", action="store_true", help="leave out 81,000 files")
    parser.add_argument("--write", choices=("before", "after"), help="a column of the page")
    chosen = parser.parse_args()
    said = circumstances("credit-plan", "typer", "pydantic", "rich", "PyYAML")
    print(f"{said}; {chosen.program}; {chosen.rounds} rounds\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="credit-plan-bench-") as place:
        bench = Bench(Program(chosen.program, Path(place)), chosen.rounds)
        most = () if chosen.quick else most_files(bench)
        figures: dict[str, str] = {}
        for label, figure in chain(starts(bench), plan(bench), many_files(bench), most):
            print(f"| {label} | {figure} | {AIMS[label]} |", flush=True)
            figures[label] = figure
    if chosen.write:
        _write(chosen.write, figures)


def starts(bench: Bench) -> Figures:
    """Measure questions about the plan, `--version` and Tab beside the bare app."""
    bare = Contestant(BARE, "Hello world")
    questions = {words[0]: bench.program.called(*words) for words in QUESTIONS}
    costs = bench.in_turns({"bare": bare, **questions})
    for name in questions:
        yield f"`{name}`, piped / bare app", _cpu_ratio(costs[name], costs["bare"])
    highest = max(peak(costs[name]) for name in questions)
    shown = {
        name: replace(bench.program.called(*words, "--no-pager"), on_terminal=True)
        for name, words in zip(questions, QUESTIONS, strict=True)
    }
    costs = bench.in_turns({"bare": replace(bare, on_terminal=True), **shown})
    for name in shown:
        yield f"`{name}`, on a terminal / bare app", _cpu_ratio(costs[name], costs["bare"])
    yield from _light(bench)
    yield "peak memory of these questions, piped", f"{highest:.0f} MiB"


def plan(bench: Bench) -> Figures:
    """Measure `check` on the 81 files of the plan."""
    costs = _checked(
        bench, Path(shutil.copytree(DATA, bench.program.home / "data")), "13", bench.rounds
    )
    yield "`check`, 81 files, nothing known / CSafeLoader", _cpu_ratio(*_pair(costs, "cold"))
    yield "`check`, 81 files, one edited / CSafeLoader", _cpu_ratio(*_pair(costs, "edited"))
    yield "peak memory of `check`, nothing known, 81 files", f"{peak(costs['cold']):.0f} MiB"


def many_files(bench: Bench) -> Figures:
    """Measure `check` on a hundred times as many."""
    costs = _checked(bench, _generated(bench, MANY), "4050", max(3, bench.rounds // 4))
    yield "`check`, 8,100 files, nothing known / CSafeLoader", _cpu_ratio(*_pair(costs, "cold"))
    ours, floor = _pair(costs, "cold")
    passed = ratio([it.wall for it in ours], [it.wall for it in floor])
    yield "the same, time that passes / CSafeLoader", passed
    yield "`check`, 8,100 files, one edited / CSafeLoader", _cpu_ratio(*_pair(costs, "edited"))
    yield "peak memory of `check`, nothing known, 8,100 files", f"{peak(costs['cold']):.0f} MiB"


def most_files(bench: Bench) -> Figures:
    """Measure `check` and a question for one unit on a thousand times as many."""
    many, most = str(bench.program.home / f"plan{MANY}"), str(_generated(bench, MOST))
    unit = ("unit", "市住建局", "--data", most)
    costs = bench.in_turns(
        {
            "many": bench.program.forgetful("check", "--data", many, cache="many"),
            "most": bench.program.forgetful("check", "--data", most, cache="most"),
            "unit cold": bench.program.forgetful(*unit, cache="unit"),
            "unit warm": bench.program.called(*unit, cache="unit"),
        },
        rounds=3,
        warm_up=0,
    )
    each = [it.cpu / (MOST / MANY) for it in costs["most"]]
    yield "`check`, CPU time a file: 81,000 files / 8,100", ratio(each, _cpu(costs["many"]))
    yield "peak memory of `check`, nothing known, 81,000 files", f"{peak(costs['most']):.0f} MiB"
    yield "`unit`, 81,000 files, nothing known", f"{spread(_cpu(costs['unit cold']))} s"
    warm = costs["unit warm"]
    yield "`unit`, 81,000 files, nothing changed", f"{spread(_cpu(warm))} s"
    yield "peak memory of `unit`, 81,000 files, nothing changed", f"{peak(warm):.0f} MiB"


def _light(bench: Bench) -> Figures:
    """Measure what needs no plan, each beside the bare app's own."""
    floor = {"_BARE_COMPLETE": "complete_bash", "COMP_WORDS": "bare --na", "COMP_CWORD": "1"}
    costs = bench.in_turns(
        {
            "version": bench.program.called("--version", says="credit-plan "),
            "un": _completing(bench, "un", "units"),
            "unit 市住": _completing(bench, "unit 市住", "市住建局"),
            "bare version": Contestant((*BARE, "--version"), "bare 1.0"),
            "bare tab": Contestant(BARE, "--name", floor),
        }
    )
    version = _cpu_ratio(costs["version"], costs["bare version"])
    yield "`--version` / that of the bare app", version
    for typed in ("un", "unit 市住"):
        figure = _cpu_ratio(costs[typed], costs["bare tab"])
        yield f"Tab after `{typed}` / that of the bare app", figure


def _completing(bench: Bench, typed: str, says: str) -> Contestant:
    called = bench.program.called(says=says)
    asked = {"_CREDIT_PLAN_COMPLETE": "complete_bash", "COMP_WORDS": f"credit-plan {typed}"}
    place = {"COMP_CWORD": str(len(typed.split()))}
    return replace(called, environment={**(called.environment or {}), **asked, **place})


def _generated(bench: Bench, files: int) -> Path:
    """Make a plan of so many files, in another process, and return its folder."""
    folder = bench.program.home / f"plan{files}"
    script = str(ROOT / "benchmarks" / "generate.py")
    words = (sys.executable, script, str(folder), "--files", str(files))
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return folder


def _checked(bench: Bench, folder: Path, task: str, rounds: int) -> dict[str, list[Cost]]:
    """Check a folder with nothing known, and again each time that one of its files was edited."""
    words = ("check", "--data", str(folder))
    letters = cycle("促抓")
    edit = partial(_edit, folder / "measures" / f"{task}.yaml", letters)
    again = replace(bench.program.called(*words, cache=f"edited{task}", says=""), prepare=edit)
    runs = {
        "parsed": Contestant((sys.executable, "-c", PARSE, str(folder))),
        "cold": bench.program.forgetful(*words, cache=f"cold{task}", says=""),
        "edited": again,
    }
    return bench.in_turns(runs, rounds)


def _edit(file: Path, letters: Iterator[str]) -> None:
    """Change one character of a text: the file keeps its size, and the plan stays sound."""
    first = re.compile(r"^( *(?:- )?text: )[一-龥]", re.MULTILINE)
    letter = next(letters)
    text, changed = first.subn(rf"\g<1>{letter}", file.read_text("utf-8"), count=1)
    if not changed:
        sys.exit(f"{file} has no text to edit")
    file.write_text(text, encoding="utf-8", newline="\n")


def _pair(costs: Mapping[str, Sequence[Cost]], ours: str) -> tuple[Sequence[Cost], Sequence[Cost]]:
    return costs[ours], costs["parsed"]


def _cpu(costs: Iterable[Cost]) -> list[float]:
    return [cost.cpu for cost in costs]


def _cpu_ratio(ours: Sequence[Cost], floor: Sequence[Cost]) -> str:
    return ratio(_cpu(ours), _cpu(floor))


def _write(column: str, figures: Mapping[str, str]) -> None:
    """Put the figures into a column of the page's table; what was not measured stays."""
    lines = [line.strip("|").split("|") for line in between(PAGE, "aims").splitlines()]
    known = {label.strip(): (before, after) for label, before, after, _aim in lines}
    rows = ["| | before | after | aim |", "|---|--:|--:|--:|"]
    for label, aim in AIMS.items():
        before, after = (cell.strip() for cell in known.get(label, ("", "")))
        cells = {"before": before, "after": after}
        if label in figures:
            cells[column] = figures[label]
        rows.append(f"| {label} | {cells['before']} | {cells['after']} | {aim} |")
    write_between(PAGE, "aims", "\n".join((*rows, "")))


if __name__ == "__main__":
    main()
