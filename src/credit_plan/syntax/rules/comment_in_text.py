"""No sentence loses its end to a comment.

In YAML a `#` with a space before it begins a comment. Behind a sentence without quotes it is
most likely a part of the sentence, which would be lost without a word.

    text: 完成第 #3 号平台建设

Mend it by putting the whole text in quotes. A comment goes on a line of its own.
"""

from __future__ import annotations

from typing import Final

from credit_plan.diagnostic import Severity

NAME: Final = "comment-in-text"
SEVERITY: Final = Severity.ERROR
