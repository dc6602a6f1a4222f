"""Where text goes: results to stdout or a file, talk about them to stderr."""

from __future__ import annotations

import os
import shutil
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Final

from credit_plan.language import _
from credit_plan.render.screen import Screen

_ASCII: Final = {"ascii", "ansi_x3.4-1968", "us-ascii", "646"}


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
        if sys.stdout.isatty():
            sys.stdout.write(text)
        else:
            # Bytes, so that Windows does not make three characters of a CSV's line end.
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.flush()
    except BrokenPipeError:
        hush()


def say(text: str) -> None:
    """A remark to stderr."""
    sys.stderr.write(f"{text}\n")


def hush() -> None:
    """Sends the rest of stdout nowhere: whoever read it has had enough, and that is no error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def arguments() -> list[str]:
    """The command line's words; UTF-8 also where the locale is too old to say so."""
    words = sys.argv[1:]
    if sys.platform == "win32":
        return words
    return [os.fsencode(word).decode("utf-8", "surrogateescape") for word in words]


def speak_utf8() -> None:
    """Makes stdout and stderr take every character: nothing is lost, nothing is a traceback.

    Only a terminal with an encoding of its own, such as GBK, keeps it.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            own = stream.isatty() and stream.encoding.lower() not in _ASCII
            stream.reconfigure(
                encoding=stream.encoding if own else "utf-8", errors="backslashreplace"
            )
