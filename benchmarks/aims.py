"""Measure what the program promises to take: the table of docs/performance.md.

Whole processes, CPU time of the user and the system. `--program` measures another version, such
as `"PYTHONPATH=/old/src .venv/bin/credit-plan"`, and `--write` puts the figures into a column of
the page.
"""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, cycle
from pathlib import Path
from statistics import median
from typing import Final

from processes import (
    ROOT,
    Contestant,
    Cost,
    circumstances,
    clean_environment,
    in_turns,
    peak,
    ratio,
    spread,
)

PAGE: Final = ROOT / "docs" / "performance.md"
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
    """The program to measure, and where its runs keep what they keep."""

    words: tuple[str, ...]
    variables: Mapping[str, str]
    home: Path
    rounds: int

    def called(self, *words: str, cache: str = "cache", says: str = "市") -> Contestant:
        """Return a run that finds in its cache what the one before it left there."""
        variables = {**self.variables, "XDG_CACHE_HOME": str(self.home / cache)}
        return Contestant((*self.words, *words), says, variables)

    def forgetful(self, *words: str, cache: str, says: str = "市") -> Contestant:
        """Return a run before which its cache is emptied."""
        empty = partial(shutil.rmtree, self.home / cache, ignore_errors=True)
        return replace(self.called(*words, cache=cache, says=says), prepare=empty)

    def in_turns(
        self, runs: Mapping[str, Contestant], rounds: int = 0, warm_up: int = 2
    ) -> dict[str, list[Cost]]:
        """Return the costs; the first runs make bytecode and caches."""
        return in_turns(runs, clean_environment(self.home), rounds or self.rounds, warm_up)

    def generated(self, files: int) -> Path:
        """Make a plan of so many files, in another process, and return its folder."""
        folder = self.home / f"plan{files}"
        script = str(ROOT / "benchmarks" / "generate.py")
        words = (sys.executable, script, str(folder), "--files", str(files))
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        return folder


def main() -> None:
    """Measure all rows and print them, or write them into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default=str(Path(sys.executable).parent / "credit-plan"))
    parser.add_argument("--rounds", type=int, default=21, help="default: %(default)s")
    parser.add_argument("--quick", action="store_true", help="leave out 81,000 files")
    parser.add_argument("--write", choices=("before", "after"), help="a column of the page")
    chosen = parser.parse_args()
    words = shlex.split(chosen.program)
    variables = dict(word.split("=", 1) for word in words if "=" in word)
    program = tuple(word for word in words if "=" not in word)
    said = circumstances("credit-plan", "typer", "pydantic", "rich", "PyYAML")
    print(f"{said}; {chosen.program}; {chosen.rounds} rounds\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="credit-plan-bench-") as place:
        bench = Bench(program, variables, Path(place), chosen.rounds)
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
    questions = {words[0]: bench.called(*words) for words in QUESTIONS}
    costs = bench.in_turns({"bare": bare, **questions})
    for name in questions:
        yield f"`{name}`, piped / bare app", _cpu_ratio(costs[name], costs["bare"])
    highest = max(peak(costs[name]) for name in questions)
    shown = {
        name: replace(bench.called(*words, "--no-pager"), on_terminal=True)
        for name, words in zip(questions, QUESTIONS, strict=True)
    }
    costs = bench.in_turns({"bare": replace(bare, on_terminal=True), **shown})
    for name in shown:
        yield f"`{name}`, on a terminal / bare app", _cpu_ratio(costs[name], costs["bare"])
    yield from _light(bench)
    yield "peak memory of these questions, piped", f"{highest:.0f} MiB"


def plan(bench: Bench) -> Figures:
    """Measure `check` on the 81 files of the plan."""
    costs = _checked(bench, Path(shutil.copytree(DATA, bench.home / "data")), "13", bench.rounds)
    yield "`check`, 81 files, nothing known / CSafeLoader", _cpu_ratio(*_pair(costs, "cold"))
    yield "`check`, 81 files, one edited / CSafeLoader", _cpu_ratio(*_pair(costs, "edited"))
    yield "peak memory of `check`, nothing known, 81 files", f"{peak(costs['cold']):.0f} MiB"


def many_files(bench: Bench) -> Figures:
    """Measure `check` on a hundred times as many."""
    costs = _checked(bench, bench.generated(MANY), "4050", max(3, bench.rounds // 4))
    yield "`check`, 8,100 files, nothing known / CSafeLoader", _cpu_ratio(*_pair(costs, "cold"))
    ours, floor = _pair(costs, "cold")
    passed = ratio([it.wall for it in ours], [it.wall for it in floor])
    yield "the same, time that passes / CSafeLoader", passed
    yield "`check`, 8,100 files, one edited / CSafeLoader", _cpu_ratio(*_pair(costs, "edited"))
    yield "peak memory of `check`, nothing known, 8,100 files", f"{peak(costs['cold']):.0f} MiB"


def most_files(bench: Bench) -> Figures:
    """Measure `check` and a question for one unit on a thousand times as many."""
    many, most = str(bench.home / f"plan{MANY}"), str(bench.generated(MOST))
    unit = ("unit", "市住建局", "--data", most)
    costs = bench.in_turns(
        {
            "many": bench.forgetful("check", "--data", many, cache="many"),
            "most": bench.forgetful("check", "--data", most, cache="most"),
            "unit cold": bench.forgetful(*unit, cache="unit"),
            "unit warm": bench.called(*unit, cache="unit"),
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
            "version": bench.called("--version", says="credit-plan "),
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
    called = bench.called(says=says)
    asked = {"_CREDIT_PLAN_COMPLETE": "complete_bash", "COMP_WORDS": f"credit-plan {typed}"}
    place = {"COMP_CWORD": str(len(typed.split()))}
    return replace(called, environment={**(called.environment or {}), **asked, **place})


def _checked(bench: Bench, folder: Path, task: str, rounds: int) -> dict[str, list[Cost]]:
    """Check a folder with nothing known, and again each time that one of its files was edited."""
    words = ("check", "--data", str(folder))
    letters = cycle("促抓")
    edit = partial(_edit, folder / "measures" / f"{task}.yaml", letters)
    again = replace(bench.called(*words, cache=f"edited{task}", says=""), prepare=edit)
    runs = {
        "parsed": Contestant((sys.executable, "-c", PARSE, str(folder))),
        "cold": bench.forgetful(*words, cache=f"cold{task}", says=""),
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
    start, end = "<!-- aims -->\n", "<!-- /aims -->"
    page = PAGE.read_text("utf-8")
    above, table, below = re.split(f"{start}|{end}", page)
    lines = [re.split(r" ?\| ?", line) for line in table.splitlines()]
    known = {cells[1]: {"before": cells[2], "after": cells[3]} for cells in lines if len(cells) > 4}
    rows = ["| | before | after | aim |", "|---|--:|--:|--:|"]
    for label, aim in AIMS.items():
        cells = known.get(label, {"before": "", "after": ""})
        cells |= {column: figures[label]} if label in figures else {}
        rows.append(f"| {label} | {cells['before']} | {cells['after']} | {aim} |")
    written = "\n".join(rows)
    PAGE.write_text(f"{above}{start}{written}\n{end}{below}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
