"""The pages of the measures never decrease, and none is beyond the last page of the table.

`page` says where to find a measure in the published table, which prints the measures in order. So a
page is mistyped if it is lower than the page before it or higher than the page after it.

    - number: "1"
      page: 20
    - number: "2"
      page: 2

To fix it, look up the measure in the published table. The number of pages that the table has is
`pages` in `plan.yaml`.
"""

from collections.abc import Iterator, Sequence

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, plural
from credit_plan.models.draft import Located
from credit_plan.models.records import PlanMetadata, Task
from credit_plan.rules import order
from credit_plan.rules.context import Context
from credit_plan.rules.measures import LocatedMeasure, iter_measures

NAME = "page-order"
SEVERITY = Severity.ERROR


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each page that is beyond the last one or out of order."""
    metadata = context.draft.metadata
    last = metadata.record.pages if metadata is not None else None
    if metadata is not None and last is not None:
        yield from _check_last_page(context, metadata, last)
    pages = [it.page for task in context.tasks for it in task.record.measures if it.page]
    if pages != sorted(pages):
        yield from _check_order(_list_comparable(context.tasks, last))


def _check_last_page(
    context: Context, metadata: Located[PlanMetadata], pages: int
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each page beyond the last, or one for the stated number of pages."""
    tasks = context.draft.tasks
    concerned = [it for it in tasks if any(one.page > pages for one in it.record.measures)]
    beyond = [measure for measure in iter_measures(concerned) if measure.record.page > pages]
    ending = list(iter_measures(context.tasks))[-len(beyond) :] if len(beyond) > 1 else []
    if 1 < len(beyond) == len(ending) and all(it.record.page > pages for it in ending):
        message = plural(
            "the table has {pages} page, but its measures go on to page {last}",
            "the table has {pages} pages, but its measures go on to page {last}",
            pages,
            pages=pages,
            last=max(measure.record.page for measure in beyond),
        )
        yield Diagnostic(
            NAME,
            *metadata.at("pages"),
            message,
            _("write the number of pages that the published table has"),
        )
        return
    for measure in beyond:
        message = plural(
            "page {page} does not exist: the table has {pages} page",
            "page {page} does not exist: the table has {pages} pages",
            pages,
            page=measure.record.page,
            pages=pages,
        )
        yield Diagnostic(
            NAME,
            *measure.at("page"),
            message,
            _("look up the measure in the published table, and write its page"),
            related=metadata.at("pages"),
        )


def _list_comparable(tasks: Sequence[Located[Task]], last: int | None) -> list[LocatedMeasure]:
    """Return the measures whose page could be read, of tasks whose numbers are in order."""
    ordered = [task for task in tasks if order.is_in_order(task.record.measures)]
    return [
        measure
        for measure in iter_measures(ordered)
        if measure.record.page and (last is None or measure.record.page <= last)
    ]


def _check_order(measures: Sequence[LocatedMeasure]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each page that is not part of the longest ascending run."""
    run = iter(order.find_longest_run([measure.record.page for measure in measures]))
    before: LocatedMeasure | None = None
    after = next(run, None)
    for index, measure in enumerate(measures):
        if index == after:
            before, after = measure, next(run, None)
        elif before is not None and measure.record.page < before.record.page:
            message = _("page {page} comes after page {other}, the page of measure {id}")
            yield _report_order(message, measure, before)
        elif after is not None:
            message = _("page {page} comes before page {other}, the page of measure {id}")
            yield _report_order(message, measure, measures[after])


def _report_order(message: str, measure: LocatedMeasure, other: LocatedMeasure) -> Diagnostic:
    return Diagnostic(
        NAME,
        *measure.at("page"),
        message.format(page=measure.record.page, other=other.record.page, id=other.id),
        _("look up both in the published table, which prints the measures in order"),
        related=other.at("page"),
    )
