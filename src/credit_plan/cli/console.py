"""The terminal, the clock and the words of the command line."""

from __future__ import annotations

import os
import re
import shutil
import sys
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

import typer

from credit_plan.formatters import Screen
from credit_plan.i18n import _

_WIDTH = re.compile("[1-9][0-9]{0,3}")
_DASHES = re.compile("^-*[－—–―‐‑−][－—–―‐‑−-]*(?=([A-Za-z][A-Za-z-]*)?(?:=|$))")
_ASCII = {"ascii", "ansi_x3.4-1968", "us-ascii", "646"}


def now() -> datetime:
    """Return the present second in Asia/Shanghai."""
    from credit_plan.dates import ZONE  # noqa: PLC0415  spares --help all that a date needs

    return datetime.now(ZONE).replace(microsecond=0)


def today() -> date:
    """Return the date in Asia/Shanghai."""
    return now().date()


def detect_screen(output: Path | None) -> Screen:
    """Return what can be shown: on a terminal, or in a pipe, whose width is COLUMNS if anything.

    The width of a file is unlimited.
    """
    if output is not None:
        return Screen()
    columns = os.environ.get("COLUMNS", "")
    width = int(columns) if _WIDTH.fullmatch(columns) else None
    if not sys.stdout.isatty():
        return Screen(width)
    styled = os.environ.get("TERM") != "dumb" and (
        sys.platform != "win32" or "WT_SESSION" in os.environ
    )
    return Screen(
        width=width or shutil.get_terminal_size().columns,
        styled=styled,
        coloured=styled and not os.environ.get("NO_COLOR"),
        boxed=True,
    )


def write_output(text: str, output: Path | None = None) -> None:
    """Write to a file or to stdout, in UTF-8 unless a terminal has another encoding.

    A file that exists is replaced when all is written, and not before. Raise OSError, which names
    the file or stdout, where it cannot be written.
    """
    if output is not None:
        _write_file(text.encode("utf-8", "replace"), output)
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
        silence(sys.stdout)
    except OSError as error:
        silence(sys.stdout)
        error.filename = _("standard output")
        raise


def read_stdin(most: int, parameter: str) -> bytes:
    """Return at most so many bytes of stdin; raise BadParameter if it is closed."""
    if sys.stdin is None:
        raise typer.BadParameter(_("standard input is closed"), param_hint=parameter)
    return sys.stdin.buffer.read(most)


def echo_err(text: str) -> None:
    """Write a remark to stderr, with control characters escaped.

    Where stderr takes no more, nobody can be told, and what was done stays done.
    """
    from credit_plan.text import escape_controls  # noqa: PLC0415  spares --help

    try:
        sys.stderr.write("".join(f"{escape_controls(line)}\n" for line in text.split("\n")))
        sys.stderr.flush()
    except OSError:
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """Send the rest of a stream nowhere, so that Python does not fail to write it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def decode_arguments() -> list[str]:
    """Return the words of the command line, in UTF-8 even where the locale does not say so.

    The dashes of a Chinese keyboard, and those that an editor makes of two, begin an option too.
    """
    words = sys.argv[1:]
    if sys.platform != "win32":
        words = [os.fsencode(word).decode("utf-8", "surrogateescape") for word in words]
    return [_DASHES.sub(_make_hyphens, word) for word in words]


def force_utf8() -> None:
    """Make stdout and stderr take every character: nothing is lost, nothing is a traceback.

    Only a terminal with an encoding of its own, such as GBK, keeps it.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            # Python has no stream where the shell has closed it.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            setattr(sys, name, os.fdopen(nowhere, "w", encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            keeps_encoding = stream.isatty() and stream.encoding.lower() not in _ASCII
            stream.reconfigure(
                encoding=stream.encoding if keeps_encoding else "utf-8", errors="backslashreplace"
            )


def _write_file(content: bytes, output: Path) -> None:
    """Replace a file, or write to what cannot be replaced, such as a pipe or a device."""
    from credit_plan.storage.writer import replace_files  # noqa: PLC0415  only --output needs it

    if output.exists() and not output.is_file():
        output.write_bytes(content)
    else:
        replace_files({output: content})


def _make_hyphens(option: re.Match[str]) -> str:
    """Return one hyphen before one letter or alone, and two before a word."""
    return "-" if len(option[1] or "") <= 1 else "--"
