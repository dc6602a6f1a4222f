"""No unit is named twice in the same role of a measure, not even by another of its names.

A unit that leads a measure leads it once. Named twice, it is counted once in every answer, and
most likely another unit was meant, which is now told of no duty.

    lead: [市住建局, 市住房和城乡建设局]

Mend it by writing the unit that was meant, or by deleting the second name. Which names mean one
unit stands in `units.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, KeyPath, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Draft, iter_measures
from credit_plan.rules import units
from credit_plan.rules.texts import roles

NAME: Final = "unit-twice"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each name whose unit stands before it in the same list."""
    known = units.names(draft)
    for filed, index, measure in iter_measures(draft.tasks):
        for role, names in roles(measure):
            if len(names) > 1:
                for first, second in _repeated(names, known):
                    yield _finding(
                        names[second],
                        names[first],
                        (filed.file, ("measures", index, role, second)),
                        (filed.file, ("measures", index, role, first)),
                    )


def _repeated(names: tuple[str, ...], known: units.Known) -> Iterator[tuple[int, int]]:
    """The positions of a unit's first name and of another one."""
    positions: dict[str, int] = {}
    for position, name in enumerate(names):
        unit = units.resolve(name, known)
        if unit is not None and (first := positions.setdefault(unit, position)) != position:
            yield first, position


def _finding(
    name: str, first: str, where: tuple[str, KeyPath], related: tuple[str, KeyPath]
) -> Diagnostic:
    if name == first:
        message = _("{name} is named here a second time").format(name=quote(name))
    else:
        message = _("{name} is another name of {first}, which is named here already").format(
            name=quote(name), first=quote(first)
        )
    hint = _("delete one of the two, or write the unit that was meant")
    return Diagnostic(NAME, *where, message, hint, related=related)
