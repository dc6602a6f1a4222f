"""Contestants take turns, so that whatever slows the machine for a while slows them all alike.

A ratio is taken inside each round and the median of all rounds is reported: two medians that
were measured apart would compare two moments of the machine.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from statistics import median, quantiles
from typing import Final, TypeVar

ResultT = TypeVar("ResultT")

_FEWEST: Final = 2
"""Rounds that have quartiles."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """The median of the ratios of all rounds, with the quartiles as a measure of noise."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.low:.2f}–{self.high:.2f})"


def in_turns(
    contestants: Mapping[str, Callable[[], ResultT]], rounds: int, warm_up: int
) -> dict[str, list[ResultT]]:
    """Return what each contestant gave in each round; the rounds that warm up are not kept."""
    results: dict[str, list[ResultT]] = {name: [] for name in contestants}
    for number in range(warm_up + rounds):
        _progress(number + 1, warm_up + rounds)
        for name, run in contestants.items():
            result = run()
            if number >= warm_up:
                results[name].append(result)
    return results


def ratio(ours: Sequence[float], floor: Sequence[float]) -> Ratio:
    """How many times the floor ours took, round by round."""
    each = [mine / other for mine, other in zip(ours, floor, strict=True)]
    if len(each) < _FEWEST:
        return Ratio(each[0], each[0], each[0])
    low, _middle, high = quantiles(each, n=4, method="inclusive")
    return Ratio(median(each), low, high)


def circumstances(*packages: str) -> str:
    """Date, machine and versions: figures are only comparable under the same."""
    machine = f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores"
    python = f"Python {platform.python_version()}"
    return ", ".join((machine, python, *(f"{package} {version(package)}" for package in packages)))


def _progress(number: int, of: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if number == of else ""
        print(f"\rround {number} of {of}", end=end, file=sys.stderr, flush=True)
