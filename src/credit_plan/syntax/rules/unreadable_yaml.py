"""The file can be read as YAML, and holds one record with keys and values.

    lead: [市住建局
    text: 原则: 公开

Most often it is one of these:

- quotes or a bracket that are opened and never closed
- a tab in the indentation, or a line that does not begin under the one it belongs to
- a colon with a space behind it in a text without quotes
- a text that begins with a sign of YAML, such as `*`, `&`, `!`, `%` or `@`
- an empty file, or two records in one file, with the line `---` between them
- a character that does not print, brought along by copying from another program

Anchors, aliases and tags (`&a`, `*a`, `!!str`) are parts of YAML that records do not use.

Mend it where the caret points; the line above may be the cause. Put a text that holds marks of
YAML in quotes: `text: "原则: 公开"`.
"""

from __future__ import annotations

from typing import Final

from credit_plan.diagnostic import Severity

NAME: Final = "unreadable-yaml"
SEVERITY: Final = Severity.ERROR
