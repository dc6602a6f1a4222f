"""Measures that may concern a unit through a group: the groups with their roles, and sections."""

from collections.abc import Iterable

from credit_plan.as_of import TrackedMeasure
from credit_plan.cells import Described
from credit_plan.filters import Filters
from credit_plan.i18n import _, join_alternatives
from credit_plan.plan import Role
from credit_plan.questions.columns import Field, field
from credit_plan.table import Show

_AS_ROLE = {Role.LEAD: _("{group} (lead)"), Role.RESPONSIBLE: _("{group} (responsible)")}


def via_field(filters: Filters) -> Field[TrackedMeasure]:
    """Return the groups through which a measure may concern the units asked for, as data.

    People read them above the rows.
    """
    return field("via", _("Via group"), lambda it: _find_groups(filters, it), show=Show.DATA)


def select_shared(
    filters: Filters, measures: Iterable[TrackedMeasure]
) -> tuple[TrackedMeasure, ...]:
    """Return the measures of groups that may include the units asked for, by their sections."""
    shared = filters.select_via_group(measures)
    titles = list_sections(filters, shared)
    order = {title: number for number, title in enumerate(dict.fromkeys(titles))}
    pairs = sorted(zip(titles, shared, strict=True), key=lambda pair: order[pair[0]])
    return tuple(measure for _title, measure in pairs)


def list_sections(filters: Filters, measures: Iterable[TrackedMeasure]) -> tuple[str, ...]:
    """Return the title above each measure: the groups with their roles, or the units it names."""
    units = join_alternatives(unit.name for unit in filters.units)
    found = (_find_groups(filters, measure) for measure in measures)
    return tuple(
        _("via {groups}").format(groups="、".join(text for it in groups for text in it.texts))
        if groups
        else units
        for groups in found
    )


def _find_groups(filters: Filters, tracked: TrackedMeasure) -> tuple[Described, ...]:
    measure = tracked.measure
    return tuple(
        Described(
            {"group": group.name, "role": str(role)},
            (words.format(group=group.name),),
            f"{group.name} ({role})",
        )
        for role, words in _AS_ROLE.items()
        if filters.role in {Role.ANY, role} and filters.matches_via_group(measure)
        for group in measure.groups(role)
    )
