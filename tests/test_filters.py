"""Looking names up on the real plan: units, chapters, tasks and measures."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_plan.errors import AmbiguousNameError, NameLookupError, UnknownNameError
from credit_plan.filters import find_chapter, find_indicator, find_measure, find_measures
from credit_plan.plan import Plan
from credit_plan.unit_names import find_unit
from tests.conftest import read_plan


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("市住建局", "市住建局"),
        ("住建局", "市住建局"),
        ("住建", "市住建局"),
        ("市住房和城乡建设局", "市住建局"),
        ("绥芬河市住房和城乡建设局", "市住建局"),
        ("市财政局(市国资办)", "市财政局"),
        ("市财政局（市国资办）", "市财政局"),
        ("国资办", "市财政局"),
        ("文化体育", "市文旅局"),
        ("法院", "法院"),
        ("海关", "海关"),
        ("绥芬河海关", "海关"),
        ("市法院", "法院"),
        ("市人民银行", "人民银行"),
        (" 市 教育局 ", "市教育局"),
        ("市\u3000教育\u2009局", "市教育局"),
        ("信源", "市信用信息共享平台信源单位"),
        ("市財政局", "市财政局"),
        ("發改", "市发改局"),
        ("綏芬河市市場監督管理局", "市市场监管局"),
        ("各相关单位按职责分别牵头", "各相关单位"),
    ],
)
def test_a_unit_is_found_by_what_people_call_it(plan: Plan, said: str, name: str) -> None:
    assert find_unit(plan, said).name == name


def test_an_ambiguous_unit_names_its_candidates(plan: Plan) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        find_unit(plan, "市委")
    assert {"市委组织部", "市委宣传部", "市委编办", "市委网信办"} <= set(caught.value.candidates)


@pytest.mark.parametrize(("said", "near"), [("市住健局", "市住建局"), ("教玉局", "市教育局")])
def test_an_unknown_unit_names_its_neighbours(plan: Plan, said: str, near: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        find_unit(plan, said)
    assert near in caught.value.candidates


@pytest.mark.parametrize("blank", ["", " ", "　"])
def test_a_blank_name_is_nobody(plan: Plan, blank: str) -> None:
    with pytest.raises(UnknownNameError):
        find_unit(plan, blank)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("4", 4),
        ("四", 4),
        ("第四章", 4),
        ("第4章", 4),
        (" 第 4\u3000章 ", 4),
        ("４", 4),
        ("十", 10),
        ("第十章", 10),
        ("专项治理", 9),
        ("專項治理", 9),
        ("第６章", 6),
    ],
)
def test_a_chapter_is_found_however_its_number_is_written(
    plan: Plan, said: str, number: int
) -> None:
    assert find_chapter(plan, said).number == number


def test_an_ambiguous_chapter_names_its_candidates(plan: Plan) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        find_chapter(plan, "建设")
    assert len(caught.value.candidates) == 3


@pytest.mark.parametrize(
    "said",
    ["2", "11", "十一", "二十", "第章", "", "0", "4.1", "章", "9" * 5000, "1 0", "④", "㈣", "4²"],
)
def test_another_chapter_is_refused_with_the_list(plan: Plan, said: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        find_chapter(plan, said)
    assert len(caught.value.candidates) == 8


@pytest.mark.parametrize(
    ("said", "ids"),
    [
        ("13", ["13"]),
        ("7.10", ["7.10"]),
        ("7.1", ["7.1"]),
        ("79.1-4", ["79.1-4"]),
        ("79.1－4", ["79.1-4"]),
        ("79.1", ["79.1-1", "79.1-2", "79.1-3", "79.1-4"]),
        ("7。5", ["7.5"]),
        ("７．５", ["7.5"]),
        ("3", ["3.1", "3.2", "3.3"]),
        ("第7.10项", ["7.10"]),
        (" 第 ７.10 项 ", ["7.10"]),
        ("第7.1项", ["7.1"]),
        ("第79.1-4项", ["79.1-4"]),
        ("第13项", ["13"]),
        ("第13項", ["13"]),
        ("７９．１－４", ["79.1-4"]),
        ("79.1—4", ["79.1-4"]),
        ("7·5", ["7.5"]),
        ("第3项", ["3.1", "3.2", "3.3"]),
        ("7.10项", ["7.10"]),
        ('="7.10"', ["7.10"]),
        ("'7.10", ["7.10"]),
        ("＇7.10", ["7.10"]),
    ],
)
def test_ids_are_text(plan: Plan, said: str, ids: list[str]) -> None:
    assert [measure.id for measure in find_measures(plan, said)] == ids


@pytest.mark.parametrize(
    "said",
    [
        "82",
        "0",
        "7.99",
        "x",
        "",
        ".",
        "7.",
        "07",
        "7.05",
        "13.1",
        "第项",
        "第",
        '=""',
        "第7.99项",
        "第x项",
    ],
)
def test_an_unknown_id_is_refused(plan: Plan, said: str) -> None:
    with pytest.raises(UnknownNameError):
        find_measures(plan, said)


@pytest.mark.parametrize(
    ("said", "candidates"),
    [
        ("7 5", ("7.5", "75")),
        ("1 4", ("14",)),
        ("1\u30004", ("14",)),
        ("7. 5", ("7.5",)),
        ("第7 5项", ("7.5", "75")),
        ("7\u2009.\u20095", ("7.5",)),
        ("79.1 - 4", ("79.1-4",)),
        ("９ ９", ()),
    ],
)
def test_white_space_in_an_id_is_refused_with_what_may_be_meant(
    plan: Plan, said: str, candidates: tuple[str, ...]
) -> None:
    """7 5 is neither 75 nor 7.5 for the program, but for the person to say (attack X10)."""
    with pytest.raises(UnknownNameError, match="white space inside") as caught:
        find_measures(plan, said)
    assert caught.value.candidates == candidates


@pytest.mark.parametrize("said", ["7²", "①", "½", "7.⁵", "Ⅶ", "⒎", "٧", "七"])
def test_a_sign_that_only_resembles_a_digit_is_none(plan: Plan, said: str) -> None:
    """NFKC makes 72 of 7² (attack X10)."""
    with pytest.raises(UnknownNameError):
        find_measures(plan, said)


@given(st.text(max_size=6))
def test_no_name_is_more_than_a_refusal(text: str) -> None:
    plan = read_plan()
    for find in (find_unit, find_chapter, find_measures, find_indicator):
        with contextlib.suppress(NameLookupError):
            assert find(plan, text)


def test_one_measure_is_named_by_its_id_or_by_a_task_that_has_no_other(plan: Plan) -> None:
    assert find_measure(plan, "79.1－4").id == "79.1-4"
    assert find_measure(plan, "14").id == "14"
    with pytest.raises(AmbiguousNameError) as caught:
        find_measure(plan, "3")
    assert str(caught.value) == "“3” has 3 measures; choose one"
    assert caught.value.candidates == ("3.1", "3.2", "3.3")


@pytest.mark.parametrize(
    ("said", "measure", "name"),
    [
        ("credit-granted", "", "credit-granted"),
        ("Credit-Granted", "", "credit-granted"),
        ("“双公示”合规率", "", "publicity-compliance"),
        ("双公示合规率", "", "publicity-compliance"),
        ('"双公示"瞒报率', "", "publicity-concealment"),
        ("授信", "", "credit-granted"),
        ("合规率", "2", "publicity-compliance"),
        ("合规率", "68.1", "penalty-compliance"),
        ("授信", "2", "credit-granted"),
        ("雙公示合規率", "", "publicity-compliance"),
        ("ranking", "1", "ranking"),
        ("信易+", "", "credit-scenes"),
        ("“双公示”合规率（％）", "", "publicity-compliance"),
        ("双公示合规率(%)", "2", "publicity-compliance"),
    ],
)
def test_an_indicator_is_found_by_its_id_its_name_or_a_part(
    plan: Plan, said: str, measure: str, name: str
) -> None:
    assert find_indicator(plan, said, measure).id == name


@pytest.mark.parametrize(
    ("said", "measure", "candidates"),
    [
        ("排名", "1", {"ranking 全国县级市信用状况排名", "ranking-in-group 全国所在分组排名"}),
        (
            "合规率",
            "",
            {
                "publicity-compliance “双公示”合规率",
                "penalty-compliance 市场监管领域信息公示合规率",
            },
        ),
    ],
)
def test_an_ambiguous_indicator_names_its_candidates(
    plan: Plan, said: str, measure: str, candidates: set[str]
) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        find_indicator(plan, said, measure)
    assert set(caught.value.candidates) == candidates


def test_an_unknown_indicator_names_its_neighbours_and_those_of_the_measure(plan: Plan) -> None:
    with pytest.raises(UnknownNameError) as caught:
        find_indicator(plan, "credit_granted", "17")
    assert caught.value.candidates[:2] == (
        "credit-code-entities 龙江“码上诚信”赋码市场主体数量",
        "credit-granted “信易贷”平台成功授信金额",
    )
    with pytest.raises(UnknownNameError):
        find_indicator(plan, " ")


def test_of_a_long_name_a_misspelt_part_leads_to_those_that_share_it(plan: Plan) -> None:
    with pytest.raises(UnknownNameError) as caught:
        find_indicator(plan, "承若率")
    assert "public-commitment 政府及部门政务诚信承诺率" in caught.value.candidates
    with pytest.raises(UnknownNameError) as caught:
        find_indicator(plan, "xyzw")
    assert caught.value.candidates == ()
