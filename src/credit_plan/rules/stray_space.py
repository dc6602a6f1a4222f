"""There is no white space inside Chinese text.

The published table came out of a PDF that broke lines inside words and left spaces before
commas. In a record they would keep a search from finding what stands there.

    text: 建立国家平台市级节点 。推进信息共享

Mend it by deleting the space, or with `credit-plan fmt FILE`. Between Latin letters or figures a
single space may stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft
from credit_plan.rules import units
from credit_plan.rules.texts import iter_texts
from credit_plan.text import find_stray_spaces, has_white_space

NAME: Final = "stray-space"
SEVERITY: Final = Severity.ERROR

_AROUND: Final = 6
_ROLES: Final = (("lead",), ("responsible",))


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each run of white space at a text's ends or beside a Chinese character."""
    known = units.names(draft)
    for file, place, text in iter_texts(draft, has_white_space):
        for start, end in find_stray_spaces(text):
            # Between the names of two units it divides, and deleting it would be no mend.
            is_name = isinstance(place[-1], int)
            if is_name and units.split_names(text, known):
                continue
            passage = text[max(start - _AROUND, 0) : end + _AROUND]
            yield Diagnostic(
                NAME,
                file,
                place,
                _("white space stands inside Chinese text: “{passage}”").format(
                    passage=" ".join(passage.split())
                ),
                _("delete the space or the line break")
                if is_name
                else _("delete the space or the line break; “credit-plan fmt” does that"),
                part=(start, end),
            )
