"""`record --undo`: what it takes back, what it refuses, and that nothing else is lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from credit_plan.cli import record as command
from credit_plan.cli.data import undo_batch
from credit_plan.loader.locate import Source
from credit_plan.reporting.append import EMPTY_FILE
from credit_plan.storage import journal, writer
from credit_plan.storage.last_command import LAST_COMMAND
from tests.cases import BASE, lay_out
from tests.cli.test_diff import GIT, commit, git
from tests.cli.test_record import entries, full_of_values
from tests.conftest import Outcome, Run
from tests.test_storage import held, posix, small_disk

needs_git = pytest.mark.skipif(not GIT, reason="no git")

HELD = (
    EMPTY_FILE.decode()
    + '  - measure: "2"\n    on: 2022-12-31\n    unit: 市住建局\n    status: in-progress\n'
    "    recorded: 2023-01-05T09:30:00+08:00\n"
)
AGAIN = "Of two reports on one day, the one recorded later counts:\n  credit-plan record "


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a folder with the small plan in `data`; nothing has been reported."""
    lay_out(BASE, tmp_path / "ws" / "data")
    return tmp_path / "ws"


@pytest.fixture
def progress(home: Path) -> Path:
    """Return the folder of the reports: two on task 1 in one file, one on task 2."""
    folder = home / "data" / "progress"
    folder.mkdir()
    (folder / "02.yaml").write_text(HELD, encoding="utf-8")
    return folder


NOTHING = "there is nothing to take back: only the last command can be, and only once"


def record(run: Run, home: Path, measure: str = "2", *options: str, **environment: str) -> None:
    words = (measure, "--status", "in-progress", "--on", "2023-01-31", *options)
    assert run("record", *words, cwd=home, **environment).code == 0


def undo(run: Run, home: Path, *options: str, **environment: str) -> Outcome:
    return run("record", "--undo", *options, cwd=home, **environment)


def refused(said: Outcome, why: str, example: str = "ID --on DAY") -> bool:
    """Return whether nothing was taken back, for this reason and with this advice."""
    message = f"Error: {why}\nTo correct a report, record it again for the same day, with a note. "
    return (said.code, said.out) == (
        2,
        "",
    ) and said.err == f"{message}{AGAIN}{example} --status … --note …\n"


def shift(progress: Path, by: timedelta) -> None:
    """Change the time at which the last command was recorded, in its file and in its note."""
    note = progress / LAST_COMMAND
    said = json.loads(note.read_text(encoding="utf-8"))
    later = (datetime.fromisoformat(said["recorded"]) + by).isoformat()
    for file in said["files"]:
        path = progress / file["name"]
        content = path.read_bytes().replace(said["recorded"].encode(), later.encode())
        path.write_bytes(content)
        file["digest"] = journal.compute_digest(content)
    note.write_text(json.dumps({**said, "recorded": later}), encoding="utf-8")


@pytest.mark.english
@pytest.mark.parametrize(
    "before",
    [
        HELD.encode(),
        HELD.replace("\n", "\r\n").encode("utf-8-sig"),
        HELD.rstrip().encode(),
        HELD.encode() + "# 完\n\n".encode(),
        HELD.replace("\n  ", "\n    ").encode(),
    ],
    ids=["plain", "crlf, bom", "no newline", "comment", "indented"],
)
def test_a_file_is_to_the_byte_what_it_was(run: Run, home: Path, before: bytes) -> None:
    file = home / "data" / "progress" / "02.yaml"
    file.parent.mkdir()
    file.write_bytes(before)
    record(run, home, "2", "--note", "错")
    said = undo(run, home, "--dry-run")
    assert (said.code, said.err) == (0, "nothing was written (--dry-run)\n")
    assert file.read_bytes() != before
    assert undo(run, home) == Outcome(0, said.out, "1 report taken back (2)\n")
    assert "    note: 错\n" in said.out
    assert held(file.parent) == {"02.yaml": before}
    assert refused(undo(run, home), NOTHING)


@pytest.mark.english
def test_a_batch_is_taken_back_whole_with_the_files_that_it_began(run: Run, home: Path) -> None:
    folder = home / "data" / "progress"
    folder.mkdir()
    full = full_of_values(0).replace('"14"', '"2"').replace("市营商局", "市住建局")
    (folder / "02.yaml").write_text(full, encoding="utf-8")
    rows = "measure,status,note\n2,进行中,甲\n1.1,进行中,甲\n1.2,进行中,甲\n2,已完成,甲\n"
    assert run("record", "--stdin", cwd=home, stdin=rows).code == 0
    assert held(folder).keys() == {"01.yaml", "02.yaml", "02-2.yaml", LAST_COMMAND}
    said = undo(run, home)
    assert (said.code, said.err) == (0, "4 reports taken back (1.1, 1.2, 2)\n")
    assert said.out.startswith("--- a/data/progress/01.yaml\n+++ b/data/progress/01.yaml\n@@ -1,")
    assert held(folder) == {"02.yaml": full.encode()}


@pytest.mark.english
def test_one_command_is_taken_back_and_the_one_before_it_stays(run: Run, home: Path) -> None:
    record(run, home, "2")
    record(run, home, "1.1")
    assert undo(run, home).err == "1 report taken back (1.1)\n"
    assert refused(undo(run, home), NOTHING)
    assert [it.measure for it in entries(home / "data")] == ["2"]


@pytest.mark.english
def test_where_nothing_was_recorded_nothing_is_made(run: Run, home: Path) -> None:
    assert refused(undo(run, home), NOTHING)
    assert not (home / "data" / "progress").exists()


@pytest.mark.english
@pytest.mark.parametrize(
    "words",
    [
        ("2",),
        ("reports.csv",),
        ("--status", "done"),
        ("--note", "x"),
        ("--stdin",),
        ("--on", "2023-01-31"),
    ],
)
def test_with_a_report_it_is_wrong_usage(run: Run, home: Path, words: tuple[str, ...]) -> None:
    record(run, home)
    said = undo(run, home, *words)
    assert (said.code, said.out) == (2, "")
    assert "--undo: takes back the last command: leave out what describes a report" in said.err
    assert len(entries(home / "data")) == 1


# Whose command it was.


@pytest.mark.english
def test_what_another_user_recorded_last_is_not_taken_back(run: Run, home: Path) -> None:
    record(run, home, "2", LOGNAME="甲", USER="甲")
    said = undo(run, home, LOGNAME="乙", USER="乙")
    at = f"{entries(home / 'data')[0].recorded:%Y-%m-%d %H:%M:%S}"
    machine = socket.gethostname()
    assert refused(said, f"the last command was not yours: “甲” on “{machine}” recorded at {at}")
    record(run, home, "1.1", LOGNAME="乙", USER="乙")
    assert "was not yours: “乙” on" in undo(run, home, LOGNAME="甲", USER="甲").err
    assert undo(run, home, LOGNAME="乙", USER="乙").code == 0


@pytest.mark.english
def test_nor_is_what_was_recorded_on_another_machine(run: Run, home: Path, progress: Path) -> None:
    record(run, home)
    note = progress / LAST_COMMAND
    said = json.loads(note.read_text(encoding="utf-8"))
    said["user"]["machine"] = "窗口一\x1b[31m" + "x" * 1000
    note.write_text(json.dumps(said), encoding="utf-8")
    outcome = undo(run, home)
    assert outcome.code == 2
    assert "on “窗口一\\x1b[31mxxx" in outcome.err
    assert len(outcome.err) < 500


# What happened since.


@pytest.mark.english
def test_a_file_that_was_changed_since_is_left_alone(run: Run, home: Path, progress: Path) -> None:
    file = progress / "02.yaml"
    record(run, home)
    held = file.read_bytes()
    for content in (held + b"# by hand\n", HELD.encode()):
        file.write_bytes(content)
        why = "data/progress/02.yaml was changed after you recorded in it"
        assert refused(undo(run, home), why)
        assert file.read_bytes() == content
    file.write_bytes(held)
    assert undo(run, home).code == 0


@pytest.mark.english
def test_a_report_that_was_recorded_later_hinders_and_one_from_before_does_not(
    run: Run, home: Path, progress: Path
) -> None:
    """Also one that `git pull` brings: by its time, whenever it came here."""
    record(run, home)
    (entry,) = (it for it in entries(home / "data") if it.on.year == 2023)
    other = HELD.replace('"2"', "1.1")
    for by in (timedelta(seconds=1), timedelta(0), timedelta(days=-1)):
        stamp = entry.recorded + by
        pulled = other.replace("2023-01-05T09:30:00+08:00", stamp.isoformat())
        (progress / "01.yaml").write_text(pulled, encoding="utf-8")
        said = undo(run, home, *(["--dry-run"] if not by else []))
        if by > timedelta(0):
            why = f"another report was recorded after yours, on 1.1 at {stamp:%Y-%m-%d %H:%M:%S}"
            assert refused(said, why, "2 --on 2023-01-31 --unit 市住建局")
        else:
            assert said.code == 0
    assert held(progress).keys() == {"01.yaml", "02.yaml"}
    assert (progress / "02.yaml").read_text(encoding="utf-8") == HELD


@pytest.mark.english
def test_the_advice_names_the_milestone_that_a_report_was_about(
    run: Run, home: Path, progress: Path
) -> None:
    words = ("1.1", "--for", "2023-12-31", "--status", "in-progress", "--on", "1999-01-31")
    assert run("record", *words, cwd=home).code == 0
    shift(progress, timedelta(days=-9999))
    why = "another report was recorded after yours, on 2 at 2023-01-05 09:30:00"
    example = "1.1 --for 2023-12-31 --on 1999-01-31 --unit 市住建局"
    assert refused(undo(run, home), why, example)


@pytest.mark.english
def test_a_clock_that_was_set_back_takes_nothing_back_that_is_not_the_last(
    run: Run, home: Path, progress: Path
) -> None:
    record(run, home, "2")
    shift(progress, timedelta(hours=1))
    record(run, home, "1.1")
    assert "another report was recorded after yours, on 2 at" in undo(run, home).err
    (progress / "01.yaml").unlink()
    record(run, home, "2", "--note", "错")
    # In one file, the order is that of recording, whatever the clock said.
    assert undo(run, home).err == "1 report taken back (2)\n"
    assert [it.note for it in entries(home / "data")] == [None, None]


@pytest.mark.english
@needs_git
def test_what_is_in_a_commit_stays_however_it_came_there(
    run: Run, home: Path, progress: Path, tmp_path: Path
) -> None:
    git(home, "init", "--quiet")
    record(run, home)
    git(home, "add", "--all")
    snapshot = held(progress)
    # Neither before the first commit nor what is only staged.
    assert undo(run, home, "--dry-run").code == 0
    why = "your report in data/progress/02.yaml is in a git commit already"
    example = "2 --on 2023-01-31 --unit 市住建局"
    git(home, "commit", "--quiet", "--message", "all")
    assert refused(undo(run, home), why, example)
    assert held(progress) == snapshot
    (progress / "02.yaml").write_text(HELD, encoding="utf-8")
    git(home, "commit", "--quiet", "--all", "--amend", "--message", "without")
    record(run, home)
    assert undo(run, home, "--dry-run").code == 0
    git(home, "commit", "--quiet", "--all", "--amend", "--message", "with")
    assert refused(undo(run, home), why, example)
    git(home, "worktree", "add", "--quiet", str(tmp_path / "tree"), "HEAD")
    apart = tmp_path / "tree"
    record(run, apart, "1.1")
    assert undo(run, apart).code == 0
    record(run, apart, "1.1")
    commit(apart)
    assert undo(run, apart).code == 2
    assert undo(run, apart, GIT_DIR=str(home / ".git")).code == 2


@pytest.mark.english
@needs_git
def test_a_commit_of_one_of_the_reports_is_enough_in_whatever_form(
    run: Run, home: Path, progress: Path
) -> None:
    git(home, "init", "--quiet")
    git(home, "config", "core.autocrlf", "true")
    commit(home)
    rows = "measure,status,note\n2,进行中,甲\n2,已完成,甲\n1.1,进行中,甲\n"
    assert run("record", "--stdin", cwd=home, stdin=rows).code == 0
    content = (progress / "02.yaml").read_text(encoding="utf-8")
    first = content[: content.rindex("  - measure")].replace("\n  ", "\r\n    ")
    (progress / "02.yaml").write_text(first, encoding="utf-8")
    git(home, "commit", "--quiet", "--all", "--message", "the first one")
    (progress / "02.yaml").write_text(content, encoding="utf-8")
    assert "your report in data/progress/02.yaml is in a git commit" in undo(run, home).err


@pytest.mark.english
@needs_git
def test_without_git_nothing_is_in_a_commit_and_what_git_cannot_read_may_be(
    run: Run, home: Path, progress: Path
) -> None:
    record(run, home)
    assert undo(run, home, "--dry-run", PATH=str(home)).code == 0
    git(home, "init", "--quiet")
    commit(home)
    name = git(home, "rev-parse", "HEAD:data/progress/02.yaml")
    (home / ".git" / "objects" / name[:2] / name[2:]).unlink()
    said = undo(run, home)
    assert (said.code, said.out) == (3, "")
    assert "git cannot read data/progress/02.yaml" in said.err
    (home / ".git").rename(home / "moved")
    (home / ".git").write_text("gitdir: nowhere\n", encoding="utf-8")
    said = undo(run, home)
    assert (said.code, said.out) == (3, "")
    assert "not a git repository" in said.err
    assert len((progress / "02.yaml").read_bytes()) > len(HELD.encode())


@needs_git
@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give a file away"
)
def test_a_repository_of_somebody_else_may_hold_what_is_in_a_commit(run: Run, home: Path) -> None:
    git(home, "init", "--quiet")
    record(run, home)
    commit(home)
    os.chown(home / ".git", 1234, 1234)
    os.chown(home, 1234, 1234)
    said = undo(run, home)
    assert (said.code, said.out) == (3, "")
    assert "“git config --global --add safe.directory" in said.err


@pytest.mark.english
@needs_git
def test_what_a_pull_brings_from_others_stays(run: Run, home: Path, tmp_path: Path) -> None:
    (home / ".gitignore").write_text(".ledger.*\n", encoding="utf-8")
    git(home, "init", "--quiet", "--initial-branch", "main")
    commit(home)
    git(tmp_path, "clone", "--quiet", str(home), "other")
    other = tmp_path / "other"
    record(run, other, "1.1")
    shift(other / "data" / "progress", timedelta(days=-1))
    commit(other)
    record(run, home, "2")
    git(home, "pull", "--quiet", str(other), "main")
    assert undo(run, home).err == "1 report taken back (2)\n"
    assert [it.measure for it in entries(home / "data")] == ["1.1"]
    # One on the same task changes the file.
    record(run, home, "2")
    commit(home)
    record(run, other, "1.2")
    shift(other / "data" / "progress", timedelta(days=-1))
    commit(other)
    record(run, home, "1.1", "--note", "错")
    git(home, "fetch", "--quiet", str(other), "main")
    git(home, "checkout", "--quiet", "FETCH_HEAD", "data/progress/01.yaml")
    assert "data/progress/01.yaml was changed after you recorded in it" in undo(run, home).err


@pytest.mark.parametrize("way", [shutil.move, shutil.copytree])
def test_a_workspace_that_was_moved_or_copied_is_the_same(
    run: Run, home: Path, tmp_path: Path, way: Callable[[Path, Path], object]
) -> None:
    record(run, home)
    way(home, tmp_path / "new")
    assert undo(run, tmp_path / "new").code == 0
    assert entries(tmp_path / "new" / "data") == ()
    if home.exists():
        assert len(entries(home / "data")) == 1
        assert undo(run, home).code == 0


@pytest.mark.english
def test_what_fmt_brought_to_form_was_changed(run: Run, home: Path, progress: Path) -> None:
    (progress / "02.yaml").write_text(HELD.replace("2022-12-31", '"2022-12-31"'), encoding="utf-8")
    record(run, home)
    assert run("fmt", cwd=home).code == 0
    assert "02.yaml was changed after you recorded in it" in undo(run, home).err


# Notes that somebody else has written.


@pytest.mark.english
@pytest.mark.parametrize("size", [None, 0, 10, -40, 10**9])
def test_a_note_removes_no_other_report_and_cuts_none(
    run: Run, home: Path, progress: Path, size: int | None
) -> None:
    """Its digest is right, and it would remove too much, too little or half a report."""
    record(run, home)
    note, file = progress / LAST_COMMAND, progress / "02.yaml"
    said, before = json.loads(note.read_text(encoding="utf-8")), file.read_bytes()
    said["files"][0]["size"] = size if size is None or size >= 0 else len(before) + size
    note.write_text(json.dumps(said), encoding="utf-8")
    assert refused(undo(run, home), NOTHING)
    assert file.read_bytes() == before


@pytest.mark.english
def test_a_note_cuts_no_report_of_the_same_second_in_two(run: Run, home: Path) -> None:
    rows = "measure,status,note\n2,进行中,甲\n2,已完成,甲\n"
    assert run("record", "--stdin", cwd=home, stdin=rows).code == 0
    file = home / "data" / "progress" / "02.yaml"
    note, before = file.with_name(LAST_COMMAND), file.read_bytes()
    said = json.loads(note.read_text(encoding="utf-8"))
    said["files"][0]["size"] = len(before) - 30
    note.write_text(json.dumps(said), encoding="utf-8")
    assert refused(undo(run, home), NOTHING)
    assert file.read_bytes() == before


@pytest.mark.english
@posix
def test_a_file_that_a_link_has_replaced_was_changed(run: Run, home: Path, progress: Path) -> None:
    record(run, home)
    (home / "data" / "schema").mkdir()
    other = home / "data" / "schema" / "02.yaml"
    (progress / "02.yaml").rename(other)
    before = other.read_bytes()
    (progress / "02.yaml").symlink_to(other)
    assert refused(undo(run, home), "data/progress/02.yaml was changed after you recorded in it")
    assert other.read_bytes() == before
    # What is recorded through a link cannot be taken back, and nobody is told that it can.
    said = run("record", "2", "--status", "done", cwd=home)
    assert (said.code, "--undo" in said.err) == (0, False)
    assert refused(undo(run, home), NOTHING)


@pytest.mark.parametrize("name", ["../units.yaml", "/etc/passwd", "link.yaml", "..", "09.yaml"])
def test_a_note_acts_on_nothing_but_the_files_that_the_command_wrote(
    run: Run, home: Path, progress: Path, tmp_path: Path, name: str
) -> None:
    record(run, home)
    note = progress / LAST_COMMAND
    said = json.loads(note.read_text(encoding="utf-8"))
    target = tmp_path / "outside.yaml"
    shutil.copy(progress / "02.yaml", target)
    said["files"][0]["name"] = name
    note.write_text(json.dumps(said), encoding="utf-8")
    if name == "link.yaml":
        (home / "data" / "link").mkdir()
        (progress / name).symlink_to(progress / "02.yaml")
    before = target.read_bytes()
    assert undo(run, home).code in {1, 2}
    assert target.read_bytes() == before == (progress / "02.yaml").read_bytes()


@pytest.mark.english
def test_nothing_is_taken_back_through_a_link_out_of_the_data(
    run: Run, home: Path, progress: Path, tmp_path: Path
) -> None:
    record(run, home)
    outside = tmp_path / "outside"
    progress.rename(outside)
    (outside / writer.LOCK).unlink()
    progress.symlink_to(outside)
    before = held(outside)
    said = undo(run, home)
    assert (said.code, said.out) == (1, "")
    assert "a link that points outside the data folder" in said.err
    assert held(outside) == before
    assert not (outside / writer.LOCK).exists()


# What is interrupted, and what is not written.


@contextmanager
def dying(step: int, folder: Path) -> Iterator[None]:
    """Let this process die at its `step`th access to a folder."""
    count = 0

    def hook(event: str, given: tuple[object, ...]) -> None:
        nonlocal count
        if event not in {"open", "os.rename", "os.remove", "os.chmod", "os.chown"}:
            return
        if str(given[0]).startswith(str(folder)):
            count += 1
            if count == step:
                os._exit(9)

    sys.addaudithook(hook)
    yield


@posix
def test_killed_at_any_access_all_is_taken_back_or_nothing(
    run: Run, home: Path, progress: Path, tmp_path: Path
) -> None:
    rows = "measure,status,note\n2,进行中,甲\n1.1,进行中,甲\n2,已完成,甲\n"
    assert run("record", "--stdin", cwd=home, stdin=rows).code == 0
    shutil.copytree(progress, tmp_path / "kept")
    recorded = {name: it for name, it in held(progress).items() if name != LAST_COMMAND}
    taken, code, finished = [], 9, set()
    while code == 9:
        shutil.rmtree(progress)
        shutil.copytree(tmp_path / "kept", progress)
        child = os.fork()
        if not child:
            try:
                with dying(len(taken) + 1, progress):
                    command.record(undo=True, data=home / "data")
                os._exit(0)
            finally:
                os._exit(1)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        finished.add(undo_batch(Source(home / "data", bundled=False)))
        with writer.lock(progress):
            now = {name: it for name, it in held(progress).items() if name != LAST_COMMAND}
        taken.append(now == {"02.yaml": HELD.encode()})
        assert taken[-1] or now == recorded
    assert code == 0
    assert taken == sorted(taken)
    assert finished == {True, False}
    assert not taken[10]
    assert taken[-3]


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal on Windows")
def test_ctrl_c_comes_too_late_while_it_takes_back(
    run: Run,
    home: Path,
    progress: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    record(run, home)
    restore = writer.restore_files

    def interrupted(*given: Any) -> None:  # noqa: ANN401  as restore_files takes them
        signal.raise_signal(signal.SIGINT)
        restore(*given)

    monkeypatch.setattr("credit_plan.cli.undo.restore_files", interrupted)
    command.record(undo=True, data=home / "data")
    assert capsys.readouterr().err == "1 report taken back (2)\n"
    assert held(progress) == {"02.yaml": HELD.encode()}


def interrupt(home: Path, stdin: bytes, *words: str) -> None:
    """Have a command die between two files."""
    script = (
        "import os; from credit_plan.cli import app\n"
        "replace, remove = os.replace, os.unlink\n"
        "def dies(source, target, **given):\n"
        "    replace(source, target, **given)\n"
        "    if str(target).endswith('.yaml'): os._exit(9)\n"
        "os.replace = dies\n"
        "app.main()\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", script, "record", *words],
        cwd=home,
        input=stdin,
        capture_output=True,
        check=False,
    )
    assert killed.returncode == 9, killed.stderr.decode()


@pytest.mark.english
@posix
def test_a_batch_that_was_killed_is_all_that_is_taken_back(
    run: Run, home: Path, progress: Path
) -> None:
    """Who wants to be rid of it does not lose the command before it."""
    record(run, home)
    before = held(progress)
    interrupt(home, b"measure,status,note\n1.1,in-progress,x\n2,in-progress,x\n", "--stdin")
    said = undo(run, home)
    assert (said.code, said.out) == (0, "")
    assert "reports were removed again from data/progress/01.yaml: record them again" in said.err
    assert said.err.endswith("nothing else was taken back\n")
    assert held(progress) == before
    assert undo(run, home).code == 0


@pytest.mark.english
@posix
def test_one_that_was_killed_is_finished_by_the_next_command(
    run: Run, home: Path, progress: Path
) -> None:
    (progress / "01.yaml").write_text(HELD.replace('"2"', "1.1"), encoding="utf-8")
    before = held(progress)
    rows = "measure,status,note\n1.1,in-progress,甲\n2,in-progress,甲\n"
    assert run("record", "--stdin", cwd=home, stdin=rows).code == 0
    interrupt(home, b"", "--undo")
    assert held(progress)["01.yaml"] == before["01.yaml"]
    assert held(progress)["02.yaml"] != before["02.yaml"]
    said = undo(run, home)
    assert said.code == 0
    assert "removed again from data/progress/02.yaml" in said.err
    assert {**held(progress), **before} == held(progress)
    assert undo(run, home).code == 2


def test_a_disk_that_is_read_only_is_exit_3(home: Path, run: Run, progress: Path) -> None:
    record(run, home)
    shutil.copytree(progress, home / "kept")
    script = (
        "cp -a kept/. data/progress && mount -o remount,ro data/progress && "
        f"{sys.executable} -m credit_plan record --undo"
    )
    words = [*small_disk("size=1m", progress), "sh", "-c", script]
    done = subprocess.run(words, cwd=home, capture_output=True, check=False)
    assert done.returncode == 3, done.stderr.decode()
    assert b"Read-only file system" in done.stderr


def test_twenty_at_once_take_back_only_what_was_recorded(home: Path) -> None:
    """Twenty record and take back; of each report it is known what became of it."""
    script = (
        "import subprocess, sys\n"
        "words = [sys.executable, '-m', 'credit_plan', 'record']\n"
        "new = [sys.argv[1], '--status', 'in-progress', '--note', sys.argv[2]]\n"
        "subprocess.run([*words, *new], check=True, stdout=subprocess.DEVNULL)\n"
        "done = subprocess.run([*words, '--undo'], stdout=subprocess.PIPE)\n"
        "sys.stdout.buffer.write(done.stdout)\n"
        "sys.exit(done.returncode)\n"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, measure, f"第{number}次"],
            cwd=home,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for number, measure in enumerate(["1.1", "1.2", "2", "1.1", "2"] * 4)
    ]
    ended = [process.communicate() for process in running]
    codes = [process.returncode for process in running]
    assert set(codes) <= {0, 2}, [
        err for code, (_out, err) in zip(codes, ended, strict=True) if code == 1
    ]
    said = [out.decode() for out, _err in ended]
    taken = [line for out in said for line in out.splitlines() if line.startswith("-    note: ")]
    left = [f"-    note: {it.note}" for it in entries(home / "data")]
    assert sorted(taken + left) == sorted(f"-    note: 第{number}次" for number in range(20))
    assert len(taken) == codes.count(0)
