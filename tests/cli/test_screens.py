"""How answers look: widths, formats, terminals, pipes and locales."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import pytest
from rich.cells import cell_len

from tests.conftest import QUESTIONS, ROOT, Run, Shell


def remark_on(question: tuple[str, ...], form: str = "table") -> str:
    """Return how that begins which is said beside the answer to one of QUESTIONS."""
    if question[0] == "due":
        return "No reports as "
    if question[0] == "summary" and form in {"json", "csv"}:
        return "Only the first table; for another: --table years, chapters, units\n"
    return ""


@pytest.mark.english
@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
@pytest.mark.parametrize("width", ["80", "160"])
def test_every_line_fits_the_screen_and_no_name_is_broken(
    run: Run, question: tuple[str, ...], width: str
) -> None:
    answer = run(*question, COLUMNS=width)
    assert answer.code == 0
    assert bool(answer.err) == bool(remark_on(question))
    assert answer.err.startswith(remark_on(question))
    assert max(map(cell_len, answer.out.splitlines())) <= int(width)
    assert "…" not in answer.out
    for row in json.loads(run(*question, "--format", "json").out)["rows"]:
        whole = [
            row[key]
            for key in ("id", "date" if "date" in row else "deadline", "unit")
            if row.get(key)
        ]
        if isinstance(row.get("lead"), list) and row.get("role") != "lead":
            whole += row["lead"]
        for value in whole:
            assert value in answer.out


@pytest.mark.english
@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_forty_columns_are_enough(run: Run, question: tuple[str, ...]) -> None:
    answer = run(*question, COLUMNS="40")
    assert answer.code == 0
    assert bool(answer.err) == bool(remark_on(question))
    assert answer.err.startswith(remark_on(question))
    assert max(map(cell_len, answer.out.splitlines())) <= 40


@pytest.mark.parametrize("columns", ["1", "10", "30", "0", "abc", "9" * 20, "-1"])
def test_no_screen_is_too_narrow_for_the_data(run: Run, columns: str) -> None:
    for question in (("list", "--task", "60"), ("show", "60"), ("units",)):
        answer = run(*question, COLUMNS=columns)
        assert (answer.code, answer.err) == (0, "")
        assert "市信用信息共享平台信源单位" in answer.out
        assert "…" not in answer.out


@pytest.mark.english
@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
@pytest.mark.parametrize("form", ["json", "csv", "markdown"])
def test_every_question_has_every_format(run: Run, question: tuple[str, ...], form: str) -> None:
    answer = run(*question, "--format", form)
    assert answer.code == 0
    assert bool(answer.err) == bool(remark_on(question, form))
    assert answer.err.startswith(remark_on(question, form))
    if form == "json":
        document = json.loads(answer.out)
        assert document["schema"] == f"credit-plan/{question[0]}@1"
        assert document["rows"]
    elif form == "csv":
        assert answer.out.startswith("\ufeff")
        assert len(list(csv.DictReader(io.StringIO(answer.out[1:], newline="")))) >= 1
    else:
        assert answer.out.startswith(("| ", "## "))


@pytest.mark.english
def test_an_answer_can_go_to_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "到期.csv"
    answer = run("due", "--before", "2023", "--format", "csv", "--output", str(file))
    assert (answer.code, answer.out) == (0, "")
    *remarks, written = answer.err.splitlines(keepends=True)
    assert written == f"Written to {file}\n"
    assert [remark[:13] for remark in remarks] == ["No reports as"]
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 1 + 132


def test_a_closed_pipe_is_no_error(shell: Shell) -> None:
    for words in ("list", "--help", "list --format json", "check"):
        script = f"{sys.executable} -m credit_plan {words} | true; exit ${{PIPESTATUS[0]}}"
        done = shell(script)
        assert (done.returncode, done.stderr) == (0, b""), words


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "gbk"},
        {"PYTHONIOENCODING": "ascii"},
        {"TERM": "dumb"},
    ],
    ids=str,
)
def test_no_locale_loses_a_character(run: Run, environment: dict[str, str]) -> None:
    assert run("unit", "市住建局", **environment) == run("unit", "市住建局")
    assert "市住建局" in run("unit", "市住健局", **environment).err


def test_a_pipe_gets_no_colour_and_no_box(run: Run) -> None:
    for columns in ({}, {"COLUMNS": "80"}):
        out = run("summary", **columns).out
        assert "\x1b" not in out
        assert not set(out) & set("─│┌┐└┘━┃")


def in_a_terminal(width: int, *words: str, height: int = 50, **environment: str) -> str:
    """Return what the command writes to a terminal of this size, without a pager unless named."""
    command = (sys.executable, "-m", "credit_plan", *words)
    return read_terminal(command, "stdout", width, height, environment)


def read_terminal(
    command: Sequence[str],
    stream: str,
    width: int,
    height: int = 50,
    environment: Mapping[str, str] | None = None,
    **others: IO[bytes],
) -> str:
    """Return what a command writes to a terminal that is one of its streams; it must succeed."""
    code, written = run_at_terminal(command, (stream,), width, height, environment, **others)
    assert code == 0
    return written.decode()


def run_at_terminal(
    command: Sequence[str],
    streams: Sequence[str],
    width: int,
    height: int = 50,
    environment: Mapping[str, str] | None = None,
    **others: Any,  # noqa: ANN401  Popen's own
) -> tuple[int, bytes]:
    """Return how a command ends, and what it writes to a terminal that is one of its streams."""
    pty = pytest.importorskip("pty")
    fcntl, struct, termios = (pytest.importorskip(it) for it in ("fcntl", "struct", "termios"))
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
    changing = {"COLUMNS", "LINES", "NO_COLOR", "LESS", "LV"}
    inherited = {key: value for key, value in os.environ.items() if key not in changing}
    process = subprocess.Popen(
        command,
        env={
            **inherited,
            "TERM": "xterm-256color",
            "PAGER": "",
            "CREDIT_PLAN_LANG": "en",
            **(environment or {}),
        },
        **{"cwd": ROOT, **dict.fromkeys(streams, theirs), **others},
    )
    os.close(theirs)
    written = b""
    while chunk := read_or_end(ours):
        written += chunk
    os.close(ours)
    return process.wait(), written


def read_or_end(descriptor: int) -> bytes:
    """Return the next bytes; none when the other end of the terminal is closed."""
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


def test_a_terminal_gets_colour_its_width_and_marked_hits() -> None:
    shown = in_a_terminal(100, "search", "信易贷", "--unit", "银保监")
    assert "\x1b[1;7m信易贷\x1b[0m" in shown
    assert "\x1b[36m" in shown
    assert "─" * 90 in shown


def test_no_color_is_honoured_and_keeps_the_marks() -> None:
    shown = in_a_terminal(100, "search", "信易贷", NO_COLOR="1")
    assert "\x1b[36m" not in shown
    assert "\x1b[1;7m信易贷\x1b[0m" in shown
    assert "\x1b" not in in_a_terminal(100, "search", "信易贷", TERM="dumb")


def test_explain_and_check_are_folded_for_a_terminal_and_not_for_a_pipe(run: Run) -> None:
    for words in (("explain", "unreadable-yaml"), ("check",)):
        whole = run(*words).out
        assert max(map(cell_len, whole.splitlines())) > 60
        shown = in_a_terminal(60, *words, TERM="dumb")
        assert max(map(cell_len, shown.splitlines())) <= 60
    assert "".join(run("explain", "page-order", COLUMNS="40").out.split()) == "".join(
        run("explain", "page-order").out.split()
    )


def test_what_does_not_fit_has_a_line_a_row_unless_it_is_to_be_long() -> None:
    short = in_a_terminal(80, "list", height=24, NO_COLOR="1").splitlines()
    assert len(short) == 2 + 228 + 1
    assert "--long" in short[-1]
    long = in_a_terminal(80, "list", "--long", height=24).splitlines()
    assert len(long) > 1000
    assert not any("…" in line or "--long" in line for line in long)


def test_the_page_of_status_fits_40_lines_and_begins_with_its_totals() -> None:
    data = str(ROOT / "data")
    silent = in_a_terminal(80, "status", "--data", data, height=24, NO_COLOR="1").splitlines()
    assert "reported 0 of 228" in silent[0]
    asked = ("status", "--data", data, "--as-of", "2022-06-30")
    assert max(len(silent), len(in_a_terminal(80, *asked, height=24).splitlines())) <= 40


def test_due_shows_at_80_columns_how_many_units_are_responsible() -> None:
    shown = in_a_terminal(80, "due", "--before", "2025", height=24, TERM="dumb")
    first = next(line for line in shown.splitlines() if line.startswith("2022-12-31"))
    assert re.search(r"  (1|各相关单位)  ", first)
    assert "no room for" not in shown


@pytest.mark.english
def test_columns_order_and_number_of_rows_are_for_every_format(run: Run) -> None:
    words = ("list", "--columns", "lead,id,timing", "--sort", "-id", "--limit", "2")
    rows = json.loads(run(*words, "--format", "json").out)["rows"]
    assert [list(row) for row in rows] == [["lead", "id", "timing"]] * 2
    assert [row["id"] for row in rows] == ["81", "80.3"]
    assert run(*words, "--format", "csv").out.splitlines()[0] == "\ufefflead,id,timing"
    assert run(*words, "--format", "markdown").out.startswith("| Lead | ID | Timing |")
    table = run(*words).out.splitlines()
    assert (len(table), table[0].split()) == (4, ["Lead", "ID", "Timing"])
    assert "first 2 of 228" in table[-1]


@pytest.mark.english
def test_an_unknown_column_is_wrong_usage(run: Run) -> None:
    for option in ("--columns", "--sort"):
        answer = run("list", option, "dedline")
        assert (answer.code, answer.out) == (2, "")
        assert "this answer has id, " in answer.err
        assert answer.err.splitlines()[2] == "  deadline"
    assert run("list", "--limit", "0").code == 2


def test_a_dash_is_stdout_and_a_closed_stdout_is_no_error(run: Run, shell: Shell) -> None:
    assert run("chapters", "-o", "-") == run("chapters")
    done = shell(f"{sys.executable} -m credit_plan chapters >&-")
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.english
@pytest.mark.parametrize(
    ("words", "tabled"),
    [
        (("unit", "各相关单位", "--role", "lead"), True),
        (("unit", "市文旅局", "--shared"), True),
        (("summary",), True),
        (("show", "7.5"), False),
        (("show", "7.5", "8.1"), False),
        (("list",), False),
    ],
)
def test_the_keys_of_the_rows_do_not_depend_on_the_answer(
    run: Run, words: tuple[str, ...], tabled: bool
) -> None:
    found = json.loads(run(*words, "--format", "json").out)["rows"]
    assert all(("table" in row) == tabled for row in found)
    header = run(*words, "--format", "csv").out.removeprefix("\ufeff").splitlines()[0]
    assert header.startswith("table,") == tabled
