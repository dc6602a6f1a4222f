"""`status`: how the plan stands at a glance, or by chapter, lead unit or year."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from credit_plan.as_of import AsOf, TrackedMeasure
from credit_plan.cells import Bar, Label, Lights
from credit_plan.filters import Filters
from credit_plan.i18n import _
from credit_plan.plan import Dimension, Plan
from credit_plan.questions import captions, columns
from credit_plan.questions.captions import SEPARATOR
from credit_plan.questions.columns import Field, field
from credit_plan.questions.due import TrackedObligation, track_obligations
from credit_plan.questions.indicators import TARGET_FIELDS, assess_targets
from credit_plan.status import LIGHT_NAMES, LIGHTS, STATE_NAMES, STATES, Light, State
from credit_plan.table import Answer, Column, Show, Table


@dataclass(frozen=True, slots=True)
class StateCounts:
    """How many measures of something are in each state and each light."""

    key: str
    title: str
    states: Counter[State]
    lights: Counter[Light]

    @property
    def measures(self) -> int:
        """Return how many there are in all."""
        return self.states.total()


@dataclass(frozen=True, slots=True)
class _DimensionWords:
    """What a dimension is called: the column of its rows, all of them, and their table."""

    key: Column
    nouns: str
    title: str


_DIMENSIONS = {
    Dimension.CHAPTER: _DimensionWords(
        Column("chapter", _("Chapter"), is_count=True), _("chapters"), _("By chapter")
    ),
    Dimension.UNIT: _DimensionWords(
        Column("unit", _("Lead unit")), _("units that lead a measure"), _("By lead unit")
    ),
    Dimension.YEAR: _DimensionWords(
        Column("year", _("Deadline in"), is_count=True),
        _("years"),
        _("By the year of the deadline"),
    ),
}
_URGENT_FIRST = (
    State.OVERDUE,
    State.NOT_REPORTED,
    State.BLOCKED,
    State.DUE_SOON,
    State.IN_PROGRESS,
    State.NOT_YET_DUE,
    State.DONE_LATE,
    State.DONE_ON_TIME,
)
_MAX_SHOWN = 10
"""So many rows of a table are a glance."""

_NEXT_FIELDS: tuple[Field[TrackedObligation], ...] = (
    field("date", _("Due"), lambda row: row.date),
    field("id", _("ID"), lambda row: row.obligation.measure.id),
    columns.of_part(lambda row: row.assessment, columns.ASSESSMENT_FIELDS[0]),
    field("lead", _("Lead"), lambda row: columns.names(row.obligation.measure.lead)),
    field("what", _("What falls due"), lambda row: row.obligation.what, wrap=True),
)


def answer(plan: Plan, filters: Filters, day: date, by: Dimension | None) -> Answer:
    """Return every state with its measures, then chapters, units, missed targets, what is next.

    With `by`, return all rows of that one table.
    """
    as_of = filters.as_of(plan)
    selected = filters.select(map(as_of.track, plan.measures))
    tables: tuple[Table, ...] = ()
    if by is not None:
        counts = tuple(_count_by(by, plan, selected))
        table = _counts_table(counts, by, filters, counts_shown=Show.IF_ROOM)
        caption = SEPARATOR.join((table.caption, captions.as_of_phrase(day), _describe_lights()))
        tables = (replace(table, caption=caption),)
    elif selected:
        chapters = tuple(_count_by(Dimension.CHAPTER, plan, selected))
        tables = (
            _states_table(selected, filters.within, day),
            _counts_table(chapters, Dimension.CHAPTER, filters),
            _units_table(tuple(_count_by(Dimension.UNIT, plan, selected)), filters),
            _missed_table(plan, selected, as_of),
            _next_table(plan, selected, as_of, day),
        )
    remarks = (
        captions.explain_no_reports(as_of.report_count, day) if selected else captions.NOTHING_FITS
    )
    return Answer("status", day, tables, remarks, has_table_key=True)


def _count_by(
    by: Dimension, plan: Plan, measures: Sequence[TrackedMeasure]
) -> Iterator[StateCounts]:
    """Yield the counts of each chapter, lead unit or year that has a measure."""
    match by:
        case Dimension.CHAPTER:
            keys = [(str(chapter.number), chapter.title) for chapter in plan.chapters]
        case Dimension.UNIT:
            keys = [(unit.name, unit.name) for unit in plan.units]
        case Dimension.YEAR:
            years = sorted({row.measure.deadline.year for row in measures})
            keys = [(str(year), "") for year in years]
    for key, title in keys:
        own = [row for row in measures if key in _keys_of(row, by)]
        if own:
            yield _count(key, title, own)


def _keys_of(row: TrackedMeasure, by: Dimension) -> tuple[str, ...]:
    match by:
        case Dimension.CHAPTER:
            return (str(row.measure.chapter),)
        case Dimension.UNIT:
            return columns.names(row.measure.lead)
        case Dimension.YEAR:
            return (str(row.measure.deadline.year),)


def _count(key: str, title: str, measures: Iterable[TrackedMeasure]) -> StateCounts:
    assessments = [row.assessment for row in measures if row.assessment is not None]
    return StateCounts(
        key,
        title,
        Counter(assessment.state for assessment in assessments),
        Counter(assessment.light for assessment in assessments),
    )


def _states_table(measures: Sequence[TrackedMeasure], within: int, day: date) -> Table:
    """Return every state with how many measures are in it, and what it means."""
    total = _count("", "", measures)
    largest = max(total.states.values(), default=0)
    words = {rule.state: rule.words.format(within=within) for rule in STATES}
    header = (
        Column("state", _("State")),
        Column("count", _("Measures")),
        Column("means", _("Means"), wrap=True),
    )
    rows = tuple(
        (Label(state, STATE_NAMES[state]), Bar(total.states[state], largest), words[state])
        for state in _URGENT_FIRST
    )
    reported = _("{count} of {total} measures have a report").format(
        count=sum(row.last_recorded is not None for row in measures), total=total.measures
    )
    title = SEPARATOR.join((_("State of the measures"), captions.as_of_phrase(day)))
    caption = SEPARATOR.join((reported, _describe_lights()))
    return Table("states", header, rows, title=title, caption=caption)


def _describe_lights() -> str:
    """Return `红: overdue, …; 黄: …; 绿: all else`."""
    return "; ".join(f"{LIGHT_NAMES[rule.light]}: {rule.words}" for rule in LIGHTS)


def _counts_table(
    counts: Sequence[StateCounts], by: Dimension, filters: Filters, counts_shown: Show = Show.DATA
) -> Table:
    """Return a row for each chapter, unit or year; `counts_shown` says who sees each count."""
    largest = max((row.measures for row in counts), default=0)
    words, result = _DIMENSIONS[by], captions.Result(tuple(counts), len(counts), filters)
    has_title = by is Dimension.CHAPTER
    header = (
        words.key,
        Column("measures", _("Measures"), is_count=True),
        Column("lights", _("红 黄 绿")),
        *(
            Column(state, STATE_NAMES[state], show=counts_shown, is_count=True)
            for state in _URGENT_FIRST
        ),
        *((Column("title", _("Title"), wrap=True),) if has_title else ()),
    )
    rows = tuple(
        (
            row.key if by is Dimension.UNIT else int(row.key),
            row.measures,
            _draw_lights(row, largest),
            *(row.states[state] for state in _URGENT_FIRST),
            *((row.title,) if has_title else ()),
        )
        for row in counts
    )
    caption = captions.caption(result, words.nouns)
    return Table(by, header, rows, words.title, caption, names=result.unit_names)


def _draw_lights(row: StateCounts, largest: int) -> Lights:
    red, yellow, green = (row.lights[light] for light in Light)
    return Lights(red, yellow, green, largest)


def _units_table(counts: tuple[StateCounts, ...], filters: Filters) -> Table:
    """Return the units with the most red, then yellow measures."""
    worst = sorted(counts, key=lambda row: (-row.lights[Light.RED], -row.lights[Light.YELLOW]))
    table = _counts_table(worst, Dimension.UNIT, filters)
    if len(worst) <= _MAX_SHOWN:
        return table
    message = _("{count} of {total} units that lead a measure · all: credit-plan status --by unit")
    caption = message.format(count=_MAX_SHOWN, total=len(worst))
    return replace(table, caption=caption, preview_rows=_MAX_SHOWN)


def _missed_table(plan: Plan, measures: Sequence[TrackedMeasure], as_of: AsOf) -> Table:
    """Return the targets that were missed when their year ended, or never reported."""
    ids = {row.measure.id for row in measures}
    missed = [
        row
        for row in assess_targets(plan, as_of)
        if row.indicator.measure in ids and row.assessment.light is Light.RED
    ]
    missed.sort(key=lambda row: row.assessment.state is State.NOT_REPORTED)
    silent = sum(row.assessment.state is State.NOT_REPORTED for row in missed)
    message = _("targets of past year-ends: {missed} missed, {silent} not reported")
    caption = message.format(missed=len(missed) - silent, silent=silent)
    if len(missed) > _MAX_SHOWN:
        caption = SEPARATOR.join((caption, _("all: credit-plan indicators")))
    return columns.make_table(
        "indicators",
        TARGET_FIELDS,
        missed,
        title=_("Targets missed or not reported"),
        caption=caption,
        preview_rows=_MAX_SHOWN,
    )


def _next_table(plan: Plan, measures: Sequence[TrackedMeasure], as_of: AsOf, day: date) -> Table:
    """Return what falls due next, of what is not done."""
    ids = {row.measure.id for row in measures}
    ahead = (it for it in plan.obligations if it.date >= day and it.measure.id in ids)
    rows = [row for row in track_obligations(ahead, as_of) if row.assessment.is_open]
    if rows:
        message = _("{count} of {total} open obligations due from {date} on")
    else:
        message = _("no open obligation is due from {date} on")
    return columns.make_table(
        "next",
        _NEXT_FIELDS,
        rows,
        title=_("What falls due next"),
        caption=message.format(count=min(len(rows), _MAX_SHOWN), total=len(rows), date=day),
        preview_rows=_MAX_SHOWN,
    )
