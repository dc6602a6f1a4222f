"""Questions to a plan: names that are looked up, filters that compose, and what they leave.

A name that the plan does not know is an UnknownNameError with the nearest names, never an
empty answer. `changes` (of two plans) and `entry` (what is to be recorded) are no questions, and
are imported where they are needed.
"""

from credit_plan.query.due import due
from credit_plan.query.measures import ask, measures, show, unit
from credit_plan.query.progress import history, missing, overdue, stale
from credit_plan.query.promises import indicators
from credit_plan.query.search import search
from credit_plan.query.status import status
from credit_plan.query.tally import chapters, summary, units

__all__ = [
    "ask",
    "chapters",
    "due",
    "history",
    "indicators",
    "measures",
    "missing",
    "overdue",
    "search",
    "show",
    "stale",
    "status",
    "summary",
    "unit",
    "units",
]
