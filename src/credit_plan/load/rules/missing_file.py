"""The files that a plan cannot do without are there: `plan.yaml` and `units.yaml`.

Without them nobody can tell how many tasks the published table has, or which units there are.

    data/units.yaml -> units-old.yaml      (a link to a file that is gone)

Mend it by bringing the file back, for instance with `git restore data/units.yaml`.
"""

from __future__ import annotations

from typing import Final

from credit_plan.diagnostic import Severity

NAME: Final = "missing-file"
SEVERITY: Final = Severity.ERROR
