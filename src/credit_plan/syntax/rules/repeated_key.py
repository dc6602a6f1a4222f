"""A key stands only once in a record.

Of two values YAML would keep the last and lose the other without a word.

    lead: [市住建局]
    lead: [市公安局]

Mend it by keeping one of them. Several units go into one list: `lead: [市住建局, 市公安局]`.
"""

from __future__ import annotations

from typing import Final

from credit_plan.diagnostic import Severity

NAME: Final = "repeated-key"
SEVERITY: Final = Severity.ERROR
