"""Where text goes: results to stdout or a file, talk about them to stderr."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from credit_plan.language import _
from credit_plan.render.screen import Screen


def screen(output: Path | None) -> Screen:
    """What stdout is: a terminal of some width, or a pipe, which has one only by COLUMNS.

    A file is as wide as what is written to it.
    """
    if output is not None:
        return Screen()
    columns = os.environ.get("COLUMNS", "")
    named = int(columns) if columns.isdecimal() and int(columns) > 0 else None
    if not sys.stdout.isatty():
        return Screen(width=named)
    styled = os.environ.get("TERM") != "dumb" and (
        sys.platform != "win32" or "WT_SESSION" in os.environ
    )
    return Screen(
        width=named or shutil.get_terminal_size().columns,
        styled=styled,
        coloured=styled and not os.environ.get("NO_COLOR"),
        boxed=True,
    )


def put(text: str, output: Path | None = None) -> None:
    """Text to a file or to stdout, in UTF-8 wherever no terminal asks for something else."""
    if output is not None:
        output.write_bytes(text.encode("utf-8", "replace"))
        say(_("Written to {file}").format(file=output))
        return
    try:
        _to_stdout(text)
    except BrokenPipeError:
        # Whoever read has had enough: the rest goes nowhere, and that is no error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(text: str) -> None:
    """A remark to stderr, never lost to the encoding of a terminal."""
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def _to_stdout(text: str) -> None:
    if sys.stdout.isatty():
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
        sys.stdout.flush()
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
