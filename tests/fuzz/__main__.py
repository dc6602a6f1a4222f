"""Try every kind of attack, and print each promise that is broken with its smallest case."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from tempfile import TemporaryDirectory

from tests.conftest import CACHE_VARIABLES
from tests.fuzz.attack import Kind, attempt, minimise
from tests.fuzz.bench import Bench, make_bench
from tests.fuzz.kinds import KINDS


def main() -> None:
    """Exit with 1 if a promise is broken."""
    options = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    names = [kind.name for kind in KINDS]
    options.add_argument("--kind", action="append", choices=names, help="default: all of them")
    options.add_argument("--number", type=int, default=300, help="how many tries of each kind")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--first", type=int, default=0, help="the number of the first try")
    asked = options.parse_args()
    broken = 0
    with TemporaryDirectory(prefix="fuzz-cache-") as cache, make_bench() as bench:
        # Not the user's own, and not in the folder that is watched.
        os.environ.update(dict.fromkeys(CACHE_VARIABLES, cache))
        for kind in KINDS:
            if kind.name in (asked.kind or names):
                numbers = range(asked.first, asked.first + asked.number)
                broken += _run(kind, bench, asked.seed, numbers)
    sys.exit(broken > 0)


def _run(kind: Kind, bench: Bench, seed: int, numbers: range) -> int:
    """Return how many cases of a kind break a promise; print the first for each promise."""
    broken: Counter[str] = Counter()
    start = time.monotonic()
    for number in numbers:
        failure = attempt(kind, bench, seed, number)
        if failure is None:
            continue
        broken[failure.promise] += 1
        if broken[failure.promise] == 1:
            sys.stdout.write(f"{minimise(kind, bench, failure)}\n")
    seconds = time.monotonic() - start
    count = broken.total()
    sys.stdout.write(f"{kind.name}: {len(numbers)} tries in {seconds:.0f} s, {count} failures\n")
    for promise, times in broken.most_common():
        sys.stdout.write(f"{times:6} {promise}\n")
    sys.stdout.flush()
    return count


if __name__ == "__main__":
    main()
