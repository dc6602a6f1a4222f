"""Values become text: one format, one file, one pure function, chosen from one registry.

To add a format for reports, write a module with `format_report(report, screen) -> str` and name it in
REPORT_FORMATS; for diagnostics, with `format_diagnostics(result, as_of, screen) -> str`, in
DIAGNOSTIC_FORMATS. A module is imported when its format is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    # The names of the formats are options, and --help has no use for a table.
    from credit_plan.diagnostics import CheckResult
    from credit_plan.table import Report

REPORT_FORMATS: Final[dict[str, tuple[str, str]]] = {
    "table": ("credit_plan.formatters.text", ".txt"),
    "json": ("credit_plan.formatters.json_document", ".json"),
    "csv": ("credit_plan.formatters.csv_table", ".csv"),
    "markdown": ("credit_plan.formatters.markdown", ".md"),
}
"""Each format's module, and the ending of a file's name that means it."""

DIAGNOSTIC_FORMATS: Final[dict[str, tuple[str, str]]] = {
    "text": ("credit_plan.formatters.diagnostics_text", ".txt"),
    "json": ("credit_plan.formatters.json_document", ".json"),
    "github": ("credit_plan.formatters.github", ".log"),
    "sarif": ("credit_plan.formatters.sarif", ".sarif"),
    "junit": ("credit_plan.formatters.junit", ".xml"),
}
"""The same of the formats of diagnostics."""

SUMMARY_FILES: Final[dict[str, str]] = {"github": "GITHUB_STEP_SUMMARY"}
"""Formats whose module has a `summary` too, and the variable that names the file to add it to."""


@dataclass(frozen=True, slots=True)
class Screen:
    """The display cells in a line (None: as many as it takes), and what may be used.

    `styled` allows bold and dim, `coloured` colours, `boxed` lines and bars drawn with
    characters.
    """

    width: int | None = None
    styled: bool = False
    coloured: bool = False
    boxed: bool = False


def format_report(answer: Report, name: str, screen: Screen) -> str:
    """A report in the format of this name."""
    module, _ending = REPORT_FORMATS[name]
    rendered: str = import_module(module).format_report(answer, screen)
    return rendered


def format_diagnostics(result: CheckResult, name: str, as_of: date, screen: Screen) -> str:
    """What a check found, in the format of this name."""
    module, _ending = DIAGNOSTIC_FORMATS[name]
    rendered: str = import_module(module).format_diagnostics(result, as_of, screen)
    return rendered


def format_job_summary(result: CheckResult, name: str, as_of: date) -> str:
    """What a format of SUMMARY_FILES says on the page of the job."""
    module, _ending = DIAGNOSTIC_FORMATS[name]
    rendered: str = import_module(module).summary(result, as_of)
    return rendered
