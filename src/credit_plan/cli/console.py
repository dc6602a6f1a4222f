"""The terminal, the clock and the words of the command line."""

from __future__ import annotations

import locale
import os
import re
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import date, datetime
from errno import EACCES, EINVAL
from functools import cache
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer

from credit_plan.cli.language import DASHES
from credit_plan.errors import ExitCode
from credit_plan.formatters import ANSWER_FORMATS, Screen, format_answer
from credit_plan.i18n import _, quote

if TYPE_CHECKING:
    from credit_plan.table import Answer

_WIDTH = "[1-9][0-9]{0,3}"
_DEFAULT_WIDTH = 80
_OPTION = f"^[{DASHES}]+((?:[A-Za-zＡ-Ｚａ-ｚ][A-Za-zＡ-Ｚａ-ｚ－-]*)?)([=＝]|$)"
_UNDECODED = "[\ud800-\udfff]"
"""What Python makes of a byte that is no text in the encoding of the locale."""

_ALIKE = dict(zip("▒░✓✔✗✘•−‑\N{NO-BREAK SPACE}", "▓·√√××·-- ", strict=True)) | {"\ufeff": ""}
"""What is written where GBK, the encoding of old Chinese systems, does not have a character."""


def now() -> datetime:
    """Return the present second in Asia/Shanghai."""
    from credit_plan.dates import ZONE  # noqa: PLC0415  spares --help all that a date needs

    return datetime.now(ZONE).replace(microsecond=0)


def today() -> date:
    """Return the date in Asia/Shanghai."""
    return now().date()


def detect_screen(output: Path | None, *, is_long: bool = True) -> Screen:
    """Return what can be shown: on a terminal, or in a pipe, whose width is COLUMNS if anything.

    The width of a file is unlimited. With `is_long` nothing is left out for want of room.
    """
    if output is not None:
        return Screen()
    screen = _detect_stream(sys.stdout)
    if not screen.boxed:
        return screen._replace(is_long=is_long)
    return screen._replace(height=shutil.get_terminal_size().lines, is_long=is_long)


def detect_error_screen() -> Screen:
    """Return what can be shown on stderr, where nothing is too high."""
    return _detect_stream(sys.stderr)


def detect_width(stream: TextIO) -> int | None:
    """Return the width that COLUMNS names, else that of the terminal; None if it is neither."""
    columns = os.environ.get("COLUMNS", "")
    if re.fullmatch(_WIDTH, columns):
        return int(columns)
    if not stream.isatty():
        return None
    with suppress(OSError):
        return os.get_terminal_size(stream.fileno()).columns or _DEFAULT_WIDTH
    return _DEFAULT_WIDTH


def is_at_terminal() -> bool:
    """Return whether a person can be asked: they type at a terminal, and see what is printed."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stdout.isatty())


def write_output(
    text: str,
    output: Path | None = None,
    *,
    for_people: bool = True,
    paged_on: Screen | None = None,
) -> None:
    """Write to a file in UTF-8, or to stdout in the encoding of the terminal or the locale.

    What is not `for_people` is in UTF-8 in a pipe too. What is for people holds no commands of a
    build server. What the encoding does not have is replaced by what looks alike, and otherwise
    escaped. What is higher than the terminal `paged_on` goes to the pager, if there is one.

    A file that exists is replaced when all is written, and not before. Raise OSError, which names
    the file or stdout, where it cannot be written.
    """
    from credit_plan.text import escape_commands  # noqa: PLC0415  spares --help

    if for_people:
        text = escape_commands(text)
    if output is not None:
        _write_file(text.encode("utf-8", "replace"), output)
        echo_err(_("Written to {file}").format(file=output))
        return
    encoding = sys.stdout.encoding if for_people or sys.stdout.isatty() else "utf-8"
    text = _replace_missing(text, encoding)
    content = text.encode(encoding, "backslashreplace")
    try:
        if not (paged_on and _page(content, text, paged_on)):
            _write_stdout(text, content)
        if not _has(text, encoding):
            _announce_escapes(encoding)
    except OSError as error:
        silence(sys.stdout)
        if not _is_closed_pipe(error):
            error.filename = _("standard output")
            raise


def print_answer(
    answer: Answer,
    form: str,
    output: Path | None,
    *,
    is_long: bool = True,
    has_pager: bool = False,
) -> None:
    """Write the remarks to stderr, then the answer in one of the ANSWER_FORMATS.

    What is for people may be shortened to the screen unless `is_long`, and shown in a pager.
    """
    screen, for_people = detect_screen(output, is_long=is_long), ANSWER_FORMATS[form].for_people
    text = format_answer(answer, form, screen)
    is_paged = has_pager and for_people and screen.height is not None
    for remark in answer.remarks:
        echo_err(remark)
    write_output(text, output, for_people=for_people, paged_on=screen if is_paged else None)


def print_diff(file: str, before: str, after: str) -> None:
    """Print what changes in a file; the kind of its line ends makes no difference."""
    from credit_plan.formatters.unified_diff import format_diff  # noqa: PLC0415  spares --help

    old, new = (text.replace("\r\n", "\n") for text in (before, after))
    write_output(format_diff(file, old, new, detect_screen(None)))


def read_stdin(most: int, parameter: str) -> bytes:
    """Return at most so many bytes of stdin; raise BadParameter if it is closed."""
    if sys.stdin is None:
        raise typer.BadParameter(_("standard input is closed"), param_hint=parameter)
    return sys.stdin.buffer.read(most)


def echo_err(text: str) -> None:
    """Write a remark to stderr, in which nothing acts.

    Where stderr takes no more, nobody can be told, and what was done stays done.
    """
    from credit_plan.text import escape_lines  # noqa: PLC0415  spares --help

    try:
        sys.stderr.write(f"{escape_lines(text)}\n")
        sys.stderr.flush()
    except OSError:
        silence(sys.stderr)


def redraw_err(line: str) -> None:
    """Write a line over the last one on the terminal of stderr, without ending it."""
    try:
        sys.stderr.write(f"\r{line}\x1b[K")
        sys.stderr.flush()
    except OSError:
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """Send the rest of a stream nowhere, so that Python does not fail to write it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def restart_in_utf8() -> None:
    """Start Python anew in its UTF-8 mode, where the locale has an encoding without Chinese.

    Python does so by itself in the locale C. No file with a Chinese name could be opened otherwise.
    """
    if sys.platform == "win32":  # where names of files are always Unicode
        return
    if "utf8" not in sys._xoptions and not _has("中文", sys.getfilesystemencoding()):  # noqa: SLF001
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606


def prepare_streams() -> None:
    """Let the standard streams follow the locale, and never fail for a character.

    Only a terminal with an encoding of its own, such as GBK, keeps it. Where the encoding has no
    Chinese it is UTF-8.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            # Python has no stream where the shell has closed it.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            setattr(sys, name, os.fdopen(nowhere, "w", encoding="utf-8"))
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            named = stream.encoding if stream.isatty() else locale.getpreferredencoding(False)
            stream.reconfigure(
                encoding=named if _has("中文", named) else "utf-8",
                errors="surrogateescape" if stream is sys.stdin else "backslashreplace",
            )


def exit_on_sigterm() -> None:
    """Let SIGTERM end the program as Ctrl-C does, so that temporary files are removed."""
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))


@contextmanager
def ignore_ctrl_c() -> Iterator[None]:
    """Ignore Ctrl-C while files are written, so that what is said of them is true."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def exit_if_interrupted() -> Iterator[None]:
    """Say that nothing was written, and exit, after Ctrl-C, or Ctrl-D at a question."""
    try:
        yield
    except (KeyboardInterrupt, typer.Abort):
        echo_err("\n" + _("nothing was written"))
        raise typer.Exit(ExitCode.INTERRUPTED) from None


def read_arguments() -> list[str]:
    """Return the words of the command line, as Python has decoded them by the locale.

    The dashes and letters of a Chinese keyboard, and the dashes that an editor makes of two, are
    those of an option too.
    """
    return [
        word if word.isascii() else re.sub(_OPTION, _write_option, word) for word in sys.argv[1:]
    ]


def explain_undecoded(text: str, encoding: str) -> str:
    """Return what is wrong with a text that was typed in another encoding; "" if nothing is."""
    if not re.search(_UNDECODED, text):
        return ""
    shown = re.sub(_UNDECODED, lambda byte: f"\\x{ord(byte[0]) & 0xFF:02x}", text)
    message = _(
        "{text} is not valid in {encoding}, the encoding in use; type it again, or set LC_ALL to "
        "a locale with the encoding of your terminal"
    )
    return message.format(text=quote(shown), encoding=encoding.upper())


def _detect_stream(stream: TextIO) -> Screen:
    """Return what a stream shows, whatever the height."""
    width = detect_width(stream)
    if not stream.isatty():
        return Screen(width)
    styled = os.environ.get("TERM") != "dumb" and (
        sys.platform != "win32" or "WT_SESSION" in os.environ
    )
    coloured = styled and not os.environ.get("NO_COLOR")
    return Screen(width, styled=styled, coloured=coloured, boxed=True)


def _has(text: str, encoding: str) -> bool:
    """Return whether an encoding has all characters of a text."""
    try:
        text.encode(encoding)
    except (LookupError, UnicodeError):
        return False
    return True


def _replace_missing(text: str, encoding: str) -> str:
    """Return a text with characters that look alike for those that an encoding does not have."""
    if _has(text, encoding):
        return text
    for sign, alike in _ALIKE.items():
        if not _has(sign, encoding) and _has(alike, encoding):
            text = text.replace(sign, alike)
    return text


def _is_closed_pipe(error: OSError) -> bool:
    """Return whether the reader of stdout has gone, for which Windows has another error."""
    return isinstance(error, BrokenPipeError) or (sys.platform == "win32" and error.errno == EINVAL)


@cache
def _announce_escapes(encoding: str) -> None:
    """Say once that the output holds escapes."""
    message = _("characters that {encoding} does not have are written as escapes, such as \\u20ac")
    echo_err(message.format(encoding=encoding.upper()))


def _page(content: bytes, text: str, screen: Screen) -> bool:
    from credit_plan.cli.pager import is_higher, page  # noqa: PLC0415  spares --help

    return is_higher(text, screen) and page(content)


def _write_stdout(text: str, content: bytes) -> None:
    if sys.stdout.isatty():
        sys.stdout.write(text)
    else:
        # Bytes, so that Windows does not make three characters of a CSV's line end.
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
    sys.stdout.flush()


def _write_file(content: bytes, output: Path) -> None:
    """Replace a file when the new one is on the disk; write to a pipe or a device as it is."""
    from credit_plan.storage import disk  # noqa: PLC0415  only --output needs it

    target = Path(os.path.realpath(output))
    with disk.name_in_errors(output), ExitStack() as temporaries:
        if target.exists() and not target.is_file():
            target.write_bytes(content)
            return
        like = target.stat() if target.exists() else None
        if like and not os.access(target, os.W_OK):
            raise PermissionError(EACCES, os.strerror(EACCES))
        try:
            new = disk.write_beside(target, content, temporaries, like)
        except PermissionError:
            if like is None:
                raise
            # The folder takes no new file, but this one may be written.
            target.write_bytes(content)
        else:
            new.replace(target)


def _write_option(typed: re.Match[str]) -> str:
    """Return an option in half width: one hyphen before one letter or alone, two before a word."""
    from credit_plan.text import to_half_width  # noqa: PLC0415  as above

    if typed[0].isascii():
        return typed[0]
    hyphens = "-" if len(typed[1]) <= 1 else "--"
    return f"{hyphens}{to_half_width(typed[1])}{'=' if typed[2] else ''}"
