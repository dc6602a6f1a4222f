"""There is no white space inside Chinese text.

The published table came out of a PDF that broke lines inside words and left spaces before
commas. In a record they would keep a search from finding what stands there.

    text: 建立国家平台市级节点 。推进信息共享

Mend it by deleting the space. Between Latin letters or figures a space may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostic import Finding, Place
from credit_plan.language import _
from credit_plan.model import Draft, Filed, Task

NAME: Final = "stray-space"

_CHINESE: Final = r"[\u2014-\u201d\u2026\u3001-\u30ff\u3400-\u9fff\uff00-\uffef]"
_STRAY: Final = re.compile(rf"{_CHINESE}\s+|\s+{_CHINESE}|^\s+|\s+$|\s{{2,}}|[^\S ]")
_AROUND: Final = 6


def find(draft: Draft) -> Iterator[Finding]:
    """A finding for each text with white space at its ends or beside a Chinese character."""
    for filed in draft.tasks:
        for place, text in _texts(filed):
            if stray := _STRAY.search(text):
                start, end = max(stray.start() - _AROUND, 0), stray.end() + _AROUND
                yield Finding(
                    NAME,
                    filed.file,
                    place,
                    _("white space stands inside Chinese text: “{passage}”").format(
                        passage=" ".join(text[start:end].split())
                    ),
                    _("delete the space or the line break"),
                )


def _texts(filed: Filed[Task]) -> Iterator[tuple[Place, str]]:
    """Every value of a task that holds words of the table, with its place."""
    yield ("task",), filed.record.task
    for index, measure in enumerate(filed.record.measures):
        here = ("measures", index)
        yield (*here, "text"), measure.text
        yield (*here, "target"), measure.target
        yield (*here, "deadline", "text"), measure.deadline.text
        for position, milestone in enumerate(measure.milestones):
            yield (*here, "milestones", position, "text"), milestone.text
        for role, names in (("lead", measure.lead), ("responsible", measure.responsible)):
            for position, name in enumerate(names):
                yield (*here, role, position), name
