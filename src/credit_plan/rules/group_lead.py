"""At least one lead of each measure is a unit and not a group.

A group, such as 各相关单位, is a collective whose members the plan does not name. If a measure has
only groups as leads, no unit finds it among its own duties, and nobody reports on it.

    lead: [各相关单位]

To fix it, write the unit that the published table names. If the table names none, accept it
in `accepted.yaml`; then the units have to agree which of them leads the measure.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.rules.context import Context
from credit_plan.rules.measures import LocatedTask

NAME = "group-lead"
SEVERITY = Severity.NOTICE


def find_in_task(task: LocatedTask, context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each measure that only groups lead."""
    for measure in task.measures:
        lead = measure.record.lead
        if lead and context.groups.issuperset(lead):
            yield Diagnostic(
                NAME,
                *measure.at("lead", 0),
                _("{name} is a group: no unit leads this measure").format(name=quote(lead[0])),
                _("write the unit that the table names; if it names none, accept it"),
                SEVERITY,
                quotes=lead,
            )
