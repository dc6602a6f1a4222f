"""What is refused: mistyped questions, unsound data, no data, and their exit codes."""

from __future__ import annotations

import errno
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from credit_plan.cli.console import write_output
from credit_plan.storage import disk
from tests.cases import BASE, lay_out
from tests.conftest import HELD, QUESTIONS, ROOT, Run, Shell
from tests.test_storage import small_disk


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Return a copy of the real data with a misspelt unit on line 8 of task 13."""
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    file = data / "measures" / "13.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("[市交通运输局]", "[市交通运输厅]"))
    return data


@pytest.mark.english
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("unit", "市住健局"), "市住建局"),
        (("unit", "市委"), "市委宣传部"),
        (("unit", "环保局"), "Did you mean one of these?\n  市生态环境局\n"),
        (("list", "--unit", "安监局"), "Did you mean one of these?\n  市应急局\n"),
        (("form", "--unit", "国资委"), "Did you mean one of these?\n  市财政局\n"),
        (("list", "--unit", "火星局"), "unknown unit “火星局”"),
        (("due", "--chapter", "11"), "unknown chapter “11”"),
        (("list", "--task", "82"), "the plan has tasks 1 to 81"),
        (("show", "7.99"), "7.12"),
        (("chapter", "十一"), "10 健全规划实施保障机制"),
        (("due", "--before", "2023-02-30"), "2023-02 has 28 days. Write a date as 2023-12-31"),
        (("due", "--after", "soon"), "“soon” is not a date"),
        (("list", "--format", "xml"), "xml"),
        (("liste",), "list"),
        (("due", "--befor", "2023"), "--before"),
        (("show",), "ID"),
        (("search", " "), "at least one word"),
        (("list", "--unit", ""), "unknown unit “”"),
        (("list", "--unit", "长" * 5000), "长…”"),
        (("list", "--role", "lead"), "add --unit NAME"),
        (("chapter", "建设"), "6 深入推进信用建设服务城市品质提升"),
        (
            ("due", "--after", "2024", "--before", "2023"),
            "--after 2024-01-01 is later than --before 2023-12-31",
        ),
    ],
)
def test_a_mistyped_question_is_exit_2_and_says_what_would_do(
    run: Run, words: tuple[str, ...], said: str
) -> None:
    answer = run(*words)
    assert answer.code == 2
    assert answer.out == ""
    assert said in answer.err


@pytest.mark.english
def test_check_counts_what_is_sound(run: Run) -> None:
    answer = run("check")
    assert (answer.code, answer.err) == (0, "")
    said = f"{HELD}: no errors, 22 accepted"
    assert answer.out.splitlines()[-1] == said
    assert ": error[" not in answer.out


@pytest.mark.english
def test_check_shows_file_line_column_and_rule(run: Run, broken: Path) -> None:
    answer = run("check", "--data", str(broken), cwd=broken)
    assert answer.code == 1
    lines = answer.out.splitlines()
    at = next(at for at, line in enumerate(lines) if "error[" in line)
    assert [*lines[at : at + 4], lines[-1]] == [
        "measures/13.yaml:8:12: error[unknown-unit] “市交通运输厅” is not in the registry of units",
        "      lead: [市交通运输厅]",
        "             ^^^^^^^^^^^^",
        "    hint: did you mean “市交通运输局”?",
        f"{HELD}: 1 error, 22 accepted",
    ]
    words = ("check", "--quiet", "--format", "json")
    found = json.loads(run(*words, "--data", str(broken)).out)
    assert found["schema"] == "credit-plan/check@1"
    assert found["rows"][0]["rule"] == "unknown-unit"
    assert (found["rows"][0]["line"], found["rows"][0]["column"]) == (8, 12)


@pytest.mark.english
@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_no_question_is_answered_from_unsound_data(
    run: Run, broken: Path, question: tuple[str, ...]
) -> None:
    answer = run(*question, "--data", str(broken))
    assert (answer.code, answer.out) == (1, "")
    assert "13.yaml:8:12: error[unknown-unit]" in answer.err
    assert answer.err.endswith(
        "Error: cannot answer: the data has 1 error (run “credit-plan check”)\n"
    )


def test_the_data_may_be_named_before_or_after_the_command(run: Run, broken: Path) -> None:
    for words in (
        ("--data", str(broken), "check"),
        ("check", "--data", str(broken)),
        ("check", "--data", str(broken.parent)),
    ):
        assert run(*words).code == 1
    assert run("check", CREDIT_PLAN_DATA=str(broken)).code == 1
    assert run("check", "--data", str(ROOT / "data"), CREDIT_PLAN_DATA=str(broken)).code == 0


@pytest.mark.english
def test_verbose_says_which_data_is_used(run: Run, broken: Path, tmp_path: Path) -> None:
    assert run("-v", "chapters").err == f"Data: {ROOT / 'data'}\n"
    assert run("chapters", "-v").err == f"Data: {ROOT / 'data'}\n"
    assert run("chapters", "-v", cwd=tmp_path / "data" / "measures").err.startswith(
        f"Data: {broken}"
    )
    assert run("chapters").err == ""


@pytest.mark.english
@pytest.mark.parametrize("words", [("check",), ("due",), ("units",)])
def test_no_data_is_exit_3(run: Run, words: tuple[str, ...], tmp_path: Path) -> None:
    answer = run(*words, "--data", str(tmp_path / "nowhere"))
    assert answer.code == 3
    assert answer.err == f"Error: {tmp_path / 'nowhere'} does not exist\n"


def test_an_output_that_cannot_be_written_is_exit_3(run: Run, tmp_path: Path) -> None:
    answer = run("chapters", "--output", str(tmp_path))
    assert answer.code == 3
    assert str(tmp_path) in answer.err


@pytest.mark.english
@pytest.mark.parametrize(
    "name",
    [
        "data/plan.yaml",
        "data/PLAN.yaml",
        "data/measures/13.yaml",
        "data/measures/99.yaml",
        "data/progress/14.yaml",
        "data/progress/sub/14.csv",
        "data/progress",
        "data/evidence",
        "data/measures/measures/x.csv",
        "data/shared/units.yaml",
        "data/evidence/通报.csv",
        "link.csv",
        "../work/data/units.yaml",
    ],
)
def test_no_answer_is_written_over_a_file_of_a_plan(run: Run, tmp_path: Path, name: str) -> None:
    """Reports of years would be gone with a slip of the keyboard (attack X14)."""
    data = tmp_path / "work" / "data"
    lay_out(BASE, data)
    (data / "evidence").mkdir()
    (data / "evidence" / "通报.csv").write_text("proof")
    (data / "measures" / "measures").mkdir()
    (data / "shared").mkdir()
    (data / "units.yaml").rename(data / "shared" / "units.yaml")
    (data / "units.yaml").symlink_to("shared/units.yaml")
    (data.parent / "link.csv").symlink_to("data/plan.yaml")
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    for words in (("list",), ("check",), ("rules",), ("diff", "data", "data")):
        outcome = run(*words, "-f", "json", "--output", name, cwd=data.parent)
        assert (outcome.code, outcome.out) == (2, "")
        assert f"{name} is in the folder of a plan" in " ".join(outcome.err.split())
    assert run("schema", "measures", "-o", name, cwd=data.parent).code == 2
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


@pytest.mark.english
def test_an_answer_may_be_written_beside_the_files_of_a_plan(run: Run, tmp_path: Path) -> None:
    lay_out(BASE, tmp_path / "data")
    (tmp_path / "data" / "evidence").mkdir()
    for name in ("plan.yaml", "data/list.csv", "data/evidence/new.csv", "measures.csv"):
        outcome = run("list", "-f", "csv", "-o", name, cwd=tmp_path)
        assert outcome.code == 0
        assert (tmp_path / name).read_bytes().startswith(b"\xef\xbb\xbfid,")


def test_a_full_disk_leaves_the_old_answer(tmp_path: Path) -> None:
    """The file is replaced when the new one is on the disk (attack X14)."""
    old = tmp_path / "list.csv"
    command = small_disk("size=128k", tmp_path)
    script = (
        f"echo old > {old}; {sys.executable} -m credit_plan list -o {old} 2>&1; echo $?; cat {old}"
    )
    done = subprocess.run(
        [*command, "sh", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    said, code, held, *inside = done.stdout.splitlines()
    assert said == f"Error: {old}: No space left on device"
    assert (code, held, inside) == ("3", "old", ["list.csv"])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no devices among files")
def test_what_is_no_plain_file_is_written_to_and_not_replaced(shell: Shell, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    done = shell(f"cat {pipe} & {sys.executable} -m credit_plan chapters -f csv -o {pipe}; wait")
    assert done.stdout.startswith(b"\xef\xbb\xbf")
    assert pipe.is_fifo()


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="no such device")
def test_stdout_by_its_name_is_stdout(shell: Shell, tmp_path: Path) -> None:
    """The file that it is redirected to would be replaced, and what is in it lost."""
    file = tmp_path / "all.csv"
    command = f"{sys.executable} -m credit_plan chapters -f csv -o /dev/stdout"
    done = shell(f"{{ echo above; {command}; echo below; }} > {file}")
    assert done.returncode == 0
    first, *_table, last = file.read_text(encoding="utf-8").splitlines()
    assert (first, last) == ("above", "below")


def test_a_file_in_a_folder_that_takes_no_other_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a folder of others, where one file is shared; it cannot be replaced."""

    def refuse(*_given: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(disk, "write_beside", refuse)
    file = tmp_path / "list.csv"
    with pytest.raises(PermissionError):
        write_output("new", file)
    file.write_text("old")
    write_output("new", file)
    assert file.read_text() == "new"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("stream", ["2>/dev/full", "2>&-"])
def test_who_cannot_be_told_of_success_has_it_all_the_same(
    shell: Shell, tmp_path: Path, stream: str
) -> None:
    """Exit code 1 would say that the data has errors (attack X18)."""
    lay_out(BASE, tmp_path / "data")
    words = "record 2 --status in-progress --note 甲"
    done = shell(
        f"cd {tmp_path}; {sys.executable} -m credit_plan {words} {stream} >/dev/null; echo $?"
    )
    assert done.stdout == b"0\n"
    assert "甲" in (tmp_path / "data" / "progress" / "02.yaml").read_text(encoding="utf-8")
    for words, code in (("check -q", 0), ("due --nonsense", 2), ("unit 火星局", 2)):
        done = shell(
            f"cd {tmp_path}; {sys.executable} -m credit_plan {words} {stream} >/dev/null; echo $?"
        )
        assert done.stdout == f"{code}\n".encode()


def test_a_fault_of_the_program_is_not_dressed_up() -> None:
    script = (
        "from credit_plan.cli import app\n"
        "def fails(*_words, **_options):\n"
        "    raise RuntimeError('a bug')\n"
        "app.app = fails\n"
        "app.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" in done.stderr
    assert done.stderr.endswith("RuntimeError: a bug\n")


def test_nothing_in_the_data_acts_on_the_terminal_that_shows_its_faults(
    run: Run, broken: Path
) -> None:
    file = broken / "units.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("市住建局", '"市\\e[31m住建局"'))
    answer = run("unit", "住建", "--data", str(broken))
    assert answer.code == 1
    assert "\x1b" not in answer.err
    assert "unseen-character" in answer.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_exit_3() -> None:
    for words, where in (("--help", ""), ("chapters", "standard output: ")):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "credit_plan", words],
                cwd=ROOT,
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
            )
        assert done.returncode == 3
        assert done.stderr.decode() == f"Error: {where}No space left on device\n"


def test_a_folder_that_is_gone_is_no_traceback(shell: Shell, tmp_path: Path) -> None:
    gone = shlex.quote(str(tmp_path / "gone"))
    command = f"mkdir {gone} && cd {gone} && rmdir {gone} && exec {sys.executable} -m credit_plan"
    for words, code in (("chapters", 3), (f"chapters --data {ROOT / 'data'}", 0)):
        done = shell(f"{command} {words}")
        assert done.returncode == code, done.stderr.decode()
        assert b"Traceback" not in done.stderr


def test_no_permission_is_exit_3(broken: Path) -> None:
    """Root may read everything, so the two calls that ask for permission are made to refuse."""
    script = (
        "import os, pathlib, sys; from credit_plan.cli.app import main\n"
        "def closed(folder):\n"
        "    raise PermissionError(13, 'Permission denied', str(folder))\n"
        "os.access = lambda *_asked, **_how: False\n"
        "pathlib.Path.iterdir = os.listdir = closed\n"
        f"sys.argv = ['credit-plan', 'due', '--data', {str(broken)!r}]\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False
    )
    said = f"Error: {broken / 'measures'}: Permission denied\n"
    assert (done.returncode, done.stdout, done.stderr.decode()) == (3, b"", said)
