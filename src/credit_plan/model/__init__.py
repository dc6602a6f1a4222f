"""The plan as records: pydantic models of the table's rows, and what is made of them."""

from credit_plan.model.figures import Comparison, Direction, Goal, Indicator, Indicators
from credit_plan.model.plan import (
    UNREAD,
    Counts,
    Draft,
    Filed,
    Listed,
    Plan,
    is_well_named,
    measures,
    task_file,
    task_named_by,
)
from credit_plan.model.progress import Entry, Evidence, Progress
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
from credit_plan.model.reported import Mistake, Reported

__all__ = [
    "UNREAD",
    "Chapter",
    "Comparison",
    "Counts",
    "Deadline",
    "Direction",
    "Draft",
    "Entry",
    "Evidence",
    "Facts",
    "Filed",
    "Goal",
    "Indicator",
    "Indicators",
    "Kind",
    "Listed",
    "Measure",
    "Milestone",
    "Mistake",
    "Period",
    "Plan",
    "Progress",
    "Record",
    "Registry",
    "Reported",
    "Task",
    "Unit",
    "is_well_named",
    "measures",
    "task_file",
    "task_named_by",
]
