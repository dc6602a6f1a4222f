"""The manuals of what keeps a file from being a record of the plan, in the order of reading.

To add one: write a module with a docstring (its manual page), `NAME` and `SEVERITY`, add it to
RULES, and put a bad case into `tests/rules/<name>.cases`.
"""

from __future__ import annotations

from typing import Final

from credit_plan.diagnostic import Manual
from credit_plan.load.rules import (
    empty_value,
    impossible_date,
    missing_file,
    missing_key,
    stray_file,
    unknown_key,
    unreadable_file,
    wrong_type,
)

RULES: Final[tuple[Manual, ...]] = (
    Manual.of(missing_file),
    Manual.of(unreadable_file),
    Manual.of(stray_file),
    Manual.of(unknown_key),
    Manual.of(missing_key),
    Manual.of(empty_value),
    Manual.of(wrong_type),
    Manual.of(impossible_date),
)
