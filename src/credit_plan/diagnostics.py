"""What is wrong with a file: one type from the reader and the rules to what is printed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum, unique
from functools import lru_cache
from types import ModuleType
from typing import Any, TypeVar

from credit_plan.i18n import _, plural, translate_page

MAX_PER_KIND = 100
"""Of one kind in one file, more diagnostics are only counted."""

_MAX_LENGTH = 2000
"""Characters of a message or a hint; only a file made for it has longer ones."""

_SHARED = 4096
"""Words of findings, and the like, that are kept to be shared."""

T = TypeVar("T")

KeyPath = tuple[str | int, ...]
"""The way to a value inside a file: `("measures", 1, "deadline", "by")`."""


@unique
class Severity(StrEnum):
    """How much a diagnostic matters, the gravest first: only an error makes a plan unsound."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def rank(self) -> int:
        """Return 0 for the gravest."""
        return list(Severity).index(self)


SEVERITY_NAMES = {
    Severity.ERROR: _("error"),
    Severity.WARNING: _("warning"),
    Severity.NOTICE: _("notice"),
}
"""The severities as people read them; what programs read is the same in every language."""


@dataclass(frozen=True, slots=True)
class Location:
    """A part of a line; line and columns count characters from 1, `end_column` is exclusive.

    `source` is the line itself, as far as it can be read.
    """

    line: int
    column: int
    end_column: int = field(default=0, compare=False)
    source: str = field(default="", compare=False)


UNLOCATED = Location(1, 1, 2)
"""The location of what was not looked up yet."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something that is wrong in a file, and how to fix it.

    A rule names the value at fault by its `path` in the record; `on_key` means the key itself,
    `part` only these characters of the value (first, last + 1). The loader looks up the
    `location`. `related` is the other value where two contradict each other, and `related_at`
    its `file:line:column`. `fixable` means that `fmt` can fix it. If `count` is more than 1,
    it stands for that many that are not listed, at the place of the first of them.

    A warning or a notice can be accepted in `accepted.yaml`. It is recognised there by its rule, by
    its `subject` (the id of a measure, say) and by its `quotes`: the values without which it would
    be another finding. `accepted` is the reason, if it is accepted.
    """

    rule: str
    file: str
    path: KeyPath = field(compare=False)
    message: str
    hint: str
    severity: Severity = Severity.ERROR
    on_key: bool = field(default=False, compare=False)
    part: tuple[int, int] | None = field(default=None, compare=False)
    related: tuple[str, KeyPath] | None = field(default=None, compare=False)
    location: Location = UNLOCATED
    related_at: str = field(default="", compare=False)
    fixable: bool = field(default=False, compare=False)
    count: int = field(default=1, compare=False)
    quotes: tuple[str, ...] = field(default=(), compare=False)
    subject: str = field(default="", compare=False)
    accepted: str = field(default="", compare=False)

    def __lt__(self, other: Diagnostic) -> bool:
        """Sort by place: file, line, column; those that are not listed come last in their file."""
        return self._sort_key() < other._sort_key()

    @property
    def line(self) -> int:
        """Return the line of the value at fault."""
        return self.location.line

    @property
    def column(self) -> int:
        """Return the first column of the value at fault."""
        return self.location.column

    @property
    def end_column(self) -> int:
        """Return the column after the last character at fault on this line."""
        return self.location.end_column

    @property
    def source(self) -> str:
        """Return the line that holds the value at fault."""
        return self.location.source

    @property
    def acceptance(self) -> str:
        """Return the line of `accepted.yaml` that would accept it; "" if none can."""
        if not self.subject or not self.quotes or self.severity is Severity.ERROR:
            return ""
        ids, quotes = (_write_list(it) for it in ((self.subject,), self.quotes))
        return f'- {{rule: {self.rule}, ids: {ids}, quotes: {quotes}, reason: ""}}'

    def _sort_key(self) -> tuple[object, ...]:
        place = (self.file, self.count > 1, self.line, self.column)
        return (*place, self.rule, self.severity, self.message, self.hint)


@lru_cache(_SHARED)
def share(value: T) -> T:
    """Return the first of the values that are equal to this one.

    Many findings say the same, and many measures have the same units and deadlines.
    """
    return value


def limit(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the first MAX_PER_KIND diagnostics of each kind in each file, then one for the others.

    Of one kind are those of the same rule and severity that are all fixable, or all not, and all
    accepted, or all not.
    """
    counts: Counter[tuple[object, ...]] = Counter()
    unlisted: dict[tuple[object, ...], Diagnostic] = {}
    for it in diagnostics:
        kind: tuple[object, ...] = (
            *(it.file, it.rule, it.severity, it.fixable),
            bool(it.accepted),
        )
        counts[kind] += it.count
        if counts[kind] <= MAX_PER_KIND:
            yield _shorten(it)
        else:
            unlisted.setdefault(kind, it)
    for kind, first in unlisted.items():
        count = counts[kind] - MAX_PER_KIND
        yield _count_unlisted(first, count) if count > 1 else _shorten(first)


def _shorten(diagnostic: Diagnostic) -> Diagnostic:
    message, hint = diagnostic.message, diagnostic.hint
    if max(len(message), len(hint)) <= _MAX_LENGTH:
        return diagnostic
    cut = (
        text if len(text) <= _MAX_LENGTH else f"{text[:_MAX_LENGTH]}…" for text in (message, hint)
    )
    message, hint = cut
    return replace(diagnostic, message=message, hint=hint)


def _count_unlisted(first: Diagnostic, count: int) -> Diagnostic:
    message = plural(
        "… and {count:,} more finding of this kind in this file",
        "… and {count:,} more findings of this kind in this file",
        count,
    )
    hint = _("fix those that are listed, then run check again")
    return replace(
        first, message=message, hint=hint, related=None, related_at="", count=count, quotes=()
    )


def _write_list(words: tuple[str, ...]) -> str:
    """Return texts as a list of YAML on one line: JSON is that too."""
    return json.dumps(words, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of `check`: its name, the gravest severity that it reports, its manual page.

    `docs` is the page in English, from which `page` is translated.
    `find` yields what the rule finds in the plan as a whole, and `find_in_task` what it finds in
    one task alone. A rule has at least one of them, except a rule of reading, which the reader
    itself applies, and one about accepted findings. `mildest` is the least severity that the rule
    reports: the findings of a rule can be accepted unless all of them are errors.
    """

    name: str
    severity: Severity
    docs: str
    find: Callable[[Any], Iterator[Diagnostic]] | None = None
    find_in_task: Callable[[Any, Any], Iterator[Diagnostic]] | None = None
    mildest: Severity = Severity.ERROR

    @classmethod
    def of(cls, module: ModuleType) -> Rule:
        """Return the rule that a module states: `NAME`, `SEVERITY`, its docstring and functions.

        The functions are `find`, `find_in_task` or both. It states `MILDEST` as well if that is
        not its `SEVERITY`.
        """
        docs = (module.__doc__ or "").strip()
        mildest = getattr(module, "MILDEST", module.SEVERITY)
        find, in_task = (getattr(module, name, None) for name in ("find", "find_in_task"))
        return cls(module.NAME, module.SEVERITY, docs, find, in_task, mildest)

    @property
    def page(self) -> str:
        """Return the manual page in the language in use."""
        return translate_page(self.docs)

    @property
    def summary(self) -> str:
        """Return the first sentence of the manual page, on one line."""
        return " ".join(self.page.split("\n\n")[0].split())


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found, in order; its closing line; the rules that were applied."""

    found: tuple[Diagnostic, ...]
    closing: str = ""
    rules: tuple[Rule, ...] = ()
