"""What several rules look up in a draft, computed once and only if one of them needs it."""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from credit_plan.models.draft import UNREAD, Draft, Located, is_named_for_task, task_number
from credit_plan.models.progress import Entry
from credit_plan.models.records import Task
from credit_plan.plan import UnitKind
from credit_plan.rules import order, targets, texts, units
from credit_plan.rules.measures import LocatedMeasure, iter_measures

KeyT = TypeVar("KeyT")


@dataclass(frozen=True)
class Context:
    """A draft with its indices.

    A rule on one task uses only what follows from `plan.yaml`, `units.yaml` and the names of the
    unread files: `years`, `units`, `groups`, and `metadata` and `unread` of the draft.
    The draft may have outlines in place of its tasks; then `read_tasks` returns the whole tasks,
    and is called only to look for the words of an indicator that is wrong.
    """

    draft: Draft
    read_tasks: Callable[[], Iterable[Located[Task]]] | None = None

    @property
    def has_outlines(self) -> bool:
        """Return whether tasks may be outlines."""
        return self.read_tasks is not None

    @cached_property
    def years(self) -> range | None:
        """Return the years of the plan; None if `plan.yaml` does not state or reverses them."""
        if self.draft.metadata is None:
            return None
        period = self.draft.metadata.record.period
        return range(period.first, period.last + 1) or None

    @cached_property
    def chapters(self) -> tuple[int, ...]:
        """Return the numbers of the chapters; none if they are unknown or not consecutive."""
        metadata = self.draft.metadata
        if metadata is None or any(order.find_chapter_breaks(metadata.record)):
            return ()
        return tuple(chapter.number for chapter in metadata.record.chapters)

    @cached_property
    def units(self) -> units.Units:
        """Return the units by name and alias; empty if there is no registry."""
        return units.index_names(self.draft)

    @cached_property
    def groups(self) -> frozenset[str]:
        """Return the names of units that are groups."""
        return frozenset(name for name, it in self.units.items() if it.kind is UnitKind.GROUP)

    @cached_property
    def misnamed(self) -> tuple[Located[Task], ...]:
        """Return the tasks whose files are not named after their ids."""
        return tuple(task for task in self.draft.tasks if not is_named_for_task(task))

    @cached_property
    def tasks(self) -> tuple[Located[Task], ...]:
        """Return the tasks in the order of the table.

        A file whose name and id differ is left out, because its row is uncertain.
        """
        return _sort_tasks(self.draft.tasks, {it.file for it in self.misnamed})

    @cached_property
    def named_units(self) -> frozenset[str]:
        """Return all names of units that measures use."""
        names: set[str] = set()
        for task in self.draft.tasks:
            for measure in task.record.measures:
                names.update(measure.lead, measure.responsible)
        return frozenset(names)

    @cached_property
    def measures(self) -> Mapping[str, LocatedMeasure]:
        """Return the measures by id; empty if no indicator and no report refers to one.

        A task whose numbers are out of order is left out: the ids of its measures are uncertain.
        """
        return _index_measures(self.tasks) if self.referred else {}

    @cached_property
    def whole_measures(self) -> Mapping[str, LocatedMeasure]:
        """Return the same with all their texts, also where the draft has outlines of them."""
        if self.read_tasks is None or not self.referred:
            return self.measures
        return _index_measures(_sort_tasks(self.read_tasks(), {it.file for it in self.misnamed}))

    @cached_property
    def referred(self) -> frozenset[int]:
        """Return the numbers of the tasks to which an indicator or a report refers."""
        ids = {it.record.measure for it in self.draft.indicators}
        ids.update(it.record.measure for it in self.draft.entries)
        return frozenset(map(task_number, ids))

    @cached_property
    def targets(self) -> tuple[targets.LocatedTarget, ...]:
        """Return every target of every indicator."""
        return tuple(targets.iter_targets(self.draft.indicators, self.measures))

    @cached_property
    def reports_by_subject(self) -> Mapping[tuple[str, str | None], list[Located[Entry]]]:
        """Return the reports by what they are about, sorted by day and then by time of entry."""
        return _group_reports(self.draft, lambda entry: entry.subject)

    @cached_property
    def reports_by_measure(self) -> Mapping[str, list[Located[Entry]]]:
        """Return the reports by measure, sorted in the same way."""
        return _group_reports(self.draft, lambda entry: entry.measure)

    @cached_property
    def suspects(self) -> tuple[tuple[Located[Any], str], ...]:
        """Return the records other than tasks with unusual characters, each with its words."""
        draft = self.draft
        single = (it for it in (draft.registry, draft.metadata) if it is not None)
        others: tuple[Located[Any], ...] = (
            *single,
            *draft.indicators,
            *draft.entries,
            *draft.accepted,
        )
        joined = ((it, texts.join_suspect(it.record)) for it in others)
        return tuple((it, words) for it, words in joined if words)


def _sort_tasks(
    tasks: Iterable[Located[Task]], misnamed: Container[str]
) -> tuple[Located[Task], ...]:
    named = (it for it in tasks if it.record.id != UNREAD and it.file not in misnamed)
    return tuple(sorted(named, key=lambda task: task.record.id))


def _index_measures(tasks: Iterable[Located[Task]]) -> dict[str, LocatedMeasure]:
    by_id: dict[str, LocatedMeasure] = {}
    in_order = (task for task in tasks if order.is_in_order(task.record.measures))
    for measure in iter_measures(in_order):
        by_id.setdefault(measure.task.record.measure_id(measure.record), measure)
    return by_id


def _group_reports(draft: Draft, key: Callable[[Entry], KeyT]) -> dict[KeyT, list[Located[Entry]]]:
    by_key: dict[KeyT, list[Located[Entry]]] = {}
    for report in sorted(draft.entries, key=lambda report: report.record.when):
        by_key.setdefault(key(report.record), []).append(report)
    return by_key
