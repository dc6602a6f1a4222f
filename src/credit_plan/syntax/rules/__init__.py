"""The manuals of the faults that are met before a file is a record, in the order of reading.

To add one: write a module with a docstring (its manual page), `NAME` and `SEVERITY`, add it to
RULES, and put a bad case into `tests/rules/<name>.cases`.
"""

from __future__ import annotations

from typing import Final

from credit_plan.diagnostic import Manual
from credit_plan.syntax.rules import (
    comment_in_text,
    full_width_mark,
    merge_conflict,
    not_utf_8,
    repeated_key,
    unreadable_yaml,
)

RULES: Final[tuple[Manual, ...]] = (
    Manual.of(not_utf_8),
    Manual.of(merge_conflict),
    Manual.of(full_width_mark),
    Manual.of(unreadable_yaml),
    Manual.of(repeated_key),
    Manual.of(comment_in_text),
)
