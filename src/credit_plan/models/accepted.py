"""`accepted.yaml`: findings of `check` that are right as they are, each with the reason."""

from typing import Annotated

from pydantic import Field

from credit_plan.i18n import _
from credit_plan.models import values as v
from credit_plan.models.records import Record


class Acceptance(Record):
    """An accepted finding, at one place or at several; other findings there stay findings."""

    rule: v.Slug = Field(
        title="规则", description=_("The rule that finds it, a warning or a notice: group-lead.")
    )
    ids: v.Filled[tuple[Annotated[v.Text, v.Mark.PRINTED], ...]] = Field(
        title="编号",
        description=_(
            'Where it is: the ids of measures or tasks ("7.5", "50"), of indicators, or the names '
            "of units, or “plan”."
        ),
    )
    quotes: v.Filled[tuple[v.Remark, ...]] = Field(
        title="引文",
        description=_("The values that it is about, as `check` writes them below the finding."),
    )
    reason: v.Sentence = Field(
        title="理由", description=_("Why it is right as it is: what the published table prints.")
    )


class Accepted(Record):
    """`accepted.yaml`: every accepted finding."""

    accepted: v.Filled[tuple[Acceptance, ...]] = Field(
        title="已确认的问题", description=_("The findings that are right as they are.")
    )
