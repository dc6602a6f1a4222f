"""`show`: measures with every field, what they promise in figures, and the last report on each."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from credit_plan.as_of import AsOf, TrackedMeasure
from credit_plan.cells import Cell, Described, Label
from credit_plan.filters import Filters, find_measures
from credit_plan.i18n import _, join_list, label, pgettext
from credit_plan.plan import Measure, Milestone, Plan, Recurrence, Report
from credit_plan.questions import captions, columns
from credit_plan.questions.columns import Field, field
from credit_plan.questions.history import report_fields
from credit_plan.questions.indicators import TARGET_FIELDS, TargetResult, assess_targets
from credit_plan.status import STATUS_NAMES, LastStatus, Timing
from credit_plan.table import Answer, Column, Layout, Show, Table

_SAID_ELSEWHERE = frozenset({"task", "chapter", "task_text", "deadline_kind"})
"""What the title says, and what is seen from the deadline itself."""
_SHOWN = tuple(key for key in Measure._fields if key not in _SAID_ELSEWHERE)
_PROGRESS = ("timing", "status")
_COUNTS = {
    Timing.OVERDUE: _("overdue {count}"),
    Timing.DUE_SOON: _("due soon {count}"),
    Timing.OPEN: _("open {count}"),
    Timing.STANDING: _("standing {count}"),
    Timing.DONE_LATE: _("done late {count}"),
    Timing.DONE_ON_TIME: _("done on time {count}"),
}
_HEADINGS = {
    "on": _("Last report"),
    "status": _("Reported as"),
    "values": pgettext("figure", "Reported"),
    "note": _("Remark"),
}
"""What a field of a report is called beside those of its measure."""


def answer(plan: Plan, filters: Filters, day: date, ids: Iterable[str]) -> Answer:
    """Return the measures that the ids name, a table for each task, in the order asked."""
    as_of = filters.as_of(plan)
    by_task: dict[int, dict[str, TrackedMeasure]] = {}
    for name in ids:
        for measure in find_measures(plan, name):
            by_task.setdefault(measure.task, {})[measure.id] = as_of.track(measure)
    fields = _list_fields(plan, as_of)
    phrases = (captions.as_of_phrase(day),) if as_of.report_count else ()
    tables = (_table(plan, fields, tuple(rows.values()), phrases) for rows in by_task.values())
    return Answer("show", day, tuple(tables))


def _table(
    plan: Plan,
    fields: tuple[Field[TrackedMeasure], ...],
    tracked: tuple[TrackedMeasure, ...],
    phrases: tuple[str, ...],
) -> Table:
    first = tracked[0].measure
    chapter = next(it for it in plan.chapters if it.number == first.chapter)
    total = sum(measure.task == first.task for measure in plan.measures)
    title = (
        captions.chapter_title(chapter),
        _("Task {number}: {text}").format(number=first.task, text=first.task_text),
    )
    count = _("{count} of {total} measures of task {number}").format(
        count=len(tracked), total=total, number=first.task
    )
    return columns.make_table(
        f"task-{first.task}",
        fields,
        tracked,
        title="\n".join(title),
        caption=captions.SEPARATOR.join((count, *phrases)),
        layout=Layout.RECORDS,
    )


def _list_fields(plan: Plan, as_of: AsOf) -> tuple[Field[TrackedMeasure], ...]:
    """Return all fields; before anything was reported, people see none about progress."""
    is_reported = bool(as_of.report_count)
    results: dict[str, list[TargetResult]] = {}
    for result in assess_targets(plan, as_of):
        results.setdefault(result.indicator.measure, []).append(result)

    def describe_milestones(tracked: TrackedMeasure) -> tuple[Described, ...]:
        measure = tracked.measure
        return tuple(_describe_milestone(measure, it, as_of) for it in measure.milestones)

    def describe_targets(tracked: TrackedMeasure) -> tuple[Described, ...]:
        of_measure = results.get(tracked.measure.id, ())
        return tuple(_describe_target(it, is_reported=is_reported) for it in of_measure)

    def describe_recurrences(tracked: TrackedMeasure) -> tuple[Described, ...]:
        measure = tracked.measure
        return tuple(_describe_recurrence(measure, it, as_of) for it in measure.recurrences)

    # These take the place of those that only have a day or a period and a text.
    fields: tuple[Field[TrackedMeasure], ...] = (
        *columns.MEASURE_FIELDS,
        field("milestones", columns.HEADINGS["milestones"], describe_milestones, wrap=True),
        field("recurrences", columns.HEADINGS["recurrences"], describe_recurrences, wrap=True),
        field("indicators", _("Figures"), describe_targets, wrap=True),
    )
    shown = (*_SHOWN, "indicators", *(_PROGRESS if is_reported else ()))
    first_open: Field[TrackedMeasure] = field(
        "first_open", columns.HEADINGS["timing_date"], _find_first_open, show=Show.PEOPLE
    )
    return (
        *columns.arrange(fields, shown=shown),
        *((first_open,) if is_reported else ()),
        *_list_report_fields(plan, as_of),
    )


def _find_first_open(tracked: TrackedMeasure) -> date | None:
    """Return the date that the timing is about, where it is not the deadline."""
    assessment = tracked.assessment
    if assessment is None or assessment.due == tracked.measure.deadline:
        return None
    return assessment.due


def _describe_milestone(measure: Measure, milestone: Milestone, as_of: AsOf) -> Described:
    by, text = milestone.by, milestone.text
    # A milestone on the day of the deadline is one obligation with it.
    owed = next(it for it in as_of.obligations[measure.id] if it.date == by and not it.span)
    assessment = as_of.assess_obligation(owed)
    cells = {it.column.key: it.cell(assessment) for it in columns.ASSESSMENT_FIELDS}
    line = f"{by} {text}"
    if as_of.report_count:
        status = columns.status_label(assessment) if assessment.is_open else None
        line = label(f"{by} {_join(columns.timing_label(assessment), status)}", text)
    coded = f"{by} {text} ({assessment.timing}, {assessment.status})"
    return Described({"by": by, "text": text} | cells, (line,), coded)


def _describe_recurrence(measure: Measure, recurrence: Recurrence, as_of: AsOf) -> Described:
    """Return a recurrence with how many of its periods have each timing, and the next one."""
    spans = set(recurrence.occurrences())
    owed = [it for it in as_of.obligations[measure.id] if it.span in spans]
    timings = [as_of.assess_obligation(it).timing for it in owed]
    counts = {timing: timings.count(timing) for timing in Timing if timing in timings}
    next_due = next((it.date for it in owed if it.date >= as_of.day), None)
    plain = columns.describe_recurrence(recurrence)
    words = [_COUNTS[timing].format(count=count) for timing, count in counts.items()]
    words += [_("next {date}").format(date=next_due)] if next_due else []
    line = plain.texts[0]
    if as_of.report_count:
        line = _("{line} ({state})").format(line=line, state=join_list(words))
    coded = ", ".join(f"{timing} {count}" for timing, count in counts.items())
    data = {**plain.values, "timings": counts, "next_due": next_due}
    return Described(data, (line,), f"{plain.coded} ({coded})")


def _describe_target(result: TargetResult, *, is_reported: bool) -> Described:
    cells = {it.column.key: it.cell(result) for it in TARGET_FIELDS}
    assessment, reported = result.assessment, str(cells["reported"] or "")
    line = f"{cells['by']} {cells['name']} {cells['promised']}"
    coded = f"{line} ({', '.join(filter(None, (assessment.timing, reported)))})"
    if is_reported:
        figure = _("{figure} on {date}").format(figure=reported, date=cells["on"])
        line = label(line, _join(columns.target_label(assessment), figure if reported else ""))
    return Described(cells, (line,), coded)


def _join(timing: Label | None, more: Label | str | None) -> str:
    """Return a timing, and a status or a figure where there is one."""
    first, second = (it.label if isinstance(it, Label) else it for it in (timing, more))
    return _("{timing}, {more}").format(timing=first, more=second) if second else first or ""


def _list_report_fields(plan: Plan, as_of: AsOf) -> tuple[Field[TrackedMeasure], ...]:
    """Return the last report on a measure, as an object for machines, in fields for people.

    It may be about a milestone.
    """
    fields = report_fields(plan)

    def find_last(tracked: TrackedMeasure) -> Report | None:
        reports = as_of.reports.get(tracked.measure.id)
        return reports[-1] if reports else None

    def describe(tracked: TrackedMeasure) -> Described | None:
        if not (report := find_last(tracked)):
            return None
        cells = {it.column.key: it.cell(report) for it in fields}
        said = f"{report.on} {report.unit}"
        words = f"{said} {STATUS_NAMES[LastStatus(report.status)]}"
        return Described(cells, (words,), f"{said} {report.status}")

    def take(field: Field[Report], tracked: TrackedMeasure) -> Cell:
        report = find_last(tracked)
        return field.cell(report) if report else None

    visible = (
        Field(_name(it.column), partial(take, it))
        for it in fields
        if it.column.key != "id" and it.column.show is not Show.DATA
    )
    heading = pgettext("day, unit and status", "Last report")
    return (field("last_report", heading, describe, show=Show.DATA), *visible)


def _name(column: Column) -> Column:
    """Return the column of a field of a report for people, beside those of its measure."""
    heading = _HEADINGS.get(column.key, column.heading)
    return column._replace(key=f"last_{column.key}", heading=heading, show=Show.PEOPLE)
