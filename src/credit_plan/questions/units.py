"""`units`: every unit, with its counts and what is next to fall due."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from credit_plan.as_of import TrackedMeasure
from credit_plan.cells import Label
from credit_plan.filters import Filters
from credit_plan.i18n import _, pgettext
from credit_plan.plan import Measure, Plan, Unit, UnitKind
from credit_plan.questions import captions
from credit_plan.table import Answer, Column, Show, Table

UNIT_KINDS = {
    UnitKind.GOVERNMENT: _("government"),
    UnitKind.PARTY: _("party"),
    UnitKind.COURT_AND_PROCURATORATE: _("court, procuratorate"),
    UnitKind.FINANCE: _("finance"),
    UnitKind.CUSTOMS_AND_TAX: _("customs and tax"),
    UnitKind.TOWN: _("town"),
    UnitKind.PEOPLE_ORGANISATION: _("mass organisation"),
    UnitKind.DEVELOPMENT_ZONE: _("development zone"),
    UnitKind.ENTERPRISE: _("enterprise"),
    UnitKind.SCHOOL_AND_HOSPITAL: _("school, hospital"),
    UnitKind.OTHER: _("other"),
    UnitKind.GROUP: _("group"),
}
_COLUMNS = (
    Column("unit", _("Unit")),
    Column("kind", _("Kind")),
    Column("lead", pgettext("number of measures", "Leads"), is_count=True),
    Column("responsible", pgettext("number of measures", "Responsible"), is_count=True),
    Column("next_due", _("Next due")),
    Column("aliases", _("Also called"), show=Show.IF_ROOM),
)


class UnitCounts(NamedTuple):
    """How many measures a unit leads and is responsible for, and what is next to fall due."""

    unit: Unit
    lead: int
    responsible: int
    next_due: date | None


def answer(plan: Plan, filters: Filters, day: date) -> Answer:
    """Return the units in the order of the registry; where filters narrow, those they leave."""
    selected = filters.select(map(TrackedMeasure, plan.measures))
    counts = count_units(plan, [tracked.measure for tracked in selected], day)
    found = tuple(row for row in counts if not filters.narrows or row.lead or row.responsible)
    result = captions.Result(found, len(counts), filters)
    caption = captions.caption(result, _("{count} of {total} units"))
    if found and not any(row.next_due for row in found):
        nothing = _("nothing falls due from {date} on").format(date=day)
        caption = captions.SEPARATOR.join((caption, nothing))
    rows = tuple(
        (
            row.unit.name,
            Label(row.unit.kind, UNIT_KINDS[row.unit.kind]),
            row.lead,
            row.responsible,
            row.next_due,
            row.unit.aliases,
        )
        for row in found
    )
    table = Table("units", _COLUMNS, rows, caption=caption, names=result.unit_names)
    return Answer("units", day, (table,), () if rows else captions.NOTHING_FITS)


def count_units(plan: Plan, measures: Sequence[Measure], day: date) -> tuple[UnitCounts, ...]:
    """Return each unit's counts over some measures; obligations from `day` on are next."""
    lead = Counter(unit.name for measure in measures for unit in measure.lead)
    responsible = Counter(unit.name for measure in measures for unit in measure.responsible)
    counted = {measure.id for measure in measures}
    next_due: dict[str, date] = {}
    for obligation in plan.obligations:
        if obligation.date >= day and obligation.measure.id in counted:
            for unit in obligation.measure.units():
                next_due.setdefault(unit.name, obligation.date)
    return tuple(
        UnitCounts(unit, lead[unit.name], responsible[unit.name], next_due.get(unit.name))
        for unit in plan.units
    )
