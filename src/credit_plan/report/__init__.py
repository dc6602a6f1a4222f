"""Answers as tables: each report turns a selection into typed cells and decides nothing else."""

from credit_plan.report.due import due
from credit_plan.report.measures import chapter, measures
from credit_plan.report.progress import history, missing, overdue, stale
from credit_plan.report.promises import indicators
from credit_plan.report.rules import rules
from credit_plan.report.search import search
from credit_plan.report.show import show
from credit_plan.report.status import status
from credit_plan.report.tallies import chapters, summary, units
from credit_plan.report.unit import unit

__all__ = [
    "chapter",
    "chapters",
    "due",
    "history",
    "indicators",
    "measures",
    "missing",
    "overdue",
    "rules",
    "search",
    "show",
    "stale",
    "status",
    "summary",
    "unit",
    "units",
]
