"""After any edits, whether sound or not, each answer is the same with the snapshot and without."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from credit_plan.snapshot import refresh
from tests.asked import ask, ask_cold
from tests.conftest import Run
from tests.damages import OPERATIONS
from tests.snapshot.conftest import assert_same

EDITS = 20
CHECKS = (("check", "--accepted"), ("check", "-f", "json"), ("check", "data/measures"))
QUESTIONS = (
    ("due", "-f", "json"),
    ("list", "-f", "csv"),
    ("unit", "市营商局", "--shared"),
    ("status",),
    ("history",),
    ("indicators",),
    ("overdue", "--unit", "各相关单位"),
    ("summary", "-f", "json"),
)

Edit = Callable[[Path, Path, random.Random], None]


def damage(data: Path, _sound: Path, chance: random.Random) -> None:
    """Do to a file what a hand, an editor or a merge may do."""
    path = chance.choice(sorted(it for it in data.rglob("*.y*ml") if it.stat().st_size))
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    if not any(line and line[0] != "#" for line in lines):
        return
    try:
        done = chance.choice(OPERATIONS)(lines, chance)
    except IndexError:
        return  # a file that is damaged already has no room for it
    if done is None:
        return
    if done.content is None or done.name:
        path.unlink()
    if done.content is not None:
        path.with_name(done.name or path.name).write_bytes(done.content)


def revert(data: Path, sound: Path, chance: random.Random) -> None:
    """Restore a file or, as `git restore` would, all of them."""
    names = sorted(it.relative_to(sound) for it in sound.rglob("*.*"))
    if chance.random() < 0.5:
        shutil.rmtree(data)
        shutil.copytree(sound, data, copy_function=chance.choice((shutil.copy, shutil.copy2)))
        return
    for name in chance.sample(names, 3):
        (data / name).parent.mkdir(exist_ok=True)
        shutil.copy(sound / name, data / name)


def rename(data: Path, _sound: Path, chance: random.Random) -> None:
    path = chance.choice(sorted(data.rglob("*.yaml")))
    path.rename(path.with_name(chance.choice(("01.yaml", "02-2.yaml", "04.yml", "09.yaml"))))


def touch(data: Path, _sound: Path, chance: random.Random) -> None:
    chance.choice(sorted(data.rglob("*.yaml"))).touch()


def change_evidence(data: Path, _sound: Path, chance: random.Random) -> None:
    for path in (data / "evidence").glob("*"):
        path.unlink() if chance.random() < 0.5 else path.write_bytes(b"x")


def reword(data: Path, _sound: Path, chance: random.Random) -> None:
    """Make a sound edit."""
    file, old, new = chance.choice(
        (
            ("measures/01.yaml", "推动两镇", "推进两镇"),
            ("measures/02.yaml", "水平，", "水平,"),
            ("measures/03.yaml", "page: 1", "page: 2"),
            ("measures/04.yaml", "[市总工会]", "[市总工会, 市民政局]"),
            ("progress/01.yaml", "ranking: 146", "ranking: 147"),
            ("progress/03.yaml", "in-progress", "blocked"),
            ("units.yaml", "kind: government", "kind: party"),
            ("plan.yaml", "pages: 26", "pages: 25"),
            ("indicators.yaml", "better: higher", "better: lower"),
            ("accepted.yaml", '"4.1"', '"4.2"'),
        )
    )
    old, new = chance.choice(((old, new), (new, old)))
    path = data / file
    if path.is_file():
        text = path.read_text(encoding="utf-8", errors="replace")
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


KINDS: tuple[Edit, ...] = (damage, revert, reword, reword, rename, touch, change_evidence, revert)


@pytest.fixture(params=[1000, 0], ids=["whole", "outlines"])
def many(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let only outlines be kept in memory, as of a large plan, or all."""
    monkeypatch.setattr(refresh, "_MANY", request.param)


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("seed", range(4))
def test_the_answers_are_those_of_the_files(
    data: Path, sound: Path, request: pytest.FixtureRequest, seed: int
) -> None:
    """Half of the runs are so late that all files are old, and half of them edit what is new."""
    if seed % 2:
        request.getfixturevalue("later")
    chance = random.Random(seed)
    for number in range(EDITS):
        chance.choice(KINDS)(data, sound, chance)
        asked = [chance.choice(CHECKS), *chance.sample(QUESTIONS, 2), chance.choice(CHECKS)]
        chance.shuffle(asked)
        for words in asked:
            assert ask(*words).outcome == ask_cold(*words), (number, words)


def test_processes_see_the_same(data: Path, sound: Path, run: Run, cache: Path) -> None:
    chance = random.Random(7)
    where = {"XDG_CACHE_HOME": str(cache.parent)}
    for _number in range(6):
        chance.choice(KINDS)(data, sound, chance)
        for words in (CHECKS[0], chance.choice(QUESTIONS)):
            answer = run(*words, cwd=data.parent, **where)
            assert answer == run(*words, "--no-cache", cwd=data.parent, **where)
    assert_same()
