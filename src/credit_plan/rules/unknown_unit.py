"""Every unit that a measure or a report names is in `units.yaml`, as a name or an alias.

A misspelt name would create a unit that does not exist, and nobody would see the measure among its
duties.

    lead: [市住健局]

To fix it, write the name as the published table prints it. YAML reads quotes and brackets of a
Chinese keyboard as part of the name: write [市住建局] and not [“市住建局”]. If the unit is really
new, add it to `units.yaml` first.
"""

from collections.abc import Collection, Iterator

from credit_plan import text
from credit_plan.diagnostics import Diagnostic, KeyPath, Severity
from credit_plan.i18n import _, plural, quote
from credit_plan.models.records import Registry
from credit_plan.rules import units
from credit_plan.rules.context import Context
from credit_plan.rules.measures import iter_measures

NAME = "unknown-unit"
SEVERITY = Severity.ERROR

Place = tuple[str, KeyPath]


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each name of a unit that is not registered.

    If several measures use an unknown name, and none uses the similar one of the registry, it is
    the registry that was mistyped: that is one diagnostic.
    """
    draft, by_name = context.draft, context.units.renew()
    if draft.registry is None or not by_name:
        return
    unused = _find_unused(context.named_units, draft.registry.record)
    vocabulary = text.Vocabulary(sorted(unused))
    mistyped: set[str] = set()
    for name, places in _find_unknown(context, by_name).items():
        similar = vocabulary.suggest(name, cutoff=units.CUTOFF) if len(places) > 1 else ()
        if similar:
            mistyped.add(name)
            place = draft.registry.at(*unused[similar[0]])
            yield _report_registry(place, similar[0], name, places)
        else:
            yield from (_report_name(place, name, by_name) for place in places)
    for report in draft.entries:
        name = report.record.unit
        if name not in mistyped and not units.is_registered(name, by_name):
            yield _report_name(report.at("unit"), name, by_name)


def _find_unused(used: Collection[str], registry: Registry) -> dict[str, KeyPath]:
    """Return the names of the registry that no measure uses, with their paths."""
    registered = units.iter_registered_names(registry)
    return {name: path for _unit, path, name in registered if name not in used}


def _find_unknown(context: Context, by_name: units.Units) -> dict[str, list[Place]]:
    """Return the unknown names of the measures, except those that `joined-units` reports."""
    unknown: dict[str, list[Place]] = {}
    if by_name.keys() >= context.named_units:
        return unknown
    for measure in iter_measures(context.draft.tasks):
        for role, names in units.list_roles(measure.record):
            for index, name in enumerate(names):
                if not units.is_registered(name, by_name) and not units.split_names(name, by_name):
                    unknown.setdefault(name, []).append(measure.at(role, index))
    return unknown


def _report_registry(place: Place, registered: str, name: str, places: list[Place]) -> Diagnostic:
    message = plural(
        "no measure names {unit}, but {count} measure names {name}",
        "no measure names {unit}, but {count} measures name {name}",
        len(places),
        unit=quote(registered),
        name=quote(name),
    )
    hint = _("correct the name here, or add the other one to the aliases of the unit")
    return Diagnostic(NAME, *place, message, hint, related=places[0])


def _report_name(place: Place, name: str, by_name: units.Units) -> Diagnostic:
    message = _("{name} is not in the registry of units").format(name=quote(name))
    return Diagnostic(NAME, *place, message, units.explain_unknown(name, by_name))
