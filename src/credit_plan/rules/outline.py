"""A task reduced to what the rules on the plan as a whole look at.

So they can be run over far more tasks than there is memory for.
"""

from credit_plan.diagnostics import share
from credit_plan.models.draft import Located
from credit_plan.models.records import Measure, Task
from credit_plan.rules import outside_period, repeated_text
from credit_plan.rules.context import Context


def outline(task: Located[Task], context: Context) -> Located[Task]:
    """Return a task with as much of it as `registry.find_in_plan` needs.

    These are the ids and numbers, the chapter, the pages, the units, the deadlines, and texts that
    are equal where those of the measures are. A task to which an indicator or a report refers, and
    a measure with a date outside the plan's years, stay as they are: other rules may look at all
    their texts. For this, the draft of the context needs its metadata, indicators and reports.
    """
    if task.record.id in context.referred:
        return task
    measures = tuple([_outline_measure(it, context.years) for it in task.record.measures])
    record = Task(id=task.record.id, chapter=task.record.chapter, task="", measures=measures)
    return Located(task.file, record, task.path)


def _outline_measure(measure: Measure, years: range | None) -> Measure:
    if years and outside_period.is_outside(measure, years):
        return measure
    return Measure(
        number=share(measure.number),
        text=repeated_text.abbreviate(measure.text),
        lead=share(measure.lead),
        responsible=share(measure.responsible),
        deadline=share(measure.deadline),
        page=measure.page,
    )
