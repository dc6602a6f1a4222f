"""Now and today, as the city counts them."""

from __future__ import annotations

from datetime import date, datetime


def now() -> datetime:
    """The present second in Asia/Shanghai."""
    from credit_plan.dates import ZONE  # noqa: PLC0415  spares --help all that a date needs

    return datetime.now(ZONE).replace(microsecond=0)


def today() -> date:
    """The date in Asia/Shanghai."""
    return now().date()
