"""Windows, as far as it can be had elsewhere: what differs there is put in the place of Linux.

Nothing here ran on Windows itself.
"""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from credit_plan import text
from credit_plan.cli import console
from credit_plan.errors import MisstatedError, describe_error
from credit_plan.loader.locate import Source
from credit_plan.reporting.evidence import find_evidence
from tests.conftest import inherited

LIKE_WINDOWS = """
import os, pathlib, sys
replace, unlink = os.replace, os.unlink
def refuse_open(*paths):
    opened = set()
    for it in os.listdir('/proc/self/fd'):
        try:
            opened.add(os.readlink('/proc/self/fd/' + it))
        except OSError:
            pass
    for path in paths:
        if os.path.realpath(path) in opened:
            print('OPEN', path, file=sys.stderr)
            raise PermissionError(13, 'in use', str(path))
def careful_replace(source, target, **more):
    refuse_open(source, target)
    replace(source, target, **more)
def careful_unlink(path, **more):
    refuse_open(path)
    unlink(path, **more)
os.replace = os.rename = careful_replace
os.unlink = os.remove = careful_unlink
from credit_plan.__main__ import run
run()
"""
"""The program, where no file that is open can be replaced, renamed or removed."""


def run_it(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LIKE_WINDOWS, *words]
    return subprocess.run(
        command, cwd=folder, env=inherited(), capture_output=True, text=True, check=False
    )


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program take this system for Windows."""
    monkeypatch.setattr(sys, "platform", "win32")


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="asks which files are open")
def test_no_file_is_replaced_while_it_is_open(tmp_path: Path) -> None:
    workspace = tmp_path / "ws"
    for words in (
        ("init", "ws"),
        ("-v", "record", "14", "--status", "done", "--data", "ws"),
        ("list", "--data", "ws"),
        ("record", "--undo", "--data", "ws"),
        ("record", "7.5", "--status", "done", "--data", "ws"),
        ("list", "--data", "ws", "--output", "a.csv"),
        ("list", "--data", "ws", "--output", "a.csv"),
        ("form", "--each-unit", "--data", "ws", "--output", "sheets"),
        ("fmt", "--data", "ws"),
        ("check", "--data", "ws"),
        ("check", "--data", "ws"),
    ):
        done = run_it(tmp_path, *words)
        assert (done.returncode, "OPEN" in done.stderr) == (0, False), (words, done.stderr)
    assert not list(workspace.rglob("*.tmp"))


@pytest.mark.usefixtures("windows")
def test_the_reader_of_a_pipe_may_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """There a closed pipe is an invalid argument; any other error is still one."""

    class Closed(io.StringIO):
        code = errno.EINVAL

        def flush(self) -> None:
            raise OSError(self.code, os.strerror(self.code))

        def isatty(self) -> bool:
            return True

    Closed.encoding = "utf-8"  # type: ignore[misc]  # read-only in the type alone
    silenced: list[object] = []
    monkeypatch.setattr(console, "silence", silenced.append)
    monkeypatch.setattr(sys, "stdout", Closed())
    console.write_output("text")
    assert silenced == [sys.stdout]
    Closed.code = errno.ENOSPC
    with pytest.raises(OSError, match="No space"):
        console.write_output("text")


@pytest.mark.usefixtures("windows")
def test_python_is_not_started_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """There execv leaves the console to the next prompt, and names of files are Unicode anyway."""
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: "ascii")
    monkeypatch.setattr(os, "execv", lambda *_words: pytest.fail("started anew"))
    console.restart_in_utf8()


@pytest.mark.usefixtures("windows")
def test_a_file_that_excel_has_open_is_not_just_denied() -> None:
    error = PermissionError(errno.EACCES, "Permission denied", "到期.csv")
    assert describe_error(error) == (
        "到期.csv: Permission denied; if it is open in Excel or another program, close it there"
    )


@pytest.mark.usefixtures("windows")
def test_no_command_of_another_shell_is_advised(tmp_path: Path) -> None:
    """PowerShell and cmd know neither `mkdir -p` nor the quotes of a Unix shell."""
    (tmp_path / "a b.pdf").write_text("x")
    with pytest.raises(MisstatedError) as refused:
        find_evidence(Source(tmp_path / "data", bundled=False), str(tmp_path / "a b.pdf"))
    assert "mkdir" not in str(refused.value)
    assert str(refused.value).endswith('evidence/a b.pdf"')
    assert text.join_words("cd", "a b") == 'cd "a b"'
