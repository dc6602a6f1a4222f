"""The story of reports over four years: where it is kept, and as a plan by which to answer."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from credit_plan import formatters
from credit_plan.dates import ZONE
from credit_plan.filters import Filters, parse_filters
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


class Line(NamedTuple):
    """A line of the table by hand: how something stands on a day."""

    as_of: date
    what: str
    state: str
    days: int
    light: str


def table() -> tuple[Line, ...]:
    """Return the table by hand."""
    with (STORY / "expected.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Line(
                date.fromisoformat(row["as_of"]),
                row["what"],
                row["state"],
                int(row["days"]),
                row["light"],
            )
            for row in csv.DictReader(file)
        )


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


def _all(day: date) -> Filters:
    return Filters(day=day)


def _ever(day: date) -> Filters:
    """Everything, also what fell due before the day: without any date `due` begins with it."""
    return Filters(day=day, after=date.min)


ANSWERS: Final[dict[str, Callable[[Plan, date], Answer]]] = {
    "due": lambda plan, day: due.answer(plan, _ever(day), day, ObligationKind.ALL),
    "milestones": lambda plan, day: due.answer(plan, _ever(day), day, ObligationKind.MILESTONE),
    "unit": lambda plan, day: unit.answer(
        plan, parse_filters(plan, day=day, units=["市总工会"]), day, list_shared=True
    ),
    "units": lambda plan, day: units.answer(plan, _all(day), day),
    "chapter": lambda plan, day: measures.answer_by_task(
        plan, parse_filters(plan, day=day, chapters=["4"]), day
    ),
    "chapters": lambda plan, day: chapters.answer(plan, _all(day), day),
    "list": lambda plan, day: measures.answer(plan, _all(day), day),
    "show": lambda plan, day: show.answer(plan, ["2", "4"], day),
    "search": lambda plan, day: search.answer(plan, _all(day), day, ("信易贷",)),
    "summary": summary.answer,
    "status": lambda plan, day: status.answer(plan, _all(day), day, None),
    "status --by chapter": lambda plan, day: status.answer(plan, _all(day), day, Dimension.CHAPTER),
    "status --by unit": lambda plan, day: status.answer(plan, _all(day), day, Dimension.UNIT),
    "status --by year": lambda plan, day: status.answer(plan, _all(day), day, Dimension.YEAR),
    "overdue": lambda plan, day: overdue.answer(plan, _all(day), day),
    "stale": lambda plan, day: stale.answer(plan, _all(day), day, 90),
    "missing": lambda plan, day: missing.answer(plan, _all(day), day, None),
    "missing --since 2024": lambda plan, day: missing.answer(
        plan, _all(day), day, date(2024, 1, 1)
    ),
    "history": lambda plan, day: history.answer(plan, ["2", "22"], day),
    "indicators": lambda plan, day: indicators.answer(plan, _all(day), day, None),
    "indicators ranking": lambda plan, day: indicators.answer(plan, _all(day), day, "ranking"),
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
