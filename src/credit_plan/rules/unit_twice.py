"""No unit is named twice in the same role of a measure, not even under two different names.

The second name has no effect. Most likely another unit was meant, and that unit does not see the
measure among its duties.

    lead: [市住建局, 市住房和城乡建设局]

To fix it, write the unit that was meant, or delete the second name. `units.yaml` shows which names
mean the same unit.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.rules import units
from credit_plan.rules.context import Context
from credit_plan.rules.measures import LocatedMeasure, LocatedTask

NAME = "unit-twice"
SEVERITY = Severity.ERROR


def find_in_task(task: LocatedTask, context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each name whose unit is already named in the same list."""
    for measure in task.measures:
        for role, names in units.list_roles(measure.record):
            if len(names) > 1:
                yield from _check_role(measure, role, names, context.units)


def _check_role(
    measure: LocatedMeasure, role: str, names: tuple[str, ...], by_name: units.Units
) -> Iterator[Diagnostic]:
    firsts: dict[str, int] = {}
    for index, name in enumerate(names):
        unit = units.resolve(name, by_name)
        first = index if unit is None else firsts.setdefault(unit, index)
        if first == index:
            continue
        if name == names[first]:
            message = _("{name} is named twice").format(name=quote(name))
        else:
            message = _("{name} is another name of {first}, which is already named here")
            message = message.format(name=quote(name), first=quote(names[first]))
        yield Diagnostic(
            NAME,
            *measure.at(role, index),
            message,
            _("delete one of the two, or write the unit that was meant"),
            related=measure.at(role, first),
        )
