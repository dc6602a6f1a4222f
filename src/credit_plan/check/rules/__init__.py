"""The rules, in the order in which they are run and listed.

To add one: write a module with a docstring (its manual page), `NAME`, `SEVERITY` and `find`, add
it to RULES, and put examples of its name under `tests/examples/good/` and `bad/`.
"""

from __future__ import annotations

from typing import Final

from credit_plan.check.rule import Rule
from credit_plan.check.rules import (
    chapter_order,
    deadline_date,
    file_name,
    group_lead,
    half_width_mark,
    joined_units,
    late_start,
    milestone_date,
    milestone_late,
    milestone_order,
    milestone_text,
    missing_milestone,
    outside_period,
    page_order,
    plan_counts,
    printed_numbers,
    repeated_id,
    repeated_text,
    repeated_unit,
    stray_space,
    unit_in_both_roles,
    unit_twice,
    unknown_chapter,
    unknown_unit,
    unseen_character,
    unused_unit,
)

RULES: Final[tuple[Rule, ...]] = (
    Rule.of(file_name),
    Rule.of(repeated_id),
    Rule.of(printed_numbers),
    Rule.of(plan_counts),
    Rule.of(page_order),
    Rule.of(chapter_order),
    Rule.of(unknown_chapter),
    Rule.of(unknown_unit),
    Rule.of(joined_units),
    Rule.of(unit_twice),
    Rule.of(unit_in_both_roles),
    Rule.of(group_lead),
    Rule.of(repeated_unit),
    Rule.of(unused_unit),
    Rule.of(deadline_date),
    Rule.of(milestone_text),
    Rule.of(milestone_date),
    Rule.of(milestone_late),
    Rule.of(milestone_order),
    Rule.of(missing_milestone),
    Rule.of(outside_period),
    Rule.of(late_start),
    Rule.of(repeated_text),
    Rule.of(stray_space),
    Rule.of(half_width_mark),
    Rule.of(unseen_character),
)
