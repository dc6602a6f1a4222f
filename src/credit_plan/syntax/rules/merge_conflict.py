"""A merge is finished: no line is left that marks its two versions.

Where two people changed the same lines, git writes both versions into the file and leaves the
choice to a person.

    <<<<<<< HEAD
    lead: [市住建局]
    =======
    lead: [市公安局]
    >>>>>>> branch

Mend it by keeping the right version, and deleting the other and the three lines with marks.
"""

from __future__ import annotations

from typing import Final

from credit_plan.diagnostic import Severity

NAME: Final = "merge-conflict"
SEVERITY: Final = Severity.ERROR
