"""Writing: twenty at once, killed at every step, on a full disk, where nobody may write."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from filelock import FileLock

from credit_plan import workspace
from credit_plan.errors import ChangedError, ExitCode, LockedError, describe_error
from credit_plan.storage import disk, journal, last_command, writer
from tests.conftest import ROOT

OLD, NEW = "# 旧\n".encode() * 500, "# 新\n".encode() * 700
MODULES = {it.__file__ for it in (disk, journal, last_command, writer, workspace)}
SYSTEM = {"posix", "_io", "io"}
REFUSING = {"open", "read", "write", "flush", "fsync", "chmod", "replace"}

posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of two files; a third one, `new.yaml`, is not there yet."""
    made = tmp_path / "data" / "progress"
    made.mkdir(parents=True)
    for name in ("01.yaml", "02.yaml"):
        (made / name).write_bytes(OLD)
    return made


def three(folder: Path) -> dict[Path, bytes]:
    return {folder / name: NEW for name in ("01.yaml", "new.yaml", "02.yaml")}


def unmeasured() -> dict[str, str]:
    """Return an environment without coverage, which would have files of its own cut short."""
    return {key: it for key, it in os.environ.items() if not key.startswith("COVERAGE_")}


def held(folder: Path) -> dict[str, bytes]:
    """Return what is in a folder, but for the lock, which stays."""
    return {it.name: it.read_bytes() for it in folder.iterdir() if it.name != writer.LOCK}


def test_a_file_is_replaced_or_made_and_nothing_else_is_left(folder: Path) -> None:
    writer.replace_files({folder / "01.yaml": NEW})
    writer.replace_files({folder / "new.yaml": b""})
    assert held(folder) == {"01.yaml": NEW, "02.yaml": OLD, "new.yaml": b""}
    writer.replace_files(three(folder))
    assert held(folder) == dict.fromkeys(("01.yaml", "02.yaml", "new.yaml"), NEW)
    writer.replace_files({})


@pytest.mark.skipif(sys.platform == "win32", reason="Windows opens no folder")
def test_all_is_on_the_disk_before_a_name_changes_and_the_names_before_it_ends(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync, rename, done = os.fsync, os.replace, []

    def seen_fsync(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def seen_rename(source: Path, target: Path) -> None:
        done.append(target.name)
        rename(source, target)

    monkeypatch.setattr(os, "fsync", seen_fsync)
    monkeypatch.setattr(os, "replace", seen_rename)
    writer.replace_files(three(folder))
    written = ["file", journal.JOURNAL, "folder"]
    names = [path.name for path in three(folder)]
    # The last folder is that of the journal, which is removed.
    assert done == ["file"] * 5 + written + names + ["folder", "folder"]
    done.clear()
    with writer.lock(folder / "deep" / "deeper"):
        assert done == ["folder", "folder"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_a_new_file_has_the_permissions_that_the_umask_gives(folder: Path) -> None:
    before = os.umask(0o027)
    try:
        with writer.lock(folder):
            writer.replace_files({folder / "new.yaml": NEW})
    finally:
        os.umask(before)
    for name in ("new.yaml", writer.LOCK):
        assert (folder / name).stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give a file away"
)
def test_a_file_stays_its_owners(folder: Path) -> None:
    file = folder / "01.yaml"
    os.chown(file, 1234, 4321)
    file.chmod(0o664)
    writer.replace_files({file: NEW})
    status = file.stat()
    assert (status.st_uid, status.st_gid, status.st_mode & 0o777) == (1234, 4321, 0o664)


def test_an_owner_whom_the_system_does_not_know_is_no_hindrance(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a container, where such a call is EINVAL; where nothing differs it is not made."""
    asked = []

    def unmapped(_path: Path, *owners: int) -> None:
        asked.append(owners)
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))

    monkeypatch.setattr(os, "chown", unmapped, raising=False)
    writer.replace_files({folder / "01.yaml": NEW})
    assert asked == []
    status = (folder / "01.yaml").stat()
    another = os.stat_result((*status[:4], status.st_uid + 1, status.st_gid + 1, *status[6:]))
    disk.write_file(folder / "02.new", NEW, another)
    assert asked == [(-1, another.st_gid), (another.st_uid, -1)]
    assert (folder / "02.new").read_bytes() == NEW


def test_a_file_that_holds_something_else_than_was_read_stays_with_all_the_others(
    folder: Path,
) -> None:
    read: dict[Path, bytes | None] = dict.fromkeys(three(folder), OLD)
    for path, expected in ((folder / "02.yaml", NEW), (folder / "new.yaml", OLD)):
        with pytest.raises(ChangedError, match=path.name):
            writer.replace_files(three(folder), {**read, folder / "new.yaml": None, path: expected})
        assert held(folder) == {"01.yaml": OLD, "02.yaml": OLD}
    writer.replace_files(three(folder), {**read, folder / "new.yaml": None})
    assert held(folder) == {path.name: NEW for path in three(folder)}


@pytest.mark.parametrize("name", ["02.yaml", "new.yaml"])
def test_what_an_editor_saves_at_the_last_moment_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    before, write, written = held(folder), disk.write_file, []

    def slowly(path: Path, content: bytes, like: os.stat_result | None = None) -> None:
        write(path, content, like)
        written.append(path)
        if len(written) == 5:
            (folder / name).write_bytes(b"# by hand\n")

    monkeypatch.setattr(disk, "write_file", slowly)
    with pytest.raises(ChangedError, match=name) as refused:
        writer.replace_files(dict.fromkeys(reversed(three(folder)), NEW))
    assert held(folder) == {**before, name: b"# by hand\n"}
    assert refused.value.exit_code is ExitCode.CANNOT_RUN


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    with writer.lock(tmp_path / "data" / "progress"):
        writer.replace_files({tmp_path / "data" / "progress" / "01.yaml": NEW})
    assert held(tmp_path / "data" / "progress") == {"01.yaml": NEW}


def test_a_path_that_can_be_no_file_is_refused_by_its_own_name(folder: Path) -> None:
    (folder / "03.yaml").mkdir()
    (folder / "loop.yaml").symlink_to("loop.yaml")
    for path in (folder / "03.yaml", folder / "loop.yaml", folder / "01.yaml" / "x"):
        with pytest.raises(OSError, match=r"\w") as refused:
            writer.replace_files({folder / "01.yaml": NEW, path: NEW})
        assert refused.value.filename == str(path)
        assert (folder / "01.yaml").read_bytes() == OLD


# Whatever fails, and whenever it is killed.


@contextmanager
def watched(call: Callable[[str], None], line: Callable[[], None] | None = None) -> Iterator[None]:
    """Call `call` before and after each call of the system, `line` before each line of storage."""

    def trace(frame: FrameType, event: str, _value: object) -> Any:  # noqa: ANN401  as sys says
        if frame.f_code.co_filename not in MODULES:
            return None
        if event == "line" and line is not None:
            line()
        return trace

    def profile(_frame: FrameType, event: str, value: Any) -> None:  # noqa: ANN401
        if event.startswith("c_"):
            owner = value.__module__ or type(value.__self__).__module__
            if owner in SYSTEM and value.__name__ not in {"fspath", "getpid"}:
                call(value.__name__ if event == "c_call" else "")

    before = sys.gettrace()
    if line is not None:
        sys.settrace(trace)
    sys.setprofile(profile)
    try:
        yield
    finally:
        sys.setprofile(None)
        if line is not None:
            sys.settrace(before)


def killed_at(step: int, act: Callable[[], None]) -> bool:
    """Has a child do something and die at this step of it; whether there was such a step."""
    child = os.fork()
    if not child:
        count = 0

        def tick(_name: str = "") -> None:
            nonlocal count
            count += 1
            if count == step:
                os._exit(9)

        try:
            with watched(tick, tick):
                act()
            os._exit(0)
        finally:
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in {0, 9}
    return code == 9


@posix
def test_killed_at_any_step_a_file_is_the_old_one_or_the_new_one(folder: Path) -> None:
    def write() -> None:
        with writer.lock(folder):
            writer.replace_files({file: NEW})

    file = folder / "01.yaml"
    write()
    step, seen = 0, set()
    alive = False
    while not alive:
        step += 1
        file.write_bytes(OLD)
        alive = not killed_at(step, write)
        seen.add(file.read_bytes())
        assert all(name[0] == "." for name in held(folder).keys() - {"01.yaml", "02.yaml"})
        with writer.lock(folder):
            writer.replace_files({folder / "02.yaml": OLD})
        assert held(folder).keys() == {"01.yaml", "02.yaml"}
    assert seen == {OLD, NEW}
    assert step > 100


@posix
def test_killed_at_any_step_of_several_files_all_are_old_or_all_new_for_the_next_writer(
    folder: Path,
) -> None:
    """No disk replaces several names at once: the next writer undoes the first ones (X20)."""
    step, seen, undone = 0, [], set()
    alive = False
    while not alive:
        step += 1
        for name in ("01.yaml", "02.yaml"):
            (folder / name).write_bytes(OLD)
        (folder / "new.yaml").unlink(missing_ok=True)
        alive = not killed_at(step, lambda: writer.replace_files(three(folder)))
        with writer.lock(folder) as recovered:
            now = held(folder)
        undone.add(len(recovered.undone))
        assert not recovered.kept
        seen.append({now.get(path.name, OLD) for path in three(folder)})
        assert now.keys() in ({"01.yaml", "02.yaml"}, {"01.yaml", "02.yaml", "new.yaml"})
    assert all(len(contents) == 1 for contents in seen)
    assert seen[0] == {OLD}
    assert seen[-1] == {NEW}
    assert undone == {0, 1, 2, 3}
    assert step > 200


def leave_interrupted(contents: dict[Path, bytes]) -> None:
    """Leave what a writer leaves that is killed when all files but the last are replaced."""
    replace, replaced = os.replace, []

    def dies(source: Path, target: Path) -> None:
        replaced.append(target.name)
        if len(replaced) > len(contents):
            os._exit(9)
        replace(source, target)

    child = os.fork()
    if not child:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "replace", dies)
            writer.replace_files(contents)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@posix
def test_killed_while_it_undoes_the_next_writer_goes_on(folder: Path) -> None:
    def undo() -> None:
        with writer.lock(folder):
            pass

    step, alive = 0, False
    while not alive:
        step += 3
        for name in ("01.yaml", "02.yaml"):
            (folder / name).write_bytes(OLD)
        leave_interrupted(three(folder))
        alive = not killed_at(step, undo)
        with writer.lock(folder) as recovered:
            assert held(folder) == {"01.yaml": OLD, "02.yaml": OLD}
        assert recovered.kept == ()
    assert step > 50


@posix
def test_what_was_edited_since_a_writer_was_killed_stays_and_is_named(folder: Path) -> None:
    leave_interrupted(three(folder))
    (folder / "01.yaml").write_bytes(b"# by hand\n")
    with writer.lock(folder) as recovered:
        assert held(folder) == {"01.yaml": b"# by hand\n", "02.yaml": OLD}
    assert recovered == journal.Recovered((folder / "new.yaml",), (folder / "01.yaml",))
    with writer.lock(folder) as recovered:
        assert recovered == journal.Recovered()


@posix
def test_a_journal_that_came_with_a_copy_of_the_folder_changes_nothing(
    folder: Path, tmp_path: Path
) -> None:
    """A stranger's journal would write into the plan; it cannot know the numbers of the files."""
    leave_interrupted(three(folder))
    shutil.copytree(folder, tmp_path / "copy")
    before = held(tmp_path / "copy")
    with writer.lock(tmp_path / "copy") as recovered:
        now = held(tmp_path / "copy")
    assert recovered.undone == ()
    assert all(now[name] == before[name] for name in ("01.yaml", "02.yaml", "new.yaml"))
    assert journal.JOURNAL not in now


ENTRY = (
    b'[{"name": %b, "new": ".0123456789abcdef.ledger.tmp", "number": 0, "digest": "", "old": null}]'
)
IMPOSSIBLE = ["../../plan.yaml", "..", "a\0.yaml", "\ud800.yaml", "x" * 300 + ".yaml", "link.yaml"]


@posix
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[" * 100_000,
        b"{}",
        b"3",
        b'["name"]',
        b'[{"name": "01.yaml"}]',
        b"[" + b"{}," * 500_000 + b"{}]",
        *(ENTRY % json.dumps(name).encode() for name in IMPOSSIBLE),
    ],
)
def test_what_is_no_journal_changes_nothing_and_is_in_nobodys_way(
    folder: Path, content: bytes
) -> None:
    os.mkfifo(folder / "pipe.yaml")
    (folder / journal.JOURNAL).write_bytes(content)
    with writer.lock(folder) as recovered:
        assert recovered.undone == ()
    assert not (folder / journal.JOURNAL).exists()
    (folder / "pipe.yaml").unlink()
    assert held(folder) == {"01.yaml": OLD, "02.yaml": OLD}
    os.mkfifo(folder / journal.JOURNAL)
    with writer.lock(folder):
        assert not (folder / journal.JOURNAL).exists()


@posix
def test_a_journal_undoes_nothing_through_a_link(folder: Path, tmp_path: Path) -> None:
    """Whoever can write here could name a file of ours, with its number and its digest."""
    victim = tmp_path / "victim.yaml"
    victim.write_bytes(OLD)
    (folder / "99.yaml").symlink_to(victim)
    old = disk.temporary_path(folder)
    old.write_bytes(NEW)
    for name in (None, old.name):
        entry = {
            "name": "99.yaml",
            "new": disk.temporary_path(folder).name,
            "number": victim.stat().st_ino,
            "digest": hashlib.sha256(OLD).hexdigest(),
            "old": name,
        }
        (folder / journal.JOURNAL).write_text(json.dumps([entry]))
        with writer.lock(folder) as recovered:
            assert recovered.undone == ()
        assert victim.read_bytes() == OLD


def test_a_folder_in_place_of_the_journal_keeps_no_single_file_from_being_written(
    folder: Path,
) -> None:
    (folder / journal.JOURNAL).mkdir()
    with writer.lock(folder):
        writer.replace_files({folder / "01.yaml": NEW})
        with pytest.raises(OSError, match=r"\w") as refused:
            writer.replace_files(three(folder))
    assert refused.value.filename == str(folder / journal.JOURNAL)
    assert (folder / "02.yaml").read_bytes() == OLD


def test_whatever_the_system_refuses_all_files_stay_as_they_were(folder: Path) -> None:
    before, refused = held(folder), []
    for step in range(1, 1000):
        count = 0

        def refuse(name: str, step: int = step) -> None:
            nonlocal count
            count += name in REFUSING
            if count == step and name in REFUSING:
                refused.append(name)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        try:
            with watched(refuse):
                writer.replace_files(three(folder))
            break
        except OSError as error:
            assert error.errno == errno.ENOSPC
            assert held(folder) == before
    assert held(folder) == {path.name: NEW for path in three(folder)}
    assert set(refused) == REFUSING - (set() if sys.platform != "win32" else {"chmod"})
    assert len(refused) == step - 1 > 30


def test_a_file_that_cannot_be_replaced_keeps_the_others_as_they_were(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where somebody has it open."""
    replace = os.replace

    def fails(source: Path, target: Path) -> None:
        if target.name == "02.yaml":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), source, None, target)
        replace(source, target)

    before = held(folder)
    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(PermissionError) as refused:
        writer.replace_files(three(folder))
    assert held(folder) == before
    assert refused.value.filename == str(folder / "02.yaml")
    assert describe_error(refused.value) == f"{folder / '02.yaml'}: Permission denied"


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal on Windows")
def test_killed_by_the_system_at_any_moment(folder: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from credit_plan.storage import writer\n"
        "folder = Path(sys.argv[1]); file = folder / '01.yaml'; old = file.read_bytes()\n"
        "while True:\n"
        "    with writer.lock(folder):\n"
        "        writer.replace_files({file: old + old})\n"
        "        writer.replace_files({file: old})\n"
        "    print('written', flush=True)\n"
    )
    moments = random.Random(2021)
    for _round in range(10):
        with subprocess.Popen(
            [sys.executable, "-c", script, str(folder)], env=unmeasured(), stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"written\n"
            time.sleep(moments.uniform(0, 0.01))
            process.send_signal(signal.SIGKILL)
        assert (folder / "01.yaml").read_bytes() in {OLD, OLD + OLD}
        with writer.lock(folder):
            writer.replace_files({folder / "01.yaml": OLD})
        assert held(folder) == {"01.yaml": OLD, "02.yaml": OLD}


# Disks that are full, folders that are closed.

TRYING = """
import os, sys
from pathlib import Path
from credit_plan import workspace
from credit_plan.storage import writer

def listed():
    return {it.name: it.read_bytes() for it in folder.iterdir() if it.name != ".ledger.lock"}

def refused(act):
    before = listed()
    try:
        act()
    except OSError as error:
        print(os.strerror(error.errno), Path(error.filename).name)
    else:
        print("written")
    assert listed() == before, listed().keys()

def under_lock():
    with writer.lock(folder):
        writer.replace_files({file: b"new"})

folder = Path(sys.argv[1])
file, other = folder / "01.yaml", folder / "new.yaml"
"""


def small_disk(options: str, folder: Path) -> list[str]:
    """Return what a command is put behind to run with a file system of its own on a folder.

    What is in the folder at the end is printed behind what the command prints.
    """
    if sys.platform != "linux":
        pytest.skip("file systems of one's own are mounted on Linux")
    enter = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    mount = f"mount -t tmpfs -o {options} none {shlex.quote(str(folder))}"
    try:
        subprocess.run([*enter, mount], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no file system may be mounted here: {error}")
    script = f'{mount} && "$@"; code=$?; ls -A {shlex.quote(str(folder))}; exit $code'
    return [*enter, script, "sh"]


def tried(folder: Path, script: str, *before: str) -> list[str]:
    """Return the lines that a script prints that tries to write in a folder."""
    command = [*before, sys.executable, "-c", TRYING + script, str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=unmeasured(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().splitlines()


def test_a_full_disk_leaves_every_file_as_it_was(tmp_path: Path) -> None:
    script = """
file.write_bytes(b"old" * 1000)
refused(lambda: writer.replace_files({file: b"new" * 100_000}))
refused(lambda: writer.replace_files({other: b"new" * 100_000}))
refused(lambda: writer.replace_files({file: b"new", other: b"new" * 100_000}))
(folder / "filling").write_bytes(b"x" * (os.statvfs(folder).f_bavail * os.statvfs(folder).f_bsize))
refused(under_lock)
(folder / "filling").unlink()
under_lock()
print(file.read_bytes())
"""
    assert tried(tmp_path, script, *small_disk("size=128k", tmp_path)) == [
        "No space left on device 01.yaml",
        "No space left on device new.yaml",
        "No space left on device new.yaml",
        "No space left on device 01.yaml",
        "b'new'",
        ".ledger.lock",
        "01.yaml",
    ]


def test_a_read_only_folder_is_left_as_it_was(tmp_path: Path) -> None:
    script = """
import subprocess
file.write_bytes(b"old")
subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
refused(lambda: writer.replace_files({file: b"new"}))
refused(lambda: writer.replace_files({other: b"new"}))
refused(under_lock)
"""
    assert tried(tmp_path, script, *small_disk("size=128k", tmp_path)) == [
        "Read-only file system 01.yaml",
        "Read-only file system new.yaml",
        "Read-only file system .ledger.lock",
        "01.yaml",
    ]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything"
)
def test_a_closed_folder_is_left_as_it_was(folder: Path) -> None:
    before = held(folder)
    folder.chmod(0o555)
    with pytest.raises(PermissionError), writer.lock(folder):
        pass
    with pytest.raises(PermissionError):
        writer.replace_files(three(folder))
    assert held(folder) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file's size")
def test_a_file_that_may_not_grow_is_left_as_it_was(folder: Path) -> None:
    script = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
refused(lambda: writer.replace_files({file: b"new" * 5000}))
refused(lambda: writer.replace_files({other: b"new", file: b"new" * 5000}))
"""
    assert tried(folder, script) == ["File too large 01.yaml"] * 2


# One writer at a time.


def test_twenty_processes_that_append_at_once_lose_nothing(folder: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from credit_plan.storage import writer\n"
        "folder, who = Path(sys.argv[1]), sys.argv[2]; file = folder / 'new.yaml'\n"
        "for turn in range(5):\n"
        "    with writer.lock(folder):\n"
        "        before = file.read_bytes() if file.exists() else b''\n"
        "        writer.replace_files({file: before + f'{who} {turn}\\n'.encode()})\n"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", script, str(folder), str(who)]) for who in range(20)
    ]
    assert [it.wait() for it in started] == [0] * 20
    lines = (folder / "new.yaml").read_text().splitlines()
    assert sorted(lines) == sorted(f"{who} {turn}" for who in range(20) for turn in range(5))
    for who in range(20):
        own = [line for line in lines if line.split()[0] == str(who)]
        assert own == [f"{who} {turn}" for turn in range(5)]
    assert held(folder).keys() == {"01.yaml", "02.yaml", "new.yaml"}


def test_who_waits_too_long_is_told_who_keeps_it_waiting(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = (
        "import sys; from pathlib import Path; from credit_plan.storage import writer\n"
        "with writer.lock(Path(sys.argv[1])):\n"
        "    print('writing', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    monkeypatch.setattr(writer, "_TIMEOUT", 0)
    with subprocess.Popen(
        [sys.executable, "-c", script, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"writing\n"
        with pytest.raises(LockedError) as waited, writer.lock(folder):
            pass
    assert waited.value.exit_code is ExitCode.CANNOT_RUN
    message = describe_error(waited.value)
    assert message.startswith(f"another process has been writing in {folder} for more than")
    assert message.endswith(f"(lock file: {folder / '.ledger.lock'})")
    with writer.lock(folder):
        pass


def test_what_a_writer_leaves_behind_is_nothing_to_a_reader(folder: Path) -> None:
    left = disk.temporary_path(folder)
    left.write_bytes(b"half")
    assert left.name.startswith(".")
    assert left.suffix not in {".yaml", ".yml", ".json"}
    writer.replace_files({folder / "01.yaml": NEW})
    assert left.exists(), "another may be writing it: only the holder of the lock is sure"
    with writer.lock(folder):
        assert not left.exists()


# What another user has left behind.


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may be somebody else"
)
@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_what_root_has_left_shuts_no_folder_for_its_owner(mode: int) -> None:
    """As after `sudo credit-plan record`, whose lock and file are root's (attack X19)."""
    # pytest's own folders are closed to other users.
    folder = Path(tempfile.mkdtemp())
    os.chown(folder, 1234, 1234)
    for name in ("01.yaml", writer.LOCK):
        (folder / name).touch()
        (folder / name).chmod(0o644 if name == "01.yaml" else mode)
    child = os.fork()
    if not child:
        code = 1
        try:
            os.setgid(1234)
            os.setuid(1234)
            with writer.lock(folder):
                writer.replace_files({folder / "01.yaml": NEW})
            code = 0
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert (folder / "01.yaml").read_bytes() == NEW
    shutil.rmtree(folder)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give a file away"
)
def test_what_root_makes_in_a_folder_is_the_folders_owners(folder: Path) -> None:
    os.chown(folder.parent, 1234, 4321)
    made = folder.parent / "made"
    with writer.lock(made):
        writer.replace_files({made / "01.yaml": NEW})
    for path in (made, made / writer.LOCK, made / "01.yaml"):
        assert (path.stat().st_uid, path.stat().st_gid) == (1234, 4321)


@posix
def test_a_lock_that_another_user_holds_is_not_taken_from_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    with writer.lock(folder), monkeypatch.context() as patch:
        patch.setattr(FileLock, "acquire", refuse)
        with pytest.raises(PermissionError), writer.lock(folder):
            pass
        assert (folder / writer.LOCK).exists()


# What a command has written is taken back.

AT = datetime(2024, 1, 5, 1, 30, tzinfo=UTC)
WAS: dict[str, bytes | None] = {"01.yaml": OLD, "new.yaml": None, "02.yaml": OLD}


def record(folder: Path) -> dict[Path, bytes]:
    """Write three files as they are before they are taken back, and their note."""
    contents = {folder / name: (old or b"") + NEW for name, old in WAS.items()}
    for name, old in WAS.items():
        (folder / name).write_bytes((old or b"") + NEW)
    read = {folder / name: old for name, old in WAS.items()}
    assert last_command.write_last_command(AT, contents, read)
    return contents


def restore(folder: Path, read: dict[Path, bytes]) -> None:
    writer.restore_files({folder / name: old for name, old in WAS.items()}, read)


def test_files_get_back_what_they_held_and_a_new_one_is_removed(folder: Path) -> None:
    contents = record(folder)
    (folder / "01.yaml").chmod(0o640)
    last_command.remove_last_command(folder)
    restore(folder, contents)
    assert held(folder) == {"01.yaml": OLD, "02.yaml": OLD}
    if sys.platform != "win32":
        assert (folder / "01.yaml").stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give a file away"
)
def test_what_root_takes_back_stays_its_owners(folder: Path) -> None:
    os.chown(folder, 1234, 4321)
    contents = record(folder)
    for name in ("01.yaml", last_command.LAST_COMMAND):
        os.chown(folder / "01.yaml", 1234, 4321)
        status = (folder / name).stat()
        assert (status.st_uid, status.st_gid) == (1234, 4321)
    restore(folder, contents)
    assert (folder / "01.yaml").stat().st_uid == 1234


def test_where_a_file_was_changed_nothing_is_taken_back(folder: Path) -> None:
    contents = record(folder)
    (folder / "02.yaml").write_bytes(NEW)
    before = held(folder)
    with pytest.raises(ChangedError, match=r"02\.yaml"):
        restore(folder, contents)
    assert held(folder) == before


def test_what_is_saved_while_it_is_taken_back_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents, undo = record(folder), journal.undo_interrupted

    def and_meanwhile(folder: Path) -> journal.Recovered:
        (folder / "02.yaml").write_bytes(b"# by hand\n")
        return undo(folder)

    monkeypatch.setattr(writer, "undo_interrupted", and_meanwhile)
    with pytest.raises(ChangedError, match=r"02\.yaml"):
        restore(folder, contents)
    assert (folder / "02.yaml").read_bytes() == b"# by hand\n"


@posix
def test_killed_at_any_step_all_is_taken_back_or_nothing(folder: Path) -> None:
    step, taken, alive = 0, [], False
    while not alive:
        step += 1
        contents = record(folder)
        alive = not killed_at(step, partial(restore, folder, contents))
        with writer.lock(folder) as recovered:
            now = held(folder)
        assert not recovered.kept
        now.pop(last_command.LAST_COMMAND)
        taken.append(now == {"01.yaml": OLD, "02.yaml": OLD})
        assert taken[-1] or now == {path.name: it for path, it in contents.items()}
    assert taken == sorted(taken)
    assert 50 < taken.index(True) < step - 50


def test_whatever_the_system_refuses_all_is_taken_back_or_nothing(folder: Path) -> None:
    """What was begun is finished by the next writer; a copy that stays behind is no matter."""
    for step in range(1, 1000):
        contents, seen = record(folder), []

        def refuse(name: str, step: int = step, seen: list[str] = seen) -> None:
            seen += [name] if name in REFUSING | {"unlink"} else []
            if len(seen) == step and name == seen[-1]:
                seen.append("")
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with suppress(OSError), watched(refuse):
            restore(folder, contents)
        with writer.lock(folder) as recovered:
            now = held(folder)
        now.pop(last_command.LAST_COMMAND)
        assert not recovered.kept
        assert now in (
            {"01.yaml": OLD, "02.yaml": OLD},
            {path.name: it for path, it in contents.items()},
        )
        if "" not in seen:
            break
    assert step > 40


def test_the_note_says_who_wrote_what_and_when(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "甲")
    contents = record(folder)
    note = last_command.read_last_command(folder)
    assert note
    assert (note.user, note.recorded) == (last_command.find_user(), AT)
    assert note.user.login == "甲"
    assert [(it.name, it.size) for it in note.files] == [
        ("01.yaml", len(OLD)),
        ("new.yaml", None),
        ("02.yaml", len(OLD)),
    ]
    assert all(it.is_held(contents[folder / it.name]) for it in note.files)
    if sys.platform != "win32":
        (folder / "02.yaml").rename(folder / "other.yaml")
        (folder / "02.yaml").symlink_to("other.yaml")
        assert not last_command.write_last_command(AT, contents, {**contents})
        assert last_command.read_last_command(folder) is None


def test_without_a_name_of_the_user_there_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise KeyError

    monkeypatch.setattr("getpass.getuser", fail)
    assert last_command.find_user().login == (str(os.geteuid()) if hasattr(os, "geteuid") else "")


NOTE: dict[str, Any] = {
    "user": {"login": "a", "machine": "b"},
    "recorded": AT.isoformat(),
    "files": [{"name": "01.yaml", "size": 1, "digest": ""}],
}


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"\xff", b"[" * 100_000, b"{}", b"3", b"null", b"9" * 5000),
        *(json.dumps({**NOTE, "user": it}).encode() for it in ({}, "甲", None, [1])),
        *(json.dumps({**NOTE, "recorded": it}).encode() for it in (3, "2024-01-05T09:30:00", "x")),
        *(json.dumps({**NOTE, "files": it}).encode() for it in ([], 3, [3], ["01.yaml"], {"a": 1})),
        *(
            json.dumps({**NOTE, "files": [{"name": it, "size": 1, "digest": ""}]}).encode()
            for it in (*(it for it in IMPOSSIBLE if it != "link.yaml"), 3, "/etc/01.yaml")
        ),
        *(
            json.dumps({**NOTE, "files": [{"name": "01.yaml", "size": it, "digest": ""}]}).encode()
            for it in (-1, "1", 1.5, float("inf"), [])
        ),
        json.dumps({**NOTE, "more": "x" * 2**20}).encode(),
    ],
)
def test_what_is_no_note_is_none_and_is_in_nobodys_way(folder: Path, content: bytes) -> None:
    note = folder / last_command.LAST_COMMAND
    note.write_text(json.dumps(NOTE))
    assert last_command.read_last_command(folder)
    note.write_bytes(content)
    assert last_command.read_last_command(folder) is None
    record(folder)
    assert last_command.read_last_command(folder)


@posix
def test_a_note_that_is_no_file_is_none(folder: Path, tmp_path: Path) -> None:
    note = folder / last_command.LAST_COMMAND
    (tmp_path / "note").write_text(json.dumps(NOTE))
    note.symlink_to(tmp_path / "note")
    assert last_command.read_last_command(folder) is None
    record(folder)
    assert (tmp_path / "note").read_text() == json.dumps(NOTE)
    note.unlink()
    os.mkfifo(note)
    assert last_command.read_last_command(folder) is None
    note.unlink()
    note.mkdir()
    assert last_command.read_last_command(folder) is None
    last_command.remove_last_command(folder)
    assert not last_command.write_last_command(
        AT, {folder / "01.yaml": NEW}, {folder / "01.yaml": OLD}
    )
