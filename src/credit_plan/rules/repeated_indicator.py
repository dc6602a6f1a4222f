"""No two indicators have the same id, and no two the same name.

By the id a report says which figure it gives, and by the name people ask for it.

    - id: credit-granted
      name: “信易贷”平台成功授信金额
    - id: credit-granted
      name: 入驻“信易贷”平台市场主体数量

Mend it by giving each its own; delete the second if it is a copy. Where a figure is promised for
several year-ends, it is one indicator with several `goals`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, KeyPath, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Draft

NAME: Final = "repeated-indicator"
SEVERITY: Final = Severity.ERROR

_MESSAGES: Final = {
    "id": _("an indicator before this one has the id {value} already"),
    "name": _("an indicator before this one has the name {value} already"),
}


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each indicator whose id, or else whose name, is taken already."""
    firsts: dict[tuple[str, str], KeyPath] = {}
    for listed in draft.indicators:
        values = {"id": listed.record.id, "name": listed.record.name}
        taken = [
            (key, value, first)
            for key, value in values.items()
            if (first := firsts.setdefault((key, value), listed.path)) != listed.path
        ]
        for key, value, first in taken[:1]:
            yield Diagnostic(
                NAME,
                listed.file,
                (*listed.path, key),
                _MESSAGES[key].format(value=quote(value)),
                _("give each its own; delete one if it is a copy"),
                related=(listed.file, (*first, key)),
            )
