"""Each measure has a unit in the lead, and not only a group.

A group, such as 各相关单位, is a collective whose members the plan does not name. Where nobody
else leads, no bureau finds the measure among its own duties, and nobody reports on it.

    lead: [各相关单位]

Nothing is to be mended where the published table has it so; the coordinating bureau then has to
agree with the units who takes it on. Otherwise write the unit that the table names.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Draft
from credit_plan.plan import UnitKind
from credit_plan.rules import units
from credit_plan.rules.measures import iter_measures

NAME = "group-lead"
SEVERITY = Severity.NOTICE


def find(draft: Draft) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each measure that only groups lead."""
    by_name = units.index_names(draft)
    groups = {name for name, unit in by_name.items() if unit.kind is UnitKind.GROUP}
    for measure in iter_measures(draft.tasks):
        lead = measure.record.lead
        if lead and groups.issuperset(lead):
            yield Diagnostic(
                NAME,
                *measure.at("lead", 0),
                _("{name} is a group, and no unit leads this measure").format(name=quote(lead[0])),
                _("leave it if the table names no unit; otherwise write the one that it names"),
                SEVERITY,
            )
