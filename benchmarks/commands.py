"""Times whole processes: what a person waits for after pressing Enter, or Tab.

What needs no data is held against a bare typer app; the questions, which do, against a process
that imports what no answer can do without and then ends.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

from paired import circumstances, in_turns, ratio

ROOT: Final = Path(__file__).resolve().parents[1]
TARGET: Final = 1.3
OURS: Final = str(Path(sys.executable).parent / "credit-plan")
BARE: Final = '''
from typing import Annotated
import typer

app = typer.Typer()

def show_version(asked: bool) -> None:
    if asked:
        typer.echo("bare 1.0")
        raise typer.Exit

@app.command()
def bare(
    name: str = "world",
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=show_version)
    ] = False,
) -> None:
    """Greets somebody."""
    typer.echo(f"Hello {name}")

app(prog_name="bare")
'''
IMPORTS: Final = "import typer, yaml, rich.table, credit_plan.models.draft"
QUESTIONS: Final = (("due", "--before", "2023-12-31"), ("unit", "市住建局"), ("list",))
_CHANGES_RUNS: Final = ("PYTHON", "CREDIT_PLAN", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR")


@dataclass(frozen=True, slots=True)
class Contestant:
    """A command line, and what its output must hold for the run to count."""

    name: str
    words: tuple[str, ...]
    says: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)

    def seconds(self, surroundings: Mapping[str, str]) -> float:
        """Return the time of one whole process with its stdout to a pipe."""
        environment = {**surroundings, **self.environment}
        start = time.perf_counter()
        done = subprocess.run(
            self.words, cwd=ROOT, env=environment, capture_output=True, check=True
        )
        seconds = time.perf_counter() - start
        if self.says not in done.stdout.decode():
            message = f"{self.name} does not say “{self.says}”"
            raise SystemExit(message)
        return seconds


@dataclass(frozen=True, slots=True)
class Comparison:
    """One of ours and the floor it stands on; a target is only said where there is one."""

    ours: Contestant
    floor: Contestant
    target: float | None = None


def without_data(bare: Path) -> tuple[Comparison, ...]:
    """--version, --help and completion, each against the bare app's own and its plain run."""
    own = (
        _called("--version", says="credit-plan "),
        _called("--help", says="chapters"),
        _completing("un", "units"),
        _completing("unit 市住", "市住建局"),
    )
    python = (sys.executable, str(bare))
    completed = {"_BARE_COMPLETE": "complete_bash", "COMP_WORDS": "bare --na", "COMP_CWORD": "1"}
    plain = Contestant("bare", python, "Hello world")
    completion = Contestant("bare --na⇥", python, "--name", completed)
    floors = (
        Contestant("bare --version", (*python, "--version"), "bare 1.0"),
        Contestant("bare --help", (*python, "--help"), "Greets"),
        completion,
        completion,
    )
    pairs = tuple(zip(own, floors, strict=True))
    return (
        *(Comparison(mine, floor, TARGET) for mine, floor in pairs),
        *(Comparison(mine, plain) for mine, _floor in pairs),
    )


def with_data() -> tuple[Comparison, ...]:
    """Return the questions to a pipe, and for information as rich draws them, 80 columns wide."""
    imports = Contestant("the imports alone", (sys.executable, "-c", IMPORTS))
    drawn = {"COLUMNS": "80"}
    return (
        *(Comparison(_called(*words, says="市"), imports, TARGET) for words in QUESTIONS),
        *(Comparison(_called(*words, says="市", **drawn), imports) for words in QUESTIONS),
    )


def main() -> None:
    """Run the contestants and print their table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=21, help="default: %(default)s")
    parser.add_argument("--warm-up", type=int, default=3, help="default: %(default)s")
    chosen = parser.parse_args()
    print(circumstances("credit-plan", "typer", "pydantic", "rich", "PyYAML"))
    print(f"medians of {chosen.rounds} rounds; ratios with their quartiles\n", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE, encoding="utf-8")
        surroundings = _surroundings(Path(folder) / "bytecode")
        for comparisons in (without_data(bare), with_data()):
            each = {it.name: it for pair in comparisons for it in (pair.ours, pair.floor)}
            runs = {name: partial(it.seconds, surroundings) for name, it in each.items()}
            _print(comparisons, in_turns(runs, chosen.rounds, chosen.warm_up))


def _surroundings(bytecode: Path) -> dict[str, str]:
    """Return the environment without what would change a run, and with a place for bytecode.

    An installed program is compiled once; here that is done while warming up, and the checkout
    stays as it is, also where PYTHONDONTWRITEBYTECODE is set.
    """
    kept = {key: it for key, it in os.environ.items() if not key.startswith(_CHANGES_RUNS)}
    return {**kept, "PYTHONPYCACHEPREFIX": str(bytecode)}


def _called(*words: str, says: str, **environment: str) -> Contestant:
    name = " ".join((*(f"{key}={value}" for key, value in environment.items()), *words))
    return Contestant(name, (OURS, *words), says, environment)


def _completing(typed: str, says: str) -> Contestant:
    environment = {
        "_CREDIT_PLAN_COMPLETE": "complete_bash",
        "COMP_WORDS": f"credit-plan {typed}",
        "COMP_CWORD": str(len(typed.split())),
    }
    return Contestant(f"{typed}⇥", (OURS,), says, environment)


def _print(comparisons: Sequence[Comparison], seconds: Mapping[str, Sequence[float]]) -> None:
    print("| ours | ms | floor | ms | ratio | target |\n|---|--:|---|--:|---|---|")
    for it in comparisons:
        ours, floor = seconds[it.ours.name], seconds[it.floor.name]
        target = f"≤ {it.target}" if it.target else ""
        print(
            f"| {it.ours.name} | {median(ours) * 1000:.0f} "
            f"| {it.floor.name} | {median(floor) * 1000:.0f} | {ratio(ours, floor)} | {target} |"
        )
    print(flush=True)


if __name__ == "__main__":
    main()
