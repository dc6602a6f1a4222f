"""Writes the plan's text files so that none is ever half written: paths and bytes, no more."""

from credit_plan.ledger.locking import locked
from credit_plan.ledger.replacing import replace, replace_all

__all__ = ["locked", "replace", "replace_all"]
