"""A figure that is reported can be one of its unit.

Nothing is counted below 0, and no part is more than the whole. A spreadsheet keeps 59.5％ as
0.595; a rate that low is hardly meant where the plan promises ten ％ and more.

    values: {assessment-rate: 0.595}      promised: 不低于 60 ％

Mend it by writing the figure in the unit of its indicator: 59.5. Leave it where it is true.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Draft
from credit_plan.models.indicators import Indicator
from credit_plan.text import format_figure

NAME: Final = "implausible-figure"
SEVERITY: Final = Severity.WARNING

_WHOLE: Final = {"％": Decimal(100), "%": Decimal(100), "‰": Decimal(1000)}
_PER_CENT: Final = ("％", "%")
_LOW_GOAL: Final = 10


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each figure that its unit cannot have, or that lacks a hundredfold."""
    indicators = {it.record.id: it for it in draft.indicators}
    for listed in draft.entries:
        for name, figure in listed.record.values.items():
            promised = indicators.get(name)
            if promised is None:
                continue
            indicator = promised.record
            if said := _odd(indicator, figure):
                message, hint = said
                yield Diagnostic(
                    NAME,
                    listed.file,
                    (*listed.path, "values", name),
                    message.format(
                        name=quote(indicator.name),
                        figure=format_figure(figure),
                        unit=indicator.unit,
                    ),
                    hint,
                    SEVERITY,
                    related=(promised.file, (*promised.path, "unit")),
                )


def _odd(indicator: Indicator, figure: Decimal) -> tuple[str, str] | None:
    """What is odd about a figure, and what may be meant; None where nothing is."""
    whole = _WHOLE.get(indicator.unit)
    hint = _("write the figure in {unit}").format(unit=indicator.unit)
    if figure < 0:
        return _("{name} is at {figure}{unit}, which is less than nothing"), hint
    if whole is not None and figure > whole:
        return _("{name} is at {figure}{unit}, which is more than the whole"), hint
    if indicator.unit in _PER_CENT and 0 < figure <= 1 and _is_promised_high(indicator):
        return (
            _("{name} is at {figure}{unit}, and the plan promises far more"),
            _("did you mean {figure}?").format(figure=format_figure(figure * 100)),
        )
    return None


def _is_promised_high(indicator: Indicator) -> bool:
    return all(goal.value >= _LOW_GOAL for goal in indicator.goals)
