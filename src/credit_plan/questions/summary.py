"""`summary`: the plan at a glance."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from credit_plan.cells import Bar
from credit_plan.i18n import _
from credit_plan.plan import Plan
from credit_plan.questions import captions, columns
from credit_plan.questions.chapters import ChapterCounts, count_chapters
from credit_plan.questions.units import UnitCounts, count_units
from credit_plan.table import Column, Layout, Report, Table

_MAX_UNITS = 10


@dataclass(frozen=True, slots=True)
class _Totals:
    """How much there is of everything; `passed` and `ahead` count obligations."""

    tasks: int
    measures: int
    milestones: int
    units: int
    groups: int
    obligations: int
    passed: int
    ahead: int


@dataclass(frozen=True, slots=True)
class _YearCounts:
    """What falls due in a year; a milestone on its deadline's day is one obligation with it."""

    year: int
    deadlines: int
    milestones: int
    obligations: int


_HEADINGS = {
    "tasks": _("Tasks"),
    "measures": _("Measures"),
    "milestones": _("Milestones"),
    "units": _("Units"),
    "groups": _("Groups of units"),
    "obligations": _("Obligations"),
    "passed": _("Dates passed"),
    "ahead": _("Dates ahead"),
}


def answer(plan: Plan, day: date) -> Report:
    """Return totals, dates by year, chapters by year of deadline, and the units that lead most."""
    tables = (
        _totals_table(plan, day),
        _years_table(plan),
        _chapters_table(count_chapters(plan, plan.measures)),
        _units_table(count_units(plan, plan.measures, day)),
    )
    return Report("summary", day, tables, has_table_key=True)


def _totals_table(plan: Plan, day: date) -> Table:
    groups = sum(unit.is_group for unit in plan.units)
    passed = sum(obligation.date < day for obligation in plan.obligations)
    totals = _Totals(
        tasks=len({measure.task for measure in plan.measures}),
        measures=len(plan.measures),
        milestones=sum(len(measure.milestones) for measure in plan.measures),
        units=len(plan.units) - groups,
        groups=groups,
        obligations=len(plan.obligations),
        passed=passed,
        ahead=len(plan.obligations) - passed,
    )
    return Table(
        "totals",
        tuple(Column(key, heading) for key, heading in _HEADINGS.items()),
        (tuple(getattr(totals, key) for key in _HEADINGS),),
        title=plan.title,
        caption=captions.as_of_phrase(day),
        layout=Layout.RECORDS,
    )


def _years_table(plan: Plan) -> Table:
    deadlines = Counter(measure.deadline.year for measure in plan.measures)
    milestones = Counter(
        milestone.by.year for measure in plan.measures for milestone in measure.milestones
    )
    obligations = Counter(obligation.date.year for obligation in plan.obligations)
    rows = [
        _YearCounts(year, deadlines[year], milestones[year], obligations[year])
        for year in sorted(obligations)
    ]
    largest = max(obligations.values(), default=0)
    fields: tuple[columns.Field[_YearCounts], ...] = (
        columns.Field(Column("year", _("Year")), lambda row: row.year),
        columns.Field(
            Column("deadlines", _("Deadlines"), is_count=True), lambda row: row.deadlines
        ),
        columns.Field(
            Column("milestones", _("Milestones"), is_count=True), lambda row: row.milestones
        ),
        columns.Field(
            Column("obligations", _("Obligations")), lambda row: Bar(row.obligations, largest)
        ),
    )
    caption = _("a milestone on the day of its deadline is one obligation with it")
    return columns.make_table("years", fields, rows, caption=caption)


def _chapters_table(rows: tuple[ChapterCounts, ...]) -> Table:
    """Return the measures of each chapter, and how many of them end in each year."""
    years = sorted({year for row in rows for year in row.by_year})
    largest = max((row.measures for row in rows), default=0)
    fields: tuple[columns.Field[ChapterCounts], ...] = (
        columns.Field(
            Column("chapter", _("Chapter"), is_count=True), lambda row: row.chapter.number
        ),
        *map(_field_of_year, years),
        columns.Field(Column("measures", _("Measures")), lambda row: Bar(row.measures, largest)),
        columns.Field(Column("title", _("Title"), wrap=True), lambda row: row.chapter.title),
    )
    caption = _("measures by the year of their deadline")
    return columns.make_table("chapters", fields, rows, caption=caption)


def _field_of_year(year: int) -> columns.Field[ChapterCounts]:
    return columns.Field(Column(str(year), str(year), is_count=True), lambda row: row.by_year[year])


def _units_table(counts: tuple[UnitCounts, ...]) -> Table:
    """Return the units that lead the most measures."""
    leading = sorted((row for row in counts if row.lead), key=lambda row: -row.lead)
    largest = max((row.lead for row in leading), default=0)
    fields: tuple[columns.Field[UnitCounts], ...] = (
        columns.Field(Column("unit", _("Unit")), lambda row: row.unit.name),
        columns.Field(Column("lead", _("Leads")), lambda row: Bar(row.lead, largest)),
        columns.Field(
            Column("responsible", _("Responsible"), is_count=True), lambda row: row.responsible
        ),
    )
    result = captions.Result(tuple(leading[:_MAX_UNITS]), len(leading))
    caption = captions.caption(result, _("units that lead a measure"))
    return columns.make_table("units", fields, result.rows, caption=caption)
