"""`record` at a terminal, which asks for what it is not told."""

from __future__ import annotations

import os
import select
import shutil
import signal
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from tests.cli.test_record import entries
from tests.conftest import ROOT, Run, locale_named

try:
    import pty
except ImportError:  # Windows
    pty = None  # type: ignore[assignment]

INTERRUPT = "\x03"
RUBOUT = "\x7f"
IUTF8 = 0o40000
"""A flag of Linux that termios does not name."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return the real plan in a folder of its own, in which nothing has been reported."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path / "data"


Talk = Callable[..., tuple[int, str]]


@pytest.fixture
def talk(data: Path) -> Talk:
    """Talks with `record` at a terminal: each answer is given to the question that ends so."""
    if pty is None:
        pytest.skip("no terminals of this kind on this system")

    def talk_it(
        *answers: tuple[str, str | bytes],
        words: tuple[str, ...] = (),
        encoding: str = "utf-8",
        **variables: str,
    ) -> tuple[int, str]:
        last = answers[-1][1]
        process, terminal = pty.fork()
        if process == 0:
            # Whoever runs the tests in the background has it ignored.
            signal.signal(signal.SIGINT, signal.default_int_handler)
            os.chdir(data.parent)
            environment = {**os.environ, "TERM": "dumb", "COLUMNS": "80", **variables}
            command = [sys.executable, "-m", "credit_plan", "record", *words]
            os.execve(sys.executable, command, environment)  # noqa: S606
        mode_as_a_terminal_of(encoding, terminal)
        said = ""
        try:
            for question, answer in answers:
                said += heard(terminal, question, encoding)
                typed = answer if isinstance(answer, bytes) else answer.encode(encoding)
                os.write(terminal, typed)
            said += heard(terminal, None, encoding, INTERRUPT if last == INTERRUPT else "")
        finally:
            os.close(terminal)
        _process, status = os.waitpid(process, 0)
        return os.waitstatus_to_exitcode(status), said.replace("\r\n", "\n")

    return talk_it


def mode_as_a_terminal_of(encoding: str, terminal: int) -> None:
    """Let the kernel rub out characters of UTF-8 whole, as every emulator of a terminal does."""
    termios = pytest.importorskip("termios")
    modes = termios.tcgetattr(terminal)
    if encoding == "utf-8" and sys.platform == "linux":
        modes[0] |= IUTF8
    termios.tcsetattr(terminal, termios.TCSANOW, modes)


def heard(terminal: int, question: str | None, encoding: str = "utf-8", again: str = "") -> str:
    """Return what is said up to the end of a question, or to the end of all.

    What is to be done `again` while nothing comes is what may have come too early.
    """
    said, end = b"", time.monotonic() + 30
    while time.monotonic() < end:
        ready, _write, _odd = select.select([terminal], [], [], 1)
        if not ready:
            os.write(terminal, again.encode())
            continue
        try:
            more = os.read(terminal, 4096)
        except OSError:
            more = b""
        if not more:
            assert question is None, f"no {question!r} in {said.decode(encoding)}"
            return said.decode(encoding, "replace")
        said += more
        if question is not None and said.decode(encoding, "ignore").endswith(question):
            return said.decode(encoding, "replace")
    raise AssertionError(said.decode(encoding, "replace"))


def test_at_a_terminal_it_asks(talk: Talk, data: Path) -> None:
    code, said = talk(
        ("search words): ", "99\r"),
        ("search words): ", "信用\r"),
        ("search words): ", "信易贷 银行\r"),
        ("Which: ", "9\r"),
        ("Which: ", "1\r"),
        ("Status: ", "进行中\r"),
        ("]: ", "2023\r"),
        ("]: ", "2023-12-31\r"),
        ("Reported by [银保监]: ", "火星局\r"),
        ("Reported by [银保监]: ", "\r"),
        ("“信易贷”平台成功授信金额 in 亿元 (optional): ", "三\r"),
        ("“信易贷”平台成功授信金额 in 亿元 (optional): ", "3.5亿元\r"),
        ("Note (optional): ", "进展顺利\r"),
        ("empty to finish): ", "no.pdf\r"),
        ("empty to finish): ", "https://example.org/a\r"),
        ("empty to finish): ", "\r"),
        ("Write this? [y/n]: ", "\r"),
        ("Write this? [y/n]: ", "y\r"),
    )
    assert code == 0, said
    for line in (
        "Error: unknown task “99”; the plan has tasks 1 to 81",
        "   1  3.2     指导辖区内银行机构与“信易贷”平台对接，积极入驻并发布信用融…",
        "Error: type a number from 1 to 5",
        "   2  in-progress 进行中",
        "Error: “2023” is more than one day; name one, such as 2023-12-31",
        "   1  银保监",
        "Error: unknown unit “火星局”",
        "Error: “三” is not a figure in 亿元; write it as 98, 4200 or 0.02",
        "+    note: 进展顺利",
        "Written to data/progress/03.yaml:3",
    ):
        assert line in said.splitlines()
    (entry,) = entries(data)
    assert (entry.measure, entry.unit, entry.note) == ("3.2", "银保监", "进展顺利")
    assert entry.values == {"credit-granted": Decimal("3.5")}
    assert entry.evidence[0].url == "https://example.org/a"


ANSWERS = (
    ("search words): ", "7.12\r"),
    ("Status: ", "3\r"),
    ("]: ", "\r"),
    ("Reported by: ", "卫健\r"),
    ("Note (optional): ", "\r"),
    ("empty to finish): ", "\r"),
)


@pytest.mark.parametrize(
    "answers",
    [
        (("search words): ", "\x04"),),
        (*ANSWERS[:2], ("]: ", INTERRUPT)),
        (*ANSWERS, ("Write this? [y/n]: ", "n\r")),
        (*ANSWERS, ("Write this? [y/n]: ", INTERRUPT)),
    ],
    ids=["end", "interrupted", "no", "interrupted at the last"],
)
def test_who_stops_answering_has_written_nothing(
    talk: Talk, data: Path, answers: tuple[tuple[str, str], ...]
) -> None:
    code, said = talk(*answers)
    assert code == 0, said
    assert said.splitlines()[-1] == "nothing was written"
    assert not (data / "progress").exists()


def test_a_unit_is_asked_which_of_its_measures_is_meant(talk: Talk, data: Path) -> None:
    code, said = talk(
        ("search words): ", "市信用信息共享平台信源单位\r"),
        ("search words): ", "税务局\r"),
        ("Which: ", "7.12\r"),
        ("Status: ", "受阻\r"),
        ("]: ", "\r"),
        ("Reported by: ", "9\r"),
        ("Reported by: ", "3\r"),
        *ANSWERS[4:],
        ("Write this? [y/n]: ", "y\r"),
    )
    assert code == 0, said
    for line in (
        "Error: 市信用信息共享平台信源单位 leads no measure",
        "   1  市公安局",
        "   4  市医保局",
        "Error: type a number from 1 to 4",
        "Written to data/progress/07.yaml:3",
    ):
        assert line in said.splitlines()
    (entry,) = entries(data)
    assert (entry.measure, entry.unit) == ("7.12", "市税务局")


def test_of_a_unit_what_is_open_is_to_be_chosen_from(talk: Talk, run: Run, data: Path) -> None:
    done = ("record", "--status", "done", "7.11")
    assert run(*done, cwd=data.parent).code == 0
    code, said = talk(("search words): ", "市统计局\r"), ("Status: ", INTERRUPT))
    assert code == 0, said
    assert "  8.16  待省统计局正式印发" in said
    assert run(*done[:-1], "8.16", cwd=data.parent).code == 0
    code, said = talk(("search words): ", "市统计局\r"), ("Which: ", INTERRUPT))
    assert code == 0, said


def test_a_measure_that_is_named_is_not_asked_for(talk: Talk, data: Path) -> None:
    code, said = talk(
        ("Status: ", "进行中\r"),
        ("]: ", "\r"),
        ("Reported by [市营商局]: ", "1\r"),
        ("％ (optional): ", "60\r"),
        *ANSWERS[4:],
        ("Write this? [y/n]: ", "y\r"),
        words=("14",),
    )
    assert code == 0, said
    (entry,) = entries(data)
    assert (entry.measure, entry.unit) == ("14", "市营商局")


def test_a_dry_run_asks_and_shows(talk: Talk, data: Path) -> None:
    code, said = talk(*ANSWERS, words=("--dry-run",))
    assert code == 0, said
    assert "led by 市公安局、市卫健局、市税务局、市医保局" in said
    assert said.splitlines()[-3].startswith("+    status: done")
    assert said.splitlines()[-1] == "nothing was written (--dry-run)"
    assert not (data / "progress").exists()


@pytest.mark.parametrize(
    ("name", "encoding", "variables"),
    [
        ("zh_CN.UTF-8", "utf-8", {}),
        ("zh_CN.GBK", "gbk", {}),
        ("zh_CN.GB18030", "gb18030", {}),
        ("zh_TW.BIG5", "big5", {}),
        ("C", "utf-8", {}),
        ("en_US.ISO-8859-1", "utf-8", {}),
        ("zh_CN.UTF-8", "utf-8", {"PYTHONIOENCODING": "utf-8"}),
        ("zh_CN.UTF-8", "utf-8", {"PYTHONIOENCODING": "ascii:strict"}),
        ("zh_CN.UTF-8", "utf-8", {"PYTHONIOENCODING": "latin-1:strict"}),
        ("zh_CN.UTF-8", "gbk", {"PYTHONIOENCODING": "gbk:strict"}),
    ],
    ids=str,
)
def test_what_is_typed_is_stored_and_a_byte_that_is_no_text_is_asked_again(
    talk: Talk, data: Path, name: str, encoding: str, variables: dict[str, str]
) -> None:
    """No character is dropped or changed, and no byte ends in a traceback (attack X9)."""
    code, said = talk(
        ("Status: ", "done\r"),
        ("]: ", "\r"),
        ("]: ", "\r"),
        ("(optional): ", "60\r"),
        ("Note (optional): ", "路中".encode(encoding) + b"\xff\r"),
        ("Note (optional): ", "路中一二\r"),
        *ANSWERS[5:],
        ("Write this? [y/n]: ", "y\r"),
        words=("14",),
        encoding=encoding,
        **locale_named(name),
        **variables,
    )
    assert code == 0, said
    assert said.count(f"is not valid in {encoding.upper()}, the encoding in use") == 1
    assert [entry.note for entry in entries(data)] == ["路中一二"]


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("zh_CN.UTF-8", "utf-8"),
        ("zh_CN.GBK", "gbk"),
        ("zh_CN.GB18030", "gb18030"),
        ("zh_TW.BIG5", "big5"),
        ("C", "utf-8"),
        ("en_US.ISO-8859-1", "utf-8"),
    ],
)
def test_a_character_is_rubbed_out_whole(talk: Talk, data: Path, name: str, encoding: str) -> None:
    code, said = talk(
        ("Status: ", "done\r"),
        ("]: ", "\r"),
        ("]: ", "\r"),
        ("(optional): ", "60\r"),
        ("Note (optional): ", f"路中{RUBOUT}一二{RUBOUT}\r"),
        *ANSWERS[5:],
        ("Write this? [y/n]: ", "y\r"),
        words=("14",),
        encoding=encoding,
        **locale_named(name),
    )
    assert code == 0, said
    assert [entry.note for entry in entries(data)] == ["路一"]
