"""Write the report of `check` on every bad case to its snapshot files: `make snapshots`.

There is one in English and one in Chinese. A process has one language, so the reports are made in a
process of their own. Read the difference before it is committed: what changed is what people will
see.
"""

# ruff: noqa: PLC0415  what the program says is English in modules imported before the choice

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from credit_plan.i18n import CHINESE, ENGLISH, use_language

if TYPE_CHECKING:
    from tests.cases import Case

Reports = dict[str, dict[str, str]]
"""What is shown, by the rule and the name of a case, in the order of the cases."""


def main() -> None:
    """Write the reports of each rule, in the order of its cases."""
    from tests.cases import snapshot_file

    for language in (ENGLISH, CHINESE):
        for rule, reports in make_reports(language).items():
            text = "\n".join(f"=== {name}\n{report}" for name, report in reports.items())
            snapshot_file(rule, language).write_text(text, encoding="utf-8", newline="\n")


def make_reports(language: str) -> Reports:
    """Return the reports in a language, made by another process."""
    command = [sys.executable, "-m", "tests.snapshots", language]
    made = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, check=True)
    reports: Reports = json.loads(made.stdout)
    return reports


def _print_reports(language: str) -> None:
    use_language(language)
    from tests.cases import BAD

    reports: Reports = defaultdict(dict)
    for case in BAD:
        reports[case.rule][case.name] = _report(case)
    sys.stdout.write(json.dumps(reports))


def _report(case: Case) -> str:
    """Return the report on a case, laid out in a folder of its own."""
    from tests.cases import lay_out, shown

    back = Path.cwd()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place).resolve()
        lay_out(case, folder)
        os.chdir(folder)
        try:
            return shown(folder)
        finally:
            os.chdir(back)


if __name__ == "__main__":
    if sys.argv[1:]:
        _print_reports(sys.argv[1])
    else:
        main()
