"""No unit is both in the lead of a measure and responsible for it.

Who leads a measure answers for it, and works on it anyway. The published table names a unit in
both columns now and then, where one cell is printed for several measures.

    lead: [市市场监管局]
    responsible: [市市场监管局, 各相关单位]

Leave it where the table has it so, or where its cell is read so; the `note` of the measure is the
place to say that. Otherwise mend it by deleting the name in one of the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Draft, iter_measures
from credit_plan.rules import units

NAME: Final = "unit-in-both-roles"
SEVERITY: Final = Severity.WARNING


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each unit that leads a measure and is responsible for it."""
    known = units.names(draft)
    for filed, index, measure in iter_measures(draft.tasks):
        if not measure.responsible:
            continue
        leads = {units.resolve(name, known): at for at, name in enumerate(measure.lead)}
        leads.pop(None, None)
        for position, name in enumerate(measure.responsible):
            # Once only: a second name of the same unit is a fault of another name.
            lead = leads.pop(units.resolve(name, known), None)
            if lead is not None:
                yield Diagnostic(
                    NAME,
                    filed.file,
                    ("measures", index, "responsible", position),
                    _("{name} leads this measure already").format(name=quote(name)),
                    _("leave it if the table names it in both columns; otherwise delete one"),
                    SEVERITY,
                    related=(filed.file, ("measures", index, "lead", lead)),
                )
