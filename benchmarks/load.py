"""Times reading many task files, and says how the memory for it grows.

Every run is a process of its own. It reads the clock after its imports, with the files in the
page cache, and keeps everything it has read until the end.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

from paired import circumstances, in_turns, ratio

FILES: Final = 8100
TARGET: Final = 1.5
SIZES: Final = (4, 2, 1)
"""Memory is taken at the full number of files divided by each of these."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took: seconds, and KiB at its peak."""

    seconds: float
    peak: int


def parsed(folder: Path) -> Callable[[], object]:
    """CSafeLoader alone: data without positions, and nothing validated."""
    import yaml  # noqa: PLC0415  each contestant imports its own before the clock starts

    def run() -> object:
        files = sorted((folder / "measures").iterdir())
        return [yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader) for file in files]

    return run


def loaded(folder: Path) -> Callable[[], object]:
    """Load records with positions, validated; everything that a command reads."""
    from credit_plan.loader.locate import Source  # noqa: PLC0415
    from credit_plan.loader.reader import load  # noqa: PLC0415

    def run() -> object:
        found = load(Source(folder, bundled=False))
        return found if not found.diagnostics else sys.exit(str(found.diagnostics[0]))

    return run


def checked(folder: Path) -> Callable[[], object]:
    """Return the same, and every rule of `credit-plan check` run over it."""
    from credit_plan.diagnostics import Severity  # noqa: PLC0415
    from credit_plan.loader.locate import Source  # noqa: PLC0415
    from credit_plan.loader.reader import load  # noqa: PLC0415
    from credit_plan.rules import registry  # noqa: PLC0415

    def run() -> object:
        found = load(Source(folder, bundled=False))
        said = (*found.diagnostics, *found.locate(registry.run_rules(found.draft)))
        errors = [it for it in said if it.severity is Severity.ERROR]
        return (found, said) if not errors else sys.exit(str(errors[0]))

    return run


CONTESTANTS: Final = {
    "CSafeLoader alone": parsed,
    "compose + validate": loaded,
    "compose + validate + check": checked,
}
FLOOR, OURS, ALL = CONTESTANTS


def main() -> None:
    """Make the files, run the contestants in turns, and print two tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=FILES, help="default: %(default)s")
    parser.add_argument("--rounds", type=int, default=11, help="default: %(default)s")
    parser.add_argument("--warm-up", type=int, default=1, help="default: %(default)s")
    parser.add_argument("--once", nargs=2, metavar=("CONTESTANT", "DIR"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.once:
        _run_here(chosen.once[0], Path(chosen.once[1]))
        return
    print(circumstances("credit-plan", "pydantic", "PyYAML"))
    with tempfile.TemporaryDirectory() as place:
        folders = {count: Path(place) / str(count) for count in _counts(chosen.files)}
        for count, folder in folders.items():
            _generate(folder, count)
        _print_times(_timed(folders[chosen.files], chosen.rounds, chosen.warm_up), chosen)
        _print_memory({count: _timed(folder, 1, 0) for count, folder in folders.items()})


def _run_here(contestant: str, folder: Path) -> None:
    """Lets one contestant run in this process, and prints its seconds and its peak."""
    run = CONTESTANTS[contestant](folder)
    start = time.perf_counter()
    kept = run()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    del kept
    print(seconds, peak // 1024 if sys.platform == "darwin" else peak)


def _counts(files: int) -> tuple[int, ...]:
    return tuple(files // size for size in SIZES)


def _generate(folder: Path, files: int) -> None:
    """Make the files in another process: a child's peak is never below its parent's size."""
    script = Path(__file__).with_name("generate.py")
    words = (sys.executable, str(script), str(folder), "--files", str(files))
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def _timed(folder: Path, rounds: int, warm_up: int) -> dict[str, list[Run]]:
    return in_turns({name: partial(_once, name, folder) for name in CONTESTANTS}, rounds, warm_up)


def _once(contestant: str, folder: Path) -> Run:
    words = (sys.executable, __file__, "--once", contestant, str(folder))
    done = subprocess.run(words, capture_output=True, check=True, text=True)
    seconds, peak = done.stdout.split()
    return Run(float(seconds), int(peak))


def _print_times(runs: Mapping[str, Sequence[Run]], chosen: argparse.Namespace) -> None:
    print(f"{chosen.files} files, medians of {chosen.rounds} rounds; ratios with their quartiles\n")
    print("| contestant | s | × CSafeLoader | target |\n|---|--:|---|---|")
    seconds = {name: [run.seconds for run in each] for name, each in runs.items()}
    for name, each in seconds.items():
        target = f"≤ {TARGET}" if name == OURS else ""
        print(f"| {name} | {median(each):.2f} | {ratio(each, seconds[FLOOR])} | {target} |")
    print()


def _print_memory(runs: Mapping[int, Mapping[str, Sequence[Run]]]) -> None:
    """Peaks, and what each file more costs between two sizes: equal figures are linear growth."""
    print("| files |" + "".join(f" {name}: MiB | KiB a further file |" for name in CONTESTANTS))
    print("|--:|" + "--:|--:|" * len(CONTESTANTS))
    before: tuple[int, Mapping[str, Sequence[Run]]] | None = None
    for count, each in runs.items():
        cells = ""
        for name in CONTESTANTS:
            peak = each[name][0].peak
            more = (peak - before[1][name][0].peak) / (count - before[0]) if before else None
            cells += f" {peak / 1024:.0f} | {'' if more is None else format(more, '.1f')} |"
        print(f"| {count} |{cells}")
        before = count, each


if __name__ == "__main__":
    main()
