"""A name or an alias means one unit.

    - name: 市文旅局
      aliases: [市文化体育和旅游局]
    - name: 市文化体育和旅游局

Mend it by keeping one unit and giving it the other's names as aliases.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, KeyPath, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft
from credit_plan.rules import units

NAME = "repeated-unit"
SEVERITY = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each name in the registry that is already used there."""
    if draft.registry is None:
        return
    owners: dict[str, tuple[str, KeyPath]] = {}
    for unit, path, name in units.iter_registered_names(draft.registry.record):
        owner, first = owners.setdefault(name, (unit.name, path))
        if first is not path:
            yield Diagnostic(
                NAME,
                *draft.registry.at(*path),
                _("“{name}” is a name of {unit} already").format(name=name, unit=owner),
                _("a name can mean only one unit: delete it here or there"),
                related=draft.registry.at(*first),
            )
