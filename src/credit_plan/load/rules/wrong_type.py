"""Each key has the kind of value that it should have.

    lead: 市住建局            a list is wanted: [市住建局]
    page: 第二页              a whole number in figures is wanted: 2
    number: 1.10              a printed number is wanted: "1" or "1-10"

Mend it as the hint says. A unit stands in a list even where it is alone.
"""

from __future__ import annotations

from typing import Final

from credit_plan.diagnostic import Severity

NAME: Final = "wrong-type"
SEVERITY: Final = Severity.ERROR
