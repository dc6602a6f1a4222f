"""A pager, as git has one: what is longer than the screen is shown page by page."""

import os
import re
import shutil
import subprocess
import sys

from credit_plan.cli.console import ignore_ctrl_c
from credit_plan.formatters import Screen
from credit_plan.formatters.width import cell_len

_STYLE = re.compile("\x1b\\[[0-9;]*m")
_DEFAULT = "less"
_NO_PAGER = frozenset({"", "cat"})
_NOT_STARTED = frozenset({1, 2, 9009} if sys.platform == "win32" else {2, 126, 127})
"""What a shell returns for a command that it cannot read, cannot run or does not find."""


def is_higher(text: str, screen: Screen) -> bool:
    """Return whether a text is higher than a terminal, which breaks long lines of Markdown."""
    lines = text.splitlines()
    if screen.width is None or not screen.holds(len(lines)):
        return not screen.holds(len(lines))
    cells = (cell_len(_STYLE.sub("", line)) for line in lines)
    return not screen.holds(sum(max(-(-it // screen.width), 1) for it in cells))


def page(content: bytes) -> bool:
    """Return whether a pager has shown the text, to its end or not; there may be none.

    As in git, less ends by itself where all fits one screen (F), passes colours on (R), and leaves
    the text on the screen (X).
    """
    if (pager := _find_pager()) is None:
        return False
    preset = {"LESS": "FRX", "LV": "-c"}
    if sys.stdout.encoding.lower() == "utf-8":
        preset["LESSCHARSET"] = "utf-8"
    process = subprocess.Popen(  # noqa: S602  PAGER is the user's own, and may have options
        pager, shell=True, stdin=subprocess.PIPE, env=preset | os.environ
    )
    # After the start, so that Ctrl-C is for the pager: less stops searching, and does not end.
    with process, ignore_ctrl_c():
        process.communicate(content)
    return process.returncode not in _NOT_STARTED


def _find_pager() -> str | None:
    """Return the command line of the pager; None where none is wanted or installed."""
    if os.environ.get("TERM") == "dumb":
        return None
    named = os.environ.get("PAGER")
    if named is None:
        return _DEFAULT if shutil.which(_DEFAULT) else None
    return None if named.strip() in _NO_PAGER else named
