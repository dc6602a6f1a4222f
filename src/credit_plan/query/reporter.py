"""Which unit reports: the one that is named, or the one that leads the measure alone."""

from __future__ import annotations

import re
from typing import Final

from credit_plan.errors import MisstatedError, NameLookupError
from credit_plan.language import _
from credit_plan.model import Plan, Unit
from credit_plan.query.duties import duties
from credit_plan.query.names import find_unit
from credit_plan.selection import Duty

_A_NUMBER_TO_EXCEL: Final = re.compile(r"[0-9]+\.[0-9]+")


def reporting_unit(
    plan: Plan, duty: Duty | None, name: str, *, in_table: bool = False
) -> Unit | None:
    """The unit meant; where none is named the one that leads the measure, if just one does.

    A measure that was named `in_table` may be another, which Excel made this one of: then the
    unit decides. Raises NameLookupError where no unit is meant, MisstatedError where it is one of
    the other measure.
    """
    cut = _cut_by_excel(plan, duty) if duty and in_table else None
    if name.strip():
        unit = find_unit(plan, name)
        if duty and cut and _is_of_the_other(unit, duty, cut):
            message = _("{unit} has no part in {id} but in {other}: in Excel, make the column text")
            raise MisstatedError(message.format(unit=unit.name, id=duty.id, other=cut.id))
        return unit
    if duty is None:
        return None
    if cut:
        message = _(
            "name the unit that reports: Excel makes {id} of {other}, and both are measures"
        )
        either = dict.fromkeys((*involved(duty), *involved(cut)))
        raise NameLookupError(
            message.format(id=duty.id, other=cut.id), tuple(unit.name for unit in either)
        )
    return _leading(duty)


def involved(duty: Duty) -> tuple[Unit, ...]:
    """The units that a measure names, without groups, each once."""
    groups = duty.groups()
    return tuple(unit for unit in dict.fromkeys(duty.units()) if unit not in groups)


def _cut_by_excel(plan: Plan, duty: Duty) -> Duty | None:
    """The measure 7.10 where this one is 7.1: to Excel both are the same number."""
    if not _A_NUMBER_TO_EXCEL.fullmatch(duty.id):
        return None
    of_task = duties(plan, only=duty.task)
    return next((it for it in of_task if it.id == f"{duty.id}0"), None)


def _is_of_the_other(unit: Unit, duty: Duty, other: Duty) -> bool:
    """Whether only the other measure names a unit; it may be one of a group, which names none."""
    return not duty.groups() and unit not in duty.units() and unit in other.units()


def _leading(duty: Duty) -> Unit:
    units = involved(duty)
    leads = [unit for unit in duty.lead if unit in units]
    if len(duty.lead) == len(leads) == 1:
        return leads[0]
    message = _("name the unit that reports: {measure} is led by {lead}")
    raise NameLookupError(
        message.format(measure=duty.id, lead="、".join(unit.name for unit in duty.lead)),
        tuple(unit.name for unit in units),
    )
