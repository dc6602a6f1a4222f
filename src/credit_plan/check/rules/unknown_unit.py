"""Every unit that a measure names is in `units.yaml`, by its name or by an alias.

A name that is misspelt would otherwise found a new bureau, and the duty would be nobody's.

    lead: [市住健局]

Mend it by writing the name as the published table prints it. A unit that is truly new goes into
`units.yaml` first.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from credit_plan.check.texts import names_in
from credit_plan.diagnostic import Finding, Severity
from credit_plan.language import _, quoted
from credit_plan.model import Draft, measures

NAME: Final = "unknown-unit"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Finding]:
    """A finding for each printed name that the registry does not know."""
    if draft.registry is None:
        return
    known = frozenset(
        name for unit in draft.registry.record.units for name in (unit.name, *unit.aliases)
    )
    for filed, index, measure in measures(draft.tasks):
        for place, name in names_in(measure):
            # A name with a stray space in it is that rule's, and not unknown as well.
            if name not in known and "".join(name.split()) not in known:
                yield Finding(
                    NAME,
                    filed.file,
                    ("measures", index, *place),
                    _("{name} is not in the registry of units").format(name=quoted(name)),
                    _hint(name, sorted(known)),
                )


def _hint(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    if near:
        return _("did you mean {names}?").format(names=_(" or ").join(f"“{it}”" for it in near))
    return _("write it as the table prints it, or add the unit to units.yaml")
