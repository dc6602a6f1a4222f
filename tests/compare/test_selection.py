"""Which words are ids, and which changes concern a task or a measure."""

from __future__ import annotations

from pathlib import Path

import pytest

from credit_plan.compare.changes import compare
from credit_plan.compare.selection import find_ids, names_record, select
from credit_plan.errors import UnknownNameError
from tests.cases import BASE, lay_out
from tests.compare.test_changes import (
    loaded,
    numbered,
    replaced,
    task_of,
    told,
    with_measures,
    without_indicators,
)
from tests.compare.test_indicators import INDICATORS
from tests.conftest import read_draft

PLAN = without_indicators(read_draft())


@pytest.mark.parametrize("word", ["7", "81", "7.5", "79.1", "79.1-4", "第7.10项", "７.５", "7。5"])
def test_what_looks_like_a_task_or_a_measure_is_an_id(word: str) -> None:
    assert names_record(word)


@pytest.mark.parametrize(
    "word", ["", "HEAD", "v1", "7.5.1", "./7", "1234", "1234567", "heads/7", "07"]
)
def test_whatever_may_name_a_commit_or_a_folder_is_none(word: str) -> None:
    """Git takes four digits for the beginning of a commit's name."""
    assert not names_record(word)


def test_the_number_of_a_task_means_its_measures_and_a_printed_number_its_parts() -> None:
    assert find_ids(["7.5", "第13项", "7.5"], PLAN) == ("7.5", "13")
    assert find_ids(["79.1"], PLAN) == ("79.1-1", "79.1-2", "79.1-3", "79.1-4")
    with pytest.raises(UnknownNameError):
        find_ids(["7.5", "99"], PLAN)


def test_an_id_is_one_of_the_old_plan_or_of_the_new() -> None:
    old = task_of(PLAN, 8).measures
    new = with_measures(PLAN, 8, numbered([*old[:3], *old[4:]]))
    changes = compare(PLAN, new)
    last = f"8.{len(old)}"
    assert find_ids([last], PLAN, new) == (last,)
    assert told(select(changes, [last])) == [("renumbered", last, f"8.{len(old) - 1}", "id")]
    assert select(changes, ["8"]) == changes
    assert select(changes, ["9", "80"]) == ()


def test_a_measure_brings_its_indicators_along(tmp_path: Path) -> None:
    for name in ("old", "new"):
        lay_out(BASE, tmp_path / name)
        (tmp_path / name / "indicators.yaml").write_text(INDICATORS, encoding="utf-8")
    replaced("indicators.yaml", "全覆盖作100％", "全覆盖即100％")(tmp_path / "new")
    replaced("indicators.yaml", 'measure: "2"', 'measure: "1.2"')(tmp_path / "new")
    changes = compare(*(loaded(tmp_path / name) for name in ("old", "new")))
    covered = ("changed", "covered", "covered", "note")
    assessed = ("changed", "assessed", "assessed", "measure")
    assert told(select(changes, ["1.1"])) == [covered]
    assert told(select(changes, ["2"])) == told(select(changes, ["1.2"])) == [assessed]
    assert set(told(select(changes, ["1"]))) == {covered, assessed}
