"""Output formats: one format, one module, one pure function, chosen from one registry.

To add a format for answers, write a module with `format_answer(answer, screen) -> str` and add it
to ANSWER_FORMATS; for diagnostics, one with `format_diagnostics(result, as_of, screen) -> str`, in
DIAGNOSTIC_FORMATS. A formatter never looks at the terminal, the clock or the environment. Its
module is imported when its format is used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    # The names of the formats are options, and --help has no use for a table.
    from datetime import date

    from credit_plan.diagnostics import CheckResult
    from credit_plan.table import Answer


class OutputFormat(NamedTuple):
    """A format: its module in this package, and the ending of a file name that means it.

    What is `for_people` is in the encoding that they have; programs get UTF-8. One that
    `names_rules` says which rules were applied, whatever they found.

    `summary_variable` is the environment variable that names a file for `format_summary` of the
    module; "" where it has no such function.
    """

    module: str
    ending: str
    summary_variable: str = ""
    for_people: bool = False
    names_rules: bool = False

    def load(self) -> Any:  # noqa: ANN401  modules have no type of their own
        """Return the module."""
        return import_module(f"{__name__}.{self.module}")


ANSWER_FORMATS = {
    "table": OutputFormat("text", ".txt", for_people=True),
    "json": OutputFormat("json_document", ".json"),
    "csv": OutputFormat("csv_table", ".csv"),
    "markdown": OutputFormat("markdown", ".md", for_people=True),
}
DIAGNOSTIC_FORMATS = {
    "text": OutputFormat("diagnostics_text", ".txt", for_people=True),
    "json": OutputFormat("json_document", ".json"),
    "github": OutputFormat("github", ".log", "GITHUB_STEP_SUMMARY"),
    "sarif": OutputFormat("sarif", ".sarif", names_rules=True),
    "junit": OutputFormat("junit", ".xml", names_rules=True),
}


class Screen(NamedTuple):
    """The width of a line in display cells and the lines of a terminal (None: unlimited).

    What does not fit the height is shown one line a row, unless `is_long`: then nothing is left
    out at all. `styled` allows bold and dim, `coloured` colours, `boxed` lines drawn with
    characters.
    """

    width: int | None = None
    height: int | None = None
    is_long: bool = False
    styled: bool = False
    coloured: bool = False
    boxed: bool = False

    def holds(self, lines: int) -> bool:
        """Return whether so many lines can be seen at once, above that of the prompt."""
        return self.height is None or lines < self.height


def format_answer(answer: "Answer", name: str, screen: Screen) -> str:
    """Return an answer in the format of this name."""
    text: str = ANSWER_FORMATS[name].load().format_answer(answer, screen)
    return text


def format_diagnostics(result: "CheckResult", name: str, as_of: "date", screen: Screen) -> str:
    """Return what a check found in the format of this name."""
    text: str = DIAGNOSTIC_FORMATS[name].load().format_diagnostics(result, as_of, screen)
    return text


def format_job_summary(result: "CheckResult", name: str, as_of: "date") -> str:
    """Return the text for the page of the job, of a format with a `summary_variable`."""
    text: str = DIAGNOSTIC_FORMATS[name].load().format_summary(result, as_of)
    return text
