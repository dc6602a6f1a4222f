"""`progress/NN.yaml`: the reports on the measures of a task."""

import re
from datetime import date, datetime

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from credit_plan import dates
from credit_plan.i18n import _
from credit_plan.models import values as v
from credit_plan.models.records import Record
from credit_plan.plan import Status

_WEB_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def is_web_address(text: str) -> bool:
    """Return whether a text is the address of a web page, and nothing else that a link may do."""
    return _WEB_ADDRESS.fullmatch(text) is not None


class Evidence(Record):
    """佐证材料: a web address, or a file in the data folder and its checksum."""

    url: v.Filled[v.Remark | None] = Field(
        default=None, title="网址", description=_("The address of a web page.")
    )
    file: v.Filled[v.Remark | None] = Field(
        default=None,
        title="文件",
        description=_("The path of a file, from the data folder: evidence/通报.pdf."),
    )
    sha256: v.Filled[v.Sha256 | None] = Field(
        default=None,
        title="校验值",
        description=_("The SHA-256 of the file, 64 hexadecimal digits."),
    )

    @model_validator(mode="after")
    def _is_one_of_two(self) -> "Evidence":
        if (self.url is None) == (self.file is None) or (self.file is None) != (
            self.sha256 is None
        ):
            raise PydanticCustomError("evidence", "neither an address nor a file")  # noqa: EM101
        return self


class Entry(Record):
    """进展: one report on a measure; entries are added and never edited."""

    measure: v.MeasureId = Field(
        title="措施", description=_('The measure that is reported on: "3.1".')
    )
    due: v.Filled[v.PeriodName | None] = Field(
        default=None,
        title="对应节点",
        description=_(
            "What the report is about: the day of a milestone, 2022-12-31, or the period of what "
            "recurs, 2023Q1. Without it, the report is about the measure."
        ),
    )
    on: v.Day = Field(
        title="截至日期", description=_("The day that the report is about: 2023-12-31.")
    )
    unit: v.Text = Field(title="填报单位", description=_("The unit that reports."))
    status: Status = Field(
        title="进展状态", description=_("The status of the measure, according to the unit.")
    )
    values: v.Filled[dict[str, v.Figure]] = Field(
        default_factory=dict,
        title="指标值",
        description=_("Values by indicator id."),
    )
    note: v.Filled[v.Note | None] = Field(
        default=None, title="说明", description=_("A remark on the report.")
    )
    evidence: v.Filled[tuple[Evidence, ...]] = Field(
        default=(),
        title="佐证材料",
        description=_("Web addresses, or files in the data folder."),
    )
    recorded: v.Stamp = Field(
        title="登记时间",
        description=_(
            "When the report was entered, with the time zone: 2024-01-05T09:30:00+08:00."
        ),
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


class Progress(Record):
    """`progress/NN.yaml`, `NN-2.yaml` and so on: the reports on one task, in the order of entry."""

    entries: v.Filled[tuple[Entry, ...]] = Field(
        title="进展记录", description=_("The reports; new ones are added at the end.")
    )
