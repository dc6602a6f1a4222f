"""The story of reports over four years: where it is kept, and as a plan by which to answer."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

from credit_plan import formatters
from credit_plan.dates import ZONE
from credit_plan.filters import parse_filters
from credit_plan.formatters import Screen
from credit_plan.loader.build import build_plan
from credit_plan.loader.locate import Source
from credit_plan.loader.reader import load
from credit_plan.plan import Dimension, ObligationKind, Plan
from credit_plan.questions import (
    chapters,
    due,
    history,
    indicators,
    measures,
    missing,
    overdue,
    search,
    show,
    stale,
    status,
    summary,
    unit,
    units,
)
from credit_plan.table import Answer
from tests.conftest import ROOT

STORY: Final = Path(__file__).parent / "story"
DEMO: Final = ROOT / "src" / "credit_plan" / "demo"
_ENTRY: Final = re.compile(r"^  - measure: ", re.MULTILINE)
_RECORDED: Final = re.compile(r"^    recorded: (\S+)$", re.MULTILINE)


class Standing(NamedTuple):
    """How something stands on a day, as a row of an answer says it."""

    status: str
    timing: str
    due: str
    days: int
    light: str


class Line(NamedTuple):
    """A line of the table by hand. With `known_by`, only what was entered by then counts."""

    as_of: date
    known_by: date | None
    what: str
    standing: Standing


def table() -> tuple[Line, ...]:
    """Return the table by hand."""
    with (STORY / "expected.csv").open(encoding="utf-8", newline="") as file:
        return tuple(map(_read_line, csv.DictReader(file)))


def _read_line(row: dict[str, str]) -> Line:
    standing = Standing(row["status"], row["timing"], row["due"], int(row["days"]), row["light"])
    known_by = date.fromisoformat(row["known_by"]) if row["known_by"] else None
    return Line(date.fromisoformat(row["as_of"]), known_by, row["what"], standing)


def tell(workspace: Path) -> None:
    """Put the story into a workspace, as `init --demo` does."""
    for name in ("progress", "evidence"):
        shutil.copytree(DEMO / name, workspace / "data" / name, dirs_exist_ok=True)


def cut(workspace: Path, day: date) -> None:
    """Take out of the files of a workspace what was recorded after a day."""
    for path in sorted((workspace / "data" / "progress").iterdir()):
        head, *entries = _ENTRY.split(path.read_text(encoding="utf-8"))
        kept = [entry for entry in entries if _recorded(entry) <= day]
        if kept:
            text = "  - measure: ".join((head, *kept))
            path.write_bytes(text.encode())
        else:
            path.unlink()


def _recorded(entry: str) -> date:
    """Return the day in Suifenhe on which an entry was recorded."""
    (stamp,) = _RECORDED.findall(entry)
    return datetime.fromisoformat(stamp).astimezone(ZONE).date()


def plan_of(workspace: Path) -> Plan:
    """Return the sound plan of a workspace, with its reports."""
    loaded = load(Source(workspace / "data", bundled=False))
    assert loaded.diagnostics == ()
    return build_plan(loaded.draft)


class Ask(Protocol):
    """A question about a day, and what was known by another."""

    def __call__(self, plan: Plan, day: date, known_by: date | None = None) -> Answer:
        """Return the answer."""


def _ask(answer: Callable[..., Answer], *more: object, **narrower: Any) -> Ask:  # noqa: ANN401  any filter
    """Return a question that takes the plan, filters, the day, and more."""

    def ask(plan: Plan, day: date, known_by: date | None = None) -> Answer:
        filters = parse_filters(plan, day=day, known_by=known_by, **narrower)
        return answer(plan, filters, day, *more)

    return ask


def _ask_summary(plan: Plan, day: date, known_by: date | None = None) -> Answer:  # noqa: ARG001
    """Return the answer to the one question that is about the plan alone."""
    return summary.answer(plan, day)


ANSWERS: Final[dict[str, Ask]] = {
    # Without any date `due` begins with the day.
    "due": _ask(due.answer, ObligationKind.ALL, after=date.min),
    "milestones": _ask(due.answer, ObligationKind.MILESTONE, after=date.min),
    "recurring": _ask(due.answer, ObligationKind.RECURRING, after=date.min),
    "unit": _ask(partial(unit.answer, list_shared=True), units=["市总工会"]),
    "units": _ask(units.answer),
    "chapter": _ask(measures.answer_by_task, chapters=["4"]),
    "chapters": _ask(chapters.answer),
    "list": _ask(measures.answer),
    "show": _ask(show.answer, ["2", "4"]),
    "search": _ask(search.answer, ("信易贷",)),
    "summary": _ask_summary,
    "status": _ask(status.answer),
    "status --by chapter": _ask(status.answer, (Dimension.CHAPTER,)),
    "status --by unit": _ask(status.answer, (Dimension.UNIT,)),
    "status --by year": _ask(status.answer, (Dimension.YEAR,)),
    "overdue": _ask(overdue.answer),
    "stale": _ask(stale.answer, 90),
    "missing": _ask(missing.answer, None),
    "missing --since 2024": _ask(missing.answer, date(2024, 1, 1)),
    "history": _ask(history.answer, ["2", "22"]),
    "indicators": _ask(indicators.answer, None),
    "indicators ranking": _ask(indicators.answer, ["ranking"]),
}
"""Every question, answered within the test: the command line adds only the way to it."""

NEW: Final = tuple(ANSWERS)[list(ANSWERS).index("status") :]
"""The questions about what was reported."""


def rows(answer: Answer) -> list[dict[str, Any]]:
    """Return the rows of an answer as programs get them."""
    found: list[dict[str, Any]] = json.loads(formatters.format_answer(answer, "json", Screen()))[
        "rows"
    ]
    return found
