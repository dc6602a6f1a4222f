"""Which unit a printed name means: by the registry, and by similarity if it is not registered."""

import re
from collections.abc import Iterator
from functools import cached_property

from credit_plan import plan, text
from credit_plan.diagnostics import KeyPath
from credit_plan.i18n import _, join_alternatives
from credit_plan.models.draft import Draft
from credit_plan.models.records import Measure, Registry, Unit
from credit_plan.unit_names import UnitNames

CUTOFF = 0.5
"""The least similarity of a name to the one that may be meant."""

_MAX_SPLIT = 500
"""Characters of a text that may be several names joined by words; longer ones are not names."""

_WRAPPINGS = "“”‘’〝〞＂＇「」『』【】〖〗〔〕［］｛｝（）《》〈〉"
"""The quotes and brackets of a Chinese keyboard, which YAML reads as letters."""

_SEPARATORS = re.compile(r"[、，,；;／/]")
_JOINING_WORDS = re.compile(r"以及|[和及与等]|\s+")


class Units(dict[str, Unit]):
    """Every name and alias of the registry, with the unit that it means."""

    city = ""

    def renew(self) -> "Units":
        """Return the same units, with a search for similar names that has made none yet.

        So what is found in one file does not depend on how many searches others needed.
        """
        units = Units(self)
        units.city = self.city
        return units

    @cached_property
    def typed(self) -> UnitNames:
        """Return the units by the names that people type, former ones too."""
        units = dict.fromkeys(self.values())
        return UnitNames(tuple(plan.Unit(it.name, it.kind, it.aliases) for it in units), self.city)

    @cached_property
    def vocabulary(self) -> text.Vocabulary:
        """Return the names, to find those that are similar to a misspelt one."""
        return text.Vocabulary(sorted(self))


def index_names(draft: Draft) -> Units:
    """Return the units by name and alias; empty if there is no registry.

    A name with a stray space, which another rule reports, is also known without it.
    """
    by_name = Units()
    by_name.city = draft.metadata.record.city if draft.metadata is not None else ""
    for unit in draft.registry.record.units if draft.registry is not None else ():
        for name in unit.names:
            by_name.setdefault(name, unit)
            by_name.setdefault(_remove_invisible(name), unit)
    return by_name


def list_roles(measure: Measure) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the keys of the two roles, each with the printed names of its units."""
    return ("lead", measure.lead), ("responsible", measure.responsible)


def iter_registered_names(registry: Registry) -> Iterator[tuple[Unit, KeyPath, str]]:
    """Yield every name and alias of the registry, with its unit and its path."""
    for index, unit in enumerate(registry.units):
        yield unit, ("units", index, "name"), unit.name
        for position, alias in enumerate(unit.aliases):
            yield unit, ("units", index, "aliases", position), alias


def is_registered(name: str, units: Units) -> bool:
    """Tell whether a name is registered, apart from spaces and invisible characters in it."""
    return name in units or _remove_invisible(name) in units


def resolve(name: str, units: Units) -> str | None:
    """Return the name of the unit that is meant, or None; without a registry, the name itself."""
    unit = units.get(name)
    if unit is not None:
        return unit.name
    return None if units else name


def strip_marks(name: str) -> str:
    """Return a name without the quotes, brackets and white space around it."""
    return name.strip(f"{_WRAPPINGS} \t\n\u3000")


def split_names(name: str, units: Units) -> tuple[str, ...]:
    """Return the names that are joined in one string; empty if it is a single name.

    A comma joins two names if one is at least similar to a registered one. A space, 和 or 等 may
    belong to a name (市住房和城乡建设局), so it joins only next to a registered name.
    """
    if is_registered(strip_marks(name), units):
        return ()
    pieces = (strip_marks(piece) for piece in _SEPARATORS.split(name))
    parts = [part for piece in pieces for part in _split_at_words(piece, units) if part]
    if len(parts) == 1 or not any(_is_similar_to_one(part, units) for part in parts):
        return ()
    return tuple(dict.fromkeys(parts))


def split_at_separators(name: str) -> tuple[str, ...]:
    """Return the names between the commas and slashes of a string; empty if it has none."""
    parts = tuple(filter(None, map(strip_marks, _SEPARATORS.split(name))))
    return parts if len(parts) > 1 else ()


def find_similar(name: str, units: Units) -> Iterator[str]:
    """Yield the registered names that an unregistered one may mean."""
    for part in split_names(name, units) or (strip_marks(name),):
        yield from units.vocabulary.suggest("".join(part.split()), cutoff=CUTOFF)


def explain_unknown(name: str, units: Units) -> str:
    """Return the hint for a name that is not registered."""
    if strip_marks(name) in units:
        return _(
            "write {name} without the marks around it: YAML reads the full-width marks of a "
            "Chinese keyboard as part of the name"
        ).format(name=strip_marks(name))
    if similar := suggest(name, units):
        return _("did you mean {names}?").format(
            names=join_alternatives(f"“{it}”" for it in similar)
        )
    return _("write the name as the table prints it, or add the unit to units.yaml")


def suggest(name: str, units: Units) -> tuple[str, ...]:
    """Return the names of the registry that an unregistered one may stand for."""
    successors = tuple(unit.name for unit in units.typed.find_successors(name))
    return successors or units.vocabulary.suggest(name, cutoff=CUTOFF)


def _remove_invisible(name: str) -> str:
    return "".join(text.remove_unseen(name).split())


def _split_at_words(piece: str, units: Units) -> list[str]:
    """Split at the words and spaces that are next to a registered name."""
    if is_registered(piece, units):
        return ["".join(piece.split())]
    for word in _JOINING_WORDS.finditer(piece) if len(piece) <= _MAX_SPLIT else ():
        left, right = strip_marks(piece[: word.start()]), strip_marks(piece[word.end() :])
        if left and right and (left in units or right in units):
            return [*_split_at_words(left, units), *_split_at_words(right, units)]
    return [piece]


def _is_similar_to_one(part: str, units: Units) -> bool:
    return part in units or bool(units.vocabulary.suggest(part))
