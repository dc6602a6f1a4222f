"""The records of the plan: frozen, validated, and named as the published table names them.

Field values are the source's own words. A field's title is the heading of the published table,
or what a clerk would call it; editors show title and description beside the key.
"""

from enum import StrEnum, unique

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from credit_plan.dates import CalendarPeriod
from credit_plan.i18n import _
from credit_plan.models import values as v
from credit_plan.plan import DeadlineKind, UnitKind


@unique
class RequiredKey(StrEnum):
    """The keys that a plan may say every measure has."""

    TARGET = "target"
    LEAD = "lead"
    RESPONSIBLE = "responsible"
    DEADLINE = "deadline"
    PAGE = "page"


class Record(BaseModel):
    """The base of all records: immutable, and no other keys are allowed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Recurring(Record):
    """Words that name a period or fixed days, and when what they promise begins and ends."""

    text: v.Sentence = Field(
        title="周期承诺", description=_("The passage of the measure, word for word.")
    )
    every: v.Filled[CalendarPeriod | None] = Field(
        default=None,
        title="周期",
        description=_("How often: year, half-year, quarter or month."),
    )
    on: v.Filled[tuple[v.YearDay, ...]] = Field(
        default=(),
        title="固定日期",
        description=_('Days and months of each year: "03-15" is 15 March, "09" all of September.'),
    )
    first: v.Filled[v.Day | None] = Field(
        default=None,
        alias="from",
        title="开始日期",
        description=_("The first day of it, if the words name one: 2022-01-01."),
    )
    until: v.Filled[v.Day | None] = Field(
        default=None,
        title="结束日期",
        description=_("The last day of it, if the words name one: 2024-12-31."),
    )


class Recurrence(Recurring):
    """周期承诺: a passage that promises something again and again, word for word."""

    @model_validator(mode="after")
    def _has_one_rhythm(self) -> "Recurrence":
        if bool(self.every) == bool(self.on):
            raise PydanticCustomError("recurrence", "neither every nor on, or both")  # noqa: EM101
        return self


class Deadline(Recurring):
    """完成时限: the printed words, and what they mean: a day, days that come again, or no day.

    Without `by`, `every` and `on`, the duty is a standing one (长期).
    """

    text: v.Sentence = Field(title="完成时限", description=_("The deadline as it is printed."))
    by: v.Filled[v.Day | None] = Field(
        default=None,
        title="最后一日",
        description=_("The last day that the printed words include."),
    )
    ongoing: v.Flag = Field(
        default=False,
        title="长期坚持",
        description=_("Whether the duty continues after the deadline."),
    )

    @model_validator(mode="after")
    def _is_of_one_kind(self) -> "Deadline":
        if sum(map(bool, (self.by, self.every, self.on))) > 1:
            raise PydanticCustomError("deadline", "more than one of by, every, on")  # noqa: EM101
        return self

    @property
    def kind(self) -> DeadlineKind:
        """Return what the printed words name."""
        if self.by:
            return DeadlineKind.DAY
        return DeadlineKind.RECURRING if self.every or self.on else DeadlineKind.STANDING


class Milestone(Record):
    """A passage of a target that names a day to be reached, word for word."""

    by: v.Day = Field(
        title="节点", description=_("The last day that the passage names: 2023-12-31.")
    )
    text: v.Sentence = Field(
        title="节点目标", description=_("The passage of the target, word for word.")
    )


class Measure(Record):
    """具体实施措施: one numbered item of a task, with its target, its units and its deadline."""

    number: v.Filled[v.PrintedNumber | None] = Field(
        default=None,
        title="措施序号",
        description=_('The printed number in quotes: "3", "1-1". Left out if none is printed.'),
    )
    text: v.Sentence = Field(
        title="具体实施措施", description=_("What is to be done, word for word, in one line.")
    )
    target: v.Sentence = Field(
        default="",
        title="各年度工作目标",
        description=_("The annual target, word for word."),
    )
    milestones: v.Filled[tuple[Milestone, ...]] = Field(
        default=(),
        title="目标节点",
        description=_("The passages of the target that name a day to be reached."),
    )
    recurrences: v.Filled[tuple[Recurrence, ...]] = Field(
        default=(),
        title="周期承诺",
        description=_("The passages that promise something again and again."),
    )
    lead: v.Names = Field(
        default=(),
        title="牵头单位",
        description=_("Who answers for it: the printed names, in order."),
    )
    responsible: v.Names = Field(
        default=(), title="责任单位", description=_("Who works on it: the printed names, in order.")
    )
    deadline: v.Filled[Deadline | None] = Field(
        default=None,
        title="完成时限",
        description=_("By when: the printed words and the day they mean."),
    )
    page: v.Count = Field(
        default=0,
        title="页码",
        description=_("The page of the published table it begins on."),
    )
    note: v.Filled[v.Sentence | None] = Field(
        default=None,
        title="备注",
        description=_("How an unclear cell of the published table was read."),
    )


class Task(Record):
    """规划任务: one row of the table (序号) and one file of the data."""

    id: v.Count = Field(title="序号", description=_("The number of the row, and of this file."))
    chapter: v.Count = Field(
        title="所在章节", description=_("The chapter as a figure: 第四章 is 4.")
    )
    task: v.Sentence = Field(
        title="规划任务", description=_("What the row says, word for word, in one line.")
    )
    measures: v.Filled[tuple[Measure, ...]] = Field(
        title="具体实施措施", description=_("The measures of the task, in order.")
    )

    def measure_id(self, measure: Measure) -> str:
        """Return `7.5`, or the task's own number where its single measure has none."""
        return str(self.id) if measure.number is None else f"{self.id}.{measure.number}"


class Unit(Record):
    """单位: the name used in answers, and the other names that mean the same body."""

    name: v.Text = Field(title="单位名称", description=_("The name used in answers."))
    kind: UnitKind = Field(
        title="单位类别",
        description=_(
            "What kind of body it is: government 政府部门, party 党委部门, court-and-procuratorate "
            "法院和检察院, finance 金融机构, customs-and-tax 海关和税务, town 乡镇和街道, "
            "people-organisation 群团组织, development-zone 开发区, enterprise 企业, "
            "school-and-hospital 学校与医院, other 其他; group means several bodies: 各相关单位."
        ),
    )
    aliases: v.Names = Field(
        default=(), title="别名", description=_("Other names of the same body, printed or in full.")
    )

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name of the unit, its own first."""
        return (self.name, *self.aliases)


class Registry(Record):
    """`units.yaml`: every unit that the plan names."""

    units: v.Filled[tuple[Unit, ...]] = Field(
        title="单位名录", description=_("Every unit that the plan names.")
    )


class Chapter(Record):
    """所在章节, with the numbers of tasks and measures that the published table has in it."""

    number: v.Count = Field(title="章号", description=_("The chapter's number: 第四章 is 4."))
    label: v.Filled[v.Text | None] = Field(
        default=None,
        title="章节名称",
        description=_("What is printed before the title, if not 第四章: 第一部分, （一）."),
    )
    title: v.Sentence = Field(title="章名", description=_("The chapter's title."))
    tasks: v.Whole = Field(
        title="任务数", description=_("How many tasks the published table has in it.")
    )
    measures: v.Whole = Field(
        title="措施数", description=_("How many measures the published table has in it.")
    )


class Period(Record):
    """The years of the plan, the first and the last included."""

    name: v.Text = Field(
        title="规划期", description=_("The name of the period: “十四五”, “十五五”.")
    )
    first: v.Count = Field(title="起始年", description=_("The first year of the plan."))
    last: v.Count = Field(title="结束年", description=_("The last year, included."))


class RecurrencePeriod(Record):
    """The day from which recurring promises count where their words name none, and why."""

    first: v.Day = Field(
        alias="from", title="开始日期", description=_("The first day: 2022-01-01.")
    )
    reason: v.Note = Field(title="理由", description=_("Why they count from this day."))


class PlanMetadata(Record):
    """`plan.yaml`: the published table, and how much it contains."""

    title: v.Sentence = Field(title="表名", description=_("The title of the published table."))
    city: v.Text = Field(title="城市", description=_("The city or county whose plan it is."))
    period: Period = Field(title="规划期", description=_("The years of the plan."))
    required: v.Filled[tuple[RequiredKey, ...]] = Field(
        default=(),
        title="必填项",
        description=_("What every measure has, besides its text: target, lead, deadline, page."),
    )
    recurrences: v.Filled[RecurrencePeriod | None] = Field(
        default=None,
        title="周期承诺",
        description=_("From when recurring promises count where their words name no beginning."),
    )
    pages: v.Filled[v.Count | None] = Field(
        default=None, title="页数", description=_("How many pages the published table has.")
    )
    tasks: v.Whole = Field(title="任务数", description=_("How many tasks the published table has."))
    measures: v.Whole = Field(
        title="措施数", description=_("How many measures the published table has.")
    )
    chapters: v.Filled[tuple[Chapter, ...]] = Field(
        title="章节", description=_("The chapters in the order of the table.")
    )
