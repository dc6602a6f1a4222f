"""Now and today, as the city counts them."""

from __future__ import annotations

import os
import re
import shutil
import sys
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Final

from credit_plan.i18n import _


def now() -> datetime:
    """The present second in Asia/Shanghai."""
    from credit_plan.dates import ZONE  # noqa: PLC0415  spares --help all that a date needs

    return datetime.now(ZONE).replace(microsecond=0)


def today() -> date:
    """The date in Asia/Shanghai."""
    return now().date()


if TYPE_CHECKING:
    from credit_plan.formatters import Screen

_WIDTH: Final = re.compile("[1-9][0-9]{0,3}")
_OTHER_DASHES: Final = re.compile("^-*[－—–―‐‑−][－—–―‐‑−-]*(?=([A-Za-z][A-Za-z-]*)?(?:=|$))")
_ASCII: Final = {"ascii", "ansi_x3.4-1968", "us-ascii", "646"}


def detect_screen(output: Path | None) -> Screen:
    """What stdout is: a terminal of some width, or a pipe, which has one only by COLUMNS.

    A file is as wide as what is written to it.
    """
    from credit_plan.formatters import Screen  # noqa: PLC0415  spares --help

    if output is not None:
        return Screen()
    columns = os.environ.get("COLUMNS", "")
    named = int(columns) if _WIDTH.fullmatch(columns) else None
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


def write_output(text: str, output: Path | None = None) -> None:
    """Text to a file or to stdout, in UTF-8 wherever no terminal asks for something else."""
    if output is not None:
        output.write_bytes(text.encode("utf-8", "replace"))
        echo_err(_("Written to {file}").format(file=output))
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
        silence_stdout()


def echo_err(text: str) -> None:
    """A remark to stderr, in which nothing from the data acts on the terminal."""
    from credit_plan.formatters.cells import escape_controls  # noqa: PLC0415  spares --help

    lines = "".join(f"{escape_controls(line)}\n" for line in text.split("\n"))
    sys.stderr.write(lines)


def silence_stdout() -> None:
    """Sends the rest of stdout nowhere: whoever read it has had enough, and that is no error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def decode_arguments() -> list[str]:
    """The command line's words; UTF-8 also where the locale is too old to say so.

    The dashes of a Chinese keyboard, and those that an editor makes of two, begin an option too.
    """
    words = sys.argv[1:]
    if sys.platform != "win32":
        words = [os.fsencode(word).decode("utf-8", "surrogateescape") for word in words]
    return [_OTHER_DASHES.sub(_dashes, word) for word in words]


def _dashes(option: re.Match[str]) -> str:
    """One dash before one letter or alone, and two before a word."""
    return "-" if len(option[1] or "") <= 1 else "--"


def force_utf8() -> None:
    """Makes stdout and stderr take every character: nothing is lost, nothing is a traceback.

    Only a terminal with an encoding of its own, such as GBK, keeps it.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            # Python has no stream where the shell has closed it.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            setattr(sys, name, os.fdopen(nowhere, "w", encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            own = stream.isatty() and stream.encoding.lower() not in _ASCII
            stream.reconfigure(
                encoding=stream.encoding if own else "utf-8", errors="backslashreplace"
            )
