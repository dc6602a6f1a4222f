"""Figures are understood as people write them, and none is guessed."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from credit_plan.errors import CreditPlanError, MisstatedError, describe_error
from credit_plan.filters import find_indicator, find_measure
from credit_plan.models.values import Figure
from credit_plan.plan import Plan
from credit_plan.reporting.figures import find_figure, parse_figure
from credit_plan.reporting.sheet import split_figures
from tests.conftest import read_plan


@pytest.mark.parametrize(
    ("indicator", "text", "meant"),
    [
        ("credit-granted", "3.20", "3.2"),
        ("credit-granted", "-0.0", "0"),
        ("credit-granted", " 4,200 亿元", "4200"),
        ("credit-granted", "－０．５", "-0.5"),
        ("credit-granted", "1,234,567.25", "1234567.25"),
        ("credit-granted", "1.2万", None),
        ("credit-granted", "3亿", None),
        ("credit-platform-entities", "1.2万户", "12000"),
        ("credit-platform-entities", "４，２００户", "4200"),
        ("credit-platform-entities", "4,20", None),
        ("credit-platform-entities", "42,00", None),
        ("credit-platform-entities", "042", None),
        ("credit-platform-entities", "4e3", None),
        ("credit-platform-entities", "三千", None),
        ("public-commitment", "98%", "98"),
        ("public-commitment", "98％", "98"),
        ("public-commitment", "98 ％", "98"),
        ("public-commitment", "98\u3000％ ", "98"),
        ("credit-granted", "\u20093 亿元", "3"),
        ("credit-platform-entities", "1.2 万户", "12000"),
        ("credit-platform-entities", "１２３，４５６，７８９，０１２，３４５", "123456789012345"),
        ("credit-platform-entities", "123456789012345", "123456789012345"),
        ("credit-platform-entities", "1234567890123456", None),
        ("credit-platform-entities", "12345678901234万", None),
        # Other figures than those that stand there (attack X10).
        ("public-commitment", "5 9", None),
        ("public-commitment", "5\u20099％", None),
        ("public-commitment", "5\u30009", None),
        ("public-commitment", "10²", None),
        ("public-commitment", "①", None),
        ("public-commitment", "½", None),
        ("public-commitment", "- 5", None),
        ("credit-platform-entities", "4 ,200", None),
        ("public-commitment", "98‰", None),
        ("public-commitment", "0.01万", None),
        ("public-commitment", "100.00％", "100"),
        ("public-commitment", "", None),
        ("code-errors", "0.02‰", "0.02"),
        ("code-errors", "1万‰", None),
    ],
)
def test_figures_are_understood_as_people_write_them(
    plan: Plan, indicator: str, text: str, meant: str | None
) -> None:
    found = find_indicator(plan, indicator)
    if meant is None:
        with pytest.raises(MisstatedError):
            parse_figure(found, text)
    else:
        assert str(parse_figure(found, text)) == meant


@given(st.text(max_size=8), st.sampled_from(["credit-granted", "public-commitment"]))
def test_a_figure_is_one_that_a_file_can_have_or_it_is_refused(text: str, name: str) -> None:
    plan = read_plan()
    with contextlib.suppress(MisstatedError):
        found = parse_figure(find_indicator(plan, name), text)
        assert TypeAdapter(Figure).validate_python(f"{found:f}") == found


def read_cell(plan: Plan, measure: str, cell: str) -> list[tuple[str, str]]:
    """Return the figures in a cell of a report on a measure, by the ids of their indicators."""
    found = (find_figure(plan, find_measure(plan, measure), *it) for it in split_figures(cell))
    return [(indicator.id, str(value)) for indicator, value in found]


@pytest.mark.parametrize(
    "cell",
    [
        "承诺率=59.5",
        "承诺率＝５９．５％",
        "承诺率：59.5",
        "承诺率:59.5%",
        "承诺率 ： 59.5 ％",
        "承诺率 59.5",
        "承诺率59.5%。",
        "public-commitment: 59.5",
        "59.5",
        "59.5％",
    ],
)
def test_a_figure_has_its_name_before_it_or_is_the_only_one(plan: Plan, cell: str) -> None:
    assert read_cell(plan, "14", cell) == [("public-commitment", "59.5")]


@pytest.mark.parametrize(
    ("measure", "cell", "found"),
    [
        (
            "2",
            "合规率98%，瞒报率0%。",
            [("publicity-compliance", "98"), ("publicity-concealment", "0")],
        ),
        (
            "2",
            "合规率：98、瞒报率：0",
            [("publicity-compliance", "98"), ("publicity-concealment", "0")],
        ),
        ("1", "分组排名=50；128名", [("ranking-in-group", "50"), ("ranking", "128")]),
        ("3.1", "入驻：4，200户", [("credit-platform-entities", "4200")]),
        ("3.1", "1.2万", [("credit-platform-entities", "12000")]),
        ("1", "50％", [("ranking-in-group", "50")]),
    ],
)
def test_several_are_told_apart_by_their_names_or_units(
    plan: Plan, measure: str, cell: str, found: list[tuple[str, str]]
) -> None:
    assert read_cell(plan, measure, cell) == found


@pytest.mark.parametrize(
    ("measure", "cell", "said"),
    [
        (
            "1",
            "128",
            """“128” may be one of 2 indicators of measure 1; name the one you mean
Did you mean one of these?
  全国县级市信用状况排名=128名
  全国所在分组排名=128％""",
        ),
        ("1", "128户", "“128户” may be one of 2 indicators"),
        ("1", "排名：128", "“排名” matches 2 indicators"),
        ("1", "1 4", "“1 4” may be one of 2 indicators"),
        ("62", "128", "measure 62 has no indicator, so “128” has no place; use the note"),
        ("14", "承诺率-5", "“承诺率-5” has no figure"),
        ("14", "承诺率—5", "“承诺率—5” has no figure"),
        ("14", "承诺率 5 9", "“承诺率 5 9” has no figure"),
        ("14", "承诺率：5 9", "“5 9” is not a figure in ％"),
        ("14", "承诺率 10²", "“10²” is not a figure in ％"),
        ("14", "承诺率12,34", "“12,34” is not a figure in ％"),
        ("14", "承诺率：六十", "“承诺率：六十” has no figure"),
        ("14", "12:30", "“12:30” is not a figure in ％"),
        ("14", "约59.5％", "“约59.5％” is not a figure"),
        ("14", "59.5％左右", "“59.5％左右” is not a figure in ％"),
        ("14", "128户", "“128户” is not a figure in ％"),
        ("14", "1 4", "“1 4” is not a figure in ％"),
    ],
)
def test_what_may_mean_another_figure_is_asked_back(
    plan: Plan, measure: str, cell: str, said: str
) -> None:
    with pytest.raises(CreditPlanError) as refused:
        read_cell(plan, measure, cell)
    assert describe_error(refused.value).startswith(said)


@pytest.mark.parametrize(
    ("name", "cell", "found"),
    [
        ("信用：覆盖率", "信用：覆盖率=3", "3"),
        ("信用：覆盖率", "信用：覆盖率：3％", "3"),
        ("信用：覆盖率", "信用：覆盖率 3", "3"),
        ("PM2.5", "PM2.5：30", "30"),
        ("PM2.5", "ＰＭ２．５＝30", "30"),
        ("PM2.5", "PM2.5 30", None),
        ("PM2.5", "PM2.5", None),
        ("PM：2.5", "PM：2.5", None),
        ("细颗粒物PM2.5浓度", "PM2.5", None),
        ("12345热线办结率", "12345热线办结率：98", "98"),
    ],
)
def test_a_colon_or_a_figure_in_a_name_is_no_border(
    plan: Plan, name: str, cell: str, found: str | None
) -> None:
    own = find_indicator(plan, "public-commitment")._replace(name=name)
    renamed = plan._replace(indicators=(own,))
    if found is None:
        with pytest.raises(CreditPlanError):
            read_cell(renamed, "14", cell)
    else:
        assert read_cell(renamed, "14", cell) == [("public-commitment", found)]


@pytest.mark.parametrize("text", ["约6个", "超10000", "低于 1‰", "达到98％"])
def test_a_number_after_a_vague_word_is_no_figure(plan: Plan, text: str) -> None:
    with pytest.raises(MisstatedError) as refused:
        find_figure(plan, find_measure(plan, "14"), text, "")
    assert str(refused.value).startswith(f"“{text}” is not a figure; write the number alone")
