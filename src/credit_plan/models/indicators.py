"""`indicators.yaml`: the figures that the plan promises, each with its value per year-end."""

import re

from pydantic import Field

from credit_plan.i18n import _
from credit_plan.models import values as v
from credit_plan.models.records import Record
from credit_plan.plan import Comparison, Direction

_PRINTED: dict[Comparison, tuple[str, ...]] = {
    Comparison.MORE_THAN: (),
    Comparison.NOT_BELOW: ("不少于", "至少", "以上"),
    Comparison.REACHES: ("达", "实现", "完成", "全覆盖"),
    Comparison.BELOW: (),
    Comparison.WITHIN: ("以下", "内", "不超过", "不高于"),
    Comparison.IS: ("双",),
}
"""The printed words that mean a comparison, besides its own."""

_COMPARISONS = {word: it for it in Comparison for word in (it, *_PRINTED[it])}
_WORDS = re.compile("|".join(sorted(_COMPARISONS, key=len, reverse=True)))


def find_comparisons(passage: str) -> frozenset[Comparison]:
    """Return the comparisons whose words are in a passage; the 低于 of 不低于 is not counted."""
    return frozenset(_COMPARISONS[word] for word in _WORDS.findall(passage))


def better_direction(comparison: Comparison) -> Direction | None:
    """Return which way is better under a comparison; None where only one figure will do."""
    if comparison is Comparison.IS:
        return None
    is_downwards = comparison in (Comparison.BELOW, Comparison.WITHIN)
    return Direction.LOWER if is_downwards else Direction.HIGHER


class Target(Record):
    """The value that an indicator must reach by a year-end, and the passage that says so."""

    by: v.Day = Field(title="节点", description=_("The year-end by which it is due: 2023-12-31."))
    comparison: Comparison = Field(
        title="比较", description=_("超过 is more than, 达到 at least, 以内 at most, 为 exactly.")
    )
    value: v.Figure = Field(title="目标值", description=_("The value to be reached: 98."))
    text: v.Sentence = Field(title="原文", description=_("The passage of the plan, word for word."))


class Indicator(Record):
    """指标: a figure that the plan promises."""

    id: v.Slug = Field(
        title="指标代码", description=_("A short name in Latin letters: credit-granted.")
    )
    name: v.Text = Field(title="指标名称", description=_("What the figure counts."))
    unit: v.Text = Field(
        title="计量单位", description=_("The unit that it is counted in: 名, ％, 户, 亿元.")
    )
    better: Direction = Field(
        title="方向", description=_("Whether a higher or a lower value is better.")
    )
    measure: v.MeasureId = Field(
        title="所属措施", description=_('The measure that promises it: "3.1".')
    )
    goals: v.Filled[tuple[Target, ...]] = Field(
        title="各年度目标值", description=_("Its targets, year-end by year-end.")
    )
    note: v.Filled[v.Sentence | None] = Field(
        default=None, title="备注", description=_("How an unclear passage was read.")
    )


class Indicators(Record):
    """`indicators.yaml`: every figure that the plan promises."""

    indicators: v.Filled[tuple[Indicator, ...]] = Field(
        title="指标", description=_("Every figure that the plan promises.")
    )
