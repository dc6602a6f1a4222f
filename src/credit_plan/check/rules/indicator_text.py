"""The passage that a goal rests on stands in its measure, word for word.

What the plan promises in figures stands in the task, in the text of a measure, or in its target.
A goal quotes it, so that everybody sees what was promised and what was not.

    measure: "3.2"
    goals:
      - {by: 2025-12-31, comparison: 超过, value: 3, text: 授信金额超过3亿元人民币}

Mend it by copying the passage out of the task, the text or the target of the measure, or by
giving the indicator to the measure that promises it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from credit_plan.check import ids
from credit_plan.check.promises import occurs, promises
from credit_plan.diagnostic import Finding, Severity
from credit_plan.language import _
from credit_plan.model import Draft

NAME: Final = "indicator-text"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Finding]:
    """A finding for each goal whose passage does not occur in its measure."""
    for it in promises(draft):
        if it.standing is None or it.is_printed:
            continue
        filed, index, _measure = it.standing
        message = _("this passage does not occur in measure {id}: not in its task, text or target")
        yield Finding(
            NAME,
            it.file,
            (*it.place, "text"),
            message.format(id=it.indicator.measure),
            _hint(it.goal.text, ids.known(draft)),
            twin=(filed.file, ("measures", index, "target")),
        )


def _hint(passage: str, known: Mapping[str, ids.Standing]) -> str:
    """Where the passage does occur, or else what to do."""
    found = next((name for name, standing in known.items() if occurs(passage, standing)), None)
    if found is None:
        return _("copy it word for word out of “task”, “text” or “target”")
    return _("it occurs in measure {id}: correct the passage, or “measure”").format(id=found)
