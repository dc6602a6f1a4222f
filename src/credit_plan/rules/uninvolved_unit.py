"""The unit of a report leads the measure or is responsible for it.

A report from any other unit probably has the wrong unit or the wrong measure.

    lead: [市住建局]            in measures/13.yaml
    unit: 市教育局              in progress/13.yaml

If the measure names a group, such as 各相关单位, any unit may belong to the group, and there is no
warning.

To fix it, correct the unit or the measure. If the unit reports on behalf of the units in charge,
accept it in `accepted.yaml`, once for all its reports on the measure; a `note` can say so too.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, join_list, quote
from credit_plan.models.records import Measure
from credit_plan.plan import UnitKind
from credit_plan.rules import units
from credit_plan.rules.context import Context

NAME = "uninvolved-unit"
SEVERITY = Severity.WARNING


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each report of a unit that has no role in the measure.

    Nothing is concluded from a name that is not registered, or from a file with errors.
    """
    draft, by_name, by_id = context.draft, context.units, context.measures
    involved: dict[str, frozenset[str] | None] = {}
    for report in draft.entries:
        unit, measure = by_name.get(report.record.unit), by_id.get(report.record.measure)
        if unit is None or measure is None or measure.file in draft.unread:
            continue
        if measure.id not in involved:
            involved[measure.id] = _find_involved(measure.record, by_name)
        names = involved[measure.id]
        if names is None or unit.name in names:
            continue
        yield Diagnostic(
            NAME,
            *report.at("unit"),
            _("{unit} has no role in measure {id}").format(
                unit=quote(report.record.unit), id=report.record.measure
            ),
            _(
                "the units of the measure are {units}; if this one reports for them, accept it"
            ).format(units=join_list((*measure.record.lead, *measure.record.responsible))),
            SEVERITY,
            related=measure.at("lead"),
            quotes=(unit.name, str(report.record.on)),
        )


def _find_involved(measure: Measure, by_name: units.Units) -> frozenset[str] | None:
    """Return the names of the units that have a role in a measure; None if any unit may have."""
    involved = [by_name.get(name) for name in (*measure.lead, *measure.responsible)]
    if any(unit is None or unit.kind is UnitKind.GROUP for unit in involved):
        return None
    return frozenset(unit.name for unit in involved if unit is not None)
