"""No unit both leads a measure and is responsible for it.

A unit that leads a measure works on it anyway. The published table sometimes names a unit in both
columns, where one cell covers several measures.

    lead: [市市场监管局]
    responsible: [市市场监管局, 各相关单位]

To fix it, delete the name in one of the two lists. If the table names the unit in both
columns, accept it in `accepted.yaml`; the `note` of the measure can say so too.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.rules import units
from credit_plan.rules.context import Context
from credit_plan.rules.measures import LocatedTask

NAME = "unit-in-both-roles"
SEVERITY = Severity.WARNING


def find_in_task(task: LocatedTask, context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each unit that leads a measure and is responsible for it."""
    by_name = context.units
    for measure in task.measures:
        if not measure.record.responsible:
            continue
        lead = enumerate(measure.record.lead)
        leads = {units.resolve(name, by_name): index for index, name in lead}
        leads.pop(None, None)
        for index, name in enumerate(measure.record.responsible):
            # `pop`: a second name of the same unit is reported by `unit-twice` only.
            lead_index = leads.pop(units.resolve(name, by_name), None)
            if lead_index is not None:
                yield Diagnostic(
                    NAME,
                    *measure.at("responsible", index),
                    _("{name} already leads this measure").format(name=quote(name)),
                    _("delete one of the two; if the table has it in both columns, accept it"),
                    SEVERITY,
                    related=measure.at("lead", lead_index),
                    quotes=tuple(dict.fromkeys((measure.record.lead[lead_index], name))),
                )
