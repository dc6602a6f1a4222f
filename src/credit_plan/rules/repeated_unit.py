"""Each name or alias belongs to only one unit.

Otherwise it would be unclear which unit a measure means.

    - name: 市文旅局
      aliases: [市文化体育和旅游局]
    - name: 市文化体育和旅游局

To fix it, keep one unit and add the names of the other to its aliases.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, KeyPath, Severity
from credit_plan.i18n import _
from credit_plan.rules import units
from credit_plan.rules.context import Context

NAME = "repeated-unit"
SEVERITY = Severity.ERROR


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each name in the registry that is already used there."""
    draft = context.draft
    if draft.registry is None:
        return
    owners: dict[str, tuple[str, KeyPath]] = {}
    for unit, path, name in units.iter_registered_names(draft.registry.record):
        owner, first = owners.setdefault(name, (unit.name, path))
        if first is not path:
            yield Diagnostic(
                NAME,
                *draft.registry.at(*path),
                _("“{name}” is already a name of {unit}").format(name=name, unit=owner),
                _("delete the name here or there: it can mean only one unit"),
                related=draft.registry.at(*first),
            )
