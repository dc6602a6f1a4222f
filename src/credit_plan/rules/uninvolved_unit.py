"""Who reports on a measure leads it, or is responsible for it.

Another unit may have been mistyped, or reports on what is another's duty.

    lead: [市住建局]            in measures/13.yaml
    unit: 市教育局              in progress/13.yaml

Leave it where the unit reports for those whose duty it is; the `note` is the place to say so.
Otherwise correct the unit or the measure. Where a measure names a group, such as 各相关单位, any
unit may be one of it, and nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Draft
from credit_plan.models.records import Measure
from credit_plan.plan import UnitKind
from credit_plan.rules import measures, units

NAME: Final = "uninvolved-unit"
SEVERITY: Final = Severity.WARNING


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each report of a unit that has no role in its measure.

    Neither a unit nor a role that cannot be told is judged.
    """
    if not draft.entries:
        return
    registered = units.names(draft)
    known = measures.measures_by_id(draft)
    involved: dict[str, frozenset[str] | None] = {}
    for listed in draft.entries:
        entry = listed.record
        unit, position = registered.get(entry.unit), known.get(entry.measure)
        if unit is None or position is None or position[0].file in draft.unread:
            continue
        filed, index, measure = position
        if entry.measure not in involved:
            involved[entry.measure] = _involved(measure, registered)
        names = involved[entry.measure]
        if names is not None and unit.name not in names:
            yield Diagnostic(
                NAME,
                listed.file,
                (*listed.place, "unit"),
                _("{unit} has no role in measure {id}").format(
                    unit=quote(entry.unit), id=entry.measure
                ),
                _("its units are {units}; leave it if this one reports for them").format(
                    units=_(", ").join((*measure.lead, *measure.responsible))
                ),
                SEVERITY,
                related=(filed.file, ("measures", index, "lead")),
            )


def _involved(measure: Measure, registered: units.Known) -> frozenset[str] | None:
    """The units with a role in a measure; None where a group or an unknown name is among them."""
    every = [registered.get(name) for name in (*measure.lead, *measure.responsible)]
    if any(unit is None or unit.kind is UnitKind.GROUP for unit in every):
        return None
    return frozenset(unit.name for unit in every if unit is not None)
