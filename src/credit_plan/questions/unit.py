"""`unit`: the duties of units, apart by role, and what they may share through a group."""

from collections.abc import Iterator
from datetime import date

from credit_plan.as_of import AsOf, TrackedMeasure
from credit_plan.cells import Label
from credit_plan.filters import Filters
from credit_plan.i18n import _, join_alternatives, pgettext, plural
from credit_plan.plan import Plan, Role, Unit
from credit_plan.questions import captions, columns
from credit_plan.questions.captions import SEPARATOR, Result
from credit_plan.questions.columns import Field, field
from credit_plan.questions.shared import list_sections, select_shared, via_field
from credit_plan.table import Answer, Table

_SHARED = "shared"
_SHOWN = {
    Role.LEAD: ("id", "dates", "text", "target", "lead", "responsible"),
    Role.RESPONSIBLE: ("id", "dates", "lead", "text", "target"),
    _SHARED: ("id", "dates", "lead", "text", "target"),
}
_ROLES = {
    Role.LEAD: pgettext("table", "lead"),
    Role.RESPONSIBLE: pgettext("table", "responsible"),
    _SHARED: pgettext("table", "shared"),
}
_IF_ROOM = {Role.LEAD: ("lead", "responsible"), Role.RESPONSIBLE: (), _SHARED: ()}


def answer(plan: Plan, filters: Filters, day: date, *, list_shared: bool) -> Answer:
    """Return the tables of each unit: one per role that was asked for, and what is shared.

    What is shared is counted, or listed too. `filters` have at least one unit.
    """
    as_of = filters.as_of(plan)
    everything = tuple(map(as_of.track, plan.measures))
    whole: Result[TrackedMeasure] = Result((), plan.totals.measures, filters, 0, as_of.report_count)
    tables: list[Table] = []
    remarks: list[str] = []
    for unit in filters.units:
        asked = whole._replace(filters=filters._replace(units=(unit,)))
        shared = asked._replace(rows=select_shared(asked.filters, everything))
        own = [*_tables_by_role(unit, asked, everything, as_of)]
        if shared.rows:
            own.append(_shared_table(unit, shared, as_of if list_shared else None))
        remarks += () if any(table.rows for table in own) else _explain_nothing(unit, shared)
        tables += own
    return Answer("unit", day, tuple(tables), tuple(remarks), has_table_key=True)


def _tables_by_role(
    unit: Unit,
    asked: Result[TrackedMeasure],
    everything: tuple[TrackedMeasure, ...],
    as_of: AsOf,
) -> Iterator[Table]:
    for role in (Role.LEAD, Role.RESPONSIBLE):
        if asked.filters.role in (Role.ANY, role):
            filters = asked.filters._replace(role=role)
            result = asked._replace(rows=filters.select(everything), filters=filters)
            yield _table(role, _title(unit, role, len(result.rows)), unit, result, as_of)


def _table(role: str, title: str, unit: Unit, result: Result[TrackedMeasure], as_of: AsOf) -> Table:
    def list_dates(tracked: TrackedMeasure) -> tuple[str, ...]:
        owed = as_of.obligations[tracked.measure.id]
        return tuple(dict.fromkeys(str(it.date) for it in owed))

    own: tuple[Field[TrackedMeasure], ...] = (
        field("dates", pgettext("all days", "Due"), list_dates),
        field("unit", _("Unit"), lambda _tracked: unit.name),
        field("role", _("Role"), lambda _tracked: Label(role, _ROLES[role])),
    )
    # Of dozens of dates, what counts is the first one that is not done.
    first_open = {"dates": "timing_date"} if result.report_count else {}
    fields = columns.arrange_with_progress(
        (*columns.MEASURE_FIELDS, *own, via_field(result.filters)),
        tuple(first_open.get(key, key) for key in _SHOWN[role]),
        if_room=_IF_ROOM[role],
        is_reported=bool(result.report_count),
    )
    has_caption = result.rows or _is_narrowed(result.filters)
    return columns.make_table(
        role,
        fields,
        result.rows,
        title=title,
        caption=captions.caption(result, captions.MEASURES) if has_caption else "",
        names=_names_in(unit, result),
        sections=list_sections(result.filters, result.rows) if role == _SHARED else (),
    )


def _shared_table(unit: Unit, shared: Result[TrackedMeasure], as_of: AsOf | None) -> Table:
    """Return the measures for groups; only their number where nothing is to be listed."""
    title = _title_of_shared(unit, shared)
    if as_of:
        return _table(_SHARED, title, unit, shared, as_of)
    title = SEPARATOR.join((title, _("use --shared to list them")))
    return Table(_SHARED, (), (), title=title, names=_names_in(unit, shared))


def _explain_nothing(unit: Unit, shared: Result[TrackedMeasure]) -> tuple[str, ...]:
    if _is_narrowed(shared.filters) or shared.filters.role is not Role.ANY:
        return captions.explain_no_measures(shared)
    return (_("No measure of the plan names {unit}.").format(unit=unit.name),)


def _is_narrowed(filters: Filters) -> bool:
    """Return whether more was asked for than a unit in a role."""
    return filters._replace(units=(), role=Role.ANY).narrows


def _names_in(unit: Unit, result: Result[TrackedMeasure]) -> tuple[str, ...]:
    """Return the unit and the groups of its measures, which titles and captions name."""
    groups = (group.name for row in result.rows for group in row.measure.groups())
    return tuple(dict.fromkeys((unit.name, *groups)))


def _title(unit: Unit, role: Role, count: int) -> str:
    if role is Role.LEAD:
        return plural(
            "{unit} leads {count} measure",
            "{unit} leads {count} measures",
            count,
            unit=unit.name,
        )
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
        groups=join_alternatives(groups),
        unit=unit.name,
    )
