"""Each unit of a measure is an entry of its own, and no entry names several.

A list of YAML is divided by the comma of an English keyboard and nothing else. With a Chinese
comma, 、 or 和 between them two names become one long name that no unit has.

    lead: [市住建局、市卫健局]

Mend it by writing each name as an entry: `lead: [市住建局, 市卫健局]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, KeyPath, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Draft, iter_measures
from credit_plan.rules import units
from credit_plan.rules.texts import iter_registry_names, roles

NAME: Final = "joined-units"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each printed name, and each of the registry, in which several are joined."""
    known = units.names(draft)
    if not known:
        return
    yield from _in_registry(draft)
    for filed, index, measure in iter_measures(draft.tasks):
        for role, names in roles(measure):
            for position, name in enumerate(names):
                if name not in known and units.split_names(name, known):
                    place = ("measures", index, role, position)
                    yield _finding(filed.file, place, name, _entries(names, known))


def _in_registry(draft: Draft) -> Iterator[Diagnostic]:
    if draft.registry is None:
        return
    for unit, place, name in iter_registry_names(draft.registry.record):
        if name != unit.name and (parts := units.split_at_marks(name)):
            yield _finding(draft.registry.file, place, name, parts)


def _finding(file: str, place: KeyPath, name: str, entries: Iterable[str]) -> Diagnostic:
    message = _("{name} names several units in one entry").format(name=quote(name))
    hint = _("give each an entry of its own: [{entries}]").format(entries=", ".join(entries))
    return Diagnostic(NAME, file, place, message, hint)


def _entries(names: tuple[str, ...], known: units.Known) -> Iterator[str]:
    """The names of a list in which several are joined, as entries of their own."""
    for name in names:
        yield from units.split_names(name, known) or (name,)
