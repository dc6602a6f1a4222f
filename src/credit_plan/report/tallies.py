"""`units`, `chapters` and `summary`: counts over the plan."""

from __future__ import annotations

from datetime import date
from typing import Final

from credit_plan.cells import Bar, Label
from credit_plan.i18n import _
from credit_plan.models.records import UnitKind
from credit_plan.report.caption import NOTHING_FITS, SEPARATOR, caption, names
from credit_plan.report.fields import Field, columns, rows
from credit_plan.selection.asked import Selection
from credit_plan.selection.tallies import ChapterTally, Summary, UnitTally, YearTally
from credit_plan.table import Column, Layout, Report, Show, Table

KINDS: Final = {
    UnitKind.GOVERNMENT: _("government"),
    UnitKind.PARTY: _("party"),
    UnitKind.COURT_AND_PROCURATORATE: _("court, procuratorate"),
    UnitKind.FINANCE: _("finance"),
    UnitKind.CUSTOMS_AND_TAX: _("customs and tax"),
    UnitKind.TOWN: _("town"),
    UnitKind.PEOPLE_ORGANISATION: _("mass organisation"),
    UnitKind.GROUP: _("group"),
}
_UNIT: Final[tuple[Field[UnitTally], ...]] = (
    Field(Column("unit", _("Unit")), lambda it: it.unit.name),
    Field(Column("kind", _("Kind")), lambda it: Label(it.unit.kind, KINDS[it.unit.kind])),
    Field(Column("lead", _("Leads"), is_count=True), lambda it: it.lead),
    Field(Column("responsible", _("Responsible"), is_count=True), lambda it: it.responsible),
    Field(Column("next_due", _("Next due")), lambda it: it.next_due),
    Field(Column("aliases", _("Also called"), show=Show.IF_ROOM), lambda it: it.unit.aliases),
)
_CHAPTER: Final[tuple[Field[ChapterTally], ...]] = (
    Field(Column("chapter", _("Chapter"), is_count=True), lambda it: it.chapter.number),
    Field(Column("title", _("Title"), wrap=True), lambda it: it.chapter.title),
    Field(Column("tasks", _("Tasks"), is_count=True), lambda it: it.tasks),
    Field(Column("measures", _("Measures"), is_count=True), lambda it: it.measures),
    Field(Column("milestones", _("Milestones"), is_count=True), lambda it: it.milestones),
)
_TOTALS: Final[tuple[Field[Summary], ...]] = (
    Field(Column("tasks", _("Tasks")), lambda it: sum(part.tasks for part in it.chapters)),
    Field(Column("measures", _("Measures")), lambda it: sum(part.measures for part in it.chapters)),
    Field(
        Column("milestones", _("Milestones")),
        lambda it: sum(part.milestones for part in it.chapters),
    ),
    Field(Column("units", _("Units")), lambda it: len(it.units) - it.groups),
    Field(Column("groups", _("Groups of units")), lambda it: it.groups),
    Field(Column("obligations", _("Obligations")), lambda it: it.passed + it.ahead),
    Field(Column("passed", _("Dates passed")), lambda it: it.passed),
    Field(Column("ahead", _("Dates ahead")), lambda it: it.ahead),
)
_LEADING: Final = 10


def units(answer: Selection[UnitTally], as_of: date) -> Report:
    """The units found."""
    said = caption(answer, _("units"))
    if answer.found and not any(tally.next_due for tally in answer.found):
        nothing = _("nothing falls due from {date} on").format(date=as_of)
        said = SEPARATOR.join((said, nothing))
    table = Table(
        "units", columns(_UNIT), rows(_UNIT, answer.found), caption=said, names=names(answer)
    )
    return Report("units", as_of, (table,), () if answer.found else NOTHING_FITS)


def chapters(answer: Selection[ChapterTally], as_of: date) -> Report:
    """The chapters found."""
    table = Table(
        "chapters",
        columns(_CHAPTER),
        rows(_CHAPTER, answer.found),
        caption=caption(answer, _("chapters")),
        names=names(answer),
    )
    return Report("chapters", as_of, (table,), () if answer.found else NOTHING_FITS)


def summary(answer: Summary, as_of: date) -> Report:
    """Totals, dates by year, chapters by year of deadline, and the units that lead the most."""
    totals = Table(
        "totals",
        columns(_TOTALS),
        rows(_TOTALS, (answer,)),
        title=answer.facts.title,
        caption=_("as of {date}").format(date=as_of),
        layout=Layout.RECORDS,
    )
    tables = (totals, _years(answer.years), _by_year(answer.chapters), _leading(answer.units))
    return Report("summary", as_of, tables, has_table_key=True)


def _years(tallies: tuple[YearTally, ...]) -> Table:
    most = max((tally.obligations for tally in tallies), default=0)
    fields: tuple[Field[YearTally], ...] = (
        Field(Column("year", _("Year")), lambda it: it.year),
        Field(Column("deadlines", _("Deadlines"), is_count=True), lambda it: it.deadlines),
        Field(Column("milestones", _("Milestones"), is_count=True), lambda it: it.milestones),
        Field(Column("obligations", _("Obligations")), lambda it: Bar(it.obligations, most)),
    )
    said = _("a milestone on the day of its deadline is one obligation with it")
    return Table("years", columns(fields), rows(fields, tallies), caption=said)


def _by_year(tallies: tuple[ChapterTally, ...]) -> Table:
    """Measures per chapter, and how many of them end in each year."""
    years = sorted({year for tally in tallies for year in tally.by_year})
    most = max((tally.measures for tally in tallies), default=0)
    fields: tuple[Field[ChapterTally], ...] = (
        Field(Column("chapter", _("Chapter"), is_count=True), lambda it: it.chapter.number),
        *(_ending_in(year) for year in years),
        Field(Column("measures", _("Measures")), lambda it: Bar(it.measures, most)),
        Field(Column("title", _("Title"), wrap=True), lambda it: it.chapter.title),
    )
    said = _("measures by the year of their deadline")
    return Table("chapters", columns(fields), rows(fields, tallies), caption=said)


def _ending_in(year: int) -> Field[ChapterTally]:
    return Field(Column(str(year), str(year), is_count=True), lambda tally: tally.by_year[year])


def _leading(tallies: tuple[UnitTally, ...]) -> Table:
    """The units that lead the most measures."""
    leading = sorted((it for it in tallies if it.lead), key=lambda it: -it.lead)
    most = max((tally.lead for tally in leading), default=0)
    fields: tuple[Field[UnitTally], ...] = (
        Field(Column("unit", _("Unit")), lambda it: it.unit.name),
        Field(Column("lead", _("Leads")), lambda it: Bar(it.lead, most)),
        Field(Column("responsible", _("Responsible"), is_count=True), lambda it: it.responsible),
    )
    shown = tuple(leading[:_LEADING])
    said = caption(Selection(shown, len(leading)), _("units that lead a measure"))
    return Table("units", columns(fields), rows(fields, shown), caption=said)
