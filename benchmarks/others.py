"""Measure credit-plan beside programs that people would use otherwise, on the same content.

Each of them is asked for the same rows, and its output must hold the last of them. A program that
is not installed is left out. `yamllint` and `check-jsonschema` come with `make setup`; the others
are looked for on the PATH, such as
`PATH=/tmp/venv-others/bin:$PATH .venv/bin/python benchmarks/others.py`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any, Final

from processes import (
    INSTALLED,
    PAGE,
    ROOT,
    Contestant,
    Cost,
    Program,
    circumstances,
    clean_environment,
    in_turns,
    peak,
    ratio,
    write_between,
)

MEASURES: Final = ROOT / "data" / "measures"
LINT: Final = "{extends: default, rules: {line-length: disable, document-start: disable}}"
UNCHANGED: Final = "credit-plan"
FORGETFUL: Final = "credit-plan, nothing known"
UNIT: Final = "市住建局"
_ITEM: Final = """active: true
derived: false
header: '{name}'
level: '{level}'
links: []
normative: true
ref: ''
reviewed: null
text: |
  {text}
"""
_DOCUMENT: Final = "settings:\n  digits: 3\n  prefix: M\n  sep: ''\n"
Rows = list[dict[str, Any]]


def main() -> None:
    """Lay the plan out for each program, and print a table for each thing to do."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default=INSTALLED, help="default: %(default)s")
    parser.add_argument("--rounds", type=int, default=11, help="default: %(default)s")
    parser.add_argument("--write", action="store_true", help="put the tables into the page")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="credit-plan-others-") as place:
        program = Program(chosen.program, Path(place))
        environment = clean_environment(program.home)
        tables = []
        for title, runs in comparisons(program, environment):
            costs = in_turns(_installed(runs), environment, chosen.rounds, warm_up=2)
            tables.append(_table(title, costs))
            print(tables[-1], flush=True)
    if chosen.write:
        said = f"{circumstances('yamllint', 'check-jsonschema')}, {chosen.rounds} rounds."
        write_between(PAGE, "others", "\n".join((f"{said}\n", *tables)))


def comparisons(
    program: Program, environment: Mapping[str, str]
) -> Iterator[tuple[str, dict[str, Contestant]]]:
    """Yield what there is to do, and who does it."""
    measures, promises = (
        _answer(program.called(*words, "--format", "json"), environment)
        for words in (("list",), ("due", "--after", "1900"))
    )
    files = tuple(map(str, sorted(MEASURES.iterdir())))
    schema = str(MEASURES.parent / "schema" / "measures.json")
    tree = _doorstop_tree(program.home / "doorstop", measures, environment)
    yield (
        "Check 81 files of 228 measures",
        {
            **_ours(program, "check", says=""),
            "yamllint": Contestant(("yamllint", "-d", LINT, *files)),
            "check-jsonschema": Contestant(("check-jsonschema", "--schemafile", schema, *files)),
            "doorstop": Contestant(("doorstop", "--project", str(tree))),
        },
    )
    publish = ("doorstop", "--project", str(tree), "publish", "M")
    yield (
        "List 228 measures",
        {**_ours(program, "list", says="228"), "doorstop publish": Contestant(publish, "M228")},
    )
    due = sum(row["date"] <= "2023-12-31" for row in promises)
    tasks = _tasks(program.home, promises, environment)
    journal = _journal(program.home / "plan.journal", promises)
    yield (
        f"What falls due by the end of 2023: {due} rows of {len(promises)}",
        {
            **_ours(program, "due", "--before", "2023-12-31", says=str(due)),
            "taskwarrior": replace(tasks, says=f"{due} tasks"),
            "hledger": Contestant(
                ("hledger", "--file", str(journal), "register", "--end", "2024-01-01"), f" {due}\n"
            ),
        },
    )
    found = "信用评价结果"
    yield (
        f"The measures of {UNIT}",
        {
            **_ours(program, "unit", UNIT, says=found),
            "ripgrep": Contestant(("rg", "--context", "3", UNIT, str(MEASURES)), UNIT),
        },
    )


def _ours(program: Program, *words: str, says: str) -> dict[str, Contestant]:
    return {
        UNCHANGED: program.called(*words, says=says),
        FORGETFUL: program.forgetful(*words, cache="forgotten", says=says),
    }


def _answer(asked: Contestant, environment: Mapping[str, str]) -> Rows:
    every = {**environment, **(asked.environment or {})}
    done = subprocess.run(asked.words, cwd=ROOT, env=every, capture_output=True, check=True)
    rows: Rows = json.loads(done.stdout)["rows"]
    return rows


def _doorstop_tree(root: Path, measures: Rows, environment: Mapping[str, str]) -> Path:
    """Write an item for each measure, reviewed, so that there is nothing to say of them."""
    document = root / "plan"
    for folder in (document, root / ".git"):
        folder.mkdir(parents=True)
    (document / ".doorstop.yml").write_text(_DOCUMENT, encoding="utf-8")
    for number, row in enumerate(measures, 1):
        item = _ITEM.format(name=row["id"], level=f"1.{number}", text=row["text"])
        (document / f"M{number:03}.yml").write_text(item, encoding="utf-8")
    if shutil.which("doorstop"):
        review = ("doorstop", "--project", str(root), "review", "all")
        subprocess.run(review, env=environment, capture_output=True, check=True)
    return root


def _tasks(home: Path, promises: Rows, environment: Mapping[str, str]) -> Contestant:
    """Give taskwarrior a pending task for each promise, and return what asks for some."""
    own = {"TASKRC": str(home / "taskrc"), "TASKDATA": str(home / "tasks")}
    (home / "tasks").mkdir()
    (home / "taskrc").write_text("confirmation=no\n", encoding="utf-8")
    tasks = [
        {
            "description": f"{row['id']} {row['what']}",
            "due": row["date"].replace("-", "") + "T120000Z",
            "project": "、".join(row["lead"]),
            "status": "pending",
        }
        for row in promises
    ]
    file = home / "tasks.json"
    file.write_text(json.dumps(tasks), encoding="utf-8")
    if shutil.which("task"):
        load = ("task", "import", str(file))
        subprocess.run(load, env={**environment, **own}, capture_output=True, check=True)
    return Contestant(("task", "due.before:2024-01-01", "list"), environment=own)


def _journal(file: Path, promises: Rows) -> Path:
    """Write a posting for each promise, on its day, for the unit that leads it."""
    entries = (
        f"{row['date']} {row['id']} {row['what'].replace(';', '；')}\n  ({row['lead'][0]})  1\n"
        for row in promises
    )
    file.write_text("\n".join(entries), encoding="utf-8")
    return file


def _installed(runs: Mapping[str, Contestant]) -> dict[str, Contestant]:
    """Return those whose program there is, and name the others."""
    beside = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    found = {name: shutil.which(run.words[0], path=beside) for name, run in runs.items()}
    for name in (name for name, place in found.items() if place is None):
        print(f"{name} is not installed, and left out.\n")
    return {
        name: replace(run, words=(place, *run.words[1:]))
        for name, run in runs.items()
        if (place := found[name]) is not None
    }


def _table(title: str, costs: Mapping[str, Sequence[Cost]]) -> str:
    """Return what each takes, and how many times what credit-plan takes where nothing changed."""
    lines = [f"| {title} | CPU ms | MiB | CPU, × credit-plan | time that passes, × credit-plan |"]
    lines.append("|---|--:|--:|--:|--:|")
    ours = costs[UNCHANGED]
    for name, each in costs.items():
        cpu = median(cost.cpu for cost in each) * 1000
        times = ratio([it.cpu for it in each], [it.cpu for it in ours])
        passed = ratio([it.wall for it in each], [it.wall for it in ours])
        compared = ("1", "1") if name == UNCHANGED else (times, passed)
        cells = (name, f"{cpu:.0f}", f"{peak(each):.0f}", *compared)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join((*lines, ""))


if __name__ == "__main__":
    main()
