"""What separates keys, values and entries is typed in the keyboard's English mode.

YAML knows the marks `:`, `,`, `-`, spaces and quotes of an English keyboard. Their full-width
twins of a Chinese keyboard look nearly the same, and to YAML they are letters of a text.

    lead：[市住建局]
    deadline: {text: 2025年底前，by: 2025-12-31}

Mend it by typing the mark again in English mode, with a space behind it, or with
`credit-plan fmt FILE`. Inside a Chinese text full-width marks are right.
"""

from __future__ import annotations

from typing import Final

from credit_plan.diagnostic import Severity

NAME: Final = "full-width-mark"
SEVERITY: Final = Severity.ERROR
