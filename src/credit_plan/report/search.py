"""`search`: measures in which words occur, with the hits marked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from credit_plan.cells import Highlighted
from credit_plan.i18n import _
from credit_plan.report.caption import SEPARATOR, caption, names
from credit_plan.report.fields import DUTY_FIELDS, Field, columns, of, rows, standing_as_well
from credit_plan.selection.duties import Hit, Search
from credit_plan.table import Column, Report, Table

_HEADINGS: Final = {field.column.key: field.column.heading for field in DUTY_FIELDS}


def _marked(hit: Hit) -> tuple[Highlighted, ...]:
    return tuple(
        Highlighted(it.field, _HEADINGS[it.field], it.text, it.hits) for it in hit.passages
    )


_ALL_FIELDS: Final[tuple[Field[Hit], ...]] = (
    Field(Column("found", _("Found in"), wrap=True), _marked),
    *(of(lambda hit: hit.duty, field) for field in DUTY_FIELDS),
)
_SHOWN: Final = ("id", "deadline", "lead", "responsible", "found")
_IF_ROOM: Final = ("responsible",)


def search(answer: Search, as_of: date) -> Report:
    """The measures found; where there are none, whether a word is at fault."""
    words = _(" and ").join(f"“{word}”" for word in answer.words)
    fields = standing_as_well(answer.hits, _ALL_FIELDS, _SHOWN, _IF_ROOM)
    table = Table(
        "measures",
        columns(fields),
        rows(fields, answer.hits.found),
        caption=SEPARATOR.join(
            (caption(answer.hits, _("measures")), _("with {words}").format(words=words))
        ),
        names=names(answer.hits),
    )
    return Report("search", as_of, (table,), tuple(_remarks(answer)))


def _remarks(answer: Search) -> Iterator[str]:
    """Why nothing was found, and where the duties of a unit are."""
    if not answer.hits.found:
        if answer.nowhere:
            listed = _(" or ").join(f"“{word}”" for word in answer.nowhere)
            yield _("No task, measure or target says {words}.").format(words=listed)
        else:
            yield _("Each word occurs, but no measure that was asked for has them all.")
    for unit in answer.units:
        yield _("{unit} is a unit; its duties: credit-plan unit {unit}").format(unit=unit.name)
