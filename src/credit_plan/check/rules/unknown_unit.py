"""Every unit that a measure names is in `units.yaml`, by its name or by an alias.

A name that is misspelt would otherwise found a new bureau, and the duty would be nobody's.

    lead: [市住健局]

Mend it by writing the name as the published table prints it. Quotes and brackets of a Chinese
keyboard are no marks of YAML but part of the name: [市住建局], and not [“市住建局”]. A unit that is
truly new goes into `units.yaml` first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.check import units
from credit_plan.check.texts import names_in
from credit_plan.diagnostic import Finding, Severity
from credit_plan.language import _, quoted
from credit_plan.model import Draft, measures

NAME: Final = "unknown-unit"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Finding]:
    """A finding for each printed name that the registry does not know."""
    known = units.registered(draft)
    if not known:
        return
    for filed, index, measure in measures(draft.tasks):
        for place, name in names_in(measure):
            # An entry that joins several names is that rule's, and not unknown as well.
            if not units.is_registered(name, known) and not units.apart(name, known):
                yield Finding(
                    NAME,
                    filed.file,
                    ("measures", index, *place),
                    _("{name} is not in the registry of units").format(name=quoted(name)),
                    _hint(name, known),
                )


def _hint(name: str, known: units.Known) -> str:
    if units.bare(name) in known:
        return _(
            "write it as {name}, without the marks around it: those of a Chinese keyboard are "
            "full-width, and to YAML part of the name"
        ).format(name=units.bare(name))
    if near := units.nearest(name, known):
        return _("did you mean {names}?").format(names=_(" or ").join(f"“{it}”" for it in near))
    return _("write it as the table prints it, or add the unit to units.yaml")
