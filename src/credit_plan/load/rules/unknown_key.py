"""A record has no other keys than those it may have.

A key that is misspelt is not read: what stands behind it would be lost.

    laed: [市住建局]

Mend it by writing the key as it is spelt; the hint says which is nearest. `credit-plan schema`
lists the keys of each kind of record with what they mean.
"""

from __future__ import annotations

from typing import Final

from credit_plan.diagnostic import Severity

NAME: Final = "unknown-key"
SEVERITY: Final = Severity.ERROR
