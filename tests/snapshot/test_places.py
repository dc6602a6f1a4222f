"""Where a snapshot is kept, who may have written it, and that it is missed by nobody."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from datetime import UTC, datetime
from io import BufferedWriter
from pathlib import Path

import pytest
import time_machine

from credit_plan.snapshot import store
from tests.asked import ask, ask_cold
from tests.conftest import inherited
from tests.program import COMMAND
from tests.snapshot.conftest import ASKED, LATER, assert_same, edit, warm

posix = pytest.mark.skipif(os.name == "nt", reason="the system has no such files")
linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs decides")
as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give a file away"
)
pytestmark = pytest.mark.usefixtures("data", "later")


def own(cache: Path) -> Path:
    (path,) = cache.iterdir()
    return path


def assert_rewritten(cache: Path) -> None:
    """Assert that what is in the place of the snapshot is not read, and gives way to a new one."""
    assert "plan.yaml" in ask("list").read
    assert_same()
    warm()
    assert own(cache).is_file()
    assert not own(cache).is_symlink()
    assert own(cache).stat().st_mode & 0o777 == 0o600


@posix
def test_only_its_user_may_read_it(cache: Path) -> None:
    ask("list")
    assert cache.stat().st_mode & 0o777 == 0o700
    assert own(cache).stat().st_mode & 0o777 == 0o600


@posix
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_one_that_others_may_write_is_not_read(cache: Path, mode: int) -> None:
    warm()
    own(cache).chmod(mode)
    assert_rewritten(cache)


@as_root
def test_one_of_another_user_is_not_read(cache: Path) -> None:
    warm()
    os.chown(own(cache), 12345, -1)
    assert_rewritten(cache)


@posix
def test_a_link_in_its_place_is_not_followed(cache: Path, tmp_path: Path) -> None:
    warm()
    kept = own(cache).rename(tmp_path / "kept")
    (cache / next(iter(_names(cache, kept)))).symlink_to(kept)
    content = kept.read_bytes()
    assert_rewritten(cache)
    assert kept.read_bytes() == content


@posix
def test_a_pipe_in_its_place_is_not_waited_for(cache: Path) -> None:
    warm()
    path = own(cache)
    path.unlink()
    os.mkfifo(path)
    assert_rewritten(cache)


def test_a_folder_in_its_place_is_left_alone(cache: Path) -> None:
    warm()
    path = own(cache)
    path.unlink()
    path.mkdir()
    assert_same()
    assert [*cache.iterdir()] == [path]


@posix
@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
def test_nothing_is_kept_in_a_folder_that_others_may_write(cache: Path, mode: int) -> None:
    cache.mkdir(parents=True)
    cache.chmod(mode)
    assert_same()
    assert [*cache.iterdir()] == []


@as_root
def test_nor_in_the_folder_of_another_user(cache: Path) -> None:
    warm()
    os.chown(cache, 12345, -1)
    time = own(cache).stat().st_mtime_ns
    assert "plan.yaml" in ask("list").read
    assert_same()
    assert own(cache).stat().st_mtime_ns == time


@pytest.mark.parametrize("is_missing", [True, False])
def test_a_folder_that_cannot_be_written_is_no_error(
    cache: Path, monkeypatch: pytest.MonkeyPatch, is_missing: bool
) -> None:
    """Root may write everywhere, so the two calls that ask are made to refuse."""

    def refuse(path: object, *_more: object, **_how: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", path)

    if is_missing:
        monkeypatch.setattr(Path, "mkdir", refuse)
    else:
        cache.mkdir(parents=True, mode=0o700)
        monkeypatch.setattr(os, "access", lambda path, _mode: Path(path) != cache)
    assert ask("list").read.count("plan.yaml") == 1
    assert_same()
    assert not cache.exists() or [*cache.iterdir()] == []


def test_a_file_in_the_place_of_the_folder_is_no_error(cache: Path) -> None:
    cache.parent.mkdir()
    cache.write_text("x", encoding="utf-8")
    assert_same()
    assert cache.read_text(encoding="utf-8") == "x"


@pytest.mark.parametrize("number", [*range(1, 12), 20, 30])
def test_a_full_disk_is_no_error(cache: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """The disk is full at one of the writes; a snapshot that is there already stays."""

    class Full(BufferedWriter):
        left = number

        def write(self, content: object) -> int:
            Full.left -= 1
            if Full.left <= 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().write(content)  # type: ignore[arg-type]  # bytes

    fdopen = os.fdopen

    def open_full(descriptor: int, mode: str) -> object:
        file = fdopen(descriptor, mode)
        return Full(file.detach()) if mode == "wb" else file

    monkeypatch.setattr(os, "fdopen", open_full)
    assert ask("list").outcome == ask_cold("list")
    assert ask("check").outcome == ask_cold("check")
    assert all(it.suffix == ".snapshot" for it in cache.iterdir())
    monkeypatch.undo()


def test_a_disk_that_is_full_at_the_end_is_no_error(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    assert_same()
    assert [*cache.iterdir()] == []


@linux
@pytest.mark.parametrize(
    ("home", "place"),
    [
        ({"XDG_CACHE_HOME": ""}, "home/.cache"),
        ({"XDG_CACHE_HOME": " "}, "home/.cache"),
        ({"XDG_CACHE_HOME": "relative"}, None),
        ({"XDG_CACHE_HOME": "", "HOME": "relative"}, None),
    ],
)
def test_where_it_is(
    tmp_path: Path,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    home: dict[str, str],
    place: str | None,
) -> None:
    for name, value in ({"HOME": str(tmp_path / "home")} | home).items():
        monkeypatch.setenv(name, value)
    assert_same()
    assert {it.parent for it in tmp_path.rglob("*.snapshot")} == (
        {tmp_path / place / "credit-plan"} if place else set()
    )
    assert {it.name for it in data.parent.iterdir()} == {"data"}


@linux
def test_without_a_home_it_is_that_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)  # no such user either
    with pytest.raises(OSError, match="no home"):
        store.find_cache()
    assert_same()


def test_no_cache_reads_and_writes_none(cache: Path, data: Path) -> None:
    for words in ASKED:
        ask(*words, "--no-cache")
    assert not cache.exists()
    warm()
    content, time = own(cache).read_bytes(), own(cache).stat().st_mtime_ns
    for words in ASKED:
        assert "plan.yaml" in ask(*words, "--no-cache").read
    (data / "measures/01.yaml").touch()
    for words in ASKED:
        ask(*words, "--no-cache")
    assert (own(cache).read_bytes(), own(cache).stat().st_mtime_ns) == (content, time)


def test_no_more_are_kept_than_some(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST", 3)
    cache.mkdir(parents=True, mode=0o700)
    for number in range(9):
        (cache / f"{number}.snapshot").touch()
        os.utime(cache / f"{number}.snapshot", (number, number))
    warm()
    left = {it.name for it in cache.iterdir()}
    assert {"8.snapshot", "7.snapshot"} < left
    assert len(left) <= 4


@posix
def test_what_was_left_in_the_folder_is_in_nobodys_way(cache: Path) -> None:
    warm()
    own(cache).with_suffix(f".{os.getpid()}").write_text("x", encoding="utf-8")
    (cache / "link").symlink_to("nowhere")
    for path in cache.glob("*.snapshot"):
        path.unlink()
    warm()


def test_many_processes_may_write_and_read_at_once(cache: Path, data: Path) -> None:
    questions = (("check", "--accepted"), ("list", "-f", "json")) * 4
    expected = [(ask_cold(*words).out.encode(), b"") for words in questions]
    environment = inherited() | {"LC_ALL": "C.UTF-8", "COLUMNS": "100"}
    for _round in range(2):
        running = [
            subprocess.Popen(
                [*COMMAND, *words], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
            for words in questions
        ]
        assert [it.communicate() for it in running] == expected
        assert [it.suffix for it in cache.iterdir()] == [".snapshot"]
        (data / "measures/01.yaml").touch()


@pytest.mark.parametrize("is_settled", [False, True])
def test_no_snapshot_is_open_when_it_is_replaced(
    data: Path, monkeypatch: pytest.MonkeyPatch, *, is_settled: bool
) -> None:
    """Windows replaces no file that is open."""
    opened: list[store.Snapshot] = []
    open_snapshot, replace = store.open_snapshot, Path.replace
    closed: list[bool] = []

    def note(path: Path) -> store.Snapshot:
        opened.append(open_snapshot(path))
        return opened[-1]

    def look(path: Path, target: Path) -> Path:
        closed.extend(it._file.closed for it in opened)  # noqa: SLF001
        return replace(path, target)

    with time_machine.travel(datetime.now(UTC) - LATER):
        ask("check")
    if not is_settled:
        edit(data / "measures/01.yaml", "推动两镇", "推进两镇")
    monkeypatch.setattr(store, "open_snapshot", note)
    monkeypatch.setattr(Path, "replace", look)
    ask("list")
    assert closed
    assert all(closed)


def _names(cache: Path, kept: Path) -> set[str]:
    """Return the name that the snapshot had before it was moved."""
    ask("list")
    names = {it.name for it in cache.iterdir()} - {kept.name}
    for name in names:
        (cache / name).unlink()
    return names
