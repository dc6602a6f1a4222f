"""What is found wrong with a file, as values that can be gathered, sorted and shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum, unique
from types import ModuleType

Place = tuple[str | int, ...]
"""The way to a value inside a file: `("measures", 1, "deadline", "by")`."""


@unique
class Severity(StrEnum):
    """How much a finding matters, the gravest first: only an error makes a plan unsound."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Manual:
    """A rule's name, the gravest that it finds, and its page of the manual."""

    name: str
    severity: Severity
    page: str

    @classmethod
    def of(cls, module: ModuleType) -> Manual:
        """The manual that a module states: `NAME`, `SEVERITY`, and its docstring."""
        return cls(module.NAME, module.SEVERITY, (module.__doc__ or "").strip())

    @property
    def summary(self) -> str:
        """The first sentence of the page, in one line."""
        return " ".join(self.page.split("\n\n")[0].split())


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault and the value it sits at, before anyone has looked up its line.

    `on_key` means that the key itself is at fault and not what stands behind it; `part` that
    only these characters of the value are, from the first to before the last. `twin` is the
    file and the place of the other value, where two do not go together.
    """

    rule: str
    file: str
    place: Place
    message: str
    hint: str
    severity: Severity = Severity.ERROR
    on_key: bool = False
    part: tuple[int, int] | None = None
    twin: tuple[str, Place] | None = None


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """A finding with its position; `line` and `column` count characters from 1.

    The order of the fields is the order in which diagnostics are sorted. `end_column` is the
    column behind the last character at fault on this line, `source` the line itself, as far as
    it can be read, and `related` where the other value is, as `file:line:column`.
    """

    file: str
    line: int
    column: int
    rule: str
    severity: Severity
    message: str
    hint: str
    end_column: int = field(default=0, compare=False)
    source: str = field(default="", compare=False)
    related: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check has to say: the findings in order, their sum for people, and the rules."""

    found: tuple[Diagnostic, ...]
    closing: str = ""
    manuals: tuple[Manual, ...] = ()
