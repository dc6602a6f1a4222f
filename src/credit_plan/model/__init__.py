"""The plan as records: pydantic models of the table's rows, and what is made of them."""

from credit_plan.model.plan import Counts, Draft, Filed, Plan, measures
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
    "measures",
]
