"""`record` at a terminal, which asks for what it is not told."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
import typer
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from rich.cells import cell_len

from credit_plan.cli.interview import _list_keys, interview
from credit_plan.cli.line_editor import OfferCompleter
from credit_plan.cli.prompt import Offer, confirm
from credit_plan.cli.record import record
from credit_plan.dates import ZONE
from credit_plan.loader.locate import Source
from credit_plan.plan import STATUSES_IN_CHINESE, Plan, Report, Status
from credit_plan.reporting.reported import Reported
from credit_plan.storage import writer
from tests.cli.test_record import entries
from tests.conftest import ROOT, Run, locale_named

try:
    import pty
    import termios
except ImportError:  # Windows
    pty = None  # type: ignore[assignment]

INTERRUPT = "\x03"
END = "\x04"
DOWN = "\x1b[B"
RUBOUT = "\x7f"
TERMINALS = ("dumb", "xterm-256color")
"""A line is read by readline on the first, by prompt_toolkit on the second."""

CONTROLS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
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
        lines: int = 24,
        **variables: str,
    ) -> tuple[int, str]:
        last = answers[-1][1]
        process, terminal = pty.fork()
        if process == 0:
            # Whoever runs the tests in the background has it ignored.
            signal.signal(signal.SIGINT, signal.default_int_handler)
            # Before the program asks how large it is.
            termios.tcsetwinsize(0, (lines, 80))
            os.chdir(data.parent)
            fixed = {"TERM": "dumb", "COLUMNS": "80", "CREDIT_PLAN_LANG": "en"}
            environment = {**os.environ, **fixed, **variables}
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
        return os.waitstatus_to_exitcode(status), CONTROLS.sub("", said).replace("\r\n", "\n")

    return talk_it


def mode_as_a_terminal_of(encoding: str, terminal: int) -> None:
    """Let the kernel rub out characters of UTF-8 whole, as every emulator of a terminal does."""
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
        if question is not None and shows(said.decode(encoding, "ignore"), question):
            return said.decode(encoding, "replace")
    raise AssertionError(said.decode(encoding, "replace"))


def shows(said: str, question: str) -> bool:
    """Return whether a screen ends with a question; an editor moves its cursor after that."""
    plain = CONTROLS.sub("", said).replace("\r\n", "\n")
    return question.strip() in plain if "\x1b" in said else plain.endswith(question)


def test_at_a_terminal_it_asks(talk: Talk, data: Path) -> None:
    code, said = talk(
        ("search words): ", "99\r"),
        ("search words): ", "计生委\r"),
        ("search words): ", "信用\r"),
        ("search words): ", "信易贷 银行\r"),
        ("Which: ", "9\r"),
        ("Which: ", "1\r"),
        ("Status: ", "未完成\r"),
        ("Status: ", "正在推进。\r"),
        ("]: ", "2023\r"),
        ("]: ", "２０２３年底\r"),
        ("Reported by [银保监]: ", "火星局\r"),
        ("Reported by [银保监]: ", "地税局\r"),
        ("Reported by [银保监]: ", "\r"),
        ("“信易贷”平台成功授信金额 in 亿元 (optional): ", "三\r"),
        ("“信易贷”平台成功授信金额 in 亿元 (optional): ", "3.5亿元\r"),
        ("Note (optional): ", "进展顺利\r"),
        ("empty to finish): ", "no.pdf\r"),
        ("empty to finish): ", "https://example.org/a\r"),
        ("empty to finish): ", "\r"),
        ("Write this? [Y/n]: ", "maybe\r"),
        ("Write this? [Y/n]: ", "\r"),
    )
    assert code == 0, said
    for line in (
        "Error: unknown task “99”; the plan has tasks 1 to 81",
        "Error: no measure contains these words",
        "  市卫健局",
        "   1  3.2     指导辖区内银行机构与“信易贷”平台对接，积极入驻并发布信用融…",
        "Error: type a number from 1 to 5",
        "   2  in-progress 推进中",
        "Did you mean one of these?",
        "Error: “maybe” is neither yes nor no; type y or n, or 是 or 否",
        "Error: “2023” is more than one day; name one, such as 2023-12-31",
        "   1  银保监",
        "Error: unknown unit “火星局”",
        "  市税务局",
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
    ("answers", "ended"),
    [
        ((("search words): ", END),), 130),
        ((*ANSWERS[:2], ("]: ", INTERRUPT)), 130),
        ((*ANSWERS[:5], ("empty to finish): ", END)), 130),
        ((*ANSWERS, ("Write this? [Y/n]: ", INTERRUPT)), 130),
        ((*ANSWERS, ("Write this? [Y/n]: ", END)), 130),
        ((*ANSWERS, ("Write this? [Y/n]: ", "不\r")), 0),
    ],
    ids=["end", "interrupted", "end of evidence", "interrupted at the last", "end at last", "no"],
)
@pytest.mark.parametrize("terminal", TERMINALS)
def test_who_stops_answering_has_written_nothing(
    talk: Talk, data: Path, answers: tuple[tuple[str, str], ...], ended: int, terminal: str
) -> None:
    code, said = talk(*answers, TERM=terminal)
    assert code == ended, said
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
        ("Write this? [Y/n]: ", "y\r"),
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
    done = ("record", "--status", "done", "--on", "2022-01-01", "7.11")
    assert run(*done, cwd=data.parent).code == 0
    code, said = talk(("search words): ", "市统计局\r"), ("About [1]: ", INTERRUPT))
    assert code == 130, said
    assert "ID          8.16\nMeasure     待省统计局正式印发" in said
    assert run(*done[:-1], "8.16", cwd=data.parent).code == 0
    code, said = talk(("search words): ", "市统计局\r"), ("Which: ", INTERRUPT))
    assert code == 130, said


def test_a_measure_that_is_named_is_not_asked_for(talk: Talk, data: Path) -> None:
    code, said = talk(
        ("About [1]: ", "\r"),
        ("Status: ", "进行中\r"),
        ("]: ", "\r"),
        ("Reported by [市营商局]: ", "1\r"),
        ("％ (optional): ", "60\r"),
        *ANSWERS[4:],
        ("Write this? [Y/n]: ", "y\r"),
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


LOCALES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("zh_CN.UTF-8", "utf-8", {}),
    ("zh_CN.GBK", "gbk", {}),
    ("zh_CN.GB18030", "gb18030", {}),
    ("zh_TW.BIG5", "big5", {}),
    ("C", "utf-8", {}),
    ("en_US.ISO-8859-1", "utf-8", {}),
    ("zh_CN.UTF-8", "utf-8", {"PYTHONIOENCODING": "utf-8"}),
    ("zh_CN.UTF-8", "utf-8", {"PYTHONIOENCODING": "ascii:strict"}),
    ("zh_CN.UTF-8", "utf-8", {"PYTHONIOENCODING": "cp1252:strict"}),
    ("zh_CN.UTF-8", "gbk", {"PYTHONIOENCODING": "cp936:strict"}),
    ("zh_CN.UTF-8", "gbk", {"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "1"}),
)


@pytest.mark.parametrize(
    ("name", "encoding", "variables"),
    [(name, code, more | {"TERM": it}) for it in TERMINALS for name, code, more in LOCALES],
    ids=str,
)
def test_what_is_typed_is_stored_and_a_byte_that_is_no_text_is_asked_again(
    talk: Talk, data: Path, name: str, encoding: str, variables: dict[str, str]
) -> None:
    """No character is dropped or changed, and no byte ends in a traceback (attack X9).

    Where the locale has the encoding, a character is rubbed out whole.
    """
    is_of_locale = "PYTHONIOENCODING" not in variables
    typed = f"路中{RUBOUT}一二{RUBOUT}\r" if is_of_locale else "路中一二\r"
    code, said = talk(
        ("About [1]: ", "\r"),
        ("Status: ", "done\r"),
        ("]: ", "\r"),
        ("]: ", "\r"),
        ("(optional): ", "60\r"),
        ("Note (optional): ", "路中".encode(encoding) + b"\xff\r"),
        # Not the question that is shown once more at its end: between two questions the kernel
        # edits the line, and rubs out half a character of GBK.
        ("encoding of your terminal\nNote (optional): ", typed),
        *ANSWERS[5:],
        ("Write this? [Y/n]: ", "y\r"),
        words=("14",),
        encoding=encoding,
        **locale_named(name),
        **variables,
    )
    assert code == 0, said
    assert said.count(f"is not valid in {encoding.upper()}, the encoding in use") == 1
    assert [entry.note for entry in entries(data)] == ["路一" if is_of_locale else "路中一二"]


def test_names_are_offered_while_they_are_typed(talk: Talk, data: Path) -> None:
    """By a part of an alias too, with arrows or Tab, and Chinese is rubbed out in one stroke."""
    code, said = talk(
        ("search words):", "住建"),
        ("75.4", DOWN),
        ("7.5", DOWN),
        ("8.7", "\r"),
        ("About [1]:", "7\r"),
        ("About [1]:", "2024-12-31\r"),
        ("Status:", "完成\r"),
        ("On which day", "\r"),
        ("Reported by", "卫生"),
        ("市卫健局", "\t"),
        ("市卫健局", "\r"),
        ("Note", f"一二{RUBOUT}\r"),
        ("Evidence", "\r"),
        ("Write this?", "是\r"),
        TERM="xterm-256color",
    )
    assert code == 0, said
    (entry,) = entries(data)
    assert (entry.measure, entry.unit, entry.note) == ("8.7", "市卫健局", "一")


def test_in_what_is_offered_nothing_acts() -> None:
    """Neither a terminal nor prompt_toolkit finds a command in the names of the data."""
    offer = Offer("甲\x1b]0;x\x07\n", "<b>[red]\x9b31m</b>", ("甲",))
    (found,) = OfferCompleter((offer,)).get_completions(Document("甲"), CompleteEvent())
    assert found.display_text == r"甲\x1b]0;x\x07\n"
    assert found.display_meta_text == r"<b>[red]\x9b31m</b>"
    assert [style for style, _text in found.display_meta] == [""]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("7.5", ["7.5"]),
        ("７．５", ["7.5"]),
        ("房地产", ["1.1", "7.5"]),
        ("房地產", ["1.1", "7.5"]),
        ("住建", ["7.5"]),
        ("物业 住房", ["7.5"]),
        ("税务", []),
    ],
)
def test_all_words_typed_are_in_what_is_offered(typed: str, offered: list[str]) -> None:
    offers = (
        Offer("7.5", "", ("7.5", "对房地产物业评价", "市住建局", "市住房和城乡建设局")),
        Offer("1.1", "", ("1.1", "房地产信用", "市营商局")),
    )
    found = OfferCompleter(offers).get_completions(Document(typed), CompleteEvent())
    assert [it.text for it in found] == offered


@pytest.mark.parametrize("typed", ["zjj", "zhujian", "SZFHCX"])
def test_a_unit_is_offered_by_its_pinyin(plan: Plan, typed: str) -> None:
    offers = [Offer(unit.name, "", _list_keys(unit)) for unit in plan.units]
    found = OfferCompleter(offers).get_completions(Document(typed), CompleteEvent())
    assert [it.text for it in found] == ["市住建局"]


def test_the_periods_that_are_owed_are_offered_and_others_can_be_typed(
    talk: Talk, run: Run, data: Path
) -> None:
    said = ("--unit", "市市场监管局", "--status", "done", "--for", "2025Q4", "--on", "2025-12-30")
    assert run("record", "35.1", *said, cwd=data.parent).code == 0
    question = "About (or type another date, such as 2025Q4) [1]: "
    words = ("35.1", "--unit", "市市场监管局", "--on", "2026-01-05")
    answers = (("Status: ", "3\r"), *ANSWERS[4:], ("Write this? [Y/n]: ", "y\r"))
    code, shown = talk((question, "2024\r"), (question, "2024年第二季度\r"), *answers, words=words)
    assert code == 0, shown
    offered = re.findall(r"^   [1-9]  (\S+)", shown.partition("About")[0], re.MULTILINE)
    assert offered == ["the", "2024Q4", "2025Q1", "2025Q2", "2025Q3"]
    assert "Error: several things of measure 35.1 fall due on “2024”" in shown
    code, shown = talk((question, "2\r"), *answers, words=words)
    assert code == 0, shown
    assert [it.due for it in entries(data)] == ["2025Q4", "2024Q2", "2024Q4"]


def test_a_small_window_still_takes_an_answer(talk: Talk) -> None:
    code, said = talk(("search words):", "8.3\r"), ("Status:", INTERRUPT), TERM="xterm", lines=4)
    assert code == 130, said
    assert "too small" not in said


def test_what_is_given_is_not_asked_for(talk: Talk, data: Path) -> None:
    code, said = talk(
        ("About [1]: ", "\r"),
        ("Status: ", "2\r"),
        ("]: ", "\r"),
        ("Reported by [市营商局]: ", "\r"),
        *ANSWERS[5:],
        ("Write this? [Y/n]: ", "对\r"),
        words=("62", "--note", "核查模块已上线"),
    )
    assert code == 0, said
    (entry,) = entries(data)
    assert (entry.measure, entry.note) == ("62", "核查模块已上线")


@pytest.mark.parametrize("terminal", TERMINALS)
@pytest.mark.parametrize("yes", ["", "是", "Ｙ"])
def test_in_chinese_it_asks_and_is_answered_in_chinese(
    talk: Talk, data: Path, terminal: str, yes: str
) -> None:
    code, said = talk(
        ("报送对象（直接按回车为1）：", "\r"),
        ("进展状态：", "未完成\r"),
        ("进展状态：", "in-progress\r"),
        ("）：", "\r"),
        ("填报单位（直接按回车为市营商局）：", "\r"),
        ("说明（可不填）：", "\r"),
        ("（网址或文件；没有了直接按回车）：", "\r"),
        ("（是/否，直接按回车为“是”）：", "也许\r"),
        ("（是/否，直接按回车为“是”）：", f"{yes}\r"),
        words=("62",),
        TERM=terminal,
        CREDIT_PLAN_LANG="zh",
    )
    assert code == 0, said
    for line in (
        "   1  整条措施",
        *(f"{at:4}  {word}" for at, word in enumerate(STATUSES_IN_CHINESE.values(), 1)),
        "错误：无法识别“也许”；须回答“是”或“否”（y或n）",
        "已写入 data/progress/62.yaml:3",
    ):
        assert line in said.splitlines()
    # But for the lines of the file, what it says has no English word.
    spoken = [it for it in said.splitlines() if not it.startswith(("+", "-", "@"))]
    foreign = set(re.findall("[A-Za-z]{2,}", " ".join(spoken)))
    assert foreign == {"data", "progress", "yaml", "credit", "plan", "record", "undo", "in"}
    (entry,) = entries(data)
    assert (entry.measure, entry.status) == ("62", Status.IN_PROGRESS)


def test_a_figure_that_is_given_is_not_asked_for(talk: Talk, data: Path) -> None:
    code, said = talk(
        ("About [1]: ", "\r"),
        ("Status: ", "2\r"),
        ("排名 in 名 (optional): ", "128\r"),
        ("Note (optional): ", "\r"),
        *ANSWERS[5:],
        ("Write this? [Y/n]: ", "yes\r"),
        words=("1", "--value", "50％", "--on", "2024-06-30", "--unit", "营商"),
    )
    assert code == 0, said
    (entry,) = entries(data)
    assert entry.values == {"ranking-in-group": Decimal(50), "ranking": Decimal(128)}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("62", "--on", "2099-01-01"), "Error: --on: 2099-01-01 is in the future"),
        (("--unit", "火星局", "--note", "x"), "Error: --unit: unknown unit “火星局”"),
        (("--status", "fertig"), "Error: --status: unknown status “fertig”"),
        (("7", "--evidence", "no.pdf"), "Error: --evidence: there is no file “no.pdf”"),
        (("62", "--value", "128"), "Error: --value: measure 62 has no indicator"),
        (("14", "--for", "2021"), "Error: --for: nothing of measure 14 falls due on “2021”"),
        (("99", "--note", "x"), "Error: unknown task “99”"),
    ],
)
def test_a_wrong_option_is_said_before_anything_is_asked(
    talk: Talk, words: tuple[str, ...], said: str
) -> None:
    code, screen = talk(("", ""), words=words)
    assert code == 2, screen
    assert said in screen
    assert "Measure (" not in screen


def test_a_measure_is_shown_with_what_is_ahead_and_its_last_report(
    plan: Plan, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("builtins.input", stop)
    recorded = datetime(2023, 12, 29, 9, tzinfo=ZONE)
    figure = (("public-commitment", Decimal("59.5")),)
    report = Report(
        measure="14",
        due=None,
        on=date(2023, 12, 28),
        unit="市营商局",
        status=Status.BLOCKED,
        values=figure,
        note="还差三家",
        evidence=(),
        recorded=recorded,
    )
    earlier = report._replace(on=date(2022, 12, 31), note="早")
    reported = plan._replace(reports=(earlier, report))
    with time_machine.travel("2024-06-30"), pytest.raises(typer.Abort):
        interview(reported, Source(ROOT / "data", bundled=False), Reported("14"))
    shown = capsys.readouterr().out
    assert shown.startswith("ID          14\nMeasure     政府及其部门、公职人员")
    assert (
        """
Milestones  2024-12-31 2024年底前不低于80％
Lead        市营商局
As printed  2025年底前
Deadline    2025-12-31

Last report
On           2023-12-28
ID           14
Reported by  市营商局
Status       blocked
Figures      政府及部门政务诚信承诺率 59.5％
Note         还差三家
"""
        in shown
    )
    assert max(map(cell_len, shown.splitlines())) <= 80


@pytest.mark.parametrize(
    ("answer", "is_yes"),
    [
        *((word, True) for word in ("", "y", "YES", "是", "对。", "ｙ", "好")),
        *((word, False) for word in ("n", "No", "否", "不", "不是")),
    ],
)
def test_yes_and_no_are_said_in_either_language(
    monkeypatch: pytest.MonkeyPatch, answer: str, is_yes: bool
) -> None:
    answers = iter(("ja", "不知道", answer))
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr("builtins.input", lambda _prompt: next(answers))
    assert confirm("Write this?") is is_yes


def test_ctrl_c_while_another_process_writes_leaves_nothing(talk: Talk, data: Path) -> None:
    with writer.lock(data / "progress"):
        code, said = talk(*ANSWERS, ("[Y/n]: ", "y\r"), ("y\n", INTERRUPT))
    assert code == 130, said
    assert said.splitlines()[-1] == "nothing was written"
    assert [it.name for it in (data / "progress").iterdir()] == [writer.LOCK]


def test_ctrl_c_comes_too_late_while_it_writes(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    replace_files = writer.replace_files

    def interrupted(*given: Any) -> None:  # noqa: ANN401  as replace_files takes them
        signal.raise_signal(signal.SIGINT)
        replace_files(*given)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(writer, "replace_files", interrupted)
    record(["14"], "done", data=data)
    assert "14.yaml:3\n" in capsys.readouterr().err
    assert len(entries(data)) == 1


def test_ctrl_c_before_the_first_question_says_that_nothing_was_written(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_given: Any, **_named: Any) -> None:  # noqa: ANN401  as load_sound takes them
        raise KeyboardInterrupt

    monkeypatch.setattr("credit_plan.cli.data.load_sound", interrupt)
    with pytest.raises(typer.Exit) as ended:
        record(["14"], "done", data=data)
    assert ended.value.exit_code == 130
    assert capsys.readouterr().err == "\nnothing was written\n"


def test_pasted_colours_are_no_mouse(talk: Talk) -> None:
    """prompt_toolkit takes ESC[31m for a click, and shows a traceback as it has no place."""
    code, said = talk(
        ("search words): ", "\x1b[31m14\r"),
        ("About [1]:", "\r"),
        ("Status: ", INTERRUPT),
        TERM="xterm-256color",
    )
    assert (code, "Traceback" in said, "Unhandled" in said) == (130, False, False)
    assert "Lead" in said
