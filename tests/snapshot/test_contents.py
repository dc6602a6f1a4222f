"""The plan in a snapshot is the plan in the files, whole and for each unit; so is each answer."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import pytest

from credit_plan.loader.build import build_plan
from credit_plan.loader.locate import Source
from credit_plan.loader.reader import load
from credit_plan.plan import Plan
from credit_plan.snapshot import refresh
from credit_plan.snapshot.cache import Cache
from tests.asked import ask, ask_cold
from tests.conftest import ROOT
from tests.snapshot.conftest import ASKED, assert_same, edit, warm

TODAY = date(2026, 11, 22)


class Written(NamedTuple):
    """A plan as its files have it, and its snapshot."""

    plan: Plan
    cache: Cache


def write(data: Path) -> Written:
    source = Source(data, bundled=False)
    refresh.check_incrementally(source, TODAY, Cache(data, TODAY))
    return Written(build_plan(load(source).draft), Cache(data, TODAY))


def copy(place: Path, data: Path, *others: Path) -> Path:
    for folder in (data, *others):
        shutil.copytree(folder, place / "data", dirs_exist_ok=True)
    return place / "data"


@pytest.mark.parametrize(
    "folders",
    [("data",), ("data", "src/credit_plan/demo"), ("examples/county/data",)],
    ids=["plan", "demo", "county"],
)
@pytest.mark.usefixtures("later")
def test_the_plan_in_a_snapshot_is_that_of_the_files(
    tmp_path: Path, folders: tuple[str, ...]
) -> None:
    plan, cache = write(copy(tmp_path, *(ROOT / it for it in folders)))
    read = cache.read_plan()
    assert read == plan
    assert repr(read) == repr(plan)


@pytest.mark.usefixtures("later")
def test_for_a_unit_it_has_what_names_it_or_a_group(tmp_path: Path) -> None:
    plan, cache = write(copy(tmp_path, ROOT / "data", ROOT / "src/credit_plan/demo"))
    groups = {it for it in plan.units if it.is_group}
    for unit in plan.units:
        for name in unit.names:
            read = cache.read_plan([name])
            assert read
            wanted = [it for it in plan.measures if {unit, *groups} & {*it.units()}]
            kept = {it.id for it in wanted}
            assert [it for it in read.measures if it.id in kept] == wanted
            assert {it.id for it in read.measures} <= {it.id for it in plan.measures}
            owed = [it for it in plan.obligations if it.measure.id in kept]
            assert [it for it in read.obligations if it.measure.id in kept] == owed
            assert read._replace(measures=(), obligations=()) == plan._replace(
                measures=(), obligations=()
            )


@pytest.mark.usefixtures("later")
def test_every_unit_has_the_same_answers(data: Path) -> None:
    warm()
    names = [it.name for it in build_plan(load(Source(data, bundled=False)).draft).units]
    for name in (*names, "各单位", "市营商", "市营商局局", "3.1", ""):
        for words in (
            ("unit", name),
            ("unit", name, "--shared"),
            ("list", "--unit", name, "--role", "lead"),
            ("due", "--unit", name),
            ("overdue", "--unit", name, "-f", "json"),
            ("chapters", name),
            ("history", name),
            ("search", "信用", "--unit", name),
        ):
            assert ask(*words).outcome == ask_cold(*words), words


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit"])
def test_check_is_the_same_to_the_byte(data: Path, form: str) -> None:
    checks = [
        ("check", "-f", form),
        ("check", "-f", form, "--accepted"),
        ("check", "-f", form, "--warnings-as-errors", "-q"),
        ("check", "-f", form, "--rule", "half-width-mark"),
        ("check", "-f", form, "data/measures/04.yaml", "data/plan.yaml"),
        ("check", "-f", form, "data/progress", "-v"),
    ]
    assert_same(*checks)
    for change in (
        lambda: edit(data / "measures/02.yaml", "水平，", "水平,"),
        lambda: edit(data / "accepted.yaml", '"4.1"', '"4.3", "4.1"'),
        lambda: edit(data / "measures/04.yaml", "归集公共", "归集 公共"),
        lambda: edit(data / "measures/03.yaml", "[市营商局]", "[市营商局局]"),
        lambda: edit(data / "measures/03.yaml", "[市营商局局]", "[市营商局]"),
        (data / "accepted.yaml").unlink,
        lambda: shutil.rmtree(data / "evidence"),
    ):
        change()
        assert_same(*checks)


@pytest.mark.usefixtures("later")
def test_what_is_not_saved_is_checked_without(data: Path, cache: Path) -> None:
    warm()
    (path,) = cache.iterdir()
    content = path.read_bytes()
    unsaved = (data / "measures/01.yaml").read_bytes().replace(b"[", b"[[")
    words = ("check", "-", "--as", "data/measures/01.yaml")
    with patch("credit_plan.cli.check.read_stdin", lambda *_: unsaved):
        assert ask(*words).outcome == ask_cold(*words)
        assert ask(*words).outcome.code == 1
    assert path.read_bytes() == content
    assert_same(*ASKED)


def test_a_name_with_half_a_character_is_compared(data: Path) -> None:
    """Windows has such names."""
    cache = Cache(data, TODAY)
    for name in ("\ud800.yaml", "\udcff.yaml"):
        cache.state = cache.state._replace(lines=(f"{name}\tfile",))
        assert cache.encode_state()
