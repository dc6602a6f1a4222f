"""The plan as records: pydantic models of the table's rows, and what is made of them."""

from credit_plan.model.plan import (
    UNREAD,
    Counts,
    Draft,
    Filed,
    Plan,
    is_well_named,
    measures,
    task_file,
    task_named_by,
)
from credit_plan.model.records import (
    Chapter,
    Deadline,
    Facts,
    Kind,
    Measure,
    Milestone,
    Period,
    Record,
    Registry,
    Task,
    Unit,
)

__all__ = [
    "UNREAD",
    "Chapter",
    "Counts",
    "Deadline",
    "Draft",
    "Facts",
    "Filed",
    "Kind",
    "Measure",
    "Milestone",
    "Period",
    "Plan",
    "Record",
    "Registry",
    "Task",
    "Unit",
    "is_well_named",
    "measures",
    "task_file",
    "task_named_by",
]
