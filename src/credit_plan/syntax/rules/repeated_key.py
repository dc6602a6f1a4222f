"""A key stands only once in a record.

Of two values YAML would keep the last and lose the other without a word.

    lead: [市住建局]
    lead: [市公安局]

Where several keys in a row stand again, the line that begins a new entry (`- number: "2"`) was
lost, and two entries became one.

Mend it by keeping one of them, or by bringing the line back. Several units go into one list:
`lead: [市住建局, 市公安局]`.
"""

from __future__ import annotations

from typing import Final

from credit_plan.diagnostic import Severity

NAME: Final = "repeated-key"
SEVERITY: Final = Severity.ERROR
