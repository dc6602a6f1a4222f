"""The plan as plain values: what a sound draft means, made once by the loader.

Questions, filters and status know only these values, so that an answer needs neither pydantic nor
YAML. Names of units are resolved, and obligations are laid out.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum, unique
from operator import eq, ge, gt, le, lt
from typing import NamedTuple

from credit_plan.dates import ZONE, CalendarPeriod, Span, iter_periods, iter_year_days
from credit_plan.i18n import _, pgettext


@unique
class Role(StrEnum):
    """The unit's role in the measure."""

    ANY = "any"
    LEAD = "lead"
    RESPONSIBLE = "responsible"


ROLES_IN_CHINESE = {
    Role.ANY: ("全部",),
    Role.LEAD: ("牵头", "牵头单位"),
    Role.RESPONSIBLE: ("责任", "责任单位"),
}
"""The words of the published table that `--role` takes too."""


@unique
class ObligationKind(StrEnum):
    """What falls due: a deadline, a milestone, or what a measure promises again and again."""

    ALL = "all"
    DEADLINE = "deadline"
    MILESTONE = "milestone"
    RECURRING = "recurring"


OBLIGATION_KINDS_IN_CHINESE = {
    ObligationKind.ALL: ("全部",),
    ObligationKind.DEADLINE: ("完成时限", "时限"),
    ObligationKind.MILESTONE: ("节点", "任务节点"),
    ObligationKind.RECURRING: ("周期任务", "周期"),
}
"""The words that `--kind` takes too."""


@unique
class DeadlineKind(StrEnum):
    """What 完成时限 is: a day, days that come again, or no day at all (长期)."""

    DAY = "day"
    RECURRING = "recurring"
    STANDING = "standing"


@unique
class Dimension(StrEnum):
    """What measures are counted by."""

    CHAPTER = "chapter"
    UNIT = "unit"
    YEAR = "year"


DIMENSIONS_IN_CHINESE = {
    Dimension.CHAPTER: ("章", "章节"),
    Dimension.UNIT: ("单位", "牵头单位"),
    Dimension.YEAR: ("年份", "年", "年度"),
}
"""The words that `--by` takes too."""


@unique
class RecordKind(StrEnum):
    """The kinds of files: those under `measures/` and `progress/`, or one beside them."""

    MEASURES = "measures"
    UNITS = "units"
    PLAN = "plan"
    INDICATORS = "indicators"
    PROGRESS = "progress"
    ACCEPTED = "accepted"


@unique
class UnitKind(StrEnum):
    """What sort of body a unit is; a group is a collective whose members are not named."""

    GOVERNMENT = "government"
    PARTY = "party"
    COURT_AND_PROCURATORATE = "court-and-procuratorate"
    FINANCE = "finance"
    CUSTOMS_AND_TAX = "customs-and-tax"
    TOWN = "town"
    PEOPLE_ORGANISATION = "people-organisation"
    DEVELOPMENT_ZONE = "development-zone"
    ENTERPRISE = "enterprise"
    SCHOOL_AND_HOSPITAL = "school-and-hospital"
    OTHER = "other"
    GROUP = "group"


@unique
class Status(StrEnum):
    """What a report says of a measure."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    DONE = "done"
    BLOCKED = "blocked"


STATUSES_IN_CHINESE = {
    Status.NOT_STARTED: "未启动",
    Status.IN_PROGRESS: "推进中",
    Status.DONE: "已完成",
    Status.BLOCKED: "受阻",
}
"""What sheets and answers in Chinese call them; `record` knows these too, and files have codes."""

OTHER_STATUS_WORDS = {
    Status.NOT_STARTED: "未开始 未开展 尚未开始 尚未启动 尚未开展 还未开始",
    Status.IN_PROGRESS: "进行中 实施中 开展中 办理中 在推进 正在进行 正在推进 正在实施 正在开展"
    " 正在办理",
    Status.DONE: "完成 完结 办结 已完结 已办结 已经完成 全部完成 已全部完成",
    Status.BLOCKED: "遇阻 已受阻 推进受阻 进展受阻",
}
"""What can mean nothing else. 已落实 is not among them: a duty may be settled and still go on."""


@unique
class Direction(StrEnum):
    """Which way an indicator is better."""

    HIGHER = "higher"
    LOWER = "lower"


@unique
class Comparison(StrEnum):
    """How a value must compare with its target, in the plan's own words."""

    MORE_THAN = "超过"
    NOT_BELOW = "不低于"
    REACHES = "达到"
    BELOW = "低于"
    WITHIN = "以内"
    IS = "为"

    def holds(self, value: Decimal, target: Decimal) -> bool:
        """Return whether a value meets its target; 以内, 达到 and 不低于 include the target."""
        return _COMPARE[self](value, target)


_COMPARE: dict[Comparison, Callable[[Decimal, Decimal], bool]] = {
    Comparison.MORE_THAN: gt,
    Comparison.NOT_BELOW: ge,
    Comparison.REACHES: ge,
    Comparison.BELOW: lt,
    Comparison.WITHIN: le,
    Comparison.IS: eq,
}


class Unit(NamedTuple):
    """单位: the name used in answers, the other names of the same body, and how they are read.

    `pinyin` is that of the names in their order, as far as it is known: `shi zhu jian ju`.
    """

    name: str
    kind: UnitKind
    aliases: tuple[str, ...] = ()
    pinyin: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name of the unit, its own first."""
        return (self.name, *self.aliases)

    @property
    def is_group(self) -> bool:
        """Return whether it is a collective whose members the plan does not name."""
        return self.kind is UnitKind.GROUP


class Chapter(NamedTuple):
    """所在章节, and how many tasks and measures the published table has in it."""

    number: int
    title: str
    tasks: int
    measures: int
    label: str | None = None

    @property
    def printed(self) -> str:
        """Return what the table prints before the title: 第一部分, or else 第4章."""
        return self.label or f"第{self.number}章"


class Milestone(NamedTuple):
    """A passage of a target that names a day to be reached."""

    by: date
    text: str


class Recurrence(NamedTuple):
    """A passage that promises something again and again, and when: each period, or fixed days.

    What falls due between `first` and `last` is promised. `on` has days (`03-15`) and months
    (`09`) of the year.
    """

    text: str
    every: CalendarPeriod | None
    on: tuple[str, ...]
    first: date
    last: date

    def occurrences(self) -> Iterator[Span]:
        """Yield the periods or days for which it is promised, earliest first."""
        if self.every:
            return iter_periods(self.every, self.first, self.last)
        return iter_year_days(self.on, self.first, self.last)


class Measure(NamedTuple):
    """具体实施措施 with the words of its task and chapter; units are resolved, in printed order.

    Every field is a column of the answers: its name is the key in JSON and CSV, and
    MEASURE_HEADINGS has what stands above it.
    """

    id: str
    task: int
    chapter: int
    task_text: str
    text: str
    target: str | None
    milestones: tuple[Milestone, ...]
    recurrences: tuple[Recurrence, ...]
    lead: tuple[Unit, ...]
    responsible: tuple[Unit, ...]
    deadline: date | None
    deadline_text: str | None
    deadline_kind: DeadlineKind | None
    ongoing: bool
    page: int | None
    note: str | None

    @property
    def accountable(self) -> tuple[Unit, ...]:
        """Return the units that answer for it: its leads, or else those responsible."""
        return self.lead or self.responsible

    def units(self, role: Role = Role.ANY) -> tuple[Unit, ...]:
        """Return the units that have a role in the measure; by default in any role."""
        match role:
            case Role.LEAD:
                return self.lead
            case Role.RESPONSIBLE:
                return self.responsible
            case Role.ANY:
                return self.lead + self.responsible

    def find_passages(self, day: date) -> tuple[str, ...]:
        """Return the passages of the target that name a day, as its milestones quote them."""
        return tuple(milestone.text for milestone in self.milestones if milestone.by == day)

    def groups(self, role: Role = Role.ANY) -> tuple[Unit, ...]:
        """Return the collectives that have a role in the measure."""
        return tuple(unit for unit in self.units(role) if unit.is_group)


MEASURE_HEADINGS = {
    "id": _("ID"),
    "task": _("Task no."),
    "chapter": pgettext("of a measure", "Chapter"),
    "task_text": _("Task"),
    "text": _("Measure"),
    "target": pgettext("of a measure", "Target"),
    "milestones": _("Milestones"),
    "recurrences": _("Recurring"),
    "lead": pgettext("units", "Lead"),
    "responsible": pgettext("units", "Responsible"),
    "deadline": _("Deadline"),
    "deadline_text": pgettext("deadline", "As printed"),
    "deadline_kind": _("Kind of deadline"),
    "ongoing": _("Continues after"),
    "page": pgettext("number", "Page"),
    "note": _("Note"),
}
"""What people call the fields of a measure."""


class Obligation(NamedTuple):
    """A measure and one day on which something of it falls due; `what` quotes the plan.

    What recurs has the period or the fixed day that it is for.
    """

    measure: Measure
    date: date
    kind: ObligationKind
    what: str
    span: Span | None = None

    @property
    def period(self) -> str | None:
        """Return the name of the period that it is for: `2023Q1`; None if it does not recur."""
        return self.span.name if self.span else None

    @property
    def due(self) -> str | None:
        """Return what a report on it has as `due`: `2023Q1` or a day; None for the deadline."""
        return None if self.kind is ObligationKind.DEADLINE else self.period or str(self.date)


class Target(NamedTuple):
    """What an indicator is to be at a year-end, and the passage that promises it."""

    by: date
    comparison: Comparison
    value: Decimal
    text: str


class Indicator(NamedTuple):
    """指标: a figure that the plan promises, counted in `unit`, by the measure with an id."""

    id: str
    name: str
    unit: str
    better: Direction
    measure: str
    targets: tuple[Target, ...]
    note: str | None

    @property
    def name_with_unit(self) -> str:
        """Return `承诺率（％）`, as a sheet to be filled in lists it."""
        return f"{self.name}（{self.unit}）"


class Evidence(NamedTuple):
    """佐证材料: an address, or a file of the data and its SHA-256."""

    place: str
    sha256: str | None = None


class Report(NamedTuple):
    """填报: how a measure was on a day, as a unit reported it; `values` by indicator id.

    A report with `due` is about one obligation of the measure: the milestone of that day, or what
    recurs in that period (`2023Q1`).
    """

    measure: str
    due: str | None
    on: date
    unit: str
    status: Status
    values: tuple[tuple[str, Decimal], ...]
    note: str | None
    evidence: tuple[Evidence, ...]
    recorded: datetime

    @property
    def recorded_on(self) -> date:
        """Return the day in Asia/Shanghai on which the report was entered."""
        return self.recorded.astimezone(ZONE).date()


class Totals(NamedTuple):
    """How many measures and obligations the whole plan has."""

    measures: int
    obligations: int


class Plan(NamedTuple):
    """表: the whole table in its order, the figures that it promises, and the reports since.

    `obligations` are sorted by date; a milestone on the day of its deadline is one obligation
    with it, and what recurs is not. `reports` are sorted by the day they speak of, then by when
    they were entered.

    For a question about units, the loader may leave out measures that name none of them and no
    group, and their obligations; `totals` are of the whole plan.
    """

    title: str
    city: str
    last_year: int
    chapters: tuple[Chapter, ...]
    units: tuple[Unit, ...]
    measures: tuple[Measure, ...]
    obligations: tuple[Obligation, ...]
    indicators: tuple[Indicator, ...]
    reports: tuple[Report, ...]
    totals: Totals
