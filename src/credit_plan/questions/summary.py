"""`summary`: the plan at a glance."""

from collections import Counter
from datetime import date

from credit_plan.cells.bars import Bar
from credit_plan.i18n import _, pgettext
from credit_plan.plan import Plan
from credit_plan.questions import captions
from credit_plan.questions.chapters import count_chapters
from credit_plan.questions.columns import chapter_cell
from credit_plan.questions.units import count_units
from credit_plan.table import Answer, Column, Layout, Row, Table

_MAX_UNITS = 10


def answer(plan: Plan, day: date) -> Answer:
    """Return totals, dates by year, chapters by year of deadline, and the units that lead most."""
    tables = (
        _totals_table(plan, day),
        _years_table(plan),
        _chapters_table(plan),
        _units_table(plan, day),
    )
    return Answer("summary", day, tables, has_table_key=True, one_table=True)


def _totals_table(plan: Plan, day: date) -> Table:
    groups = sum(unit.is_group for unit in plan.units)
    passed = sum(obligation.date < day for obligation in plan.obligations)
    totals = {
        Column("tasks", pgettext("number", "Tasks")): len(
            {measure.task for measure in plan.measures}
        ),
        Column("measures", pgettext("number", "Measures")): len(plan.measures),
        Column("milestones", pgettext("number", "Milestones")): sum(
            len(it.milestones) for it in plan.measures
        ),
        Column("recurrences", _("Recurring promises")): sum(
            len(it.recurrences) for it in plan.measures
        ),
        Column("units", pgettext("number", "Units")): len(plan.units) - groups,
        Column("groups", pgettext("number", "Groups of units")): groups,
        Column("obligations", pgettext("number", "Obligations")): len(plan.obligations),
        Column("passed", _("Dates passed")): passed,
        Column("ahead", _("Dates ahead")): len(plan.obligations) - passed,
    }
    return Table(
        "totals",
        tuple(totals),
        (tuple(totals.values()),),
        title=plan.title,
        caption=captions.as_of_phrase(day),
        layout=Layout.RECORDS,
    )


def _years_table(plan: Plan) -> Table:
    milestones = (milestone for measure in plan.measures for milestone in measure.milestones)
    deadlines_in = Counter(it.deadline.year for it in plan.measures if it.deadline)
    milestones_in = Counter(milestone.by.year for milestone in milestones)
    recurring_in = Counter(it.date.year for it in plan.obligations if it.span)
    obligations_in = Counter(obligation.date.year for obligation in plan.obligations)
    largest = max(obligations_in.values(), default=0)
    columns = (
        Column("year", _("Year")),
        Column("deadlines", pgettext("number", "Deadlines"), is_count=True),
        Column("milestones", pgettext("number", "Milestones"), is_count=True),
        Column("recurring", pgettext("number", "Recurring"), is_count=True),
        Column("obligations", pgettext("number", "Obligations")),
    )
    rows = tuple(
        (
            year,
            deadlines_in[year],
            milestones_in[year],
            recurring_in[year],
            Bar(obligations_in[year], largest),
        )
        for year in sorted(obligations_in)
    )
    caption = _("a deadline and a milestone of one measure on one day count as one obligation")
    return Table("years", columns, rows, caption=caption)


def _chapters_table(plan: Plan) -> Table:
    """Return the measures of each chapter, and how many of them end in each year."""
    chapters = count_chapters(plan, plan.measures)
    years = sorted({year for row in chapters for year in row.by_year})
    largest = max((row.measures for row in chapters), default=0)
    columns = (
        Column("chapter", _("Chapter"), is_count=True),
        *(Column(str(year), str(year), is_count=True) for year in years),
        Column("measures", pgettext("number", "Measures")),
        Column("title", _("Title"), wrap=True),
    )
    rows: tuple[Row, ...] = tuple(
        (
            chapter_cell(row.chapter),
            *(row.by_year[year] for year in years),
            Bar(row.measures, largest),
            row.chapter.title,
        )
        for row in chapters
    )
    caption = _("measures by the year of their deadline")
    if undated := sum(row.measures - row.by_year.total() for row in chapters):
        without = _("without a fixed day: {count}").format(count=undated)
        caption = captions.SEPARATOR.join((caption, without))
    return Table("chapters", columns, rows, caption=caption)


def _units_table(plan: Plan, day: date) -> Table:
    """Return the units that lead the most measures."""
    leading = [row for row in count_units(plan, plan.measures, day) if row.lead]
    leading.sort(key=lambda row: -row.lead)
    largest = max((row.lead for row in leading), default=0)
    columns = (
        Column("unit", _("Unit")),
        Column("lead", pgettext("number of measures", "Leads")),
        Column("responsible", pgettext("number of measures", "Responsible"), is_count=True),
    )
    result = captions.Result(tuple(leading[:_MAX_UNITS]), len(leading))
    rows = tuple((row.unit.name, Bar(row.lead, largest), row.responsible) for row in result.rows)
    caption = captions.caption(result, captions.LEADING_UNITS)
    return Table("units", columns, rows, caption=caption)
