"""A snapshot that is damaged, or of another program, plan or day, is as if it were not there."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from time import time

import pytest
import time_machine

from credit_plan.loader.locate import Source
from credit_plan.plan import Plan
from credit_plan.snapshot import refresh, store
from credit_plan.snapshot.cache import Cache, Checked
from tests.asked import ask, ask_cold
from tests.snapshot.conftest import LATER, assert_same, edit, warm

UNIT = "市营商局"
STEP = 97
"""A snapshot is cut off at every so many bytes."""


class Kept:
    """The snapshot of the plan in the working folder, and what is read from it."""

    def __init__(self, data: Path, cache: Path) -> None:
        self.source = Source(data, bundled=False)
        (self.path,) = cache.iterdir()
        self.content = self.path.read_bytes()
        self.right = self.read()
        assert None not in self.right

    def read(self) -> tuple[Plan | None, Plan | None, Checked | None]:
        """Return the plan, that of a unit, and what `check` found."""
        cache = Cache(self.source.folder, date.today())  # noqa: DTZ011  as the clock is set
        return cache.read_plan(), cache.read_plan([UNIT]), cache.read_checked(self.source)

    def is_harmless(self, content: bytes) -> bool:
        """Return whether nothing wrong is read from a damaged snapshot."""
        self.path.write_bytes(content)
        return all(
            it in {None, right} if isinstance(it, Plan) else it is None or it == right
            for it, right in zip(self.read(), self.right, strict=True)
        )


@pytest.fixture
def kept(data: Path, cache: Path, later: None) -> Kept:  # noqa: ARG001  the clock
    warm()
    return Kept(data, cache)


def parts(path: Path) -> Mapping[str, tuple[int, int, int]]:
    with store.open_snapshot(path) as snapshot:
        return snapshot.parts


def iter_flips(kept: Kept) -> Iterator[int]:
    """Yield places in each part, in the table of contents, and all of the end."""
    end = 0
    for start, length, _checksum in parts(kept.path).values():
        yield from range(start, start + length, max(1, length // 12))
        end = max(end, start + length)
    size = len(kept.content)
    yield from range(end, size - 19, 23)
    yield from range(size - 19, size)


def flip(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1 << at % 8]) + content[at + 1 :]


def test_nothing_is_read_from_one_that_is_cut_off(kept: Kept) -> None:
    for length in range(0, len(kept.content), STEP):
        kept.path.write_bytes(kept.content[:length])
        assert kept.read() == (None, None, None), length


def test_nothing_wrong_is_read_where_a_bit_is_flipped(kept: Kept) -> None:
    for at in iter_flips(kept):
        assert kept.is_harmless(flip(kept.content, at)), at


def test_nor_where_some_is_missing_or_too_much(kept: Kept) -> None:
    size = len(kept.content)
    for at in range(1, size, size // 20):
        assert kept.is_harmless(kept.content[:at] + kept.content[at + 1 :])
        assert kept.is_harmless(kept.content[:at] + b"\0" * 8 + kept.content[at:])
        assert kept.is_harmless(kept.content[:at] + bytes(size - at))
    assert kept.is_harmless(b"")
    assert kept.is_harmless(kept.content * 2)


def test_it_is_written_anew(kept: Kept) -> None:
    for at in (*range(0, len(kept.content), len(kept.content) // 8), len(kept.content) - 1):
        kept.path.write_bytes(flip(kept.content, at))
        assert_same()
        warm()
        kept.path.write_bytes(kept.content[:at])
        assert_same()
        warm()


def test_an_edit_beside_damage_is_seen(data: Path, kept: Kept) -> None:
    """What is unchanged is taken from the damaged snapshot as far as it is sound."""
    words = ("推动两镇", "推进两镇")
    for number, at in enumerate(range(0, len(kept.content), len(kept.content) // 25)):
        edit(data / "measures/01.yaml", *(words if number % 2 == 0 else words[::-1]))
        (kept.path,) = kept.path.parent.iterdir()
        content = kept.path.read_bytes()
        kept.path.write_bytes(flip(content, min(at, len(content) - 1)))
        assert_same(("check", "--accepted"), ("list", "-f", "json"))


@pytest.mark.usefixtures("later")
def test_damage_is_not_copied_into_a_sound_snapshot(data: Path, cache: Path) -> None:
    """It is copied once a file that had been edited just before has become old."""
    os.utime(data / "measures/01.yaml", (time(), time()))
    ask("check")
    (path,) = cache.iterdir()
    for part, passage in (("found", b"in Chinese text"), ("data", b"ranking"), ("tasks", b"2025")):
        content = path.read_bytes()
        at = content.index(passage, parts(path)[part][0])
        path.write_bytes(content[:at] + b"1" + content[at + 1 :])
        with time_machine.travel(datetime.now(UTC) + LATER):
            ask("list")
            assert_same()
        path.write_bytes(content)


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize(
    ("name", "value"),
    [("__version__", "99.0"), ("FORMAT", 99), ("_PACKAGE", Path("/nowhere/at/all"))],
)
def test_that_of_another_program_is_not_read(
    kept: Kept, name: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(store, name, value)
        assert "plan.yaml" in ask("list").read
        assert_same()
        warm()
    assert "plan.yaml" in ask("check").read
    assert_same()
    assert kept.read() == kept.right


@pytest.mark.usefixtures("later")
def test_that_of_another_plan_is_not_read(data: Path, cache: Path, tmp_path: Path) -> None:
    warm()
    (own,) = cache.iterdir()
    other = tmp_path / "other/data"
    shutil.copytree(data, other)
    edit(other / "measures/01.yaml", "推动两镇", "推进两镇")
    ask("list", "--data", str(other))
    (foreign,) = {*cache.iterdir()} - {own}
    shutil.copy2(foreign, own)
    assert "plan.yaml" in ask("list").read
    assert_same()


def test_it_is_json_and_numbers(kept: Kept) -> None:
    """What cannot be run in it cannot be run by reading it."""
    with store.open_snapshot(kept.path) as snapshot:
        assert {*snapshot.facts} == {"program", "folder", "day", "shown as"}
        read = {name: snapshot.read(name) for name in snapshot.parts}
    assert {*read} == {"tasks", "index", "units", "files", "recent", "plan", "data", "found"}
    for name in ("recent", "plan", "data"):
        json.loads(read[name])
    assert [*map(json.loads, read["found"].splitlines())]
    lengths = read["index"], read["units"]
    assert not any(len(it) % 4 for it in lengths)
    assert read["files"].decode().count("\n") == read["files"].decode().count("\t") - 1
    decoder, tasks = json.JSONDecoder(), read["tasks"].decode()
    while tasks:
        _line, end = decoder.raw_decode(tasks)
        tasks = tasks[end:]


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("many", [1000, 0])
def test_an_error_beside_outlines_is_found_as_without(
    data: Path, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where something is wrong, every task is read whole, and what is found is all there is."""
    monkeypatch.setattr(refresh, "_MANY", many)
    warm()
    edit(data / "measures/02.yaml", "[市营商局]", "[市营商局局]")
    assert_same()
    assert ask_cold("check").code == 1
    edit(data / "measures/02.yaml", "[市营商局局]", "[市营商局]")
    warm()
    assert_same()
