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

from credit_plan import formatters, query, report
from credit_plan.dates import ZONE
from credit_plan.formatters import Screen
from credit_plan.loader.locate import Source
from credit_plan.loader.reader import load
from credit_plan.models.draft import Plan
from credit_plan.rules import registry
from credit_plan.selection.asked import Asked
from credit_plan.table import Report
from credit_plan.terms import Dimension, ObligationKind

STORY: Final = Path(__file__).parent / "story"
_ENTRY: Final = re.compile(r"^  - measure: ", re.MULTILINE)
_RECORDED: Final = re.compile(r"^    recorded: (\S+)$", re.MULTILINE)


class Line(NamedTuple):
    """A line of the table by hand: how something stands on a day; None where nobody can tell."""

    as_of: date
    what: str
    state: str | None
    days: int | None
    light: str | None


def table() -> tuple[Line, ...]:
    """The table by hand."""
    with (STORY / "expected.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Line(
                date.fromisoformat(row["as_of"]),
                row["what"],
                row["state"] or None,
                int(row["days"]) if row["days"] else None,
                row["light"] or None,
            )
            for row in csv.DictReader(file)
        )


def tell(workspace: Path) -> None:
    """Puts the story into a workspace."""
    for name in ("progress", "evidence"):
        shutil.copytree(STORY / name, workspace / "data" / name, dirs_exist_ok=True)


def cut(workspace: Path, day: date) -> None:
    """Takes out of the files of a workspace what was recorded after a day."""
    for path in sorted((workspace / "data" / "progress").iterdir()):
        head, *entries = _ENTRY.split(path.read_text(encoding="utf-8"))
        kept = [entry for entry in entries if _recorded(entry) <= day]
        if kept:
            text = "  - measure: ".join((head, *kept))
            path.write_bytes(text.encode())
        else:
            path.unlink()


def _recorded(entry: str) -> date:
    """The day in Suifenhe on which an entry was recorded."""
    (stamp,) = _RECORDED.findall(entry)
    return datetime.fromisoformat(stamp).astimezone(ZONE).date()


def plan_of(workspace: Path) -> Plan:
    """The sound plan of a workspace, with its reports."""
    loaded = load(Source(workspace / "data", bundled=False))
    assert loaded.diagnostics == ()
    return registry.build_plan(loaded.draft)


def _all(plan: Plan, day: date) -> Asked:
    return query.ask(plan, day=day)


ANSWERS: Final[dict[str, Callable[[Plan, date], Report]]] = {
    "due": lambda plan, day: report.due(query.due(plan, _all(plan, day)), day),
    "milestones": lambda plan, day: report.due(
        query.due(plan, _all(plan, day), ObligationKind.MILESTONE), day
    ),
    "unit": lambda plan, day: report.unit(
        query.unit(plan, query.ask(plan, day=day, units=["市总工会"])), day, list_shared=True
    ),
    "units": lambda plan, day: report.units(query.units(plan, _all(plan, day), day), day),
    "chapter": lambda plan, day: report.chapter(
        query.measures(plan, query.ask(plan, day=day, chapters=["4"])), day
    ),
    "chapters": lambda plan, day: report.chapters(query.chapters(plan, _all(plan, day)), day),
    "list": lambda plan, day: report.measures(query.measures(plan, _all(plan, day)), day),
    "show": lambda plan, day: report.show(query.show(plan, ["2", "4"], day), day),
    "search": lambda plan, day: report.search(
        query.search(plan, _all(plan, day), ("信易贷",)), day
    ),
    "summary": lambda plan, day: report.summary(query.summary(plan, day), day),
    "status": lambda plan, day: report.status(query.status(plan, _all(plan, day)), day),
    "status --by chapter": lambda plan, day: report.status(
        query.status(plan, _all(plan, day)), day, Dimension.CHAPTER
    ),
    "status --by unit": lambda plan, day: report.status(
        query.status(plan, _all(plan, day)), day, Dimension.UNIT
    ),
    "status --by year": lambda plan, day: report.status(
        query.status(plan, _all(plan, day)), day, Dimension.YEAR
    ),
    "overdue": lambda plan, day: report.overdue(query.overdue(plan, _all(plan, day)), day),
    "stale": lambda plan, day: report.stale(query.stale(plan, _all(plan, day), 90), day, 90),
    "missing": lambda plan, day: report.missing(query.missing(plan, _all(plan, day), None), day),
    "missing --since 2024": lambda plan, day: report.missing(
        query.missing(plan, _all(plan, day), date(2024, 1, 1)), day
    ),
    "history": lambda plan, day: report.history(query.history(plan, ["2", "22"], day), day),
    "indicators": lambda plan, day: report.indicators(query.indicators(plan, _all(plan, day)), day),
    "indicators ranking": lambda plan, day: report.indicators(
        query.indicators(plan, _all(plan, day), "ranking"), day
    ),
}
"""Every question, answered within the test: the command line adds only the way to it."""

NEW: Final = tuple(ANSWERS)[list(ANSWERS).index("status") :]
"""The questions about what was reported."""


def rows(answer: Report) -> list[dict[str, Any]]:
    """The rows of an answer as programs get them."""
    found: list[dict[str, Any]] = json.loads(formatters.format_report(answer, "json", Screen()))["rows"]
    return found
