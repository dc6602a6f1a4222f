"""A reported figure is possible in the unit of measurement of its indicator.

A figure cannot be negative, and a share cannot be more than the whole (100％, 1000‰). A spreadsheet
stores 59.5％ as 0.595, so a figure of at most 1％ is suspect if all targets of the indicator are
10％ or more.

    values: {assessment-rate: 0.595}      target: 不低于60％

To fix it, write the figure in the unit of measurement of its indicator: 59.5. If it is correct,
accept it in `accepted.yaml`.
"""

from collections.abc import Iterator
from decimal import Decimal

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.indicators import Indicator
from credit_plan.rules.context import Context
from credit_plan.text import format_figure

NAME = "implausible-figure"
SEVERITY = Severity.WARNING

_WHOLES = {"％": Decimal(100), "%": Decimal(100), "‰": Decimal(1000)}
_PERCENT = ("％", "%")
_MIN_TARGET = 10
"""If every target is at least this many per cent, a figure of at most 1 is suspect."""


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each figure that is impossible, or probably 100 times too small."""
    indicators = {indicator.record.id: indicator for indicator in context.draft.indicators}
    for report in context.draft.entries:
        for name, figure in report.record.values.items():
            indicator = indicators.get(name)
            problem = _find_problem(indicator.record, figure) if indicator else None
            if indicator is None or problem is None:
                continue
            message, hint = problem
            yield Diagnostic(
                NAME,
                *report.at("values", name),
                message.format(
                    name=quote(indicator.record.name),
                    figure=format_figure(figure),
                    unit=indicator.record.unit,
                ),
                hint,
                SEVERITY,
                related=indicator.at("unit"),
                quotes=(str(report.record.on), name, format_figure(figure)),
            )


def _find_problem(indicator: Indicator, figure: Decimal) -> tuple[str, str] | None:
    """Return the message and the hint for an implausible figure."""
    whole = _WHOLES.get(indicator.unit)
    hint = _("write the figure in {unit}").format(unit=indicator.unit)
    if figure < 0:
        return _("{name} is at {figure}{unit}, which is negative"), hint
    if whole is not None and figure > whole:
        return _("{name} is at {figure}{unit}, which is more than the whole"), hint
    is_fraction = indicator.unit in _PERCENT and 0 < figure <= 1
    if is_fraction and all(target.value >= _MIN_TARGET for target in indicator.goals):
        hint = _("did you mean {figure}?").format(figure=format_figure(figure * 100))
        return _("{name} is at {figure}{unit}, but its targets are much higher"), hint
    return None
