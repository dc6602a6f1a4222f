"""Units by pinyin: what is found, what only matches several, and what the registry says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypinyin import lazy_pinyin

from credit_plan.errors import AmbiguousNameError, UnknownNameError
from credit_plan.loader.locate import Source
from credit_plan.loader.reader import load
from credit_plan.models.records import Unit
from credit_plan.pinyin import Match, find_best, fold_letters
from credit_plan.plan import Plan
from credit_plan.unit_names import find_unit, suggest_units

ROOT = Path(__file__).parents[1]

FOUND = """
市住建局: zj zjj szjj zhujian zhujianju shizhujianju zjianju zhuj ZhuJian zhu-jian ｚｈｕｊｉａｎ
市委宣传部: xcb xuanchuan swxcb shiweixuanchuanbu
市纪委监委: jw jiwei
市文旅局: wenlv wenlü wl wlj
市财政局: cz caizheng gzb
法院: fy fayuan renminfayuan
人民银行: rh renhang rmyh renminyinhang
团市委: tsw tuanshiwei
市信用信息共享平台信源单位: xydw
"""

OVERRIDES = {
    "人行": "the bank (hang), not to go on foot",
    "中国人民银行绥芬河市支行": "a branch of the bank (hang)",
}
"""Names whose pinyin pypinyin does not know, and why."""


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (said, name)
        for name, _colon, words in (line.partition(": ") for line in FOUND.split("\n") if line)
        for said in words.split()
    ],
)
def test_a_unit_is_found_by_its_pinyin(plan: Plan, said: str, name: str) -> None:
    assert find_unit(plan, said).name == name


def test_units_with_the_same_initials_are_never_guessed(plan: Plan) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        find_unit(plan, "swj")
    assert caught.value.candidates == ("市商务局", "市卫健局", "市税务局")


@pytest.mark.parametrize("said", ["zhu", "ju", "a", "xyz", "zhujianx", "2023", "z1", "z" * 10000])
def test_what_is_not_certain_finds_nobody(plan: Plan, said: str) -> None:
    with pytest.raises(UnknownNameError):
        find_unit(plan, said)


@pytest.mark.parametrize(
    ("said", "near"),
    [("zhu", ["市住建局"]), ("zhujain", ["市住建局"]), ("ju", []), ("xyz", [])],
)
def test_an_unknown_spelling_leads_to_the_nearest(plan: Plan, said: str, near: list[str]) -> None:
    assert [unit.name for unit in suggest_units(plan, said)] == near


def test_a_plan_without_pinyin_is_as_before(plan: Plan) -> None:
    bare = plan._replace(units=tuple(unit._replace(pinyin=()) for unit in plan.units))
    for said in ("zjj", "zhujain"):
        with pytest.raises(UnknownNameError) as caught:
            find_unit(bare, said)
        assert caught.value.candidates == ()


@pytest.mark.parametrize(
    ("letters", "found"),
    [
        ("xian", ["xi an", "xian"]),  # both are in full
        ("xa", ["xi an"]),
        ("xia", ["xi an", "xian"]),  # both are shortened
        ("bj", ["bei jing"]),
        ("an", ["xi an"]),
        ("n", []),
    ],
)
def test_what_matches_best_is_found(letters: str, found: list[str]) -> None:
    spelled = [(it.split(), it) for it in ("xi an", "xian", "bei jing")]
    assert list(find_best(letters, spelled, Match.INSIDE)) == found


@pytest.mark.parametrize(
    ("typed", "letters"),
    [("Lü You", "lvyou"), ("xi'an", "xian"), ("ｚｊ", "zj"), ("住", ""), ("z1", ""), ("", "")],
)
def test_letters_are_folded(typed: str, letters: str) -> None:
    assert fold_letters(typed) == letters


def read_units(folder: str) -> tuple[Unit, ...]:
    _metadata, registry, _tasks = load(Source(ROOT / folder, bundled=False)).draft.whole()
    return registry.units


@pytest.mark.parametrize("folder", ["data", "examples/county/data"])
def test_the_pinyin_is_what_pypinyin_says(folder: str) -> None:
    """Every name has its pinyin; where it is another than pypinyin's, OVERRIDES says why."""
    for unit in read_units(folder):
        for name, pinyin in zip(unit.names, unit.pinyin, strict=True):
            characters = "".join(re.findall("[\u4e00-\u9fff]", name))
            is_said = " ".join(lazy_pinyin(characters)) == pinyin
            assert is_said != (name in OVERRIDES), (name, pinyin)
