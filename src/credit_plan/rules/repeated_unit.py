"""A name or an alias means one unit.

    - name: 市文旅局
      aliases: [市文化体育和旅游局]
    - name: 市文化体育和旅游局

Mend it by keeping one unit and giving it the other's names as aliases.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, KeyPath, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft
from credit_plan.rules.texts import iter_registry_names

NAME: Final = "repeated-unit"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each name in the registry that was given out already."""
    if draft.registry is None:
        return
    owners: dict[str, tuple[str, KeyPath]] = {}
    for unit, place, name in iter_registry_names(draft.registry.record):
        owner, first = owners.setdefault(name, (unit.name, place))
        if first is not place:
            yield Diagnostic(
                NAME,
                draft.registry.file,
                place,
                _("“{name}” is a name of {unit} already").format(name=name, unit=owner),
                _("a name can mean only one unit: delete it here or there"),
                related=(draft.registry.file, first),
            )
