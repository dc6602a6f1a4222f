"""The manuals of all rules, of reading and of judging, in the order in which they are met."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final

from credit_plan import check, syntax
from credit_plan.diagnostic import Manual
from credit_plan.errors import UnknownNameError
from credit_plan.language import _, quoted
from credit_plan.load import rules as load_rules

MANUALS: Final[tuple[Manual, ...]] = (
    *syntax.RULES,
    *load_rules.RULES,
    *(rule.manual for rule in check.RULES),
)
_NEAR: Final = 0.4


def manual(name: str) -> Manual:
    """The manual of the rule of this name; raises UnknownNameError with the nearest names."""
    wanted = name.strip().lower().replace("_", "-")
    known = {it.name: it for it in MANUALS}
    if wanted not in known:
        near = get_close_matches(wanted, known, n=3, cutoff=_NEAR)
        message = _("there is no rule {name}; `credit-plan rules` lists them")
        raise UnknownNameError(message.format(name=quoted(name)), tuple(near))
    return known[wanted]


def manuals(names: Sequence[str]) -> tuple[Manual, ...]:
    """The manuals of these rules; of all where none is named."""
    return tuple(dict.fromkeys(map(manual, names))) or MANUALS
