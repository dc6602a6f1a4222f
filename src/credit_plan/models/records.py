"""The records of the plan: frozen, validated, and named as the published table names them.

Field values are the source's own words. A field's title is the heading of the published table,
or what a clerk would call it; editors show title and description beside the key.
"""

from dataclasses import Field, dataclass, field
from enum import StrEnum, unique
from typing import Any, ClassVar

from credit_plan.dates import CalendarPeriod
from credit_plan.i18n import _
from credit_plan.models import values as v
from credit_plan.plan import DeadlineKind, UnitKind
from credit_plan.text import list_ideographs


@unique
class RequiredKey(StrEnum):
    """The keys that a plan may say every measure has."""

    TARGET = "target"
    LEAD = "lead"
    RESPONSIBLE = "responsible"
    DEADLINE = "deadline"
    PAGE = "page"


class Record:
    """The base of all records, which are immutable dataclasses; no other keys are allowed."""

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012  read by pydantic under this name


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring(Record):
    """Words that name a period or fixed days, and when what they promise begins and ends."""

    text: v.Sentence = field(
        metadata=v.about("周期承诺", _("The passage of the measure, word for word."))
    )
    every: v.Filled[CalendarPeriod | None] = field(
        default=None, metadata=v.about("周期", _("How often: year, half-year, quarter or month."))
    )
    on: v.Filled[tuple[v.YearDay, ...]] = field(
        default=(),
        metadata=v.about(
            "固定日期",
            _('Days and months of each year: "03-15" is 15 March, "09" all of September.'),
        ),
    )
    first: v.Filled[v.Day | None] = field(
        default=None,
        metadata=v.about(
            "开始日期", _("The first day of it, if the words name one: 2022-01-01."), key="from"
        ),
    )
    until: v.Filled[v.Day | None] = field(
        default=None,
        metadata=v.about("结束日期", _("The last day of it, if the words name one: 2024-12-31.")),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence(Recurring):
    """周期承诺: a passage that promises something again and again, word for word."""

    def __post_init__(self) -> None:
        """Raise FaultError for words that name neither a period nor days, or both."""
        if bool(self.every) == bool(self.on):
            raise v.FaultError(kind="recurrence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline(Recurring):
    """完成时限: the printed words, and what they mean: a day, days that come again, or no day.

    Without `by`, `every` and `on`, the duty is a standing one (长期).
    """

    text: v.Sentence = field(metadata=v.about("完成时限", _("The deadline as it is printed.")))
    by: v.Filled[v.Day | None] = field(
        default=None,
        metadata=v.about("最后一日", _("The last day that the printed words include.")),
    )
    ongoing: v.Flag = field(
        default=False,
        metadata=v.about("长期坚持", _("Whether the duty continues after the deadline.")),
    )

    def __post_init__(self) -> None:
        """Raise FaultError for words that name more than one of a day, a period and days."""
        if sum(map(bool, (self.by, self.every, self.on))) > 1:
            raise v.FaultError(kind="deadline")

    @property
    def kind(self) -> DeadlineKind:
        """Return what the printed words name."""
        if self.by:
            return DeadlineKind.DAY
        return DeadlineKind.RECURRING if self.every or self.on else DeadlineKind.STANDING


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone(Record):
    """A passage of a target that names a day to be reached, word for word."""

    by: v.Day = field(
        metadata=v.about("节点", _("The last day that the passage names: 2023-12-31."))
    )
    text: v.Sentence = field(
        metadata=v.about("节点目标", _("The passage of the target, word for word."))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Record):
    """具体实施措施: one numbered item of a task, with its target, its units and its deadline."""

    number: v.Filled[v.PrintedNumber | None] = field(
        default=None,
        metadata=v.about(
            "措施序号", _('The printed number in quotes: "3", "1-1". Left out if none is printed.')
        ),
    )
    text: v.Sentence = field(
        metadata=v.about("具体实施措施", _("What is to be done, word for word, in one line."))
    )
    target: v.Sentence = field(
        default="", metadata=v.about("各年度工作目标", _("The annual target, word for word."))
    )
    milestones: v.Filled[tuple[Milestone, ...]] = field(
        default=(),
        metadata=v.about(
            "目标节点", _("The passages of the target that name a day to be reached.")
        ),
    )
    recurrences: v.Filled[tuple[Recurrence, ...]] = field(
        default=(),
        metadata=v.about("周期承诺", _("The passages that promise something again and again.")),
    )
    lead: v.Names = field(
        default=(),
        metadata=v.about("牵头单位", _("Who answers for it: the printed names, in order.")),
    )
    responsible: v.Names = field(
        default=(), metadata=v.about("责任单位", _("Who works on it: the printed names, in order."))
    )
    deadline: v.Filled[Deadline | None] = field(
        default=None,
        metadata=v.about("完成时限", _("By when: the printed words and the day they mean.")),
    )
    page: v.Count = field(
        default=0, metadata=v.about("页码", _("The page of the published table it begins on."))
    )
    note: v.Filled[v.Sentence | None] = field(
        default=None,
        metadata=v.about("备注", _("How an unclear cell of the published table was read.")),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Record):
    """规划任务: one row of the table (序号) and one file of the data."""

    id: v.Count = field(metadata=v.about("序号", _("The number of the row, and of this file.")))
    chapter: v.Count = field(
        metadata=v.about("所在章节", _("The chapter as a figure: 第四章 is 4."))
    )
    task: v.Sentence = field(
        metadata=v.about("规划任务", _("What the row says, word for word, in one line."))
    )
    measures: v.Filled[tuple[Measure, ...]] = field(
        metadata=v.about("具体实施措施", _("The measures of the task, in order."))
    )

    def measure_id(self, measure: Measure) -> str:
        """Return `7.5`, or the task's own number where its single measure has none."""
        return str(self.id) if measure.number is None else f"{self.id}.{measure.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Record):
    """单位: the name used in answers, and the other names that mean the same body."""

    name: v.Text = field(metadata=v.about("单位名称", _("The name used in answers.")))
    kind: UnitKind = field(
        metadata=v.about(
            "单位类别",
            _(
                "What kind of body it is: government 政府部门, party 党委部门, "
                "court-and-procuratorate 法院和检察院, finance 金融机构, "
                "customs-and-tax 海关和税务, town 乡镇和街道, people-organisation 群团组织, "
                "development-zone 开发区, enterprise 企业, school-and-hospital 学校与医院, "
                "other 其他; group means several bodies: 各相关单位."
            ),
        )
    )
    aliases: v.Names = field(
        default=(), metadata=v.about("别名", _("Other names of the same body, printed or in full."))
    )
    pinyin: v.Filled[tuple[v.Pinyin, ...]] = field(
        default=(),
        metadata=v.about(
            "拼音",
            _(
                "How the names are read, in their order, a syllable for each character: "
                "[shi zhu jian ju]. The last ones may be left out; ü is v."
            ),
        ),
    )

    def __post_init__(self) -> None:
        """Raise FaultError for pinyin that has not as many syllables as its name."""
        if len(self.pinyin) > len(self.names):
            raise v.FaultError(kind="pinyin")
        for name, pinyin in zip(self.names, self.pinyin, strict=False):
            if len(list_ideographs(name)) != len(pinyin.split()):
                raise v.FaultError(kind="pinyin")

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name of the unit, its own first."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry(Record):
    """`units.yaml`: every unit that the plan names."""

    units: v.Filled[tuple[Unit, ...]] = field(
        metadata=v.about("单位名录", _("Every unit that the plan names."))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter(Record):
    """所在章节, with the numbers of tasks and measures that the published table has in it."""

    number: v.Count = field(metadata=v.about("章号", _("The chapter's number: 第四章 is 4.")))
    label: v.Filled[v.Text | None] = field(
        default=None,
        metadata=v.about(
            "章节名称", _("What is printed before the title, if not 第四章: 第一部分, （一）.")
        ),
    )
    title: v.Sentence = field(metadata=v.about("章名", _("The chapter's title.")))
    tasks: v.Whole = field(
        metadata=v.about("任务数", _("How many tasks the published table has in it."))
    )
    measures: v.Whole = field(
        metadata=v.about("措施数", _("How many measures the published table has in it."))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(Record):
    """The years of the plan, the first and the last included."""

    name: v.Text = field(
        metadata=v.about("规划期", _("The name of the period: “十四五”, “十五五”."))
    )
    first: v.Count = field(metadata=v.about("起始年", _("The first year of the plan.")))
    last: v.Count = field(metadata=v.about("结束年", _("The last year, included.")))


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurrencePeriod(Record):
    """The day from which recurring promises count where their words name none, and why."""

    first: v.Day = field(metadata=v.about("开始日期", _("The first day: 2022-01-01."), key="from"))
    reason: v.Note = field(metadata=v.about("理由", _("Why they count from this day.")))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMetadata(Record):
    """`plan.yaml`: the published table, and how much it contains."""

    title: v.Sentence = field(metadata=v.about("表名", _("The title of the published table.")))
    city: v.Text = field(metadata=v.about("城市", _("The city or county whose plan it is.")))
    period: Period = field(metadata=v.about("规划期", _("The years of the plan.")))
    required: v.Filled[tuple[RequiredKey, ...]] = field(
        default=(),
        metadata=v.about(
            "必填项", _("What every measure has, besides its text: target, lead, deadline, page.")
        ),
    )
    recurrences: v.Filled[RecurrencePeriod | None] = field(
        default=None,
        metadata=v.about(
            "周期承诺", _("From when recurring promises count where their words name no beginning.")
        ),
    )
    pages: v.Filled[v.Count | None] = field(
        default=None, metadata=v.about("页数", _("How many pages the published table has."))
    )
    tasks: v.Whole = field(metadata=v.about("任务数", _("How many tasks the published table has.")))
    measures: v.Whole = field(
        metadata=v.about("措施数", _("How many measures the published table has."))
    )
    chapters: v.Filled[tuple[Chapter, ...]] = field(
        metadata=v.about("章节", _("The chapters in the order of the table."))
    )
