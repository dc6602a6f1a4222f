"""Reports of two branches, merged by real git: with the driver, and with `fmt` without it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from credit_plan.cli.repository import DRIVER
from credit_plan.reporting.append import EMPTY_FILE
from tests.cases import BASE, judged, lay_out
from tests.conftest import Run

GIT = shutil.which("git") or ""
pytestmark = pytest.mark.skipif(not GIT, reason="no git")

FILE = "data/progress/02.yaml"
FIRST = "2024-01-05T09:30:00+08:00"


def report(day: int, recorded: str, **said: str) -> str:
    """Return a report on a day of January 2024."""
    fields = {
        "measure": '"2"',
        "on": f"2024-01-{day:02}",
        "unit": "市住建局",
        "status": "in-progress",
        **said,
        "recorded": recorded,
    }
    lines = "".join(f"    {key}: {value}\n" for key, value in fields.items())
    return f"  - {lines.lstrip()}"


OLD = report(1, FIRST, note="起步。")
OURS = report(10, "2024-02-05T09:30:00+08:00", note="甲。")
THEIRS = report(9, "2024-02-04T16:00:00+08:00")


class Repository:
    """A plan in git with a branch `other`, on which others report."""

    def __init__(self, folder: Path, *, driver: str = DRIVER) -> None:
        self.folder = folder
        lay_out(BASE, folder / "data")
        self.git("init", "--quiet", "--initial-branch", "main")
        self.git("config", "user.name", "测试")
        self.git("config", "user.email", "test@example.org")
        if driver:
            program = f'"{sys.executable}" -m credit_plan'
            self.git("config", "merge.credit-plan.driver", driver.replace("credit-plan", program))
            (folder / ".gitattributes").write_text("data/progress/*.yaml merge=credit-plan\n")
        self.commit()

    def git(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        """Run git, without anything of the person who runs the tests."""
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        return subprocess.run(
            [GIT, *words], cwd=self.folder, env=environment, capture_output=True, check=False
        )

    def commit(self, files: dict[str, bytes] | None = None) -> None:
        """Commit these files, and everything else."""
        for name, content in (files or {}).items():
            (self.folder / name).parent.mkdir(exist_ok=True)
            (self.folder / name).write_bytes(content)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "reports")

    def part(self, ours: dict[str, bytes], theirs: dict[str, bytes]) -> None:
        """Commit `theirs` on the other branch, and `ours` on this one."""
        self.git("checkout", "--quiet", "-b", "other")
        self.commit(theirs)
        self.git("checkout", "--quiet", "main")
        self.commit(ours)

    def read(self, name: str = FILE) -> str:
        """Return the text of a file, with its line ends."""
        return (self.folder / name).read_bytes().decode()


def progress(*reports: str) -> bytes:
    """Return a progress file."""
    return EMPTY_FILE + "".join(reports).encode()


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "plan")


@pytest.fixture
def plain(tmp_path: Path) -> Repository:
    """Return a repository without the driver."""
    return Repository(tmp_path / "plan", driver="")


@pytest.fixture
def sound(run: Run) -> Callable[[Repository], None]:
    """Let `check` find nothing, and `fmt` nothing to change."""

    def judge(it: Repository) -> None:
        checked = run("check", cwd=it.folder)
        assert (checked.code, checked.out.count("\n")) == (0, 1), checked.out
        assert "no errors" in checked.out
        assert "warning" not in checked.out
        assert run("fmt", "--check", cwd=it.folder).code == 0

    return judge


Sound = Callable[[Repository], None]


@pytest.mark.english
@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [
        ((OLD, OURS), (OLD, THEIRS), (OLD, THEIRS, OURS)),
        # Nothing but the day differs.
        (
            (OLD, report(5, FIRST)),
            (OLD, report(4, FIRST)),
            (OLD, report(5, FIRST), report(4, FIRST)),
        ),
        # Both have taken over one report, as by cherry-pick.
        ((OLD, OURS, THEIRS), (OLD, THEIRS), (OLD, THEIRS, OURS)),
        # One side has removed a report.
        ((OURS,), (OLD, THEIRS), (THEIRS, OURS)),
        ((OLD, OURS), (THEIRS,), (THEIRS, OURS)),
        # One side has corrected a report by hand.
        (
            (OLD, OURS),
            (OLD.replace("起步", "启动"), THEIRS),
            (OLD.replace("起步", "启动"), THEIRS, OURS),
        ),
    ],
)
def test_both_sides_are_kept_in_the_order_of_recording(
    ours: tuple[str, ...],
    theirs: tuple[str, ...],
    merged: tuple[str, ...],
    repository: Repository,
    sound: Sound,
) -> None:
    repository.commit({FILE: progress(OLD)})
    repository.part({FILE: progress(*ours)}, {FILE: progress(*theirs)})
    assert repository.git("merge", "--no-edit", "other").returncode == 0
    assert repository.read() == progress(*merged).decode()
    sound(repository)


@pytest.mark.english
def test_a_file_that_is_new_on_both_branches_is_merged(
    repository: Repository, sound: Sound
) -> None:
    repository.part({FILE: progress(OURS)}, {FILE: progress(THEIRS)})
    assert repository.git("merge", "--no-edit", "other").returncode == 0
    assert repository.read() == progress(THEIRS, OURS).decode()
    sound(repository)


@pytest.mark.english
@pytest.mark.parametrize("words", [("cherry-pick", "other"), ("rebase", "other")])
def test_a_commit_is_taken_over(
    words: tuple[str, ...], repository: Repository, sound: Sound
) -> None:
    repository.commit({FILE: progress(OLD)})
    repository.part({FILE: progress(OLD, OURS)}, {FILE: progress(OLD, THEIRS)})
    assert repository.git(*words).returncode == 0
    assert repository.read() == progress(OLD, THEIRS, OURS).decode()
    sound(repository)


@pytest.mark.english
def test_a_cross_of_two_merges_is_merged(repository: Repository, sound: Sound) -> None:
    """The driver also merges the two commits from which the branches began."""
    repository.commit({FILE: progress(OLD)})
    repository.part({FILE: progress(OLD, OURS)}, {FILE: progress(OLD, THEIRS)})
    repository.git("branch", "main-before")
    repository.git("merge", "--no-edit", "other")
    repository.git("checkout", "--quiet", "other")
    repository.git("merge", "--no-edit", "main-before")
    last = report(30, "2024-02-06T09:30:00+08:00")
    repository.commit({FILE: progress(OLD, THEIRS, OURS, last)})
    repository.git("checkout", "--quiet", "main")
    later = report(31, "2024-02-07T09:30:00+08:00")
    repository.commit({FILE: progress(OLD, THEIRS, OURS, later)})
    assert repository.git("merge", "--no-edit", "other").returncode == 0
    assert repository.read() == progress(OLD, THEIRS, OURS, last, later).decode()
    sound(repository)


@pytest.mark.english
def test_a_continued_file_is_merged(repository: Repository, sound: Sound) -> None:
    other = "data/progress/02-2.yaml"
    repository.commit({FILE: progress(OLD), other: progress(report(2, FIRST))})
    repository.part(
        {other: progress(report(2, FIRST), OURS)}, {other: progress(report(2, FIRST), THEIRS)}
    )
    assert repository.git("merge", "--no-edit", "other").returncode == 0
    assert repository.read(other) == progress(report(2, FIRST), THEIRS, OURS).decode()
    sound(repository)


def test_line_ends_and_comments_stay(repository: Repository) -> None:
    """Those of our side; a comment goes with the report below it."""
    note = "  # 电话核实\n"
    repository.commit({FILE: progress(OLD).replace(b"\n", b"\r\n")})
    repository.part(
        {FILE: progress(OLD, note, OURS, "# 完\n").replace(b"\n", b"\r\n")},
        {FILE: b"# \xe5\x8f\xb0\xe8\xb4\xa6\n" + progress(OLD, "\n  # 来函\n", THEIRS)},
    )
    assert repository.git("merge", "--no-edit", "other").returncode == 0
    assert "\n" not in repository.read().replace("\r\n", "")
    assert (
        repository.read()
        .replace("\r\n", "\n")
        .endswith(f"entries:\n{OLD}\n  # 来函\n{THEIRS}{note}{OURS}# 完\n")
    )
    assert repository.read().count("# 台账") == 1


@pytest.mark.english
@pytest.mark.parametrize("driver", [DRIVER, f"no-such-{DRIVER}"])
def test_what_cannot_be_merged_one_by_one_becomes_an_ordinary_conflict(
    driver: str, tmp_path: Path, run: Run
) -> None:
    """So does everything where the program is not installed: git would take our side alone."""
    repository = Repository(tmp_path / "plan", driver=driver)
    repository.commit({FILE: progress(OLD)})
    unsound = THEIRS.replace("in-progress", "进行")
    repository.part({FILE: progress(OLD, OURS)}, {FILE: progress(OLD, unsound)})
    merged = repository.git("merge", "--no-edit", "other")
    assert merged.returncode == 1
    assert repository.read().count("<<<<<<< ours\n") == 1
    assert OURS.splitlines()[-1] in repository.read()
    assert "进行\n" in repository.read()
    before = repository.read()
    if driver == DRIVER:
        said = "theirs, line 12: “status” is “进行”"
        assert said in (merged.stdout + merged.stderr).decode()
        formatted = run("fmt", FILE, cwd=repository.folder)
        assert formatted.code == 1
        assert "“status” is “进行”" in formatted.err
    assert repository.read() == before


@pytest.mark.english
@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
@pytest.mark.parametrize(
    "case",
    [
        (OURS, THEIRS, THEIRS + OURS),
        # All but one line is shared.
        (report(5, FIRST), report(4, FIRST), report(5, FIRST) + report(4, FIRST)),
        (
            report(5, FIRST, note="甲。"),
            report(5, FIRST, unit="市卫健局"),
            report(5, FIRST, note="甲。") + report(5, FIRST, unit="市卫健局"),
        ),
        (THEIRS + OURS, OURS, THEIRS + OURS),
    ],
)
def test_without_the_driver_fmt_keeps_both_sides(
    style: str, ends: bytes, case: tuple[str, str, str], plain: Repository, run: Run
) -> None:
    ours, theirs, merged = case
    plain.git("config", "merge.conflictStyle", style)
    base, *sides = [progress(OLD, it).replace(b"\n", ends) for it in ("", ours, theirs)]
    plain.commit({FILE: base})
    plain.part({FILE: sides[0]}, {FILE: sides[1]})
    assert plain.git("merge", "--no-edit", "other").returncode == 1
    checked = run("check", FILE, cwd=plain.folder)
    assert checked.code == 1
    assert "error[merge-conflict]" in checked.out
    assert f"hint: run “credit-plan fmt {FILE}”, which keeps the reports of both" in checked.out
    assert run("fmt", FILE, cwd=plain.folder).code == 0
    assert plain.read() == progress(OLD, merged).decode()
    assert "no errors" in run("check", cwd=plain.folder).out
    assert run("fmt", "--check", cwd=plain.folder).code == 0


def test_several_conflicts_in_one_file_are_put_right(plain: Repository, run: Run) -> None:
    later = report(20, "2024-03-05T09:30:00+08:00")
    between = [report(day, f"2024-02-{day:02}T12:00:00+08:00") for day in (10, 11, 12)]
    plain.commit({FILE: progress(*between)})
    plain.part({FILE: progress(OLD, *between, later)}, {FILE: progress(THEIRS, *between, OURS)})
    plain.git("merge", "--no-edit", "other")
    assert plain.read().count("<<<<<<<") == 2
    assert run("fmt", FILE, cwd=plain.folder).code == 0
    assert plain.read() == progress(OLD, THEIRS, OURS, *between, later).decode()


@pytest.mark.parametrize("marker", ["<<<<<<< HEAD\n", "=======\n", ">>>>>>> other\n"])
def test_a_conflict_without_a_marker_is_left_alone(
    marker: str, plain: Repository, run: Run
) -> None:
    plain.commit({FILE: progress(OLD)})
    plain.part({FILE: progress(OLD, OURS)}, {FILE: progress(OLD, THEIRS)})
    plain.git("merge", "--no-edit", "other")
    file = plain.folder / FILE
    file.write_bytes(broken := plain.read().replace(marker, "").encode())
    formatted = run("fmt", FILE, cwd=plain.folder)
    assert formatted.code == 1
    assert f"git checkout --merge {FILE}" in formatted.err
    assert file.read_bytes() == broken
    plain.git("checkout", "--merge", FILE)
    assert run("fmt", FILE, cwd=plain.folder).code == 0
    assert plain.read() == progress(OLD, THEIRS, OURS).decode()


def differing() -> list[str]:
    """Return reports that share all lines but one or two."""
    second = "2024-02-05T09:30:00+08:00"
    return [
        report(9, second),
        report(9, second, note="甲。"),
        report(9, second, note="乙。"),
        report(9, second, status="blocked"),
        report(9, second, unit="市卫健局"),
        report(8, second),
        report(8, second, note="甲。"),
        report(9, second.replace(":00+", ":01+")),
        report(9, second.replace(":00+", ":01+"), note="甲。"),
        report(8, second.replace(":00+", ":01+"), unit="市卫健局"),
    ]


def merge_by_hand(folder: Path, base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """Return what git makes of two sides, without the markers."""
    for name, content in (("base", base), ("ours", ours), ("theirs", theirs)):
        (folder / name).write_bytes(content)
    words = [GIT, "merge-file", "-p", "ours", "base", "theirs"]
    merged = subprocess.run(words, cwd=folder, capture_output=True, check=False)
    assert merged.returncode > 0
    lines = merged.stdout.splitlines(keepends=True)
    return b"".join(it for it in lines if not it.startswith((b"<<<<<<<", b"=======", b">>>>>>>")))


def test_whoever_only_deletes_the_markers_is_told_what_is_lost(tmp_path: Path) -> None:
    """One case is not found: two reports of one second, of which one says all that the other says.

    What is left is one report with all words of both, as an office might have written it.
    """
    data, aside = tmp_path / "data", tmp_path / "aside"
    lay_out(BASE, data)
    aside.mkdir()
    (data / "progress").mkdir()
    for ours, theirs in permutations(differing(), 2):
        sides = [progress(OLD, *it) for it in ((), (ours,), (theirs,))]
        resolved = merge_by_hand(aside, *sides)
        (data / "progress" / "02.yaml").write_bytes(resolved)
        left = resolved.decode()
        is_whole = ours in left and theirs in left
        is_found = any(it.file.endswith("progress/02.yaml") for it in judged(data))
        lines = set(left.removeprefix(progress(OLD).decode()).splitlines())
        says_all = any(set(it.splitlines()) == lines for it in (ours, theirs))
        assert is_whole or is_found or says_all, left
