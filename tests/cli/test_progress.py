"""The progress bar: when it appears, what it says, and that nothing of it is left."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr
from itertools import chain, count, repeat
from pathlib import Path

import pytest
from rich.text import Text

from credit_plan.cli.progress import show_progress
from credit_plan.loader.locate import find_data
from credit_plan.loader.reader import load
from tests.cli.test_screens import read_terminal
from tests.conftest import ROOT

SLOWED = """
import itertools, time
time.monotonic = itertools.count().__next__  # every look at the clock is a second later
from credit_plan.cli.app import main
main()
"""
REMOVED = "\r\x1b[K"


class Terminal(io.StringIO):
    """A terminal of unknown size."""

    def isatty(self) -> bool:
        """Return True."""
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal, in an environment that says nothing of it."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("COLUMNS", raising=False)
    return Terminal()


def read_plan(stderr: Terminal, clock: Iterator[float], times: int = 1) -> None:
    source = find_data(ROOT)
    with redirect_stderr(stderr), show_progress(source, clock=clock.__next__) as step:
        for _time in range(times):
            load(source, step=step)


def interrupt() -> float:
    """Do what Ctrl-C does."""
    raise KeyboardInterrupt


def lines_in(shown: str) -> list[str]:
    """Return what could be read, one time after the other."""
    return [Text.from_ansi(it.removesuffix("\x1b[K")).plain for it in shown.split("\r")[1:]]


def test_nothing_is_drawn_within_a_second(terminal: Terminal) -> None:
    read_plan(terminal, chain([0.0], repeat(0.99)))
    assert terminal.getvalue() == ""


def test_after_a_second_it_is_said_how_far_the_reading_is(terminal: Terminal) -> None:
    # At first 27 files are read within a second, then one in each minute.
    read_plan(terminal, chain([0.0], repeat(0.5, 26), count(1.0, 60.0)))
    shown = lines_in(terminal.getvalue())
    assert shown[0].startswith("Reading ━━━━━━")
    assert shown[0].endswith(" 27/81 00:02 left")
    assert shown[-2].endswith(" 81/81 00:00 left")
    assert terminal.getvalue().endswith(REMOVED)


def test_it_is_not_drawn_more_often_than_can_be_seen(terminal: Terminal) -> None:
    read_plan(terminal, chain([0.0], count(1.0, 0.001)))
    assert len(lines_in(terminal.getvalue())) == 2


@pytest.mark.parametrize("variables", [{"TERM": "dumb"}, {}], ids=["dumb", "no terminal"])
def test_a_log_has_none_of_it(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    if not variables:
        monkeypatch.setattr(terminal, "isatty", lambda: False)
    read_plan(terminal, chain([0.0], count(1.0, 1.0)))
    assert terminal.getvalue() == ""


def test_ctrl_c_leaves_no_part_of_it(terminal: Terminal) -> None:
    clock = chain([0.0, 1.0], iter(interrupt, None))
    with pytest.raises(KeyboardInterrupt):
        read_plan(terminal, clock)
    assert "1/81" in terminal.getvalue()
    assert terminal.getvalue().endswith(REMOVED)


def test_files_that_are_read_twice_are_counted_twice(terminal: Terminal) -> None:
    read_plan(terminal, count(0.0, 1.0), times=2)
    assert " 81/81 " in lines_in(terminal.getvalue())[80]
    assert " 82/162 " in lines_in(terminal.getvalue())[81]


@pytest.mark.parametrize("width", [40, 80])
def test_it_fits_a_real_terminal_and_the_answer_is_as_before(width: int, tmp_path: Path) -> None:
    """The program as a whole, whose stdout is a pipe."""
    answer = tmp_path / "answer.txt"
    command = (sys.executable, "-c", SLOWED, "check", "--no-cache")
    with answer.open("wb") as out:
        written = read_terminal(command, "stderr", width, 24, stdout=out)
    shown = lines_in(written)
    assert " 40/81 " in "".join(shown)
    assert max(map(len, shown)) <= width - 3
    assert written.endswith(REMOVED)
    assert "\n" not in written
    assert "no errors" in answer.read_text(encoding="utf-8")
