"""`accepted.yaml`: findings of `check` that are right as they are, each with the reason."""

from dataclasses import dataclass, field
from typing import Annotated

from credit_plan.i18n import _
from credit_plan.models import values as v
from credit_plan.models.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance(Record):
    """An accepted finding, at one place or at several; other findings there stay findings."""

    rule: v.Slug = field(
        metadata=v.about("规则", _("The rule that finds it, a warning or a notice: group-lead."))
    )
    ids: v.Filled[tuple[Annotated[v.Text, v.Mark.PRINTED], ...]] = field(
        metadata=v.about(
            "编号",
            _(
                'Where it is: the ids of measures or tasks ("7.5", "50"), of indicators, or the '
                "names of units, or “plan”."
            ),
        )
    )
    quotes: v.Filled[tuple[v.Remark, ...]] = field(
        metadata=v.about(
            "引文", _("The values that it is about, as `check` writes them below the finding.")
        )
    )
    reason: v.Sentence = field(
        metadata=v.about("理由", _("Why it is right as it is: what the published table prints."))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(Record):
    """`accepted.yaml`: every accepted finding."""

    accepted: v.Filled[tuple[Acceptance, ...]] = field(
        metadata=v.about("认可的问题", _("The findings that are right as they are."))
    )
