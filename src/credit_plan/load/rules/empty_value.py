"""What is written down is not empty.

    lead: []
    task: ""

Mend it by filling it in. A key that may be left out, such as `note`, is left out altogether
where there is nothing to say.
"""

from __future__ import annotations

from typing import Final

from credit_plan.diagnostic import Severity

NAME: Final = "empty-value"
SEVERITY: Final = Severity.ERROR
