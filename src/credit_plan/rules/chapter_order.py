"""The chapters in `plan.yaml` are numbered consecutively, in the order of the published table.

No two have the same label, by which people name them (第一部分).

If a number is wrong there, all tasks of that chapter seem to be in an unknown chapter.

    chapters:
      - {number: 5, title: 推进以信用为基础的新型监管机制, tasks: 6, measures: 33}
      - {number: 9, title: 深入推进信用建设服务城市品质提升, tasks: 46, measures: 118}

To fix it, write the chapter numbers of the published table as figures, in its order: 第六章 is 6.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Located
from credit_plan.models.records import PlanMetadata
from credit_plan.rules import order
from credit_plan.rules.context import Context

NAME = "chapter-order"
SEVERITY = Severity.ERROR


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each chapter whose number does not follow the one before it."""
    if context.draft.metadata is None:
        return
    for index, expected in order.find_chapter_breaks(context.draft.metadata.record):
        number = context.draft.metadata.record.chapters[index].number
        yield Diagnostic(
            NAME,
            *context.draft.metadata.at("chapters", index, "number"),
            _("chapter {number} is listed where chapter {expected} is expected").format(
                number=number, expected=expected
            ),
            _("write the chapter numbers of the published table, in its order"),
        )
    yield from _find_repeated_labels(context.draft.metadata)


def _find_repeated_labels(metadata: Located[PlanMetadata]) -> Iterator[Diagnostic]:
    firsts: dict[str, int] = {}
    for index, chapter in enumerate(metadata.record.chapters):
        first = firsts.setdefault(chapter.label, index) if chapter.label else index
        if first != index:
            yield Diagnostic(
                NAME,
                *metadata.at("chapters", index, "label"),
                _("chapter {number} has the same label").format(
                    number=metadata.record.chapters[first].number
                ),
                _("write the label that the published table has"),
                related=metadata.at("chapters", first, "number"),
            )
