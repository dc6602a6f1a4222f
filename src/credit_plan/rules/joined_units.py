"""Each entry in a list of units names only one unit.

YAML separates the entries of a list only at the comma of an English keyboard. If a Chinese comma,
、 or 和 is between two names, they become one long name that no unit has.

    lead: [市住建局、市卫健局]

To fix it, write each name as its own entry: `lead: [市住建局, 市卫健局]`.
"""

from collections.abc import Iterable, Iterator, Sequence

from credit_plan.diagnostics import Diagnostic, KeyPath, Severity
from credit_plan.i18n import _, join_alternatives, quote
from credit_plan.rules import units
from credit_plan.rules.context import Context
from credit_plan.rules.measures import iter_measures
from credit_plan.text import join_first

NAME = "joined-units"
SEVERITY = Severity.ERROR

_MAX_ENTRIES = 50
"""Entries of a list that the hint writes out, more than a city has units."""

_MAX_EXPLAINED = 5
"""Names that are not registered, and that the hint lists."""


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each entry, of a measure or the registry, that joins several names."""
    draft, by_name = context.draft, context.units.renew()
    if draft.registry is None or not by_name:
        return
    for unit, path, name in units.iter_registered_names(draft.registry.record):
        if name != unit.name and (parts := units.split_at_separators(name)):
            yield _diagnostic(draft.registry.at(*path), name, _list_entries(parts))
    if by_name.keys() >= context.named_units:
        return
    for measure in iter_measures(draft.tasks):
        for role, names in units.list_roles(measure.record):
            hint = ""
            for index, name in enumerate(names):
                if name not in by_name and units.split_names(name, by_name):
                    hint = hint or _advise(
                        tuple(_split_all(names[:_MAX_ENTRIES], by_name)), by_name
                    )
                    yield _diagnostic(measure.at(role, index), name, hint)


def _split_all(names: Iterable[str], by_name: units.Units) -> Iterator[str]:
    for name in names:
        yield from units.split_names(name, by_name) or (units.strip_marks(name),)


def _advise(entries: Sequence[str], by_name: units.Units) -> str:
    """Return the hint: the entries of the list, or the names in them that are not registered."""
    unknown = [it for it in entries if not units.is_registered(it, by_name)]
    if not unknown:
        return _list_entries(entries)
    names = [_name_unknown(it, by_name) for it in unknown]
    hint = _(
        "write each as its own entry, by its name in the registry, which does not have {names}"
    )
    return hint.format(names=join_first(names, _MAX_EXPLAINED))


def _name_unknown(name: str, by_name: units.Units) -> str:
    """Return a name that is not registered, with the registered ones that may be meant."""
    similar = units.suggest(name, by_name)
    if not similar:
        return quote(name)
    meant = join_alternatives(f"“{it}”" for it in similar)
    return _("{name} (perhaps {meant})").format(name=quote(name), meant=meant)


def _list_entries(entries: Iterable[str]) -> str:
    return _("write each as its own entry: [{entries}]").format(entries=", ".join(entries))


def _diagnostic(place: tuple[str, KeyPath], name: str, hint: str) -> Diagnostic:
    message = _("{name} names several units in one entry").format(name=quote(name))
    return Diagnostic(NAME, *place, message, hint)
