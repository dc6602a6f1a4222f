"""The measures with their places in the files, their dates, and the reports on them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from credit_plan import wordings
from credit_plan.diagnostics import KeyPath
from credit_plan.i18n import _
from credit_plan.models.draft import Draft, Located
from credit_plan.models.progress import Entry
from credit_plan.models.records import Deadline, Measure, Milestone, Task
from credit_plan.models.recurrences import list_recurrences
from credit_plan.plan import Recurrence
from credit_plan.rules import order

KeyT = TypeVar("KeyT")


@dataclass(frozen=True, slots=True)
class LocatedMeasure:
    """A measure with its task and its index there."""

    task: Located[Task]
    index: int
    record: Measure

    @property
    def file(self) -> str:
        """Return the name of the file."""
        return self.task.file

    @property
    def id(self) -> str:
        """Return the id; only the task's number where the measure's own could not be read."""
        if order.parse_number(self.record.number) is None:
            return str(self.task.record.id)
        return self.task.record.measure_id(self.record)

    @property
    def deadline(self) -> date | None:
        """Return the last day of the deadline; None if it has none."""
        return self.record.deadline.by if self.record.deadline else None

    def at(self, *keys: str | int) -> tuple[str, KeyPath]:
        """Return the file and the path of a value in the measure, as a Diagnostic takes them."""
        return self.task.at("measures", self.index, *keys)


def iter_measures(tasks: Iterable[Located[Task]]) -> Iterator[LocatedMeasure]:
    """Yield every measure of the tasks."""
    for task in tasks:
        for index, measure in enumerate(task.record.measures):
            yield LocatedMeasure(task, index, measure)


def index_measures(draft: Draft) -> dict[str, LocatedMeasure]:
    """Return the measures by id; empty if no indicator and no report refers to one.

    A task whose numbers are out of order is left out: the ids of its measures are uncertain.
    """
    if not (draft.indicators or draft.entries):
        return {}
    tasks = [task for task in order.sort_tasks(draft) if order.is_in_order(task.record.measures)]
    by_id: dict[str, LocatedMeasure] = {}
    for measure in iter_measures(tasks):
        by_id.setdefault(measure.task.record.measure_id(measure.record), measure)
    return by_id


def find_recurrences(measure: LocatedMeasure, draft: Draft) -> tuple[Recurrence, ...] | None:
    """Return what a measure promises again and again; None if that is uncertain."""
    record, metadata = measure.record, draft.metadata
    if not record.recurrences and (not record.deadline or record.deadline.by):
        return ()
    if metadata is None or not {metadata.file, measure.file}.isdisjoint(draft.unread):
        return None
    return tuple(list_recurrences(record, metadata.record))


def group_reports(draft: Draft, key: Callable[[Entry], KeyT]) -> dict[KeyT, list[Located[Entry]]]:
    """Return the reports by a key, sorted by day and then by time of recording."""
    by_key: dict[KeyT, list[Located[Entry]]] = {}
    for report in sorted(draft.entries, key=lambda report: report.record.when):
        by_key.setdefault(key(report.record), []).append(report)
    return by_key


def name_subject(report: Entry) -> str:
    """Return what a report is about: a measure, or something that falls due of it."""
    if report.due is None:
        return _("measure {id}").format(id=report.measure)
    return _("measure {id} for {due}").format(id=report.measure, due=report.due)


def find_plan_years(draft: Draft) -> range | None:
    """Return the years of the plan; None if `plan.yaml` does not state them or reverses them."""
    if draft.metadata is None:
        return None
    period = draft.metadata.record.period
    return range(period.first, period.last + 1) or None


def is_reliable(dated: Deadline | Milestone | None, draft: Draft) -> bool:
    """Tell whether no rule reports the date: it agrees with its text and is in the plan's years.

    A measure without a deadline, or with one that has no day, has no such date.
    """
    if not dated or not dated.by or not agrees_with_text(dated, draft):
        return False
    years = find_plan_years(draft)
    return years is None or dated.by.year in years


def agrees_with_text(dated: Deadline | Milestone, draft: Draft) -> bool:
    """Tell whether a date could be read, and is one that its own text names.

    Of a deadline in words that nobody knows, its record alone says which day it is.
    """
    years = find_plan_years(draft)
    if isinstance(dated, Milestone):
        return any(it.by == dated.by for it in wordings.find_days(dated.text, dated.by, years))
    printed = wordings.read_deadline(dated.text, dated.by, years)
    return printed is None or printed.by == dated.by


def name_limits(measure: LocatedMeasure) -> tuple[frozenset[date], frozenset[date]]:
    """Return the days that the words of a measure name as beginnings, and those as ends."""
    texts = (measure.task.record.task, measure.record.text, measure.record.target)
    starts = (it.span.first for words in texts for it in wordings.find_starts(words))
    days = [it for words in texts for it in wordings.find_days(words)]
    firsts = frozenset((*starts, *(it.span.first for it in days if it.letter == "R")))
    return firsts, frozenset(it.by for it in days)
