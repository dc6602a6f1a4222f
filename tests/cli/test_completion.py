r"""TAB, in the shells themselves: whatever stands in the data, nothing of it runs (attack X1, X13).

Every shell has a pseudo-terminal of its own, so that it completes as at a prompt. It calls a
stand-in for the program, which passes on what is asked for a completion, and otherwise only notes
the words that it is given.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Self

import pytest

from credit_plan.cli import completion
from tests.cases import BASE, lay_out
from tests.conftest import Run, inherited
from tests.program import COMMAND

HOSTILE = (
    r"\$(touch PWNED)",
    r"\`touch PWNED\`",
    r"\\$(touch PWNED)",
    "$(touch PWNED)",
    "`touch PWNED`",
    "';touch PWNED;'",
    '";touch PWNED;"',
    "))';touch PWNED;'",
    ";touch PWNED",
    "&touch PWNED&",
    "|touch PWNED",
    ">PWNED",
    "<(touch PWNED)",
    "=(touch PWNED)",
    ":=(touch PWNED)",
    ":::;touch PWNED",
    "$'\\x24(touch PWNED)'",
    "%(touch PWNED)",
    "{a,b};touch PWNED",
    "(e:'touch PWNED':)",
    "“;touch PWNED;”",
    "‘;touch PWNED;’",
    "\ntouch PWNED\n",
    "\r\ntouch PWNED",
    "\ttouch PWNED",
    "\x1b]0;touch PWNED\x07",
    "\x1b[2J",
    "\x7f",
    "\x85",
    "\u2028",
    "\u202e",
    "\u3000",
    "\ue000",
    "\uf603",
    '"',
    "'",
    "\\",
    "!!",
    "~",
    "*",
    "?",
    "[/x]",
    "#",
    "@x",
    "a,b",
    "$HOME",
    "长" * 61,
)
"""What some shell or terminal would do something with."""

ACTING = [word for word in HOSTILE if word[0] in r"$`\;&|><'"][:10]
AS_OPTION = ("--output=PWNED", "-oPWNED", "–output=PWNED")
GOOD = "harmless局（城区）"
KILL_LINE = "\x15"
TITLE = "好 chapter（一）：“公示”"

SHELLS = {
    "bash": (
        ("--norc", "--noprofile", "-i"),
        "source <(_CREDIT_PLAN_COMPLETE=source_bash credit-plan)",
    ),
    "zsh": (
        ("-f", "-i"),
        "autoload compinit; compinit -Du; source <(_CREDIT_PLAN_COMPLETE=source_zsh credit-plan)",
    ),
    "fish": (("--no-config", "-i"), "_CREDIT_PLAN_COMPLETE=source_fish credit-plan | source"),
}
"""How each shell starts without the settings of a user, and how it learns to complete."""

PROTOCOLS = ("bash", "zsh", "fish", "powershell", "pwsh")
COMPLETERS = (
    completion.complete_unit,
    completion.complete_chapter,
    completion.complete_indicator,
    completion.complete_value,
    completion.complete_id,
)


def write(folder: Path, name: str, key: str, entries: Sequence[dict[str, object]]) -> None:
    """Write a list; JSON is YAML, and escapes what a file may not have as it is."""
    lines = "".join(f"  - {json.dumps(entry)}\n" for entry in entries)
    (folder / name).write_text(f"{key}:\n{lines}", encoding="utf-8")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Return a folder with a plan in which every name and title is hostile, but one of each."""
    data = tmp_path / "work" / "data"
    lay_out(BASE, data)
    names = [*AS_OPTION, *HOSTILE, *(f"h{word}" for word in HOSTILE), GOOD]
    units = [{"name": name, "kind": "government", "aliases": [name]} for name in names]
    write(data, "units.yaml", "units", units)
    write(data, "indicators.yaml", "indicators", [{"id": it, "name": it} for it in names])
    titles = [TITLE, *(f"甲{word}" for word in HOSTILE), *(f"长{word:　^55}" for word in AS_OPTION)]
    chapters = [{"number": number, "title": title} for number, title in enumerate(titles, 10)]
    write(data, "plan.yaml", "chapters", [{"number": "1$(touch PWNED)"}, *chapters])
    task = [{"number": f"1{word}", "text": word} for word in HOSTILE]
    write(data, "measures/02.yaml", "measures", [*task, {"number": "1-9"}])
    (data / "measures" / "03$(touch PWNED).yaml").touch()
    return data.parent


def complete(run: Run, shell: str, typed: str, cwd: Path, **environment: str) -> list[str]:
    """Return the lines that the program prints for a shell."""
    answer = run(
        cwd=cwd,
        _CREDIT_PLAN_COMPLETE=f"complete_{shell}",
        COMP_WORDS=f"credit-plan {typed}",
        COMP_CWORD=str(len(f"{typed}|".split())),
        _TYPER_COMPLETE_ARGS=f"credit-plan {typed}",
        _TYPER_COMPLETE_WORD_TO_COMPLETE=f"|{typed}".split(" ")[-1],
        _TYPER_COMPLETE_FISH_ACTION="get-args",
        **environment,
    )
    assert (answer.code, answer.err) == (0, "")
    return answer.out.splitlines()


@pytest.mark.parametrize("complete_it", COMPLETERS)
def test_only_text_is_offered(
    complete_it: Callable[[str], list[tuple[str, str]]],
    hostile: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No offered value and no description has a character that some shell acts on."""
    monkeypatch.chdir(hostile)
    typed = ("", "-", "h", "1", "2", "2.", "3", "\\", "$", *HOSTILE)
    offered = {pair for word in typed for pair in complete_it(word)}
    assert offered
    for value, description in offered:
        assert not set(value.removesuffix("=")) - set(f"{GOOD}0123456789-.cdeghiopr")
        assert all(it.isprintable() for it in description)
        assert not set(description) & set("$`\\\"'!;&|<>(){}*?[]#~:=@%,^")


@pytest.mark.parametrize(
    ("shell", "locale"), [*((shell, "C") for shell in PROTOCOLS), ("zsh", "C.UTF-8")]
)
def test_every_shell_is_given_the_same_bytes(
    run: Run, hostile: Path, shell: str, locale: str
) -> None:
    """They are UTF-8 in every locale; nothing of the rest is left."""
    bare, described = {
        "bash": ("{0}", "{0}"),
        "zsh": ("_arguments '*: :((\"{0}\"))'", '_arguments \'*: :(("{0}":"{1}"))\''),
        "fish": ("{0}", "{0}\t{1}"),
    }.get(shell, ("{0}::: ", "{0}:::{1}"))
    for typed, value, description in (
        ("unit ", GOOD, ""),
        ("unit h", GOOD, ""),
        ("list --unit ", GOOD, ""),
        ("chapter 10", "10", TITLE),
        ("list --chapter 10", "10", TITLE),
        ("indicators ", GOOD, GOOD),
        ("record 14 --value ", f"{GOOD}=", GOOD),
        ("show 2.", "2.1-9", ""),
        ("history 2.", "2.1-9", ""),
        ("history h", GOOD, ""),
        ("indicators 2.", "2.1-9", ""),
        ("due h", GOOD, ""),
    ):
        expected = (described if description else bare).format(value, description)
        assert complete(run, shell, typed, hostile, LC_ALL=locale) == [expected], typed


@pytest.mark.parametrize("shell", ["zsh", "fish", "powershell"])
def test_a_description_is_one_line_on_a_narrow_terminal(
    run: Run, hostile: Path, shell: str
) -> None:
    """A second line would be a candidate, and its first word an option perhaps."""
    lines = complete(run, shell, "chapter ", hostile, COLUMNS="10")
    assert len(lines) == 1 + len(HOSTILE) + len(AS_OPTION)
    assert all(line.removeprefix("_arguments '*: :((").lstrip('"')[:2].isdigit() for line in lines)


def test_there_are_no_more_candidates_than_anybody_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out(BASE, tmp_path / "data")
    write(tmp_path / "data", "units.yaml", "units", [{"name": f"甲{n}"} for n in range(5000)])
    monkeypatch.chdir(tmp_path)
    assert len(completion.complete_unit("")) == 500
    assert completion.complete_unit("甲4999") == [("甲4999", "")]


def test_what_is_no_text_is_not_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key without a value, a list and a mapping have no name, and some names cannot be seen."""
    lay_out(BASE, tmp_path / "data")
    names: list[object] = [
        None,
        [],
        ["甲"],
        {},
        {"甲": "乙"},
        "",
        ".",
        "..",
        "\u3164",
        "丙\u115f",
        "丙",
    ]
    units = [{"name": name} for name in names]
    write(tmp_path / "data", "units.yaml", "units", [*units, {"kind": "government"}])
    monkeypatch.chdir(tmp_path)
    assert completion.complete_unit("") == [("丙", "")]


def is_refused(data: Path, kind: str, file: Path) -> bool:
    """Put something that is no file of the plan in the place of one; return whether it could be."""
    file.unlink()
    outside = data.parent / "outside.yaml"
    outside.write_text("units:\n  - name: outside\n", encoding="utf-8")
    if kind == "pipe":
        if not hasattr(os, "mkfifo"):
            return False
        os.mkfifo(file)
    elif kind == "endless":
        file.symlink_to("/dev/zero")
    elif kind == "outside":
        file.symlink_to(outside)
    else:
        text = outside.read_bytes()
        file.write_bytes(text)
        os.truncate(file, 57 * 2**20)
    return True


@pytest.mark.parametrize("kind", ["pipe", "endless", "large", "outside"])
@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("units.yaml", "unit "),
        ("plan.yaml", "chapter "),
        ("indicators.yaml", "indicators "),
        ("measures/01.yaml", "show 1."),
    ],
)
def test_completion_reads_what_the_loader_reads(
    tmp_path: Path, kind: str, name: str, typed: str
) -> None:
    """A pipe, an endless file, a large one and one of elsewhere are not read: nothing hangs."""
    lay_out(BASE, tmp_path / "data")
    (tmp_path / "data" / name).touch()
    if not is_refused(tmp_path / "data", kind, tmp_path / "data" / name):
        pytest.skip("no pipes in the file system")
    done = subprocess.run(
        COMMAND,
        cwd=tmp_path,
        env={
            **inherited(),
            "_CREDIT_PLAN_COMPLETE": "complete_bash",
            "COMP_WORDS": f"credit-plan {typed}",
            "COMP_CWORD": "2",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
        preexec_fn=limit_memory if sys.platform == "linux" else None,
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, b"", b"")


def limit_memory() -> None:
    resource = pytest.importorskip("resource")
    resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31))


def test_a_folder_of_elsewhere_is_not_listed(run: Run, tmp_path: Path) -> None:
    lay_out(BASE, tmp_path / "other")
    lay_out(BASE, tmp_path / "data")
    shutil.rmtree(tmp_path / "data" / "measures")
    (tmp_path / "data" / "measures").symlink_to(tmp_path / "other" / "measures")
    assert complete(run, "bash", "show ", tmp_path) == [""]
    assert complete(run, "bash", "unit ", tmp_path) == [""]


def test_no_file_is_read_that_is_no_task(run: Run, tmp_path: Path) -> None:
    lay_out(BASE, tmp_path / "data")
    (tmp_path / "out.yaml").write_text('measures:\n  - {number: "1"}\n', encoding="utf-8")
    for typed in ("../../out.", f"{tmp_path}/out.", "..", "x.", "1.x"):
        assert complete(run, "bash", f"show {typed}", tmp_path) == [""]


class Terminal:
    """A shell in a pseudo-terminal, in a folder; `typed` are the words that its commands had."""

    def __init__(self, shell: str, folder: Path, locale: str) -> None:
        pty, termios = (pytest.importorskip(it) for it in ("pty", "termios"))
        program = shutil.which(shell) or pytest.skip(f"{shell} is not installed")
        self._words = folder.parent / "words"
        self._words.touch()
        first = stand_in(folder.parent / "bin", self._words)
        environment = {
            **inherited(),
            "PATH": f"{first}:{os.environ['PATH']}",
            "HOME": str(folder.parent),
            "TERM": "xterm",
            "LISTMAX": "-1",  # zsh asks nobody whether to list all
            "LC_ALL": locale,
        }
        options, teach = SHELLS[shell]
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:
            os.chdir(folder)
            os.execve(program, (program, *options), environment)  # noqa: S606  it is one
        # So wide and high that no shell lists page by page.
        termios.tcsetwinsize(self._terminal, (200, 200))
        self.type(f"{teach}\r")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        os.close(self._terminal)
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)

    def type(self, keys: str) -> None:
        """Press keys, and wait until the shell has done all that."""
        self.press(f"{keys}echo AT''END\r", "ATEND")

    def press(self, keys: str, shown: str) -> None:
        """Press keys, and wait until the terminal shows something."""
        os.write(self._terminal, keys.encode())
        screen, end = b"", monotonic() + 60
        while shown.encode() not in screen:
            ready, _, _ = select.select([self._terminal], [], [], max(0, end - monotonic()))
            assert ready, f"{shown} is not shown: {screen.decode(errors='replace')}"
            screen += os.read(self._terminal, 2**16)

    def commands(self) -> list[str]:
        """Return the words of each command that has been run so far."""
        return self._words.read_text(encoding="utf-8").splitlines()


def stand_in(folder: Path, words: Path) -> Path:
    """Write a program that completes as credit-plan does, but otherwise notes its words."""
    folder.mkdir()
    program = folder / "credit-plan"
    program.write_text(
        '#!/bin/sh\nif [ "$_CREDIT_PLAN_COMPLETE" ]; then\n'
        f"  exec '{sys.executable}' -m credit_plan\nfi\n"
        f"printf '<%s>' \"$@\" >>'{words}'; echo >>'{words}'\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    return folder


@pytest.mark.parametrize("locale", ["C.UTF-8", "C"])
@pytest.mark.parametrize("shell", SHELLS)
def test_nothing_runs_at_a_prompt(hostile: Path, shell: str, locale: str) -> None:
    """TAB lists and inserts what is harmless; neither TAB nor Enter runs anything."""
    with Terminal(shell, hostile, locale) as terminal:
        for typed in ("unit ", "chapter ", "list --chapter ", "indicators "):
            terminal.type(f"credit-plan {typed}\t{KILL_LINE}{KILL_LINE}")
        terminal.press("credit-plan chapter \t\t", "55")
        terminal.type(f"{KILL_LINE}{KILL_LINE}")
        for typed in ("unit h", "list --unit h", "indicators h", "show 2.", "record --value h"):
            terminal.type(f"credit-plan {typed}\t\r")
        assert terminal.commands() == [
            f"<unit><{GOOD}>",
            f"<list><--unit><{GOOD}>",
            f"<indicators><{GOOD}>",
            "<show><2.1-9>",
            f"<record><--value><{GOOD}=>",
        ]
    assert not list(hostile.parent.rglob("PWNED"))


@pytest.mark.parametrize("shell", SHELLS)
def test_what_is_not_offered_is_not_inserted(tmp_path: Path, shell: str) -> None:
    """A hostile name that alone begins with what was typed stays typed as it was."""
    folder = tmp_path / "work"
    lay_out(BASE, folder / "data")
    units = [{"name": f"x{number}{word}"} for number, word in enumerate(ACTING)]
    write(folder / "data", "units.yaml", "units", units)
    typed = [f"x{number}" for number, _word in enumerate(ACTING)]
    with Terminal(shell, folder, "C.UTF-8") as terminal:
        terminal.type("".join(f"credit-plan unit {word}\t\r" for word in typed))
        assert terminal.commands() == [f"<unit><{word}>" for word in typed]
    assert not list(tmp_path.rglob("PWNED"))


UNITS = {
    "市住建局": "shi zhu jian ju",
    "市民政局": "shi min zheng ju",
    "市农业农村局": "shi nong ye nong cun ju",
    "市农业技术站": "shi nong ye ji shu zhan",
}
BANK = {
    "name": "人民银行",
    "kind": "finance",
    "aliases": ["人行", "中国人民银行"],
    "pinyin": ["ren min yin hang", "ren hang"],
}
TITLES = {
    "chapter 第二": "第二章",
    "chapter 二": "二",
    "chapter 保障": "2",
    "list --chapter ２": "2",
}
"""What is typed of a chapter of the base plan, and the word that it becomes."""


@pytest.fixture
def flowing(tmp_path: Path) -> Path:
    """Return a folder with a plan whose registry is written in flow style."""
    folder = tmp_path / "work"
    lay_out(BASE, folder / "data")
    units = ", ".join(
        f"{{name: {name}, kind: government, pinyin: [{pinyin}]}}" for name, pinyin in UNITS.items()
    )
    text = f"{{units: [{units}, {json.dumps(BANK)}]}}\n"
    (folder / "data" / "units.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("市住", ["市住建局"]),
        ("住建", ["市住建局"]),
        ("局", ["市住建局", "市民政局", "市农业农村局"]),
        ("农业", ["市农业农村局", "市农业技术站"]),
        ("民", ["市民政局", "人民银行"]),
        ("业农", ["市农业农村局"]),
        ("银行", ["人民银行"]),
        ("人行", ["人民银行"]),
        ("zj", ["市住建局"]),
        ("zhujian", ["市住建局"]),
        ("shizhuj", ["市住建局"]),
        ("jianju", ["市住建局"]),
        ("renhang", ["人民银行"]),
        ("ny", ["市农业农村局", "市农业技术站"]),
        ("nync", ["市农业农村局"]),
        ("火星", []),
        ("hx", []),
    ],
)
def test_a_name_completes_from_its_middle_and_by_pinyin(
    flowing: Path, typed: str, offered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(flowing)
    assert [name for name, _none in completion.complete_unit(typed)] == offered


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_inserts_the_name_for_a_part_of_it(flowing: Path, shell: str) -> None:
    with Terminal(shell, flowing, "C.UTF-8") as terminal:
        for typed in ("unit 住建", "list --unit 人行", "record 2.1 --unit 业农", "due --kind 节"):
            terminal.type(f"credit-plan {typed}\t\r")
        assert terminal.commands() == [
            "<unit><市住建局>",
            "<list><--unit><人民银行>",
            "<record><2.1><--unit><市农业农村局>",
            "<due><--kind><节点>",
        ]


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_what_was_typed_is_not_lost(flowing: Path, shell: str) -> None:
    """Where several names have it, and do not all begin alike, nothing is inserted."""
    with Terminal(shell, flowing, "C.UTF-8") as terminal:
        for typed in ("局", "民", "ny"):
            terminal.type(f"credit-plan unit {typed}\t\r")
        terminal.type("credit-plan list --unit=住建\t\r")
        assert terminal.commands()[:3] == ["<unit><局>", "<unit><民>", "<unit><ny>"]
        assert "住建" in terminal.commands()[3]


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_shell_inserts_what_is_meant(flowing: Path, shell: str) -> None:
    """In pinyin, by an alias, in full width, in traditional characters, by a title or a part."""
    typed = {
        "unit zj": "市住建局",
        "unit zhujian": "市住建局",
        "unit shizhujianju": "市住建局",
        "list --unit renhang": "人民银行",
        "unit 中国人民": "人民银行",
        "unit 農業農": "市农业农村局",
        **TITLES,
        "show １．２": "1.2",
        "show 1。1": "1.1",
        "list --task 2": "2",
        "explain unit-tw": "unit-twice",
        "explain both-roles": "unit-in-both-roles",
        "due --before 上季": "上季度",
        "due --month 2023-1": "2023-1",
        "due --quarter 2023Q1": "2023Q1",
        "due --before 2023-09": "2023-09-30",
        "record 2 --on 昨": "昨天",
    }
    with Terminal(shell, flowing, "C.UTF-8") as terminal:
        for words in typed:
            terminal.type(f"credit-plan {words}\t\r")
        expected = ["".join(f"<{it}>" for it in words.split()[:-1]) for words in typed]
        words = [f"{it}<{to}>" for it, to in zip(expected, typed.values(), strict=True)]
        assert terminal.commands() == words


def test_fish_spells_a_name_that_was_begun_in_pinyin(flowing: Path) -> None:
    """It drops a candidate without the letters; the spelling means the same unit."""
    with Terminal("fish", flowing, "C.UTF-8") as terminal:
        terminal.type("credit-plan unit zj\t\r")
        assert terminal.commands() == ["<unit><shizhujianju>"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_several_candidates_are_listed(flowing: Path, shell: str) -> None:
    """Where nothing can be inserted, all of them are shown, and what describes them."""
    with Terminal(shell, flowing, "C.UTF-8") as terminal:
        terminal.press("credit-plan unit ny\t\t", "市农业技术站")
        terminal.type(KILL_LINE)
        terminal.press("credit-plan show 1.\t\t", "推动信息共享")
        terminal.type(KILL_LINE)
        terminal.press("credit-plan chapter 第\t\t", "保障措施")


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("unit zj", ["市住建局::: "]),
        ("unit ny", ["市农业农村局::: ", "市农业技术站::: "]),
        ("chapter 第二", ["第二章:::保障措施"]),
        ("show １．２", ["1.2:::推动信息共享。"]),
    ],
)
def test_powershell_is_given_what_takes_the_place(
    run: Run, flowing: Path, typed: str, lines: list[str]
) -> None:
    """It replaces what was typed by each candidate in turn, whatever they begin with."""
    assert complete(run, "powershell", typed, flowing) == lines


def test_dates_say_what_falls_due(run: Run, flowing: Path) -> None:
    """A question has left a snapshot, which knows; without one, there are only the periods."""
    assert complete(run, "fish", "due --before 2023-12", flowing) == ["2023-12-31"]
    (flowing / "data" / "units.yaml").write_bytes(BASE.files["units.yaml"])
    assert run("units", cwd=flowing).code == 0
    assert complete(run, "fish", "due --before 2023-12", flowing) == ["2023-12-31\t1.1、1.2、2"]
    assert complete(run, "fish", "due --month 2023-12", flowing) == ["2023-12\t1.1、1.2、2"]
    assert complete(run, "fish", "due --quarter 2023Q4", flowing) == ["2023Q4\t1.1、1.2、2"]
    assert complete(run, "fish", "due --year 202", flowing) == [f"202{it}" for it in range(1, 6)]
    assert complete(run, "fish", "show 2", flowing) == ["2\t强化信用信息安全防护管理"]


def test_the_languages_are_offered(run: Run, flowing: Path) -> None:
    for typed in ("--lang ", "unit 市住建局 --lang "):
        assert complete(run, "bash", typed, flowing) == ["zh", "en"]


def test_installing_it_is_said_in_the_language_in_use(
    tmp_path: Path, run_english: Run, run_chinese: Run
) -> None:
    script = tmp_path / ".bash_completions" / "credit-plan.sh"
    for run_it, said in (
        (run_english, f"Completion for bash is in {script}. Open a new terminal to use it.\n"),
        (run_chinese, f"bash的Tab补全已装在 {script}，重开终端后生效。\n"),
    ):
        ended = run_it("--install-completion", HOME=str(tmp_path), SHELL="/bin/bash")
        if "not detected" in ended.err:
            pytest.skip("no shell above this process")
        assert (ended.code, ended.out) == (0, said)
        assert script.exists()
