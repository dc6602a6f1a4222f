"""What to type: examples of every command, from the published plan, and what each of them does.

--help, the man page and the start screen show them, and a test runs them all. Nothing else needs
this module.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from credit_plan.i18n import _


class Example(NamedTuple):
    """The words of a command line after `credit-plan`, and what it is good for.

    Names of files and states in it are words of the language in use.
    """

    words: str
    purpose: str

    @property
    def command(self) -> str:
        """Return the whole command line."""
        return f"credit-plan {self.words}"


EXAMPLES: Final[dict[str, tuple[Example, ...]]] = {
    "due": (
        Example("due --before 2023-12-31", _("What falls due by the end of 2023.")),
        Example("due 市文旅局 --quarter 2023Q4", _("The same for one unit and one quarter.")),
        Example("due --year 2025 --kind milestone", _("The milestones of 2025.")),
        Example(_("due --year 2025 -o due.csv"), _("All of 2025 as a file for Excel or WPS.")),
    ),
    "unit": (
        Example("unit 市住建局", _("What the unit leads and takes part in, with the dates.")),
        Example("unit 住建 --open", _("What is not done yet; a part of the name is enough.")),
        Example("unit 市住建局 --shared", _("With what is assigned to groups such as 各相关单位.")),
    ),
    "units": (
        Example("units", _("All units, and how many measures each of them leads.")),
        Example("units --sort -lead", _("Those that lead the most first.")),
    ),
    "chapter": (
        Example("chapter 6", _("The tasks and measures of chapter 6.")),
        Example("chapter 第六章 --unit 市营商局", _("Those that name one unit.")),
    ),
    "chapters": (
        Example("chapters", _("All chapters, and how many measures each of them has.")),
        Example("chapters 市营商局", _("The same for the measures that name one unit.")),
    ),
    "list": (
        Example("list --unit 市住建局 --role lead", _("The measures that a unit leads.")),
        Example("list --chapter 5 --year 2023", _("Those of a chapter with a deadline in 2023.")),
        Example("list --columns id,deadline,lead,text", _("All measures, in four columns.")),
        Example(
            _("list 市住建局 -o duties.csv"), _("A unit's measures as a file for Excel or WPS.")
        ),
    ),
    "show": (
        Example("show 79.1-4", _("One measure with everything that the plan says of it.")),
        Example("show 7", _("A whole task.")),
        Example("show 7.5 8.7 11.4", _("Several measures.")),
    ),
    "search": (
        Example("search 信易贷 银行", _("The measures in which both words occur.")),
        Example("search 信用承诺 --unit 市营商局", _("Those that name one unit.")),
    ),
    "summary": (
        Example("summary", _("How large the plan is, by chapter, year and unit.")),
        Example("summary --table units", _("Only the table of the units.")),
    ),
    "indicators": (
        Example("indicators", _("All figures that the plan promises, and what was reported.")),
        Example("indicators 承诺率", _("One of them, with a line over the years.")),
        Example("indicators --unit 市营商局", _("Those that one unit answers for.")),
    ),
    "status": (
        Example("status", _("How the plan stands today, on one screen.")),
        Example("status --by unit", _("The same for each unit.")),
        Example("status --by unit,chapter --as-of 2024-06-30", _("A matrix, as of a day.")),
    ),
    "overdue": (
        Example("overdue", _("What is late today.")),
        Example("overdue 市住建局", _("What is late at one unit.")),
        Example(
            _("overdue --as-of 2024-06-30 -o overdue.csv"), _("For Excel or WPS, as of a day.")
        ),
    ),
    "stale": (
        Example("stale", _("Open measures without a report in the last 90 days.")),
        Example("stale 市营商局 --days 30", _("Those of one unit, in the last 30 days.")),
    ),
    "missing": (
        Example("missing", _("Units that have never reported.")),
        Example("missing --since 2023-01-01", _("Units that have not reported since that day.")),
    ),
    "history": (
        Example("history", _("The last 20 reports.")),
        Example("history 14", _("All reports on one measure.")),
        Example("history 市公安局 --since 2022", _("What a unit reported from 2022 on.")),
    ),
    "init": (
        Example(_("init workspace"), _("A folder with the plan, ready for reports.")),
        Example(_("init --demo demo"), _("The same with invented reports, to try the commands.")),
    ),
    "form": (
        Example(_("form --each-unit -o sheets"), _("A sheet for each unit, to be sent round.")),
        Example("form --unit 市住建局 -o 市住建局.csv", _("The sheet of one unit.")),
    ),
    "record": (
        Example(_("record sheets/市住建局.csv"), _("What a unit has filled in.")),
        Example(
            _("record 14 --status in-progress --value 承诺率=59.5 --note 还差三家"),
            _("One report, typed by hand."),
        ),
        Example(_("record 7.5 --status done --dry-run"), _("Show what would be written.")),
        Example("record --undo", _("Take back the last command.")),
    ),
    "export": (Example("export parquet lake", _("Tables for DuckDB, Spark and others.")),),
    "check": (
        Example("check", _("Whether the data is sound, and what is not.")),
        Example("check --accepted", _("With the findings that were accepted, and why.")),
        Example("check data/measures/14.yaml", _("Only what concerns one file.")),
    ),
    "fmt": (
        Example("fmt", _("Bring all files to their canonical form.")),
        Example("fmt --check", _("Only say which files are not in it.")),
    ),
    "diff": (
        Example("diff", _("What has changed since the last commit.")),
        Example("diff HEAD~1 HEAD", _("What the last commit changed.")),
        Example("diff HEAD~1 HEAD 14", _("The same for one task.")),
    ),
    "merge": (
        Example(
            "merge base.yaml ours.yaml theirs.yaml",
            _("As git calls it: three versions of a file; the second one is replaced."),
        ),
    ),
    "explain": (Example("explain unknown-unit", _("What a rule finds, and how to fix it.")),),
    "rules": (
        Example("rules", _("All rules with what they require.")),
        Example("rules --format json", _("The same for a program.")),
    ),
    "schema": (
        Example("schema", _("The schema of the files of measures.")),
        Example("schema progress -o progress.json", _("That of the files of reports, as a file.")),
    ),
    "doctor": (
        Example("doctor", _("What works here, what does not, and how to mend it.")),
        Example("doctor --format json", _("The same for a program or a bug report.")),
    ),
    "help": (
        Example("help due", _("What a command does, its options, examples.")),
        Example("help", _("All commands.")),
    ),
}
"""The examples of each command; those of others than the questions are for a workspace."""

OF_ALL: Final = (EXAMPLES["unit"][0], EXAMPLES["due"][1], EXAMPLES["help"][0])
"""The examples of the program as a whole."""


def write_examples(formatter: Any, examples: tuple[Example, ...]) -> None:  # noqa: ANN401  Click's
    """Write examples at the end of a help page: a line each, and below it what it is good for."""
    with formatter.section(_("Examples")):
        formatter.write_dl([(it.command, it.purpose) for it in examples], col_max=2)
