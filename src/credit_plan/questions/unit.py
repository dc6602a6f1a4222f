"""`unit`: one unit's duties, apart by role, and what it may share through a group."""

from dataclasses import replace
from datetime import date

from credit_plan.as_of import TrackedMeasure
from credit_plan.filters import Filters
from credit_plan.i18n import _, plural
from credit_plan.plan import Plan, Role, Unit
from credit_plan.questions import captions, columns
from credit_plan.questions.captions import SEPARATOR, Result
from credit_plan.questions.columns import Field, field
from credit_plan.table import Answer, Show, Table


def _dates(tracked: TrackedMeasure) -> tuple[str, ...]:
    """Return the days on which something of a measure falls due, its deadline last."""
    measure = tracked.measure
    days = {*(milestone.by for milestone in measure.milestones), measure.deadline}
    return tuple(map(str, sorted(days)))


_FIELDS = (field("dates", _("Due"), _dates), *columns.MEASURE_FIELDS)
_SHOWN = {
    Role.LEAD: ("id", "dates", "lead", "responsible", "text", "milestones"),
    Role.RESPONSIBLE: ("id", "dates", "lead", "text", "milestones"),
}
_IF_ROOM = {Role.LEAD: ("lead", "responsible", "milestones"), Role.RESPONSIBLE: ("milestones",)}
_SHARED = "shared"


def answer(plan: Plan, filters: Filters, day: date, *, list_shared: bool) -> Answer:
    """Return a table per role that was asked for; what is shared is counted, or listed too."""
    (unit,) = filters.units
    as_of = filters.as_of(plan)
    everything = tuple(map(as_of.track, plan.measures))
    tables = []
    for role, title in ((Role.LEAD, _title_of_lead), (Role.RESPONSIBLE, _title_of_responsible)):
        if filters.role in (Role.ANY, role):
            in_role = filters.in_role(role)
            rows = in_role.select(everything)
            result = Result(rows, len(everything), in_role, 0, as_of.report_count)
            tables.append(_table(role, title(unit, len(rows)), unit, result))
    shared_rows = filters.select_via_group(everything)
    shared = Result(shared_rows, len(everything), filters, 0, as_of.report_count)
    if shared_rows:
        tables.append(_shared_table(unit, shared, is_listed=list_shared))
    is_empty = not any(table.rows for table in tables)
    remarks = _explain_nothing(unit, shared) if is_empty else ()
    return Answer("unit", day, tuple(tables), remarks, has_table_key=True)


def _table(role: str, title: str, unit: Unit, result: Result[TrackedMeasure]) -> Table:
    seen_as = Role.LEAD if role == Role.LEAD else Role.RESPONSIBLE
    fields = columns.arrange_with_progress(
        _FIELDS,
        _SHOWN[seen_as],
        if_room=_IF_ROOM[seen_as],
        is_reported=bool(result.report_count),
    )
    role_field: Field[TrackedMeasure] = field(
        "role", _("Role"), lambda _tracked: str(role), show=Show.DATA
    )
    has_caption = result.rows or _is_narrowed(result.filters)
    return columns.make_table(
        role,
        (*fields, role_field),
        result.rows,
        title=title,
        caption=captions.caption(result, _("measures")) if has_caption else "",
        names=_names_in(unit, result),
    )


def _shared_table(unit: Unit, shared: Result[TrackedMeasure], *, is_listed: bool) -> Table:
    title = _title_of_shared(unit, shared)
    if is_listed:
        return _table(_SHARED, title, unit, shared)
    title = SEPARATOR.join((title, _("use --shared to list them")))
    return Table(_SHARED, (), (), title=title, names=_names_in(unit, shared))


def _explain_nothing(unit: Unit, shared: Result[TrackedMeasure]) -> tuple[str, ...]:
    if _is_narrowed(shared.filters) or shared.filters.role is not Role.ANY:
        return captions.explain_no_measures(shared)
    return (_("No measure of the plan names {unit}.").format(unit=unit.name),)


def _is_narrowed(filters: Filters) -> bool:
    """Return whether more was asked for than a unit in a role."""
    return replace(filters, units=(), role=Role.ANY).narrows


def _names_in(unit: Unit, result: Result[TrackedMeasure]) -> tuple[str, ...]:
    """Return the unit and the groups of its measures, which titles and captions name."""
    groups = (group.name for row in result.rows for group in row.measure.groups())
    return tuple(dict.fromkeys((unit.name, *groups)))


def _title_of_lead(unit: Unit, count: int) -> str:
    return plural(
        "{unit} leads {count} measure",
        "{unit} leads {count} measures",
        count,
        unit=unit.name,
    )


def _title_of_responsible(unit: Unit, count: int) -> str:
    return plural(
        "{unit} is responsible for {count} measure",
        "{unit} is responsible for {count} measures",
        count,
        unit=unit.name,
    )


def _title_of_shared(unit: Unit, shared: Result[TrackedMeasure]) -> str:
    role = shared.filters.role
    groups = dict.fromkeys(group.name for row in shared.rows for group in row.measure.groups(role))
    return plural(
        "{count} more measure is for {groups}; the plan does not say whether that includes {unit}",
        "{count} more measures are for {groups}; "
        "the plan does not say whether that includes {unit}",
        len(shared.rows),
        groups=_(" or ").join(groups),
        unit=unit.name,
    )
