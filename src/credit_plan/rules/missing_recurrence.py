"""Words that promise something again and again are quoted by a recurrence.

每年, 按季度, 每月 or “3.15” in the text or the target of a measure promise something for each
period or day. Without a recurrence nothing falls due on it, and no answer mentions it.

    text: 打击不正当竞争行为。按季度通报案件查办情况。
    recurrences:
      - {text: 按季度通报案件查办情况, every: quarter}

Nothing is missing where the deadline itself recurs (每季度末). Words such as 逐年下降 and 年度考核
promise nothing each year.

To fix it, add a recurrence that quotes the passage, as above. If the words promise nothing again
and again, accept it in `accepted.yaml`, with the reason.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.plan import DeadlineKind
from credit_plan.rules.context import Context
from credit_plan.rules.measures import LocatedMeasure, LocatedTask
from credit_plan.rules.targets import occurs_in
from credit_plan.wordings import Rhythm, find_rhythms

NAME = "missing-recurrence"
SEVERITY = Severity.WARNING


def find_in_task(task: LocatedTask, context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each rhythm in a text or a target that no recurrence quotes.

    A recurrence that another rule reports may be the missing one, so such measures are left out.
    """
    if task.file in context.draft.unread:
        return
    for measure in task.measures:
        missing = _find_missing(measure)
        if not missing:
            continue
        deadline, recurrences = measure.record.deadline, measure.record.recurrences
        if deadline and deadline.kind is DeadlineKind.RECURRING:
            continue
        if all(occurs_in(it.text, measure) for it in recurrences):
            yield from (_diagnostic(measure, key, rhythm) for key, rhythm in missing)


def _find_missing(measure: LocatedMeasure) -> list[tuple[str, Rhythm]]:
    """Return the rhythms that are not quoted, each with its key.

    What the text and the target both say is promised once.
    """
    text, target = measure.record.text, measure.record.target
    named = [("text", it, text, target) for it in find_rhythms(text)]
    named += [("target", it, target, text) for it in find_rhythms(target)]
    return [
        (key, rhythm)
        for key, rhythm, words, other in named
        if not rhythm.is_open
        and not any(
            _is_quoted(rhythm, words, it.text)
            or (it.text in other and it.every == rhythm.every and it.on == rhythm.on)
            for it in measure.record.recurrences
        )
    ]


def _is_quoted(rhythm: Rhythm, words: str, passage: str) -> bool:
    """Tell whether a passage, where it stands in the words, has a part of the rhythm."""
    start, end = rhythm.part
    at = words.find(passage)
    while at >= 0:
        if at < end and start < at + len(passage):
            return True
        at = words.find(passage, at + 1)
    return False


def _diagnostic(measure: LocatedMeasure, key: str, rhythm: Rhythm) -> Diagnostic:
    words = measure.record.text if key == "text" else measure.record.target
    passage = words[slice(*rhythm.part)]
    days = ", ".join(f'"{day}"' for day in rhythm.on)
    period = f"every: {rhythm.every}" if rhythm.every else f"on: [{days}]"
    hint = _("add {{text: …, {period}}} to “recurrences”, and quote the passage, word for word")
    return Diagnostic(
        NAME,
        *measure.at(key),
        _("there is no recurrence for “{passage}”").format(passage=passage.strip("“”")),
        hint.format(period=period),
        SEVERITY,
        part=rhythm.part,
        related=measure.at("recurrences") if measure.record.recurrences else None,
        quotes=(passage,),
    )
