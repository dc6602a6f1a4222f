"""Every unit that a measure or a report names is in `units.yaml`, by its name or by an alias.

A name that is misspelt would otherwise found a new bureau, and the duty would be nobody's.

    lead: [市住健局]

Mend it by writing the name as the published table prints it. Quotes and brackets of a Chinese
keyboard are no marks of YAML but part of the name: [市住建局], and not [“市住建局”]. A unit that is
truly new goes into `units.yaml` first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, KeyPath, Severity
from credit_plan.i18n import _, ngettext, quote
from credit_plan.models.draft import Draft, iter_measures
from credit_plan.rules import units
from credit_plan.rules.texts import iter_registry_names, iter_unit_names

NAME: Final = "unknown-unit"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each printed name that the registry does not know.

    Where several measures use a name, and no measure the one unit that is like it, it is the
    registry that is mistyped, which is one fault.
    """
    known = units.names(draft)
    if draft.registry is None or not known:
        return
    unknown: dict[str, list[tuple[str, KeyPath]]] = {}
    named: set[str] = set()
    for filed, index, measure in iter_measures(draft.tasks):
        for place, name in iter_unit_names(measure):
            named.add(name)
            # An entry that joins several names is that rule's, and not unknown as well.
            if not units.is_registered(name, known) and not units.split_names(name, known):
                unknown.setdefault(name, []).append((filed.file, ("measures", index, *place)))
    registered = iter_registry_names(draft.registry.record)
    unused = {name: place for _unit, place, name in registered if name not in named}
    mistyped: set[str] = set()
    for name, places in unknown.items():
        meant = next(iter(units.suggest(name, unused)), None)
        if meant is not None and len(places) > 1:
            mistyped.add(name)
            yield _mistyped(draft.registry.file, unused[meant], meant, name, places)
            continue
        for file, at in places:
            message = _("{name} is not in the registry of units").format(name=quote(name))
            yield Diagnostic(NAME, file, at, message, _hint(name, known))
    yield from _in_reports(draft, known, mistyped)


def _in_reports(draft: Draft, known: units.Known, mistyped: set[str]) -> Iterator[Diagnostic]:
    """A finding for each report of an unknown unit, but for those of which it is said already."""
    for listed in draft.entries:
        name = listed.record.unit
        if not units.is_registered(name, known) and name not in mistyped:
            message = _("{name} is not in the registry of units").format(name=quote(name))
            place = (*listed.path, "unit")
            yield Diagnostic(NAME, listed.file, place, message, _hint(name, known))


def _mistyped(
    file: str, place: KeyPath, unit: str, name: str, places: list[tuple[str, KeyPath]]
) -> Diagnostic:
    message = ngettext(
        "no measure names {unit}, but {count} names {name}",
        "no measure names {unit}, but {count} name {name}",
        len(places),
    ).format(unit=quote(unit), count=len(places), name=quote(name))
    hint = _("write the name here as the measures print it, or add theirs to its aliases")
    return Diagnostic(NAME, file, place, message, hint, related=places[0])


def _hint(name: str, known: units.Known) -> str:
    if units.strip_marks(name) in known:
        return _(
            "write it as {name}, without the marks around it: those of a Chinese keyboard are "
            "full-width, and to YAML part of the name"
        ).format(name=units.strip_marks(name))
    if near := units.suggest(name, known):
        return _("did you mean {names}?").format(names=_(" or ").join(f"“{it}”" for it in near))
    return _("write it as the table prints it, or add the unit to units.yaml")
