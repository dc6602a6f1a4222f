"""How far the reading of many files is, on one line for a terminal."""

import io
from datetime import timedelta

from rich.console import Console
from rich.progress_bar import ProgressBar
from rich.table import Column, Table

from credit_plan.formatters import Screen
from credit_plan.i18n import _

_WIDTH = 50
"""Display cells of the line; in 80 it fits even where a terminal draws the bar twice as wide."""

_TYPED = 3
"""Cells that are left free at the end of a narrow terminal: for `^C`, and the cursor."""


def format_progress(done: int, total: int, left: float, screen: Screen, encoding: str) -> str:
    """Return how many files of how many are read, as a bar too, and how many seconds are `left`.

    Where the `encoding` is not of Unicode, the bar is of hyphens.
    """
    width = min(_WIDTH, (screen.width or _WIDTH) - _TYPED)
    out = io.TextIOWrapper(io.BytesIO(), encoding, "backslashreplace")
    console = Console(
        file=out,
        width=width,
        force_terminal=True,
        no_color=not screen.coloured,
        color_system="standard",
        legacy_windows=False,
        highlight=False,
        markup=False,
    )
    columns = Column(no_wrap=True), Column(ratio=1), Column(no_wrap=True)
    line = Table.grid(*columns, padding=(0, 1), expand=True)
    time = str(timedelta(seconds=round(left))).removeprefix("0:")
    aligned = f"{done:{len(str(total))}}"
    counts = _("{done}/{total} {time} left").format(done=aligned, total=total, time=time)
    line.add_row(_("Reading"), ProgressBar(total, done, complete_style="cyan"), counts)
    console.print(line, end="")
    out.seek(0)
    return out.read().removesuffix("\n")
