"""The command `fmt`: what it shows, what it writes, what it leaves alone, and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from credit_plan.cli.fmt import fmt
from credit_plan.errors import UnknownNameError
from credit_plan.formatting.files import FileTarget, Formatted, find_targets, format_file
from credit_plan.loader.locate import find_containing
from credit_plan.reporting.append import EMPTY_FILE
from credit_plan.storage.writer import replace_files
from tests.cases import BAD, BASE, Case, bad, lay_out
from tests.conftest import Run
from tests.test_storage import leave_interrupted, posix


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a sound plan of two tasks in canonical form, in a folder of its own."""
    lay_out(BASE, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def task(data: Path) -> Path:
    return data / "measures" / "02.yaml"


def spoil(file: Path, old: str, new: str) -> str:
    """Put something else into a file; return what the file was."""
    before = file.read_text(encoding="utf-8")
    assert old in before
    file.write_bytes(before.replace(old, new).encode())
    return before


@pytest.mark.english
def test_a_plan_in_its_form_is_left_as_it_is(run: Run, data: Path) -> None:
    times = {file: file.stat().st_mtime_ns for file in data.rglob("*.yaml")}
    outcome = run("fmt", cwd=data.parent)
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == "4 files are in canonical form\n"
    assert {file: file.stat().st_mtime_ns for file in data.rglob("*.yaml")} == times


@pytest.mark.english
def test_what_changes_is_written_and_shown(run: Run, data: Path, task: Path) -> None:
    sound = spoil(task, "chapter: 2\n", "\nchapter： '2'   # 第二章\n")
    outcome = run("fmt", cwd=data.parent)
    assert outcome.code == 0
    assert outcome.err == "1 file formatted, 3 already in canonical form\n"
    assert outcome.out.splitlines()[:7] == [
        "--- a/data/measures/02.yaml",
        "+++ b/data/measures/02.yaml",
        "@@ -1,6 +1,5 @@",
        " id: 2",
        "-",
        "-chapter： '2'   # 第二章",
        "+chapter: 2  # 第二章",
    ]
    assert task.read_text(encoding="utf-8") == sound.replace("chapter: 2", "chapter: 2  # 第二章")
    assert run("fmt", cwd=data.parent).err == "4 files are in canonical form\n"


@pytest.mark.english
def test_check_writes_nothing_and_says_so_with_its_code(run: Run, data: Path, task: Path) -> None:
    spoil(task, "chapter: 2", "chapter: '2'")
    messy = task.read_bytes()
    outcome = run("fmt", "--check", cwd=data.parent)
    assert outcome.code == 1
    assert outcome.err == (
        "1 file is not in canonical form (fmt would change it), 3 already in canonical form\n"
    )
    assert "+chapter: 2\n" in outcome.out
    assert task.read_bytes() == messy
    assert run("fmt", cwd=data.parent).code == 0
    assert run("fmt", "--check", cwd=data.parent).code == 0


@pytest.mark.english
def test_a_file_with_errors_is_left_alone_and_the_others_are_not(
    run: Run, data: Path, task: Path
) -> None:
    spoil(task, "chapter: 2", "chapter： vier")
    spoil(data / "units.yaml", "kind: government", "kind: 'government'")
    faulty = task.read_bytes()
    outcome = run("fmt", cwd=data.parent)
    assert outcome.code == 1
    assert "data/measures/02.yaml:2:" in outcome.err
    assert "wrong-type" in outcome.err
    assert "full-width-mark" not in outcome.err, "what fmt mends is no reason"
    assert outcome.err.endswith(
        "1 file formatted, 2 already in canonical form, "
        "1 file left unchanged: fix its errors, then run fmt again\n"
    )
    assert task.read_bytes() == faulty
    assert "units.yaml" in outcome.out


@pytest.mark.parametrize("case", BAD, ids=str)
def test_a_bad_case_is_mended_or_left_alone(case: Case, tmp_path: Path) -> None:
    lay_out(case, tmp_path)
    for target in find_targets([], tmp_path):
        outcome = format_file(target)
        if not outcome.reasons:
            target.path.write_bytes(outcome.after.encode())
            again = format_file(target)
            assert (again.reasons, again.before, again.after) == ((), outcome.after, outcome.after)


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        ("comment-in-text/plain", {"comment-in-text"}),
        ("merge-conflict/plain", {"merge-conflict"}),
        ("repeated-key/plain", {"repeated-key"}),
        ("unreadable-yaml/bracket", {"unreadable-yaml"}),
        ("missing-key/in-the-registry", {"missing-key"}),
        ("missing-file/plain", {"missing-file"}),
        ("full-width-mark/colon", set()),
        ("unreadable-yaml/tab", set()),
        ("not-utf-8/gbk", set()),
        ("not-utf-8/utf-16", set()),
        ("stray-space/line-break", set()),
    ],
)
def test_the_reasons_are_what_no_mend_puts_right(
    name: str, reasons: set[str], tmp_path: Path
) -> None:
    lay_out(bad(name), tmp_path)
    found = [it.rule for target in find_targets([], tmp_path) for it in format_file(target).reasons]
    assert set(found) == reasons


def test_files_and_folders_can_be_named(data: Path, task: Path, tmp_path: Path) -> None:
    def names(*paths: Path, data: Path | None = None) -> list[str]:
        return [target.path.name for target in find_targets(list(paths), data)]

    assert names(task) == ["02.yaml"]
    assert names(data / "measures") == ["01.yaml", "02.yaml"]
    assert names(data / "measures", task, data=data) == ["01.yaml", "02.yaml"]
    every = ["plan.yaml", "units.yaml", "01.yaml", "02.yaml"]
    assert names(data) == names(tmp_path) == names(tmp_path, data=tmp_path) == every
    assert names(data / "measures" / ".." / "plan.yaml") == ["plan.yaml"]


@pytest.mark.english
def test_a_path_that_leads_to_no_file_of_a_plan_is_wrong_usage(
    run: Run, data: Path, tmp_path: Path
) -> None:
    (data / "measures" / "notes.txt").write_text("")
    (tmp_path / "outside.yaml").write_text("")
    for path, words in (
        (data / "measures" / "99.yaml", "does not exist"),
        (data / "measures" / "notes.txt", "is not a file of the plan in"),
        (tmp_path / "outside.yaml", "is not part of a plan"),
    ):
        outcome = run("fmt", str(path), cwd=data)
        assert (outcome.code, outcome.out) == (2, "")
        assert words in outcome.err
    outcome = run("fmt", "--data", str(data), str(tmp_path / "nothing"))
    assert (outcome.code, outcome.out) == (2, "")
    assert "nothing does not exist" in outcome.err


def test_the_data_of_a_path_is_the_nearest_above_it(data: Path, task: Path, tmp_path: Path) -> None:
    for path in (task, data, data / "measures", data / "plan.yaml", tmp_path):
        assert find_containing(path).folder == data
    with pytest.raises(UnknownNameError):
        find_containing(tmp_path.parent)


def test_a_replacement_that_fails_leaves_everything_as_it_was(
    task: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_arguments: object) -> None:
        raise PermissionError(13, "Permission denied", str(task))

    before, beside = task.read_bytes(), sorted(task.parent.iterdir())
    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(PermissionError):
        replace_files({task: b"id: 3\n"})
    assert task.read_bytes() == before
    assert sorted(task.parent.iterdir()) == beside


def test_what_is_saved_by_hand_meanwhile_is_left_as_it_is(
    data: Path, task: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(task, "chapter: 2", "chapter: '2'")

    def and_meanwhile(target: FileTarget) -> Formatted:
        found = format_file(target)
        if target.path == task:
            task.write_text("id: 2  # by hand\n")
        return found

    monkeypatch.setattr("credit_plan.formatting.files.format_file", and_meanwhile)
    with pytest.raises(typer.Exit) as ended:
        fmt(data=data)
    assert ended.value.exit_code == 3
    assert task.read_text() == "id: 2  # by hand\n"
    assert capsys.readouterr().err == (
        f"Error: {task} was changed by another program in the meantime; it was not overwritten\n"
        "3 already in canonical form, 1 could not be written\n"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_permissions_are_kept(task: Path) -> None:
    task.chmod(0o640)
    replace_files({task: b"id: 3\n"})
    assert task.read_text() == "id: 3\n"
    assert task.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything"
)
def test_a_file_that_may_not_be_written_is_not_replaced(run: Run, data: Path, task: Path) -> None:
    spoil(task, "chapter: 2", "chapter: '2'")
    task.chmod(0o444)
    outcome = run("fmt", cwd=data.parent)
    assert (outcome.code, outcome.out) == (3, "")
    assert "02.yaml" in outcome.err


@pytest.mark.skipif(sys.platform == "win32", reason="links need privileges on Windows")
def test_of_a_link_the_target_is_replaced(run: Run, data: Path, task: Path) -> None:
    spoil(task, "chapter: 2", "chapter: '2'")
    target = data / "kept" / "second.yaml"
    target.parent.mkdir()
    task.rename(target)
    task.symlink_to(target)
    assert run("fmt", cwd=data.parent).code == 0
    assert task.is_symlink()
    assert "chapter: 2\n" in target.read_text(encoding="utf-8")
    assert [file.name for file in target.parent.iterdir()] == ["second.yaml"]


@pytest.mark.english
def test_verbose_names_the_data(run: Run, data: Path) -> None:
    assert f"Data: {data}\n" in run("fmt", "-v", cwd=data.parent).err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_what_was_written_is_said_to_be_where_it_cannot_be_shown(data: Path, task: Path) -> None:
    """The file is new; “could not be written” was not true (attack X18)."""
    sound = spoil(task, "chapter: 2\n", "chapter:  2\n")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "credit_plan", "fmt"],
            cwd=data.parent,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 3
    said, why = done.stderr.splitlines()
    assert said.startswith("1 file formatted")
    assert why == "Error: standard output: No space left on device"
    assert task.read_text(encoding="utf-8") == sound


@pytest.mark.english
@posix
def test_an_interrupted_batch_is_undone_by_fmt_too(run: Run, data: Path) -> None:
    file = data / "progress" / "02.yaml"
    file.parent.mkdir()
    file.write_bytes(EMPTY_FILE)
    names = (file, data / "progress" / "03.yaml", data / "progress" / "04.yaml")
    leave_interrupted(dict.fromkeys(names, b"new"))
    outcome = run("fmt", "data/progress", cwd=data.parent)
    assert "removed again from data/progress/02.yaml" in outcome.err
    assert "missing-file" not in outcome.err
    assert file.read_bytes() == EMPTY_FILE


@pytest.mark.english
def test_a_file_is_not_made_larger_than_is_read(run: Run, data: Path) -> None:
    """Such a file could not be read any more; the hint says what else to do (attack X6)."""
    file = data / "progress" / "02.yaml"
    file.parent.mkdir()
    said = "{measure: '2', on: 2023-12-31, unit: 市住建局, status: done, note: '" + "长" * 999
    entry = said + "', recorded: 2024-01-05T09:30:00+08:00}"
    held = f"entries: [{', '.join([entry] * (2**20 // (len(entry.encode()) + 3)))}]\n"
    file.write_text(held, encoding="utf-8")
    outcome = run("fmt", cwd=data.parent)
    assert outcome.code == 1
    assert "error[unreadable-file] the file would be too large in canonical form" in outcome.err
    assert "reports in 14.yaml may also be in 14-2.yaml" in outcome.err
    assert file.read_text(encoding="utf-8") == held
