"""A date is a day of the calendar, written year-month-day.

    by: 2023-02-30
    by: 2025/12/31
    by: 2025年底前

Mend it by writing the last day that is meant, as 2025-12-31. Where it is clear which day that
is, `credit-plan fmt FILE` writes it so.
"""

from __future__ import annotations

from typing import Final

from credit_plan.diagnostic import Severity

NAME: Final = "impossible-date"
SEVERITY: Final = Severity.ERROR
