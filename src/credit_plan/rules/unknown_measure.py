"""Each indicator and each report refers to a measure of the plan.

The id of a measure is the number of its task, a dot and its printed number: `3.2`. If the single
measure of a task has no number, its id is the number of the task: `13`.

    - id: credit-granted
      measure: "3.9"

To fix it, write the id that `credit-plan show 3` shows.
"""

from collections.abc import Iterator, Mapping

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, join_list, quote
from credit_plan.models.draft import UNREAD, Draft, Located, task_number, task_number_of_file
from credit_plan.models.indicators import Indicator
from credit_plan.models.progress import Entry
from credit_plan.plan import RecordKind
from credit_plan.rules import order
from credit_plan.rules.context import Context

NAME = "unknown-measure"
SEVERITY = Severity.ERROR


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each id that no measure has.

    Nothing is found for a task that could not be read completely or has wrong numbers.
    """
    draft, by_id = context.draft, context.measures
    references: tuple[Located[Indicator] | Located[Entry], ...] = (
        *draft.indicators,
        *draft.entries,
    )
    unknown = [reference for reference in references if reference.record.measure not in by_id]
    if not unknown:
        return
    uncertain = _find_uncertain_tasks(draft)
    by_task: dict[int, list[str]] = {}
    for name in by_id:
        by_task.setdefault(task_number(name), []).append(name)
    for reference in unknown:
        task = task_number(reference.record.measure)
        # A file whose name is not a number may hold any task that is not here.
        if task in uncertain or (UNREAD in uncertain and task not in by_task):
            continue
        yield Diagnostic(
            NAME,
            *reference.at("measure"),
            _("the plan has no measure {id}").format(id=quote(reference.record.measure)),
            _describe_known(task, by_task),
        )


def _find_uncertain_tasks(draft: Draft) -> set[int]:
    """Return the tasks in which a measure may have an id that is mistyped or cannot be read."""
    uncertain = {task_number_of_file(file) for file in draft.unread_of(RecordKind.MEASURES)}
    for task in draft.tasks:
        measures, number = task.record.measures, task.record.id
        named = task_number_of_file(task.file)
        if named != number:
            uncertain |= {named, number} - {UNREAD}
        has_unread_number = len(measures) > 1 and None in order.parse_numbers(measures)
        is_out_of_order = order.has_gap(measures) or not order.is_in_order(measures)
        if has_unread_number or is_out_of_order:
            uncertain.add(number)
    return uncertain


def _describe_known(task: int, by_task: Mapping[int, list[str]]) -> str:
    if task in by_task:
        hint = _("the measures of task {task} are {measures}")
        return hint.format(task=task, measures=join_list(by_task[task]))
    if not by_task:
        return _("the plan has no tasks")
    hint = _("the tasks of the plan are {first} to {last}")
    return hint.format(first=min(by_task), last=max(by_task))
