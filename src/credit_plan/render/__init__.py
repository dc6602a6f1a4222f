"""Values become text: one format, one file, one pure function, chosen from one registry.

To add a format for reports, write a module with `render(report, screen) -> str` and name it in
REPORT_FORMATS; for diagnostics, with `render(result, as_of, screen) -> str`, in
DIAGNOSTIC_FORMATS. A module is imported when its format is asked for.
"""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    # The names of the formats are options, and --help has no use for a table.
    from credit_plan.diagnostic import CheckResult
    from credit_plan.render.screen import Screen
    from credit_plan.table import Report

__all__ = [
    "DIAGNOSTIC_FORMATS",
    "REPORT_FORMATS",
    "SUMMARY_FILES",
    "diagnostics",
    "job_summary",
    "report",
]

REPORT_FORMATS: Final[dict[str, tuple[str, str]]] = {
    "table": ("credit_plan.render.table_text", ".txt"),
    "json": ("credit_plan.render.table_json", ".json"),
    "csv": ("credit_plan.render.table_csv", ".csv"),
    "markdown": ("credit_plan.render.table_markdown", ".md"),
}
"""Each format's module, and the ending of a file's name that means it."""

DIAGNOSTIC_FORMATS: Final[dict[str, tuple[str, str]]] = {
    "text": ("credit_plan.render.findings_text", ".txt"),
    "json": ("credit_plan.render.findings_json", ".json"),
    "github": ("credit_plan.render.findings_github", ".log"),
    "sarif": ("credit_plan.render.findings_sarif", ".sarif"),
    "junit": ("credit_plan.render.findings_junit", ".xml"),
}
"""The same of the formats of diagnostics."""

SUMMARY_FILES: Final[dict[str, str]] = {"github": "GITHUB_STEP_SUMMARY"}
"""Formats whose module has a `summary` too, and the variable that names the file to add it to."""


def report(answer: Report, name: str, screen: Screen) -> str:
    """A report in the format of this name."""
    module, _ending = REPORT_FORMATS[name]
    rendered: str = import_module(module).render(answer, screen)
    return rendered


def diagnostics(result: CheckResult, name: str, as_of: date, screen: Screen) -> str:
    """What a check found, in the format of this name."""
    module, _ending = DIAGNOSTIC_FORMATS[name]
    rendered: str = import_module(module).render(result, as_of, screen)
    return rendered


def job_summary(result: CheckResult, name: str, as_of: date) -> str:
    """What a format of SUMMARY_FILES says on the page of the job."""
    module, _ending = DIAGNOSTIC_FORMATS[name]
    rendered: str = import_module(module).summary(result, as_of)
    return rendered
