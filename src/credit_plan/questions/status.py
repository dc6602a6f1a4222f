"""`status`: how the plan stands on one screen, or every chapter, lead unit or year of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from credit_plan.as_of import AsOf, TrackedMeasure
from credit_plan.cells import Cell, Label
from credit_plan.cells.bars import Lights
from credit_plan.filters import Filters
from credit_plan.i18n import _, label, pgettext
from credit_plan.plan import Dimension, Measure, Plan
from credit_plan.questions import captions, columns
from credit_plan.questions.captions import SEPARATOR
from credit_plan.questions.columns import Field, field
from credit_plan.questions.due import TrackedObligation, track_obligations
from credit_plan.questions.indicators import TARGET_FIELDS, assess_targets
from credit_plan.status import (
    LIGHT_NAMES,
    LIGHTS,
    STATUS_NAMES,
    TIMING_NAMES,
    Assessment,
    LastStatus,
    Light,
    Timing,
)
from credit_plan.table import Answer, Column, Row, Show, Table

Key = str | int
"""What a row or a column of counts is called: a number or a name."""

_NONE = ""
"""The key of measures that name no unit, or whose deadline has no day."""

_MAX_SHOWN = 3
"""So many rows of a list are a glance: all tables together fit 40 lines."""


class Counts(NamedTuple):
    """How many measures of something have each light, timing and status."""

    lights: Counter[Light]
    timings: Counter[Timing]
    statuses: Counter[LastStatus]

    @property
    def measures(self) -> int:
        """Return how many there are in all."""
        return self.lights.total()

    @property
    def reported(self) -> int:
        """Return how many have a status that was reported."""
        return self.measures - self.statuses[LastStatus.NOT_REPORTED]

    @property
    def done(self) -> int:
        """Return how many are done, with every milestone and figure."""
        return self.timings[Timing.DONE_ON_TIME] + self.timings[Timing.DONE_LATE]

    @property
    def done_percent(self) -> int:
        """Return the share of what is done, as a whole number."""
        return round(100 * self.done / max(self.measures, 1))


class _Subject(NamedTuple):
    """What is counted: the measures asked for, as of a day."""

    plan: Plan
    filters: Filters
    as_of: AsOf
    measures: tuple[TrackedMeasure, ...]

    @property
    def ids(self) -> frozenset[str]:
        """Return the ids of the measures."""
        return frozenset(row.measure.id for row in self.measures)

    @property
    def is_reported(self) -> bool:
        """Return whether anything was reported: before that, there are no lights."""
        return bool(self.as_of.report_count)


class _DimensionWords(NamedTuple):
    """How one speaks of a dimension: the column of its rows, their number, and counts by it."""

    key: Column
    counts: str
    phrase: str


_DIMENSIONS = {
    Dimension.CHAPTER: _DimensionWords(
        Column("chapter", _("Chapter"), is_count=True),
        _("{count} of {total} chapters"),
        _("by chapter"),
    ),
    Dimension.UNIT: _DimensionWords(
        Column("unit", _("Lead unit")), captions.LEADING_UNITS, _("by lead unit")
    ),
    Dimension.YEAR: _DimensionWords(
        Column("year", _("Deadline in"), is_count=True),
        _("{count} of {total} years of deadlines"),
        _("by year of the deadline"),
    ),
}
_NEXT_FIELDS: tuple[Field[TrackedObligation], ...] = (
    field("date", _("Due"), lambda row: row.date),
    field("id", _("ID"), lambda row: row.obligation.measure.id, is_id=True),
    *(columns.of_part(lambda row: row.assessment, it) for it in columns.ASSESSMENT_FIELDS[:2]),
    field(
        "lead", pgettext("units", "Lead"), lambda row: columns.names(row.obligation.measure.lead)
    ),
    field("what", _("What falls due"), lambda row: row.obligation.what, wrap=True),
)
_DATES = {
    Timing.OVERDUE: _("date has passed"),
    Timing.DUE_SOON: _("due within {within} days"),
    Timing.OPEN: _("due later"),
}
"""What is said of timings before anything was reported: nothing but dates."""


_STATUS_HEADINGS = STATUS_NAMES | {LastStatus.DONE: _("reported as done")}
"""What was reported as done may lack its figures, and is not done then."""


def answer(plan: Plan, filters: Filters, day: date, by: Sequence[Dimension] = ()) -> Answer:
    """Return the page: totals, timings by status, chapters, units, missed targets, what is next.

    With one dimension, return all rows of that one table; with two, a matrix of them.
    """
    as_of = filters.as_of(plan)
    subject = _Subject(plan, filters, as_of, filters.select(map(as_of.track, plan.measures)))
    tables = (_make_table_by(subject, by),) if by else tuple(make(subject) for make in _TABLES)
    remarks = captions.explain_no_reports(as_of.report_count, filters)
    if not subject.measures:
        # Programs find the same tables, and people none.
        tables = tuple(Table(it.name, it.columns, ()) for it in tables)
        remarks = captions.NOTHING_FITS
    return Answer("status", day, tables, remarks, has_table_key=True, one_table=True)


def _count(measures: Sequence[TrackedMeasure]) -> Counts:
    assessments = _list_assessments(measures)
    return Counts(
        Counter(it.light for it in assessments),
        Counter(it.timing for it in assessments),
        Counter(it.status for it in assessments),
    )


def _list_assessments(measures: Iterable[TrackedMeasure]) -> list[Assessment]:
    return [row.assessment for row in measures if row.assessment]


def _totals_table(subject: _Subject) -> Table:
    """Return the lights, what is done, and what was reported; people read it as a title."""
    counts = _count(subject.measures)
    as_of = subject.as_of
    owed = (it for row in subject.measures for it in as_of.obligations[row.measure.id])
    overdue = sum(as_of.assess_obligation(it).is_overdue for it in owed)
    if_reported = Show.ALWAYS if subject.is_reported else Show.DATA
    cells = {
        **{Column(it, LIGHT_NAMES[it], show=if_reported): counts.lights[it] for it in Light},
        Column("measures", pgettext("number", "Measures")): counts.measures,
        Column("done", _("Done")): counts.done,
        Column("done_percent", _("Done (%)")): counts.done_percent,
        Column("reported", pgettext("number", "Reported")): counts.reported,
        Column("overdue_obligations", _("Obligations overdue")): overdue,
    }
    return Table("totals", tuple(cells), (tuple(cells.values()),), preview_rows=0)


def _describe_totals(subject: _Subject) -> str:
    """Return `red 3, yellow 2, green 1 · done 1 (17 %) · reported 5 of 6 · as of 2024-06-30`."""
    counts = _count(subject.measures)
    phrases = [
        _("red {red}, yellow {yellow}, green {green}").format(
            **{light: counts.lights[light] for light in Light}
        ),
        _("done {done} ({share} %)").format(done=counts.done, share=counts.done_percent),
        _("reported {reported} of {total}").format(reported=counts.reported, total=counts.measures),
    ]
    shown = phrases if subject.is_reported else phrases[-1:]
    return SEPARATOR.join((*shown, captions.as_of_phrase(subject.as_of.day)))


def _timings_table(subject: _Subject) -> Table:
    """Return how many measures have each timing, and of these each status.

    Only a plan with standing duties has a row for them.
    """
    assessments = _list_assessments(subject.measures)
    counts = Counter((it.timing, it.status) for it in assessments)
    if_reported = Show.ALWAYS if subject.is_reported else Show.DATA
    header = (
        Column("timing", _("Timing")),
        Column("measures", pgettext("number", "Measures"), is_count=True),
        *(Column(it, _STATUS_HEADINGS[it], show=if_reported, is_count=True) for it in LastStatus),
    )
    rows: list[Row] = []
    for timing in Timing:
        cells = [counts[timing, status] for status in LastStatus]
        if timing is Timing.STANDING and not any(cells):
            continue
        rows.append((_name_timing(timing, subject), sum(cells), *cells))
    return Table("timings", header, tuple(rows), title=_describe_totals(subject))


def _name_timing(timing: Timing, subject: _Subject) -> Label:
    """Return a timing by its name; before anything was reported, as what the calendar says."""
    if subject.is_reported:
        light = Light.RED if timing is Timing.OVERDUE else ""
        return Label(timing, TIMING_NAMES[timing], light)
    name = _DATES.get(timing, TIMING_NAMES[timing])
    return Label(timing, name.format(within=subject.as_of.within))


def _make_table_by(subject: _Subject, by: Sequence[Dimension]) -> Table:
    """Return all rows of a dimension, or a matrix of two, with what the lights mean."""
    table = _counts_table(subject, by[0]) if len(by) == 1 else _matrix(subject, *by)
    phrases = [table.caption, captions.as_of_phrase(subject.as_of.day)]
    if subject.is_reported:
        phrases += (label(LIGHT_NAMES[rule.light], rule.words) for rule in LIGHTS)
    return table._replace(caption=SEPARATOR.join(phrases))


def _counts_table(subject: _Subject, by: Dimension) -> Table:
    """Return a row for each chapter, unit or year: its measures, what is reported, late, done."""
    groups = _group(subject, by)
    counted = {key: _count(rows) for key, rows in groups.items()}
    largest = max((counts.measures for counts in counted.values()), default=0)
    words, cells = _DIMENSIONS[by], _list_key_cells(subject.plan, by)
    header = [words.key, *_count_columns(subject)]
    rows: list[Row] = [
        (cells.get(key, key), *_count_cells(counts, largest)) for key, counts in counted.items()
    ]
    if by is Dimension.CHAPTER:
        titles = {chapter.number: chapter.title for chapter in subject.plan.chapters}
        header.append(Column("title", _("Title"), show=Show.IF_ROOM, wrap=True))
        rows = [(*row, titles[int(key)]) for key, row in zip(groups, rows, strict=True)]
    named = tuple(key for key in groups if key != _NONE)
    result = captions.Result(named, len(named), subject.filters)
    has_no_lead = by is Dimension.UNIT and any(not it.measure.lead for it in subject.measures)
    more = (captions.WITHOUT_LEAD,) if has_no_lead else ()
    caption = captions.caption(result, words.counts, more=more)
    return Table(f"{by}s", tuple(header), tuple(rows), caption=caption, names=result.unit_names)


_DATA_TIMINGS = (
    Timing.DUE_SOON,
    Timing.OPEN,
    Timing.STANDING,
    Timing.DONE_LATE,
    Timing.DONE_ON_TIME,
)
_DATA_STATUSES = tuple(it for it in LastStatus if it is not LastStatus.DONE)


def _count_columns(subject: _Subject) -> tuple[Column, ...]:
    """Return the columns of the counts; before anything was reported people see dates alone."""
    if_reported = Show.ALWAYS if subject.is_reported else Show.DATA
    if_silent = Show.DATA if subject.is_reported else Show.ALWAYS
    overdue = TIMING_NAMES[Timing.OVERDUE] if subject.is_reported else _("Date passed")
    return (
        Column("measures", pgettext("number", "Measures"), is_count=True),
        Column("lights", _("Red·yellow·green"), show=if_reported),
        Column("reported", pgettext("number", "Reported"), show=if_reported, is_count=True),
        Column("overdue", overdue.capitalize(), is_count=True),
        Column("done", _("Done"), show=if_reported, is_count=True),
        *(
            Column(
                timing,
                TIMING_NAMES[timing].capitalize(),
                show=if_silent if timing in _DATES else Show.DATA,
                is_count=True,
            )
            for timing in _DATA_TIMINGS
        ),
        *(
            Column(status, STATUS_NAMES[status].capitalize(), show=Show.DATA, is_count=True)
            for status in _DATA_STATUSES
        ),
    )


def _count_cells(counts: Counts, largest: int) -> Row:
    return (
        counts.measures,
        _draw_lights(counts, largest),
        counts.reported,
        counts.timings[Timing.OVERDUE],
        counts.done,
        *(counts.timings[it] for it in _DATA_TIMINGS),
        *(counts.statuses[it] for it in _DATA_STATUSES),
    )


def _draw_lights(counts: Counts, largest: int | None = None) -> Lights:
    red, yellow, green = (counts.lights[light] for light in Light)
    return Lights(red, yellow, green, largest)


def _matrix(subject: _Subject, by: Dimension, across: Dimension) -> Table:
    """Return the lights of each chapter, unit or year by those of another dimension."""
    words = _DIMENSIONS[by]
    keys = tuple(_group(subject, across))
    names, headings = (_list_key_cells(subject.plan, it) for it in (by, across))
    rows = []
    for key, own in _group(subject, by).items():
        cells = _group(subject._replace(measures=own), across)
        row = (_matrix_cell(subject, cells.get(it, ())) for it in keys)
        rows.append((names.get(key, key), *row))
    header = (words.key, *(_head(key, headings.get(key, key)) for key in keys))
    phrases = [_("measures"), *(_DIMENSIONS[it].phrase for it in (by, across))]
    phrases += [_("red·yellow·green")] if subject.is_reported else []
    return Table("matrix", header, tuple(rows), caption=SEPARATOR.join(phrases))


def _list_key_cells(plan: Plan, by: Dimension) -> dict[Key, Label | int]:
    """Return what people read instead of a key: labels of chapters, and what _NONE means."""
    match by:
        case Dimension.CHAPTER:
            return {it.number: columns.chapter_cell(it) for it in plan.chapters}
        case Dimension.UNIT:
            return {_NONE: Label("", _("no unit"))}
        case Dimension.YEAR:
            return {_NONE: Label("", _("no fixed day"))}


def _head(key: Key, cell: Label | Key) -> Column:
    return Column(str(key) or "none", cell.label if isinstance(cell, Label) else str(cell))


def _matrix_cell(subject: _Subject, measures: Sequence[TrackedMeasure]) -> Cell:
    if not measures:
        return None
    return _draw_lights(_count(measures)) if subject.is_reported else len(measures)


def _group(subject: _Subject, by: Dimension) -> dict[Key, tuple[TrackedMeasure, ...]]:
    """Return the measures of each chapter, lead unit or year that has any, in its order."""
    groups: dict[Key, list[TrackedMeasure]] = {}
    for row in subject.measures:
        for key in _keys_of(row.measure, by):
            groups.setdefault(key, []).append(row)
    in_order: dict[Dimension, Iterable[Key]] = {
        Dimension.CHAPTER: (it.number for it in subject.plan.chapters),
        Dimension.UNIT: (*(it.name for it in subject.plan.units), _NONE),
        Dimension.YEAR: sorted(groups, key=lambda key: (key == _NONE, str(key))),
    }
    return {key: tuple(groups[key]) for key in in_order[by] if key in groups}


def _keys_of(measure: Measure, by: Dimension) -> tuple[Key, ...]:
    match by:
        case Dimension.CHAPTER:
            return (measure.chapter,)
        case Dimension.UNIT:
            return columns.names(measure.accountable) or (_NONE,)
        case Dimension.YEAR:
            return (measure.deadline.year if measure.deadline else _NONE,)


def _chapters_table(subject: _Subject) -> Table:
    """Return the chapters by their numbers; `--by chapter` has their titles."""
    table = _counts_table(subject, Dimension.CHAPTER)
    *counts, title = table.columns
    return table._replace(columns=(*counts, title._replace(show=Show.DATA)), caption="")


def _units_table(subject: _Subject) -> Table:
    """Return the units with the most red, then yellow measures."""
    lights = {key: _count(rows).lights for key, rows in _group(subject, Dimension.UNIT).items()}
    table = _counts_table(subject, Dimension.UNIT)
    row_of = dict(zip(lights, table.rows, strict=True))

    def urgency(key: Key) -> tuple[int, int]:
        return -lights[key][Light.RED], -lights[key][Light.YELLOW]

    keys = sorted(lights, key=urgency)
    shown, total = (sum(it != _NONE for it in of) for of in (keys[:_MAX_SHOWN], keys))
    caption = SEPARATOR.join(
        (
            captions.LEADING_UNITS.format(count=shown, total=total),
            _("all of them: --by unit"),
        )
    )
    rows = tuple(row_of[key] for key in keys)
    return table._replace(rows=rows, caption=caption, preview_rows=_MAX_SHOWN)


def _missed_table(subject: _Subject) -> Table:
    """Return the targets that were missed when their year ended, or never reported."""
    ids = subject.ids
    missed = [
        row
        for row in assess_targets(subject.plan, subject.as_of)
        if row.indicator.measure in ids and row.assessment.is_overdue
    ]
    missed.sort(key=lambda row: row.assessment.status is LastStatus.NOT_REPORTED)
    silent = sum(row.assessment.status is LastStatus.NOT_REPORTED for row in missed)
    message = _(
        "targets missed: {missed}, without a figure: {silent} · all of them: --table indicators"
    )
    return columns.make_table(
        "indicators",
        TARGET_FIELDS if subject.is_reported else columns.hide_lights(TARGET_FIELDS),
        missed,
        caption=message.format(missed=len(missed) - silent, silent=silent) if missed else "",
        preview_rows=_MAX_SHOWN,
    )


def _next_table(subject: _Subject) -> Table:
    """Return what falls due next, of what is not done."""
    ids, day = subject.ids, subject.as_of.day
    ahead = (it for it in subject.plan.obligations if it.date >= day and it.measure.id in ids)
    rows = [row for row in track_obligations(ahead, subject.as_of) if row.assessment.is_open]
    message = _("{count} of {total} still to be done, due from {date} on")
    if not rows:
        message = _("nothing more falls due from {date} on")
    return columns.make_table(
        "next",
        _NEXT_FIELDS if subject.is_reported else columns.hide_lights(_NEXT_FIELDS),
        rows,
        caption=message.format(count=min(len(rows), _MAX_SHOWN), total=len(rows), date=day),
        preview_rows=_MAX_SHOWN,
    )


_TABLES: tuple[Callable[[_Subject], Table], ...] = (
    _totals_table,
    _timings_table,
    _chapters_table,
    _units_table,
    _missed_table,
    _next_table,
)
