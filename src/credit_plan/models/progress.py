"""`progress/NN.yaml`: the reports on the measures of a task."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from credit_plan import dates
from credit_plan.i18n import _
from credit_plan.models import values as v
from credit_plan.models.records import Record
from credit_plan.plan import Status

_WEB_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def is_web_address(text: str) -> bool:
    """Return whether a text is the address of a web page, and nothing else that a link may do."""
    return _WEB_ADDRESS.fullmatch(text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Record):
    """佐证材料: a web address, or a file in the data folder and its checksum."""

    url: v.Filled[v.Remark | None] = field(
        default=None, metadata=v.about("网址", _("The address of a web page."))
    )
    file: v.Filled[v.Remark | None] = field(
        default=None,
        metadata=v.about("文件", _("The path of a file, from the data folder: evidence/通报.pdf.")),
    )
    sha256: v.Filled[v.Sha256 | None] = field(
        default=None,
        metadata=v.about("校验值", _("The SHA-256 of the file, 64 hexadecimal digits.")),
    )

    def __post_init__(self) -> None:
        """Raise FaultError for evidence that is neither an address nor a file with its checksum."""
        has_file = self.file is not None
        if (self.url is None) != has_file or (self.sha256 is not None) != has_file:
            raise v.FaultError(kind="evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Record):
    """进展: one report on a measure; entries are added and never edited."""

    measure: v.MeasureId = field(
        metadata=v.about("措施", _('The measure that is reported on: "3.1".'))
    )
    due: v.Filled[v.PeriodName | None] = field(
        default=None,
        metadata=v.about(
            "对应节点",
            _(
                "What the report is about: the day of a milestone, 2022-12-31, or the period of "
                "what recurs, 2023Q1. Without it, the report is about the measure."
            ),
        ),
    )
    on: v.Day = field(
        metadata=v.about("截至日期", _("The day that the report is about: 2023-12-31."))
    )
    unit: v.Text = field(metadata=v.about("填报单位", _("The unit that reports.")))
    status: Status = field(
        metadata=v.about("进展状态", _("The status of the measure, according to the unit."))
    )
    values: v.Filled[dict[str, v.Figure]] = field(
        default_factory=dict, metadata=v.about("指标值", _("Values by indicator id."))
    )
    note: v.Filled[v.Note | None] = field(
        default=None, metadata=v.about("说明", _("A remark on the report."))
    )
    evidence: v.Filled[tuple[Evidence, ...]] = field(
        default=(), metadata=v.about("佐证材料", _("Web addresses, or files in the data folder."))
    )
    recorded: v.Stamp = field(
        metadata=v.about(
            "登记时间",
            _("When the report was entered, with the time zone: 2024-01-05T09:30:00+08:00."),
        )
    )

    @property
    def subject(self) -> tuple[str, str | None]:
        """Return what the report is about: a measure, and the day or period if of one."""
        return self.measure, self.due

    @property
    def when(self) -> tuple[date, datetime]:
        """Return what reports are sorted by: their day, then the time of entry."""
        return self.on, self.recorded

    @property
    def recorded_on(self) -> date:
        """Return the day in Asia/Shanghai on which it was entered."""
        return self.recorded.astimezone(dates.ZONE).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress(Record):
    """`progress/NN.yaml`, `NN-2.yaml` and so on: the reports on one task, in the order of entry."""

    entries: v.Filled[tuple[Entry, ...]] = field(
        metadata=v.about("进展记录", _("The reports; new ones are added at the end."))
    )
