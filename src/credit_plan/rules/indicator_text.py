"""The text of each target of an indicator is quoted from its measure, word for word.

The plan states its figures in the task, in the text of a measure or in its `target`. The quotation
shows exactly what was promised.

    measure: "3.2"
    goals:
      - {by: 2025-12-31, comparison: 超过, value: 3, text: 授信金额超过3亿元人民币}

To fix it, copy the passage from the task, the text or the `target` of the measure, or correct
`measure` if another measure contains the passage.
"""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import groupby

from credit_plan.diagnostics import MAX_PER_KIND, Diagnostic, KeyPath, Severity
from credit_plan.i18n import _
from credit_plan.rules.context import Context
from credit_plan.rules.measures import LocatedMeasure
from credit_plan.rules.targets import LocatedTarget, occurs_in

NAME = "indicator-text"
SEVERITY = Severity.ERROR

_MAX_COMPARED = 100_000
"""Pairs of characters, three times as many as the longest texts of the published plan make."""


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each target whose passage does not occur in its measure.

    If all passages of an indicator occur in another measure, its `measure` is reported instead.
    """
    count = 0
    for _indicator, group in groupby(context.targets, key=lambda target: target.indicator.at()):
        targets = list(group)
        wrong = [target for target in targets if not target.is_printed]
        # What is not listed is not worth a search.
        is_searched = len(wrong) == len(targets) and count < MAX_PER_KIND
        owner = _find_owner(targets, context.whole_measures) if is_searched else None
        if owner is not None:
            count += 1
            yield _report_measure(targets[0], owner)
            continue
        for target in wrong:
            if target.measure is not None:
                count += 1
                yield _report_passage(target, target.measure, is_listed=count <= MAX_PER_KIND)


def _find_owner(targets: list[LocatedTarget], measures: Mapping[str, LocatedMeasure]) -> str | None:
    """Return the first measure in which all the passages occur."""
    for name, measure in measures.items():
        if all(occurs_in(target.record.text, measure) for target in targets):
            return name
    return None


def _report_measure(target: LocatedTarget, owner: str) -> Diagnostic:
    return Diagnostic(
        NAME,
        *target.indicator.at("measure"),
        _(
            "the texts of this indicator do not occur in measure {id}, but in measure {owner}"
        ).format(id=target.indicator.record.measure, owner=owner),
        _("correct “measure”, or quote the words of that measure"),
        related=target.at("text"),
    )


def _report_passage(
    target: LocatedTarget, measure: LocatedMeasure, *, is_listed: bool
) -> Diagnostic:
    return Diagnostic(
        NAME,
        *target.at("text"),
        _("this text does not occur in the task, text or target of measure {id}").format(
            id=target.indicator.record.measure
        ),
        _("copy it word for word from “task”, “text” or “target”"),
        related=_find_nearest(target.record.text, measure) if is_listed else None,
    )


def _find_nearest(passage: str, measure: LocatedMeasure) -> tuple[str, KeyPath]:
    """Return the place of the text that has most of a passage; the target if they are too long."""
    texts = {
        measure.at("target"): measure.record.target,
        measure.at("text"): measure.record.text,
        measure.task.at("task"): measure.task.record.task,
    }
    if len(passage) * sum(map(len, texts.values())) > _MAX_COMPARED:
        return measure.at("target")
    return max(texts, key=lambda place: _count_common(passage, texts[place]))


def _count_common(passage: str, text: str) -> int:
    """Return the length of the longest piece of a passage that occurs in a text."""
    return SequenceMatcher(None, passage, text, autojunk=False).find_longest_match().size
