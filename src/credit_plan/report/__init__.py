"""Answers as tables: each report turns a selection into typed cells and decides nothing else."""

from credit_plan.report.due import due
from credit_plan.report.measures import chapter, measures
from credit_plan.report.rules import rules
from credit_plan.report.search import search
from credit_plan.report.show import show
from credit_plan.report.tallies import chapters, summary, units
from credit_plan.report.unit import unit

__all__ = [
    "chapter",
    "chapters",
    "due",
    "measures",
    "rules",
    "search",
    "show",
    "summary",
    "unit",
    "units",
]
