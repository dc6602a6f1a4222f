"""Measure whole processes: CPU time, wall time and peak memory, in rounds.

The contestants of a comparison take turns, so that whatever slows the machine for a while slows
them all alike. A ratio is taken inside each round, and the median of all rounds is reported.
"""

from __future__ import annotations

import fcntl
import json
import os
import platform
import pty
import re
import shlex
import shutil
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median, quantiles
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = ROOT / "docs" / "performance.md"
INSTALLED: Final = str(Path(sys.executable).parent / "credit-plan")
LAUNCH: Final = """
import os, sys
started = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(started, 0)
figures = os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss
os.write(int(sys.argv[1]), str(list(figures)).encode())
"""
"""A process's peak is never below the size of the one that starts it: hence a small one between."""

_CHANGES_RUNS: Final = ("PYTHON", "CREDIT_PLAN", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR")
_SCREEN: Final = struct.pack("HHHH", 24, 80, 0, 0)
_FEWEST: Final = 2
"""Rounds that have quartiles."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took: seconds of CPU and of waiting, and MiB at its peak."""

    cpu: float
    wall: float
    peak: float


@dataclass(frozen=True, slots=True)
class Contestant:
    """A command line, and what its output must hold for the run to count."""

    words: tuple[str, ...]
    says: str = ""
    environment: Mapping[str, str] | None = None
    prepare: Callable[[], object] | None = None
    on_terminal: bool = False
    codes: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class Program:
    """A version of credit-plan, as a shell would call it, and where its runs keep what they keep.

    The command line may begin with variables: `PYTHONPATH=/old/src .venv/bin/credit-plan`.
    """

    command: str
    home: Path

    def called(self, *words: str, cache: str = "cache", says: str = "市") -> Contestant:
        """Return a run that finds in its cache what the one before it left there."""
        command = shlex.split(self.command)
        own = [word for word in command if "=" not in word]
        variables = dict(word.split("=", 1) for word in command if "=" in word)
        variables["XDG_CACHE_HOME"] = str(self.home / cache)
        return Contestant((*own, *words), says, variables)

    def forgetful(self, *words: str, cache: str, says: str = "市") -> Contestant:
        """Return a run before which its cache is emptied."""
        empty = partial(shutil.rmtree, self.home / cache, ignore_errors=True)
        return replace(self.called(*words, cache=cache, says=says), prepare=empty)


def run(contestant: Contestant, environment: Mapping[str, str]) -> Cost:
    """Run one process and return its cost; what it prints goes to a pipe, or to a terminal."""
    if contestant.prepare:
        contestant.prepare()
    every = {**environment, **(contestant.environment or {})}
    screen, slave = pty.openpty() if contestant.on_terminal else os.pipe()
    if contestant.on_terminal:
        fcntl.ioctl(slave, termios.TIOCSWINSZ, _SCREEN)
    report, told = os.pipe()
    launch = (sys.executable, "-SEsc", LAUNCH, str(told), *contestant.words)
    start = time.perf_counter()
    with subprocess.Popen(
        launch, cwd=ROOT, env=every, stdin=slave if contestant.on_terminal else subprocess.DEVNULL,
        stdout=slave, stderr=slave, pass_fds=(told,),
    ):  # fmt: skip
        os.close(slave)
        os.close(told)
        said = _read(screen)
        figures = _read(report)
    wall = time.perf_counter() - start
    code, cpu, peak = json.loads(figures or b"[127, 0, 0]")
    text = said.decode("utf-8", "replace")
    if code not in contestant.codes or contestant.says not in text:
        command = " ".join(contestant.words)
        sys.exit(f"{command}\nended with {code}, looked for “{contestant.says}”:\n{text[-800:]}")
    return Cost(cpu, wall, peak / (2**20 if sys.platform == "darwin" else 2**10))


def in_turns(
    contestants: Mapping[str, Contestant],
    environment: Mapping[str, str],
    rounds: int,
    warm_up: int = 1,
) -> dict[str, list[Cost]]:
    """Return what each contestant took in each round; the rounds that warm up are not kept."""
    costs: dict[str, list[Cost]] = {name: [] for name in contestants}
    for number in range(warm_up + rounds):
        for name, contestant in contestants.items():
            if sys.stderr.isatty():
                print(f"\r\033[Kround {number + 1}: {name}", end="", file=sys.stderr, flush=True)
            cost = run(contestant, environment)
            if number >= warm_up:
                costs[name].append(cost)
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    return costs


def ratio(ours: Sequence[float], floor: Sequence[float]) -> str:
    """Say how many times the floor ours took, round by round, with the quartiles."""
    return spread([mine / other for mine, other in zip(ours, floor, strict=True)])


def spread(figures: Sequence[float]) -> str:
    """Say the median and, where there are enough rounds, the quartiles as a measure of noise."""
    if len(figures) < _FEWEST:
        return f"{figures[0]:.2f}"
    low, middle, high = quantiles(figures, n=4, method="inclusive")
    return f"{middle:.2f} ({low:.2f}–{high:.2f})"


def peak(costs: Sequence[Cost]) -> float:
    """Return the median of the peaks, in MiB."""
    return median(cost.peak for cost in costs)


def clean_environment(home: Path) -> dict[str, str]:
    """Return the environment without what would change a run; caches and bytecode go to `home`.

    An installed program is compiled once; here that is done while warming up, and the checkout
    stays as it is, also where PYTHONDONTWRITEBYTECODE is set.
    """
    kept = {key: it for key, it in os.environ.items() if not key.startswith(_CHANGES_RUNS)}
    own = {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "TERM": "xterm-256color"}
    return {**kept, **own, "PYTHONPYCACHEPREFIX": str(home / "bytecode")}


def circumstances(*packages: str) -> str:
    """Return the date, the machine and the versions: only under the same can figures be compared.

    A package that is not installed is left out.
    """
    said = [time.strftime("%Y-%m-%d"), f"{os.cpu_count()} cores"]
    said.append(f"Python {platform.python_version()}")
    for package in packages:
        try:
            said.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return ", ".join(said)


def between(page: Path, name: str) -> str:
    """Return the part of a page between `<!-- name -->` and `<!-- /name -->`."""
    return _split(page, name)[1]


def write_between(page: Path, name: str, text: str) -> None:
    """Replace that part of the page."""
    above, _old, below = _split(page, name)
    parts = (above, f"<!-- {name} -->\n", text, f"<!-- /{name} -->\n", below)
    page.write_text("".join(parts), encoding="utf-8", newline="\n")


def _split(page: Path, name: str) -> list[str]:
    return re.split(f"<!-- /?{name} -->\n", page.read_text("utf-8"))


def _read(descriptor: int) -> bytes:
    """Return all that comes; a terminal says with an error that nobody writes to it any more."""
    parts = []
    with open(descriptor, "rb", buffering=0) as source:
        try:
            while part := source.read(2**16):
                parts.append(part)
        except OSError:
            pass
    return b"".join(parts)
