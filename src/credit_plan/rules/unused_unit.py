"""Every unit in `units.yaml` is named by some measure, by its name or by an alias.

The registry lists the units that the plan names, and answers count them. One that no measure
names was misspelt, or its last measure was given to another unit.

    - name: 市档案局
      kind: government

Mend it by deleting the unit, or by giving the name that the measures use to the unit that they
mean. While a file cannot be read, or a measure is missing, nothing is said: it may be used there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Draft, iter_measures
from credit_plan.plan import RecordKind
from credit_plan.rules import units

NAME: Final = "unused-unit"
SEVERITY: Final = Severity.WARNING

_NAME_NONE: Final = (RecordKind.INDICATORS, RecordKind.PROGRESS)
"""The records in which no unit is named as one that has a duty."""


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each unit of the registry that no measure names."""
    if draft.registry is None or _lacks_measures(draft):
        return
    used = _used(draft, units.names(draft))
    for index, unit in enumerate(draft.registry.record.units):
        if unit.name not in used:
            yield Diagnostic(
                NAME,
                draft.registry.file,
                ("units", index, "name"),
                _("no measure names {unit}").format(unit=quote(unit.name)),
                _("delete the unit, or add the name that the measures use to its aliases"),
                SEVERITY,
            )


def _lacks_measures(draft: Draft) -> bool:
    """Whether a measure may be lost: in a file that is no record, or by the published figures."""
    if draft.facts is None or any(kind not in _NAME_NONE for kind in draft.unread.values()):
        return True
    here = sum(len(filed.record.measures) for filed in draft.tasks)
    return here < draft.facts.record.measures


def _used(draft: Draft, known: units.Known) -> set[str]:
    """The units that measures name, or may mean where they name an unknown one."""
    named: set[str] = set()
    for _filed, _index, measure in iter_measures(draft.tasks):
        named.update(measure.lead, measure.responsible)
    unknown = named.difference(known)
    meant = named.union(*(units.possible_units(name, known) for name in unknown))
    return {known[name].name for name in meant if name in known}
