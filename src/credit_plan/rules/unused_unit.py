"""Every unit in `units.yaml` is named by a measure, by its name or an alias.

`units.yaml` is the registry of the plan's units, and answers count them. A unit that no measure
names is misspelt, or its last measure was given to another unit.

    - name: 市档案局
      kind: government

There is no warning while a file cannot be read or a measure is missing, because the unit may be
named there.

To fix it, delete the unit, or add the name that the measures use to the aliases of the unit that
they mean.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Draft
from credit_plan.plan import RecordKind
from credit_plan.rules import units
from credit_plan.rules.context import Context

NAME = "unused-unit"
SEVERITY = Severity.WARNING

_WITHOUT_MEASURES = (RecordKind.INDICATORS, RecordKind.PROGRESS, RecordKind.ACCEPTED)


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each unit of the registry that no measure names."""
    draft = context.draft
    if draft.registry is None or _may_lack_measures(draft):
        return
    used = _find_used(context.named_units, context.units.renew())
    for index, unit in enumerate(draft.registry.record.units):
        if unit.name not in used:
            yield Diagnostic(
                NAME,
                *draft.registry.at("units", index, "name"),
                _("no measure names {unit}").format(unit=quote(unit.name)),
                _("delete the unit, or add the name that the measures use to its aliases"),
                SEVERITY,
                quotes=(unit.name,),
            )


def _may_lack_measures(draft: Draft) -> bool:
    """Tell whether a file could not be read, or fewer measures are here than were published."""
    kinds = draft.unread.values()
    if draft.metadata is None or any(kind not in _WITHOUT_MEASURES for kind in kinds):
        return True
    here = sum(len(task.record.measures) for task in draft.tasks)
    return here < draft.metadata.record.measures


def _find_used(named: frozenset[str], by_name: units.Units) -> set[str]:
    """Return the units that measures name, or may mean by an unknown name."""
    names = set(named)
    for name in named.difference(by_name):
        names.update(units.find_similar(name, by_name))
    return {by_name[name].name for name in names if name in by_name}
