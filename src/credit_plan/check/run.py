"""Runs the rules over a draft, and makes the plan of a draft that is sound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.check.rules import RULES, evidence_file
from credit_plan.diagnostic import Diagnostic, Severity
from credit_plan.model import Draft, Plan

_OF_NO_ANSWER: Final = frozenset({evidence_file.NAME})
"""The rules whose errors keep nobody from an answer: it is the same with the file and without."""


def findings(draft: Draft) -> Iterator[Diagnostic]:
    """Everything that the rules have to say, rule by rule."""
    for rule in RULES:
        if rule.find is not None:
            yield from rule.find(draft)


def errors(draft: Draft) -> Iterator[Diagnostic]:
    """What keeps a draft from being answered from, and nothing of what is only to be looked at."""
    for rule in RULES:
        if rule.find is not None and rule.severity is Severity.ERROR and rule.name not in _OF_NO_ANSWER:
            yield from (it for it in rule.find(draft) if it.severity is Severity.ERROR)


def plan(draft: Draft) -> Plan:
    """The plan of a draft in which nothing is wrong; ValueError for one that is not whole."""
    if draft.facts is None or draft.registry is None or draft.unread:
        message = "a draft with unread files is no plan"
        raise ValueError(message)
    tasks = sorted((filed.record for filed in draft.tasks), key=lambda task: task.id)
    return Plan(
        draft.facts.record,
        draft.registry.record.units,
        tuple(tasks),
        tuple(it.record for it in draft.indicators),
        tuple(it.record for it in draft.entries),
    )
