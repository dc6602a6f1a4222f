"""What a rule is: a name, a page of the manual, and a function that yields findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType

from credit_plan.diagnostic import Finding
from credit_plan.model import Draft


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule made from its module: `NAME`, the docstring, and `find`."""

    name: str
    manual: str
    find: Callable[[Draft], Iterator[Finding]]

    @classmethod
    def of(cls, module: ModuleType) -> Rule:
        """The rule that a module states."""
        return cls(module.NAME, module.__doc__ or "", module.find)
