"""Each measure has a unit in the lead, and not only a group.

A group, such as 各相关单位, is a collective whose members the plan does not name. Where nobody
else leads, no bureau finds the measure among its own duties, and nobody reports on it.

    lead: [各相关单位]

Nothing is to be mended where the published table has it so; the coordinating bureau then has to
agree with the units who takes it on. Otherwise write the unit that the table names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Draft, iter_measures
from credit_plan.plan import UnitKind
from credit_plan.rules import units

NAME: Final = "group-lead"
SEVERITY: Final = Severity.NOTICE


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each measure that only groups lead."""
    known = units.names(draft)
    groups = {name for name, unit in known.items() if unit.kind is UnitKind.GROUP}
    for filed, index, measure in iter_measures(draft.tasks):
        if measure.lead and groups.issuperset(measure.lead):
            yield Diagnostic(
                NAME,
                filed.file,
                ("measures", index, "lead", 0),
                _("{name} is a group, and no unit leads this measure").format(
                    name=quote(measure.lead[0])
                ),
                _("leave it if the table names no unit; otherwise write the one that it names"),
                SEVERITY,
            )
