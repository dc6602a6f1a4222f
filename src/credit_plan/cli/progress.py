"""How many files are read, and how long the rest takes: on a terminal, if it is above a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from credit_plan.cli.console import detect_error_screen, redraw_err
from credit_plan.loader.locate import FOLDERS, MEASURES, Source

_PATIENCE: Final = 1.0
"""Seconds in which nobody asks whether something happens at all."""

_INTERVAL: Final = 0.1
"""Seconds between two drawings."""

Clock = Callable[[], float]


@contextmanager
def show_progress(
    source: Source, *, reports: bool = True, clock: Clock = time.monotonic
) -> Iterator[Callable[[], None]]:
    """Yield what is to be called after each file of a plan, with its `reports` or without them."""
    progress = _Progress(source.folder, FOLDERS if reports else (MEASURES,), clock)
    try:
        yield progress.step
    finally:
        progress.remove()


class _Progress:
    """Counts files; draws a line on stderr, where that is a terminal, and removes it at the end."""

    def __init__(self, folder: Path, names: tuple[str, ...], clock: Clock) -> None:
        self._folder, self._names, self._clock = folder, names, clock
        self._begin = clock()
        self._next = self._begin + _PATIENCE
        self._done = self._files = 0
        self._is_drawn = False

    def step(self) -> None:
        """Count a file; draw how far it is, from time to time."""
        self._done += 1
        if (now := self._clock()) >= self._next:
            self._draw(now)

    def remove(self) -> None:
        """Leave the terminal as it was."""
        if self._is_drawn:
            redraw_err("")

    def _draw(self, now: float) -> None:
        # Nothing of this is needed for plans of a usual size.
        from credit_plan.formatters.progress import format_progress  # noqa: PLC0415
        from credit_plan.loader.files import count_task_files  # noqa: PLC0415

        screen = detect_error_screen()
        if not screen.styled:
            self._next = float("inf")
            return
        self._files = self._files or max(count_task_files(self._folder, self._names), 1)
        # The files of a plan that is not sound are read twice.
        total = -(-self._done // self._files) * self._files
        seconds = (now - self._begin) / self._done * (total - self._done)
        self._is_drawn = True
        redraw_err(format_progress(self._done, total, seconds, screen, sys.stderr.encoding))
        self._next = now + _INTERVAL
