"""Which figures a passage prints, and how it says they are to compare."""

from __future__ import annotations

from decimal import Decimal

import pytest

from credit_plan.models.indicators import better_direction, find_comparisons
from credit_plan.plan import Comparison, Direction
from credit_plan.text import find_figures


@pytest.mark.parametrize(
    ("text", "unit", "figures"),
    [
        ("2023年底前合规率超过98％", "％", ["98"]),
        ("2022－2025年低于0.02％", "％", ["0.02"]),
        ("2024年底前达到1万户", "户", ["10000"]),
        ("2024年底前达到1万户", "万户", ["1"]),
        ("成功授信金额超过3亿元", "亿元", ["3"]),
        ("成功授信金额超过3亿元", "元", ["300000000"]),
        ("每年至少开展一次专项行动，建设一批基地", "次", ["1"]),
        ("两次、二十三次、一百零五次、十次、三千次", "次", ["2", "10", "23", "105", "3000"]),
        ("2023年底前完成工会法人全覆盖", "％", ["100"]),
        ("2023年底前完成工会法人全覆盖", "户", []),
        ("2023年底前基本完成", "％", []),
        ("行政处罚信息公示率双100％", "％", ["100"]),
        ("行政处罚信息公示率双100％", "%", ["100"]),
        # Only what the unit follows (attack X7).
        ("市场主体数量超过4000户", "万户", []),
        ("市场主体数量超过4000户", "名", []),
        ("合规率超过98％", "户", []),
        ("合规率超过98％", "‰", []),
        ("成功授信金额超过3亿元", "万元", []),
        ("成功授信金额超过1万亿元", "亿元", ["10000"]),
        ("成功授信金额超过1万亿元", "元", ["1000000000000"]),
        ("至少开展一次专项行动", "人", []),
        ("3个月内办理", "个", ["3"]),
        # A figure without a unit is one in every unit.
        ("瞒报率为0", "％", ["0"]),
        ("瞒报率为0(不含涉密部门)", "％", ["0"]),
        ("得分超过90、排名前10", "名", ["10", "90"]),
    ],
)
def test_the_figures_of_a_text(text: str, unit: str, figures: list[str]) -> None:
    assert sorted(find_figures(text, unit)) == [Decimal(it) for it in figures]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("不低于70％", "不低于"),
        ("低于1‰", "低于"),
        ("降至1‰以下", "以内"),
        ("130名以内", "以内"),
        ("7日内回复", "以内"),
        ("不超过7日", "以内"),
        ("超过98％", "超过"),
        ("至少1篇", "不低于"),
        ("达到1万户", "达到"),
        ("完成工会法人全覆盖", "达到"),
        ("瞒报率为0", "为"),
        ("两率双100％", "为"),
        ("持续推进", ""),
    ],
)
def test_how_a_text_compares(text: str, words: str) -> None:
    assert find_comparisons(text) == frozenset({Comparison(words)} if words else ())


@pytest.mark.parametrize(
    ("comparison", "kept_by", "direction"),
    [
        (Comparison.MORE_THAN, [False, False, True], Direction.HIGHER),
        (Comparison.NOT_BELOW, [False, True, True], Direction.HIGHER),
        (Comparison.REACHES, [False, True, True], Direction.HIGHER),
        (Comparison.IS, [False, True, False], None),
        (Comparison.WITHIN, [True, True, False], Direction.LOWER),
        (Comparison.BELOW, [True, False, False], Direction.LOWER),
    ],
)
def test_what_keeps_a_promise(
    comparison: Comparison, kept_by: list[bool], direction: Direction | None
) -> None:
    figures = [Decimal("97.9"), Decimal("98.0"), Decimal("98.1")]
    assert [comparison.holds(it, Decimal(98)) for it in figures] == kept_by
    assert better_direction(comparison) is direction
