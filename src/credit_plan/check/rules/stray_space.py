"""There is no white space inside Chinese text.

The published table came out of a PDF that broke lines inside words and left spaces before
commas. In a record they would keep a search from finding what stands there.

    text: 建立国家平台市级节点 。推进信息共享

Mend it by deleting the space. Between Latin letters or figures a single space may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from credit_plan.check.texts import texts
from credit_plan.diagnostic import Finding
from credit_plan.language import _
from credit_plan.model import Draft

NAME: Final = "stray-space"

_WHITE: Final = re.compile(r"\s")
"""Nearly no text has any, and this is seen ten times as quickly as what follows."""

_CHINESE: Final = r"[\u2014-\u201d\u2026\u3001-\u30ff\u3400-\u9fff\uff00-\uffef]"
_STRAY: Final = re.compile(rf"{_CHINESE}\s+|\s+{_CHINESE}|^\s+|\s+$|\s{{2,}}|[^\S ]")
_AROUND: Final = 6


def find(draft: Draft) -> Iterator[Finding]:
    """A finding for each text with white space at its ends or beside a Chinese character."""
    for file, place, text in texts(draft):
        if _WHITE.search(text) and (stray := _STRAY.search(text)):
            start, end = max(stray.start() - _AROUND, 0), stray.end() + _AROUND
            yield Finding(
                NAME,
                file,
                place,
                _("white space stands inside Chinese text: “{passage}”").format(
                    passage=" ".join(text[start:end].split())
                ),
                _("delete the space or the line break"),
            )
