"""The manuals of all rules, of reading and of judging, in the order in which they are met."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final

from credit_plan.diagnostics import Rule
from credit_plan.errors import UnknownNameError
from credit_plan.i18n import _, quote
from credit_plan.rules import registry
from credit_plan.rules.reading import READING

RULES: Final[tuple[Rule, ...]] = (
    *READING,
    *registry.RULES,
)
_NEAR: Final = 0.4


def find_rule(name: str) -> Rule:
    """The manual of the rule of this name; raises UnknownNameError with the nearest names."""
    wanted = name.strip().lower().replace("_", "-")
    known = {it.name: it for it in RULES}
    if wanted not in known:
        near = get_close_matches(wanted, known, n=3, cutoff=_NEAR)
        message = _("there is no rule {name}; `credit-plan rules` lists them")
        raise UnknownNameError(message.format(name=quote(name)), tuple(near))
    return known[wanted]


def find_rules(names: Sequence[str]) -> tuple[Rule, ...]:
    """The manuals of these rules; of all where none is named."""
    return tuple(dict.fromkeys(map(find_rule, names))) or RULES
