"""The value, the unit and the comparison of each target are as in its text; `better` agrees.

The comparisons differ: a figure of 98 meets 不低于98％, but not 超过98％. In the text, 1万户 is
10000 in 户, 至少一次 is 不低于 1, and 全覆盖 is 100 in ％. The unit must follow the figure: a text
with 4000户 has no figure in 万户 or 名. A figure without any unit, as in 瞒报率为0, is one in every
unit. `better` says which figures are better: `higher` ones with 超过, 不低于 and 达到, `lower` ones
with 低于 and 以内.

    - id: publicity-compliance
      better: lower
      goals:
        - {by: 2023-12-31, comparison: 不低于, value: 89, text: 2023年底前“双公示”合规率超过98％}

To fix it, correct whatever differs from the text. Here it must be `better: higher`,
`comparison: 超过` and `value: 98`.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from credit_plan import text
from credit_plan.diagnostics import Diagnostic, KeyPath, Severity
from credit_plan.i18n import _, join_alternatives, join_list
from credit_plan.models.indicators import better_direction, find_comparisons
from credit_plan.plan import Comparison
from credit_plan.rules.context import Context
from credit_plan.rules.targets import LocatedTarget

NAME = "indicator-value"
SEVERITY = Severity.ERROR

Figures = Mapping[str, frozenset[Decimal]]
"""The clauses of a passage, each with the figures that it prints."""


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each value, unit, comparison or direction that is not as printed.

    A passage that does not occur in its measure is not judged: another rule reports it.
    """
    # An indicator has one unit and one direction for all its targets: each is reported once.
    reported: set[tuple[str, KeyPath]] = set()
    for target in context.targets:
        diagnostic = _judge(target) if target.is_printed else None
        if diagnostic and (place := (diagnostic.file, diagnostic.path)) not in reported:
            reported.add(place)
            yield diagnostic


def _judge(target: LocatedTarget) -> Diagnostic | None:
    """Return what is not as printed, if anything: the first of value, comparison and direction."""
    comparison, figures = target.record.comparison, _find_figures(target)
    clauses = [clause for clause in figures if target.record.value in figures[clause]]
    if not clauses:
        quantity = _find_quantity(target, figures)
        return _report_unit(target, quantity) if quantity else _report_value(target, figures)
    printed = {word for clause in clauses for word in find_comparisons(clause)}
    if comparison not in printed:
        return _report_comparison(target, printed)
    if better_direction(comparison) not in (None, target.indicator.record.better):
        return _report_direction(target)
    return None


def _find_figures(target: LocatedTarget) -> Figures:
    # Another rule reports what cannot be seen.
    unit = text.remove_unseen(target.indicator.record.unit)
    passage = text.remove_stray_spaces(text.remove_unseen(target.record.text))
    return {clause: text.find_figures(clause, unit) for clause in text.split_clauses(passage)}


def _find_quantity(target: LocatedTarget, clauses: Iterable[str]) -> str:
    """Return the value of a target as its text prints it, with another unit; "" if it does not."""
    quantities = (text.find_quantity(clause, target.record.value) for clause in clauses)
    return next(filter(None, quantities), "")


def _report_unit(target: LocatedTarget, quantity: str) -> Diagnostic:
    unit = target.indicator.record.unit
    message = _("the text contains “{quantity}”, but the indicator has {value}{unit}")
    return Diagnostic(
        NAME,
        *target.indicator.at("unit"),
        message.format(quantity=quantity, value=f"{target.record.value:f}", unit=unit),
        _("write the unit as in the text, or correct the value"),
        related=target.at("text"),
    )


def _report_value(target: LocatedTarget, figures: Figures) -> Diagnostic:
    message = _("the text does not contain the figure {value}")
    printed = sorted({figure for clause in figures for figure in figures[clause]})
    if printed:
        hint = _("it contains {figures}")
        hint = hint.format(figures=join_list(f"{figure:f}" for figure in printed))
    else:
        hint = _(
            "quote more of the measure, so that the figure and its unit are included; write the "
            "value in the unit of the text"
        )
    return Diagnostic(
        NAME,
        *target.at("value"),
        message.format(value=f"{target.record.value:f}"),
        hint,
        related=target.at("text"),
    )


def _report_comparison(target: LocatedTarget, printed: set[Comparison]) -> Diagnostic:
    message = _("the text does not say “{comparison}” about {value}")
    if printed:
        words = join_alternatives(word for word in Comparison if word in printed)
        hint = _("write {words}, as in the text").format(words=words)
    else:
        hint = _("quote more of the measure, so that the comparison is included")
    return Diagnostic(
        NAME,
        *target.at("comparison"),
        message.format(comparison=target.record.comparison, value=f"{target.record.value:f}"),
        hint,
        related=target.at("text"),
    )


def _report_direction(target: LocatedTarget) -> Diagnostic:
    comparison = target.record.comparison
    message = _("“better: {better}” contradicts “{comparison}”")
    return Diagnostic(
        NAME,
        *target.indicator.at("better"),
        message.format(better=target.indicator.record.better, comparison=comparison),
        _("write better: {meant}").format(meant=better_direction(comparison)),
        related=target.at("comparison"),
    )
