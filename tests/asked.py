"""Ask a plan in this process, with its snapshot and without, so that a test may change the clock.

What is printed and the exit code are those of the command.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO, TextIOWrapper
from pathlib import Path
from unittest.mock import patch

from credit_plan.cli.app import main
from credit_plan.loader import files
from tests.conftest import Outcome


@dataclass
class Asked:
    """How a command ended, and the names of the files of the plan that it read."""

    outcome: Outcome
    read: list[str] = field(default_factory=list)


def ask(*words: str) -> Asked:
    """Run a command line in the working folder."""
    out, err = (TextIOWrapper(BytesIO(), "utf-8", write_through=True) for _stream in range(2))
    with _watch_reading() as read, patch.multiple(sys, stdout=out, stderr=err):
        code = _run(words)
    written = (stream.buffer.getvalue().decode() for stream in (out, err))  # type: ignore[attr-defined]
    return Asked(Outcome(code, *written), read)


def ask_cold(*words: str) -> Outcome:
    """Return how the same command ends that neither reads nor writes a snapshot."""
    return ask(*words, "--no-cache").outcome


def _run(words: tuple[str, ...]) -> int:
    before = signal.getsignal(signal.SIGTERM)
    try:
        with patch.object(sys, "argv", ["credit-plan", *words]):
            main()
    except SystemExit as end:
        return int(end.code or 0)
    finally:
        signal.signal(signal.SIGTERM, before)
    return 0


@contextmanager
def _watch_reading() -> Iterator[list[str]]:
    read: list[str] = []
    read_bytes = files.read_bytes

    def note(path: Path, folder: Path) -> bytes:
        read.append(path.relative_to(folder).as_posix())
        return read_bytes(path, folder)

    with patch.object(files, "read_bytes", note), patch.dict(os.environ, {"COLUMNS": "100"}):
        yield read
