"""A record has all the keys that it must have.

A measure needs `text`, `target`, `lead`, `deadline` and `page`; a task needs `id`, `chapter`,
`task` and `measures`. The finding stands at the first line of the record.

    - number: "2"
      text: 健全信用制度
      lead: [市营商局]

Mend it by adding the key with what the published table says.
"""

from __future__ import annotations

from typing import Final

from credit_plan.diagnostic import Severity

NAME: Final = "missing-key"
SEVERITY: Final = Severity.ERROR
