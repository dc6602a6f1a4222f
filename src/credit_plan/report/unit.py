"""`unit`: one unit's duties, apart by role, and what it may share through a group."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from credit_plan.i18n import _, ngettext
from credit_plan.models.records import Unit
from credit_plan.report.caption import SEPARATOR, caption, nothing_fits
from credit_plan.report.fields import DUTY_FIELDS, Field, columns, rows, standing_as_well
from credit_plan.selection.asked import Selection
from credit_plan.selection.duties import Duty, UnitDuties
from credit_plan.table import Column, Report, Show, Table
from credit_plan.terms import Role


def _dates(duty: Duty) -> tuple[str, ...]:
    """The days on which something of a duty falls due, its deadline last."""
    days = {*(milestone.by for milestone in duty.measure.milestones), duty.measure.deadline.by}
    return tuple(map(str, sorted(days)))


_ALL_FIELDS: Final = (Field(Column("dates", _("Due")), _dates), *DUTY_FIELDS)
_LED: Final = (
    ("id", "dates", "lead", "responsible", "text", "milestones"),
    ("lead", "responsible", "milestones"),
)
_SERVED: Final = (("id", "dates", "lead", "text", "milestones"), ("milestones",))
"""What is shown of a unit's duties in each role, and what of it only if there is room."""

_SHARED: Final = "shared"


def unit(answer: UnitDuties, as_of: date, *, list_shared: bool) -> Report:
    """A table per role that was asked for; what is shared is counted, or listed as well."""
    tables = []
    wanted = answer.shared.asked.role
    if wanted is not Role.RESPONSIBLE:
        tables.append(_table(Role.LEAD, _leads(answer), answer.unit, answer.lead))
    if wanted is not Role.LEAD:
        tables.append(
            _table(Role.RESPONSIBLE, _is_responsible(answer), answer.unit, answer.responsible)
        )
    if answer.shared.found:
        title = _is_shared(answer)
        if list_shared:
            tables.append(_table(_SHARED, title, answer.unit, answer.shared))
        else:
            title = SEPARATOR.join((title, _("list them with --shared")))
            names = _names(answer.unit, answer.shared)
            tables.append(Table(_SHARED, (), (), title=title, names=names))
    shown = any(table.rows for table in tables)
    return Report(
        "unit", as_of, tuple(tables), () if shown else _remarks(answer, as_of), has_table_key=True
    )


def _remarks(answer: UnitDuties, as_of: date) -> tuple[str, ...]:
    """Why there is nothing, where there is nothing."""
    if _narrowed(answer.shared) or answer.shared.asked.role is not Role.ANY:
        return nothing_fits(answer.shared, as_of)
    return (_("The plan names {unit} in no measure.").format(unit=answer.unit.name),)


def _narrowed(selection: Selection[Duty]) -> bool:
    """Whether more was asked for than a unit in a role."""
    return replace(selection.asked, units=(), role=Role.ANY).narrows


def _table(role: str, title: str, unit: Unit, selection: Selection[Duty]) -> Table:
    role_field: Field[Duty] = Field(
        Column("role", _("Role"), show=Show.DATA), lambda _duty: str(role)
    )
    seen = _LED if role == Role.LEAD else _SERVED
    fields = (*standing_as_well(selection, _ALL_FIELDS, *seen), role_field)
    return Table(
        role,
        columns(fields),
        rows(fields, selection.found),
        title=title,
        caption=caption(selection, _("measures"))
        if selection.found or _narrowed(selection)
        else "",
        names=_names(unit, selection),
    )


def _names(unit: Unit, selection: Selection[Duty]) -> tuple[str, ...]:
    """The unit and the groups of its duties, which titles and captions name."""
    groups = (group.name for duty in selection.found for group in duty.groups())
    return tuple(dict.fromkeys((unit.name, *groups)))


def _leads(answer: UnitDuties) -> str:
    count = len(answer.lead.found)
    said = ngettext("{unit} leads {count} measure", "{unit} leads {count} measures", count)
    return said.format(unit=answer.unit.name, count=count)


def _is_responsible(answer: UnitDuties) -> str:
    count = len(answer.responsible.found)
    said = ngettext(
        "{unit} is responsible for {count} measure",
        "{unit} is responsible for {count} measures",
        count,
    )
    return said.format(unit=answer.unit.name, count=count)


def _is_shared(answer: UnitDuties) -> str:
    found = answer.shared.found
    role = answer.shared.asked.role
    groups = dict.fromkeys(group.name for duty in found for group in duty.groups(role))
    said = ngettext(
        "{count} more measure is for {groups}; the plan does not say whether {unit} is meant",
        "{count} more measures are for {groups}; the plan does not say whether {unit} is meant",
        len(found),
    )
    return said.format(count=len(found), groups=_(" or ").join(groups), unit=answer.unit.name)
