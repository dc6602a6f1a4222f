"""The tasks and the measures with their places in the files, and what their dates mean."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from credit_plan import wordings
from credit_plan.diagnostics import KeyPath
from credit_plan.models.draft import Draft, Located
from credit_plan.models.progress import Entry
from credit_plan.models.records import Deadline, Measure, Milestone, Task
from credit_plan.models.recurrences import list_recurrences
from credit_plan.plan import Recurrence
from credit_plan.rules import order, texts


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


@dataclass(frozen=True, slots=True)
class LocatedTask(Located[Task]):
    """A task with what many rules look at: its measures, and the words of all its texts.

    `dated` are the measures with milestones, `recurring` those with recurrences, which are few.
    `suspect` is empty where `texts.join_suspect` says so.
    """

    measures: tuple[LocatedMeasure, ...] = ()
    dated: tuple[LocatedMeasure, ...] = ()
    recurring: tuple[LocatedMeasure, ...] = ()
    suspect: str = ""

    @classmethod
    def of(cls, task: Located[Task]) -> "LocatedTask":
        """Return a task of a draft with its measures."""
        records = task.record.measures
        measures = tuple([LocatedMeasure(task, at, it) for at, it in enumerate(records)])
        return cls(
            *(task.file, task.record, task.path),
            measures,
            tuple([it for it in measures if it.record.milestones]),
            tuple([it for it in measures if it.record.recurrences]),
            texts.join_suspect(task.record),
        )


def iter_measures(tasks: Iterable[Located[Task]]) -> Iterator[LocatedMeasure]:
    """Yield every measure of the tasks."""
    for task in tasks:
        for index, measure in enumerate(task.record.measures):
            yield LocatedMeasure(task, index, measure)


def find_recurrences(measure: LocatedMeasure, draft: Draft) -> tuple[Recurrence, ...] | None:
    """Return what a measure promises again and again; None if that is uncertain."""
    record, metadata = measure.record, draft.metadata
    if not record.recurrences and (not record.deadline or record.deadline.by):
        return ()
    if metadata is None or not {metadata.file, measure.file}.isdisjoint(draft.unread):
        return None
    return tuple(list_recurrences(record, metadata.record))


def describe_report(report: Entry, on_measure: str, on_due: str, **values: object) -> str:
    """Return a sentence about a report: on a measure, or on something that falls due of it."""
    sentence = on_measure if report.due is None else on_due
    return sentence.format(id=report.measure, due=report.due, **values)


def is_reliable(dated: Deadline | Milestone | None, years: range | None) -> bool:
    """Tell whether no rule reports the date: it agrees with its text and is in the plan's years.

    A measure without a deadline, or with one that has no day, has no such date.
    """
    if not dated or not dated.by or not agrees_with_text(dated, years):
        return False
    return years is None or dated.by.year in years


def agrees_with_text(dated: Deadline | Milestone, years: range | None) -> bool:
    """Tell whether a date could be read, and is one that its own text names.

    Of a deadline in words that nobody knows, its record alone says which day it is.
    """
    if isinstance(dated, Milestone):
        return any(it.by == dated.by for it in wordings.find_days(dated.text, dated.by, years))
    printed = wordings.read_deadline(dated.text, dated.by, years)
    return printed is None or printed.by == dated.by


def name_limits(measure: LocatedMeasure) -> tuple[frozenset[date], frozenset[date]]:
    """Return the days that the words of a measure name as beginnings, and those as ends."""
    words_of = (measure.task.record.task, measure.record.text, measure.record.target)
    starts = (it.span.first for words in words_of for it in wordings.find_starts(words))
    days = [it for words in words_of for it in wordings.find_days(words)]
    firsts = frozenset((*starts, *(it.span.first for it in days if it.letter == "R")))
    return firsts, frozenset(it.by for it in days)
