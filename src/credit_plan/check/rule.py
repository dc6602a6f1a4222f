"""What a rule is: its manual, and a function that yields findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType

from credit_plan.diagnostic import Finding, Manual
from credit_plan.model import Draft


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule made from its module: `NAME`, `SEVERITY` and docstring, and `find`."""

    manual: Manual
    find: Callable[[Draft], Iterator[Finding]]

    @classmethod
    def of(cls, module: ModuleType) -> Rule:
        """The rule that a module states."""
        return cls(Manual.of(module), module.find)

    @property
    def name(self) -> str:
        """The rule's name, as a diagnostic shows it."""
        return self.manual.name
