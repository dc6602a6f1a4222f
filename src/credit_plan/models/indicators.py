"""`indicators.yaml`: the figures that the plan promises, each with its value per year-end."""

import re
from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum, unique
from operator import eq, ge, gt, le, lt
from typing import Annotated, Final

from pydantic import Field

from credit_plan.i18n import _
from credit_plan.models.records import Record
from credit_plan.models.values import Day, Figure, MeasureId, NotEmpty, Slug, Text
from credit_plan.text import format_figure


@unique
class Direction(StrEnum):
    """Which way an indicator is better."""

    HIGHER = "higher"
    LOWER = "lower"


@unique
class Comparison(StrEnum):
    """How a figure is to compare with the one that is promised, in the plan's own words."""

    MORE_THAN = "超过"
    NOT_BELOW = "不低于"
    REACHES = "达到"
    BELOW = "低于"
    WITHIN = "以内"
    IS = "为"

    @property
    def words(self) -> tuple[str, ...]:
        """The printed words that mean it, its own first."""
        return (self, *_PRINTED[self])

    @property
    def direction(self) -> Direction | None:
        """Which way is better under such a promise; None where only one figure will do."""
        if self is Comparison.IS:
            return None
        downwards = (Comparison.BELOW, Comparison.WITHIN)
        return Direction.LOWER if self in downwards else Direction.HIGHER

    @classmethod
    def printed_in(cls, passage: str) -> frozenset["Comparison"]:
        """The comparisons whose words are in a passage; the 低于 of 不低于 is none of its own."""
        return frozenset(_MEANT[word] for word in _WORDS.findall(passage))

    def holds(self, figure: Decimal, promised: Decimal) -> bool:
        """Whether a figure is what was promised; 以内, 达到, 不低于 include the figure itself."""
        return _HOLDS[self](figure, promised)


_PRINTED: Final[dict[Comparison, tuple[str, ...]]] = {
    Comparison.MORE_THAN: (),
    Comparison.NOT_BELOW: ("不少于", "至少", "以上"),
    Comparison.REACHES: ("达", "实现", "完成", "全覆盖"),
    Comparison.BELOW: (),
    Comparison.WITHIN: ("以下", "内", "不超过", "不高于"),
    Comparison.IS: ("双",),
}
_MEANT: Final = {word: comparison for comparison in Comparison for word in comparison.words}
_WORDS: Final = re.compile("|".join(sorted(_MEANT, key=len, reverse=True)))
_HOLDS: Final[dict[Comparison, Callable[[Decimal, Decimal], bool]]] = {
    Comparison.MORE_THAN: gt,
    Comparison.NOT_BELOW: ge,
    Comparison.REACHES: ge,
    Comparison.BELOW: lt,
    Comparison.WITHIN: le,
    Comparison.IS: eq,
}


class Target(Record):
    """What an indicator is to be at a year-end, and the words of the plan that say so."""

    by: Annotated[
        Day,
        Field(title="节点", description=_("The year-end at which it is to be so: 2023-12-31.")),
    ]
    comparison: Annotated[
        Comparison,
        Field(
            title="比较",
            description=_("超过 is more than, 达到 at least, 以内 at most, 为 exactly."),
        ),
    ]
    value: Annotated[
        Figure, Field(title="目标值", description=_("The figure that is promised, in figures: 98."))
    ]
    text: Annotated[
        Text, Field(title="原文", description=_("The passage that promises it, word for word."))
    ]

    def is_met_by(self, figure: Decimal) -> bool:
        """Whether a figure keeps the promise."""
        return self.comparison.holds(figure, self.value)

    def promised(self, unit: str) -> str:
        """`超过98％`, `130名以内`: what is promised, in the plan's own comparison."""
        figure = f"{format_figure(self.value)}{unit}"
        if self.comparison is Comparison.WITHIN:
            return f"{figure}{self.comparison}"
        return f"{self.comparison}{figure}"

    @property
    def is_of_its_year(self) -> bool:
        """Whether it is promised for each year anew (每年), so that no other year counts."""
        return "每年" in self.text


class Indicator(Record):
    """指标: a figure that the plan promises."""

    id: Annotated[
        Slug,
        Field(title="指标代码", description=_("A short name in Latin letters: credit-granted.")),
    ]
    name: Annotated[Text, Field(title="指标名称", description=_("What the figure counts."))]
    unit: Annotated[
        Text, Field(title="计量单位", description=_("What it is counted in: 名, ％, 户, 亿元."))
    ]
    better: Annotated[
        Direction, Field(title="方向", description=_("Which way it is better: higher or lower."))
    ]
    measure: Annotated[
        MeasureId, Field(title="所属措施", description=_('The measure that promises it: "3.1".'))
    ]
    goals: Annotated[
        tuple[Target, ...],
        NotEmpty,
        Field(title="各年度目标值", description=_("What it is to be, year-end by year-end.")),
    ]
    note: Annotated[
        Text | None,
        NotEmpty,
        Field(title="备注", description=_("How an unclear promise was read.")),
    ] = None


class Indicators(Record):
    """`indicators.yaml`: every figure that the plan promises."""

    indicators: Annotated[
        tuple[Indicator, ...],
        NotEmpty,
        Field(title="指标", description=_("Every figure that the plan promises.")),
    ]
