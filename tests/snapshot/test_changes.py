"""A change of any file is seen, and what cannot matter is not."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from credit_plan.diagnostics import Diagnostic
from credit_plan.loader import files as loader_files
from credit_plan.loader.locate import Source
from credit_plan.loader.reader import Loaded
from credit_plan.snapshot import files, refresh
from tests.asked import ask, ask_cold
from tests.snapshot.conftest import ASKED, LATER, assert_same, change, edit, warm

posix = pytest.mark.skipif(os.name == "nt", reason="the system has no such files")
Change = Callable[[Path], object]


def keep_times(path: Path, change: Change) -> None:
    """Make a change after which the file has its old times, as far as a program can set them."""
    status = path.stat()
    change(path)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def swap(one: Path, other: Path) -> None:
    spare = one.with_suffix(".spare")
    one.rename(spare)
    other.rename(one)
    spare.rename(other)


def replace(path: Path, old: str, new: str) -> None:
    """Put a new file of the same size and times in the place of one."""
    copy = shutil.copy2(path, path.with_name(".new"))
    keep_times(Path(copy), lambda it: edit(it, old, new))
    Path(copy).replace(path)


CHANGES: dict[str, Change] = {
    "measure edited": lambda data: edit(data / "measures/01.yaml", "推动两镇", "推进两镇"),
    "times restored": lambda data: keep_times(
        data / "measures/01.yaml", lambda it: edit(it, "推动两镇", "推进两镇")
    ),
    "file replaced": lambda data: replace(data / "measures/01.yaml", "推动两镇", "推进两镇"),
    "clock set back": lambda data: (
        edit(data / "measures/01.yaml", "推动两镇", "推进两镇"),
        os.utime(data / "measures/01.yaml", (10**9, 10**9)),
    ),
    "measure emptied": lambda data: (data / "measures/03.yaml").write_text("", encoding="utf-8"),
    "task removed": lambda data: (data / "measures/04.yaml").unlink(),
    "task renamed": lambda data: (data / "measures/04.yaml").rename(data / "measures/05.yaml"),
    "tasks swapped": lambda data: swap(data / "measures/01.yaml", data / "measures/02.yaml"),
    "task copied": lambda data: shutil.copy2(data / "measures/04.yaml", data / "measures/05.yaml"),
    "stray file": lambda data: (data / "measures/05.txt").write_text("x", encoding="utf-8"),
    "stray copy": lambda data: shutil.copy2(data / "measures/04.yaml", data / "measures/04.yml"),
    "stray record": lambda data: (data / "plan.yml").write_text("x", encoding="utf-8"),
    "record of an editor": lambda data: (data / "~$x.yaml").write_text("x", encoding="utf-8"),
    "similar folder": lambda data: (data / "progres").mkdir(),
    "folder with tasks": lambda data: shutil.copytree(data / "measures", data / "old"),
    "folder in folder": lambda data: (data / "measures/old").mkdir(),
    "report edited": lambda data: edit(data / "progress/01.yaml", "ranking: 146", "ranking: 147"),
    "report of the future": lambda data: edit(
        data / "progress/01.yaml", "recorded: 2022-07-08", "recorded: 2072-07-08"
    ),
    "reports removed": lambda data: (data / "progress/01.yaml").unlink(),
    "all reports removed": lambda data: shutil.rmtree(data / "progress"),
    "reports renamed": lambda data: (data / "progress/01.yaml").rename(data / "progress/02-2.yaml"),
    "reports are a file": lambda data: (
        shutil.rmtree(data / "progress"),
        (data / "progress").write_text("x", encoding="utf-8"),
    ),
    "unit renamed": lambda data: edit(data / "units.yaml", "name: 市民政局", "name: 市民政厅"),
    "alias added": lambda data: edit(
        data / "units.yaml", "name: 市民政局", "name: 市民政局\n    aliases: [银保监]"
    ),
    "unit is a group": lambda data: edit(
        data / "units.yaml", "kind: people-organisation", "kind: group"
    ),
    "unit removed": lambda data: (data / "units.yaml").unlink(),
    "required key": lambda data: edit(
        data / "plan.yaml", "deadline, page]", "deadline, page, note]"
    ),
    "period changed": lambda data: edit(data / "plan.yaml", "last: 2025", "last: 2024"),
    "recurrences later": lambda data: edit(data / "plan.yaml", "2022-01-01", "2024-01-01"),
    "indicators removed": lambda data: (data / "indicators.yaml").unlink(),
    "indicator edited": lambda data: edit(data / "indicators.yaml", "value: 98", "value: 89"),
    "acceptance removed": lambda data: (data / "accepted.yaml").unlink(),
    "acceptance edited": lambda data: edit(data / "accepted.yaml", '"4.1"', '"4.2"'),
    "evidence changed": lambda data: next((data / "evidence").iterdir()).write_bytes(b"x"),
    "evidence removed": lambda data: shutil.rmtree(data / "evidence"),
}
"""What may happen to a plan, each of which changes an answer."""

SPECIAL: dict[str, Change] = {
    "reports are a pipe": lambda data: (
        shutil.rmtree(data / "progress"),
        os.mkfifo(data / "progress"),
    ),
    "reports are a broken link": lambda data: (
        shutil.rmtree(data / "progress"),
        (data / "progress").symlink_to("nowhere"),
    ),
    "task is a pipe": lambda data: (
        (data / "measures/04.yaml").unlink(),
        os.mkfifo(data / "measures/04.yaml"),
    ),
    "task is a folder": lambda data: (
        (data / "measures/04.yaml").unlink(),
        (data / "measures/04.yaml").mkdir(),
    ),
    "task is a link to itself": lambda data: (
        (data / "measures/04.yaml").unlink(),
        (data / "measures/04.yaml").symlink_to("04.yaml"),
    ),
    "task is outside": lambda data: (
        shutil.move(data / "measures/04.yaml", data.parent / "04.yaml"),
        (data / "measures/04.yaml").symlink_to("../../04.yaml"),
    ),
    "evidence is outside": lambda data: (
        (data / "evidence").rename(data.parent / "evidence"),
        (data / "evidence").symlink_to("../evidence"),
    ),
    "acceptance is a broken link": lambda data: (
        (data / "accepted.yaml").unlink(),
        (data / "accepted.yaml").symlink_to("nowhere"),
    ),
}


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_seen(data: Path, name: str) -> None:
    change(lambda: CHANGES[name](data))


@posix
@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("name", SPECIAL)
def test_what_is_no_plain_file_is_seen(data: Path, name: str) -> None:
    change(lambda: SPECIAL[name](data))


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("name", [*CHANGES][::3])
def test_a_change_is_seen_where_only_outlines_are_kept(
    data: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refresh, "_MANY", 0)
    change(lambda: CHANGES[name](data))


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize(
    "name",
    [
        ".plan.yaml.swp",
        "measures/.01.yaml.swp",
        "measures/~$01.yaml",
        "measures/desktop.ini",
        "progress/Thumbs.db",
        "evidence/another.pdf",
        "schema/plan.json",
    ],
)
def test_what_no_answer_depends_on_is_not_looked_at(data: Path, name: str) -> None:
    warm()
    (data / name).parent.mkdir(exist_ok=True)
    (data / name).write_text("x", encoding="utf-8")
    warm()
    assert_same(*ASKED, ("check", "data/measures"), ("check", f"data/{name}"))


@pytest.mark.usefixtures("later")
def test_only_the_changed_file_is_read(data: Path) -> None:
    warm()
    edit(data / "measures/01.yaml", "推动两镇", "推进两镇")
    assert ask("list").read == ["measures/01.yaml"]
    edit(data / "progress/01.yaml", "ranking: 146", "ranking: 147")
    assert ask("check").read == ["progress/01.yaml"]


@pytest.mark.usefixtures("later")
def test_a_task_on_which_there_are_reports_now_is_read_whole(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether a report names a period of its measure is not told by an outline."""
    monkeypatch.setattr(refresh, "_MANY", 0)
    (data / "indicators.yaml").unlink()
    shutil.rmtree(data / "progress")
    warm()
    (data / "progress").mkdir()
    report = {"measure": '"4.2"', "due": "2023", "on": "2023-12-31", "unit": "市总工会"}
    report |= {"status": "done", "recorded": "2024-01-05T09:00:00+08:00"}
    entry = ", ".join(f"{key}: {value}" for key, value in report.items())
    text = f"entries:\n  - {{{entry}}}\n"
    (data / "progress/04.yaml").write_text(text, encoding="utf-8")
    assert_same()
    assert ask("check").outcome.code == 0


@pytest.mark.usefixtures("later")
def test_units_in_another_order_are_the_same_units(data: Path) -> None:
    warm()
    before = ask("list").outcome
    first = "  - name: 市公安局\n    kind: government\n    pinyin: [shi gong an ju]\n"
    edit(data / "units.yaml", first, "")
    edit(data / "units.yaml", "units:\n", f"units:\n{first}")
    assert_same(*ASKED, ("units",), ("list", "市公安局"))
    assert ask("list").outcome == before


@pytest.mark.usefixtures("later")
def test_a_change_that_is_undone_is_seen(data: Path) -> None:
    change(lambda: edit(data / "measures/01.yaml", "推动两镇", "推进两镇"))
    change(lambda: edit(data / "measures/01.yaml", "推进两镇", "推动两镇"))


@pytest.fixture
def standing(data: Path, later: None, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: ARG001
    """Return a file that is always of this moment, and in which only its size shows an edit."""
    monkeypatch.setattr(files, "_describe", lambda it: (it.st_mtime_ns, str(it.st_size)))
    path = data / "measures/01.yaml"
    os.utime(path, (4 * 10**9, 4 * 10**9))
    return path


@pytest.mark.parametrize("first", ASKED, ids=" ".join)
def test_an_edit_of_the_same_size_in_the_same_tick_is_seen(
    standing: Path, first: tuple[str, ...]
) -> None:
    for one, other in (("推动两镇", "推进两镇"), ("推进两镇", "推动两镇")):
        warm()
        before = ask_cold("list")
        keep_times(standing, lambda it: edit(it, one, other))  # noqa: B023  called at once
        assert ask_cold("list") != before
        assert_same(first, *ASKED)


@pytest.mark.parametrize("first", ASKED, ids=" ".join)
def test_and_what_is_found_in_it(standing: Path, first: tuple[str, ...]) -> None:
    for one, other in (("page: 1", "page: 9"), ("page: 9", "page: 0"), ("page: 0", "page: 1")):
        keep_times(standing, lambda it: edit(it, one, other))  # noqa: B023  called at once
        assert_same(first, *ASKED)


def test_without_the_comparison_of_contents_it_would_be_missed(
    standing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "TICK", -(10**19))
    warm()
    keep_times(standing, lambda it: edit(it, "推动两镇", "推进两镇"))
    assert ask("list").outcome != ask_cold("list")


def test_an_edit_right_after_the_file_was_read_is_seen(
    standing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files_of = Loaded.files

    def edit_first(loaded: Loaded) -> frozenset[str]:
        keep_times(standing, lambda it: edit(it, "推动两镇", "推进两镇"))
        return files_of(loaded)

    with monkeypatch.context() as patch:
        patch.setattr(Loaded, "files", edit_first)
        ask("check")
    assert "推进两镇" in standing.read_text(encoding="utf-8")
    assert_same()


@pytest.mark.usefixtures("later")
def test_evidence_that_changes_after_it_was_read_is_seen(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large plan is read for longer than the tick of a clock."""
    find = loader_files.find_unexpected_files

    def change_first(source: Source) -> Iterator[tuple[Path, Diagnostic]]:
        monkeypatch.setattr(loader_files, "find_unexpected_files", find)
        CHANGES["evidence changed"](data)
        os.utime(next((data / "evidence").iterdir()), (time.time(), time.time()))
        traveller.shift(LATER)
        return find(source)

    monkeypatch.setattr(loader_files, "find_unexpected_files", change_first)
    with time_machine.travel(datetime.now(UTC)) as traveller:
        ask("check")
        assert_same()


@posix
def test_a_pipe_in_the_place_of_a_file_that_was_new_is_not_waited_for(data: Path) -> None:
    ask("check")
    SPECIAL["task is a pipe"](data)
    with time_machine.travel(datetime.now(UTC) + LATER):
        assert_same()


def test_files_that_are_old_by_now_are_compared_no_longer(data: Path) -> None:
    ask("list")
    with time_machine.travel(datetime.now(UTC) + LATER):
        ask("list")
        edit_time = (data / "measures/01.yaml").stat().st_mtime_ns
        warm()
        keep_times(data / "measures/01.yaml", lambda it: edit(it, "推动两镇", "推进两镇"))
        assert (data / "measures/01.yaml").stat().st_mtime_ns == edit_time
        assert_same()


@pytest.mark.usefixtures("data")
def test_a_day_before_a_report_the_plan_is_not_sound() -> None:
    now = datetime(2026, 12, 1, tzinfo=UTC)
    with time_machine.travel(now):
        warm()
    for day in (now + timedelta(1), now - timedelta(9), datetime(2024, 1, 5, tzinfo=UTC), now):
        with time_machine.travel(day):
            assert_same()
    with time_machine.travel(datetime(2022, 1, 5, tzinfo=UTC)):
        assert "future-day" in ask("check").outcome.out


@pytest.mark.usefixtures("later")
def test_findings_are_named_as_files_are_named_here(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = tmp_path / "link"
    link.symlink_to(data, target_is_directory=True)
    for here in (elsewhere, data, data / "measures", elsewhere, data / "progress", data.parent):
        monkeypatch.chdir(here)
        for named in (data, link, Path(os.path.relpath(data, here))):
            asked = ("--data", str(named))
            assert_same(("check", *asked), ("check", *asked, "-f", "json"), ("list", *asked))


@pytest.mark.usefixtures("later")
def test_another_plan_in_its_place_is_another_plan(data: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(data, other)
    keep_times(other / "measures/01.yaml", lambda it: edit(it, "推动两镇", "推进两镇"))
    change(lambda: (data.rename(tmp_path / "away"), other.rename(data)))
    change(lambda: (data.rename(other), (tmp_path / "away").rename(data)))


@posix
@pytest.mark.usefixtures("later")
def test_what_a_link_leads_to_is_looked_at(data: Path) -> None:
    (data / "parts").mkdir()
    for name in ("one", "two"):
        shutil.copy2(data / "measures/01.yaml", data / "parts" / f"{name}.yaml")
    edit(data / "parts/two.yaml", "推动两镇", "推进两镇")
    (data / "parts/link").symlink_to("one.yaml")
    (data / "measures/01.yaml").unlink()
    (data / "measures/01.yaml").symlink_to("../parts/link")
    change(lambda: edit(data / "parts/one.yaml", "推动两镇", "推行两镇"))
    change(lambda: ((data / "parts/link").unlink(), (data / "parts/link").symlink_to("two.yaml")))
    change((data / "parts/two.yaml").unlink)


@posix
@pytest.mark.usefixtures("later")
def test_a_folder_may_be_a_link(data: Path) -> None:
    (data / "progress").rename(data / ".first")
    shutil.copytree(data / ".first", data / ".second")
    edit(data / ".second/01.yaml", "ranking: 146", "ranking: 147")
    (data / "progress").symlink_to(".first")
    change(lambda: edit(data / ".first/01.yaml", "ranking: 146", "ranking: 148"))
    change(lambda: ((data / "progress").unlink(), (data / "progress").symlink_to(".second")))
