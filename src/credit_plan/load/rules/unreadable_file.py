"""A file of the plan is a plain file inside the data folder, of a sensible size, and open to you.

A folder in the place of a file or a file in that of a folder, a pipe, a link that leads out of the
data folder, a file that you may not read or that is larger than 1 MiB: none of them is read, and
none is passed over.

    data/measures/07.yaml -> /tmp/07.yaml

Mend it by putting the file itself in its place, or by asking for the permission to read it.
"""

from __future__ import annotations

from typing import Final

from credit_plan.diagnostic import Severity

NAME: Final = "unreadable-file"
SEVERITY: Final = Severity.ERROR
