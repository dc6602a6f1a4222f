"""`progress/NN.yaml`: what was reported of the measures of a task, entry by entry."""

from datetime import date, datetime

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from credit_plan import dates
from credit_plan.i18n import _
from credit_plan.models import values as v
from credit_plan.models.records import Record
from credit_plan.plan import Status


class Evidence(Record):
    """佐证材料: an address, or a file of the data and what it held when it was named."""

    url: v.Filled[v.Remark | None] = Field(
        default=None, title="网址", description=_("The address of a page that shows it.")
    )
    file: v.Filled[v.Remark | None] = Field(
        default=None,
        title="文件",
        description=_("A file within the data folder, from there on: evidence/通报.pdf."),
    )
    sha256: v.Filled[v.Sha256 | None] = Field(
        default=None,
        title="校验值",
        description=_("The SHA-256 of the file, 64 characters of 0-9a-f."),
    )

    @model_validator(mode="after")
    def _is_one_of_two(self) -> "Evidence":
        if (self.url is None) == (self.file is None) or (self.file is None) != (
            self.sha256 is None
        ):
            raise PydanticCustomError("evidence", "neither an address nor a file")  # noqa: EM101
        return self


class Entry(Record):
    """进展: one report of how a measure stood on a day; entries are added and never changed."""

    measure: v.MeasureId = Field(
        title="措施", description=_('The measure that is reported on: "3.1".')
    )
    on: v.Day = Field(title="截至日期", description=_("The day on which it stood so: 2023-12-31."))
    unit: v.Text = Field(title="填报单位", description=_("The unit that reports it."))
    status: Status = Field(
        title="进展状态", description=_("How the measure stands, as the unit says.")
    )
    values: v.Filled[dict[str, v.Figure]] = Field(
        default_factory=dict,
        title="指标值",
        description=_("Figures by the ids of their indicators."),
    )
    note: v.Filled[v.Note | None] = Field(
        default=None, title="说明", description=_("What there is to say of it.")
    )
    evidence: v.Filled[tuple[Evidence, ...]] = Field(
        default=(),
        title="佐证材料",
        description=_("What shows it: addresses, or files of the data."),
    )
    recorded: v.Stamp = Field(
        title="登记时间",
        description=_("When it was written here, with the zone: 2024-01-05T09:30:00+08:00."),
    )

    @property
    def when(self) -> tuple[date, datetime]:
        """By which reports are put in order: the day on which it stood so, then the recording."""
        return self.on, self.recorded

    @property
    def known_from(self) -> date:
        """The day in Asia/Shanghai from which on it is known."""
        return self.recorded.astimezone(dates.ZONE).date()


class Progress(Record):
    """`progress/NN.yaml`: what was reported of one task, in the order of recording."""

    entries: v.Filled[tuple[Entry, ...]] = Field(
        title="进展记录", description=_("What was reported; new entries stand last.")
    )
