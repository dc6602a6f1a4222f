"""Pages never run backwards through the table, and none is beyond the last that it has.

The page says where in the published table to look a measure up. The table is printed in order, so
that a page that is smaller than the one before it, or makes the next one smaller, is mistyped.

    - number: "1"
      page: 20
    - number: "2"
      page: 2

Mend it by looking the measure up in the published table. How many pages that has stands in
`plan.yaml` as `pages`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from credit_plan.diagnostics import Diagnostic, KeyPath, Severity
from credit_plan.i18n import _, ngettext
from credit_plan.models.draft import PAGE_STAND_IN, Draft, Located, iter_measures
from credit_plan.models.records import Measure, PlanMetadata, Task
from credit_plan.rules import order

NAME: Final = "page-order"
SEVERITY: Final = Severity.ERROR

_Printed = tuple[Located[Task], int, Measure]
"""A measure, with its task and its position in it."""


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each page beyond the last one, and for each that is out of order."""
    rows = tuple(order.ordered_tasks(draft))
    if draft.metadata is not None:
        yield from _beyond(draft, draft.metadata, rows)
    pages = [measure.page for _filed, _index, measure in iter_measures(rows)]
    if any(page > following for page, following in pairwise(pages)):
        yield from _odd_ones(list(_in_order(draft, rows)))


def _beyond(
    draft: Draft, facts: Located[PlanMetadata], rows: tuple[Located[Task], ...]
) -> Iterator[Diagnostic]:
    """A finding for each page beyond the last; one for the figure, if the table runs on behind."""
    pages, place = facts.record.pages, ("pages",)
    beyond = [it for it in iter_measures(draft.tasks) if it[2].page > pages]
    if len(beyond) > 1 and _are_last(len(beyond), rows, pages):
        message = ngettext(
            "the table is to have {pages} page, and its measures run on to page {last}",
            "the table is to have {pages} pages, and its measures run on to page {last}",
            pages,
        )
        hint = _("write the number of pages that the published table has")
        said = message.format(
            pages=pages, last=max(measure.page for _filed, _index, measure in beyond)
        )
        yield Diagnostic(NAME, facts.file, place, said, hint)
        return
    message = ngettext(
        "page {page} is beyond the {pages} page of the table",
        "page {page} is beyond the {pages} pages of the table",
        pages,
    )
    hint = _("look the measure up in the published table, and write the page it is on")
    for filed, index, measure in beyond:
        said = message.format(page=measure.page, pages=pages)
        yield Diagnostic(NAME, filed.file, _place(index), said, hint, related=(facts.file, place))


def _are_last(count: int, rows: tuple[Located[Task], ...], pages: int) -> bool:
    """Whether the so many measures beyond the last page are those that end the table."""
    end = list(iter_measures(rows))[-count:]
    return len(end) == count and all(measure.page > pages for _filed, _index, measure in end)


def _in_order(draft: Draft, rows: tuple[Located[Task], ...]) -> Iterator[_Printed]:
    """The measures in the order of the table, as far as that and their pages are known."""
    ordered = tuple(filed for filed in rows if order.is_in_order(filed.record.measures))
    last = draft.metadata.record.pages if draft.metadata is not None else None
    for filed, index, measure in iter_measures(ordered):
        is_known = filed.file not in draft.unread or measure.page != PAGE_STAND_IN
        if is_known and (last is None or measure.page <= last):
            yield filed, index, measure


def _odd_ones(printed: Sequence[_Printed]) -> Iterator[Diagnostic]:
    """A finding for each page that does not fit in between those that run in order."""
    run = iter(order.longest_run([measure.page for _filed, _index, measure in printed]))
    before: _Printed | None = None
    after = next(run, None)
    for at, here in enumerate(printed):
        if at == after:
            before, after = here, next(run, None)
        elif before is not None and here[2].page < before[2].page:
            message = _("page {page} comes after page {other}, on which measure {id} is")
            yield _odd(message, here, before)
        elif after is not None:
            message = _("page {page} comes before page {other}, on which measure {id} is")
            yield _odd(message, here, printed[after])


def _odd(message: str, odd: _Printed, other: _Printed) -> Diagnostic:
    (filed, index, measure), (of_other, index_of_other, its) = odd, other
    said = message.format(page=measure.page, other=its.page, id=order.id_of(of_other.record, its))
    hint = _("the table is printed in order: look up there which page each of the two is on")
    related = (of_other.file, _place(index_of_other))
    return Diagnostic(NAME, filed.file, _place(index), said, hint, related=related)


def _place(index: int) -> KeyPath:
    return "measures", index, "page"
