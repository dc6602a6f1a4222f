"""Judges a draft of the plan: each rule is a module, and what the rules find are values."""

from credit_plan.check.rules import RULES
from credit_plan.check.run import errors, findings, plan

__all__ = ["RULES", "errors", "findings", "plan"]
