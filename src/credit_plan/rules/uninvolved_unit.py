"""Who reports on a measure leads it, or is responsible for it.

Another unit may have been mistyped, or reports on what is another's duty.

    lead: [市住建局]            in measures/13.yaml
    unit: 市教育局              in progress/13.yaml

Leave it where the unit reports for those whose duty it is; the `note` is the place to say so.
Otherwise correct the unit or the measure. Where a measure names a group, such as 各相关单位, any
unit may be one of it, and nothing is said.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Draft
from credit_plan.plan import UnitKind
from credit_plan.rules import units
from credit_plan.rules.measures import index_measures

NAME = "uninvolved-unit"
SEVERITY = Severity.WARNING


def find(draft: Draft) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each report of a unit that has no role in the measure.

    Nothing is concluded from a name that is not registered, or from a file with errors.
    """
    by_name = units.index_names(draft)
    by_id = index_measures(draft)
    for report in draft.entries:
        unit, measure = by_name.get(report.record.unit), by_id.get(report.record.measure)
        if unit is None or measure is None or measure.file in draft.unread:
            continue
        names = (*measure.record.lead, *measure.record.responsible)
        involved = [by_name.get(name) for name in names]
        if any(
            other is None or other.kind is UnitKind.GROUP or other.name == unit.name
            for other in involved
        ):
            continue
        yield Diagnostic(
            NAME,
            *report.at("unit"),
            _("{unit} has no role in measure {id}").format(
                unit=quote(report.record.unit), id=report.record.measure
            ),
            _("its units are {units}; leave it if this one reports for them").format(
                units=_(", ").join(names)
            ),
            SEVERITY,
            related=measure.at("lead"),
        )
