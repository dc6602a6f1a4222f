"""Write the report of `check` on every bad case to its snapshot file: `make snapshots`.

Read the difference before it is committed: what changed is what people will see.
"""

from __future__ import annotations

import os
import tempfile
from collections import defaultdict
from pathlib import Path

from tests.cases import BAD, Case, lay_out, shown, snapshot_file


def main() -> None:
    """Write the reports of each rule, in the order of its cases."""
    reports: dict[str, list[str]] = defaultdict(list)
    for case in BAD:
        reports[case.rule].append(f"=== {case.name}\n{report(case)}")
    for rule, texts in reports.items():
        snapshot_file(rule).write_text("\n".join(texts), encoding="utf-8", newline="\n")


def report(case: Case) -> str:
    """Return the report on a case, laid out in a folder of its own."""
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
    main()
