"""`indicators.yaml`: the figures that the plan promises, each with its value per year-end."""

import re
from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Record):
    """The value that an indicator must reach by a year-end, and the passage that says so."""

    by: v.Day = field(metadata=v.about("节点", _("The year-end by which it is due: 2023-12-31.")))
    comparison: Comparison = field(
        metadata=v.about("比较", _("超过 is more than, 达到 at least, 以内 at most, 为 exactly."))
    )
    value: v.Figure = field(metadata=v.about("目标值", _("The value to be reached: 98.")))
    text: v.Sentence = field(metadata=v.about("原文", _("The passage of the plan, word for word.")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Record):
    """指标: a figure that the plan promises."""

    id: v.Slug = field(
        metadata=v.about("指标代号", _("A short name in Latin letters: credit-granted."))
    )
    name: v.Text = field(metadata=v.about("指标名称", _("What the figure counts.")))
    unit: v.Text = field(
        metadata=v.about("计量单位", _("The unit that it is counted in: 名, ％, 户, 亿元."))
    )
    better: Direction = field(
        metadata=v.about("方向", _("Whether a higher or a lower value is better."))
    )
    measure: v.MeasureId = field(
        metadata=v.about("所属措施", _('The measure that promises it: "3.1".'))
    )
    goals: v.Filled[tuple[Target, ...]] = field(
        metadata=v.about("各年度目标值", _("Its targets, year-end by year-end."))
    )
    note: v.Filled[v.Sentence | None] = field(
        default=None, metadata=v.about("备注", _("How an unclear passage was read."))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicators(Record):
    """`indicators.yaml`: every figure that the plan promises."""

    indicators: v.Filled[tuple[Indicator, ...]] = field(
        metadata=v.about("指标", _("Every figure that the plan promises."))
    )
