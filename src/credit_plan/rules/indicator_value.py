"""The figure of a goal and how it compares are those that its passage prints.

超过, 不低于, 低于, 以内, 为 and 达到 are not the same: 98 keeps 不低于98％, and not 超过98％.
1万户 is 10000 in 户, 至少一次 is 不低于 1, and 全覆盖 is 100 in ％. `better` says which way the
figure is better: higher under 超过, 不低于 and 达到, lower under 低于 and 以内.

    - id: publicity-compliance
      better: lower
      goals:
        - {by: 2023-12-31, comparison: 不低于, value: 89, text: 2023年底前“双公示”合规率超过98％}

Mend the one that is not as the passage has it. Here it would be `better: higher`,
`comparison: 超过` and `value: 98`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan import text
from credit_plan.diagnostics import Diagnostic, KeyPath, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft
from credit_plan.models.indicators import better_direction, find_comparisons
from credit_plan.plan import Comparison, Direction
from credit_plan.rules.targets import LocatedTarget, iter_targets

NAME: Final = "indicator-value"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each figure that is not printed, or not so, and for each wrong direction.

    A passage that is not in its measure is a fault of another name, and is not read further.
    """
    judged: set[KeyPath] = set()
    for it in iter_targets(draft):
        if not it.is_printed:
            continue
        goal, unit = it.goal, it.indicator.unit
        clauses = text.split_clauses(text.remove_stray_spaces(goal.text))
        holding = [clause for clause in clauses if goal.value in text.find_figures(clause, unit)]
        printed = {word for clause in holding for word in find_comparisons(clause)}
        if not holding:
            yield _figure(it, clauses)
        elif goal.comparison not in printed:
            yield _comparison(it, printed)
        elif better_direction(goal.comparison) not in (None, it.indicator.better):
            # Of several goals that go the same way, it is the direction that is wrong.
            place = it.place[:-2]
            if place not in judged:
                judged.add(place)
                yield _direction(it, better_direction(goal.comparison))


def _figure(it: LocatedTarget, clauses: list[str]) -> Diagnostic:
    message = _("the passage does not print the figure {value}")
    figures = sorted(
        {figure for clause in clauses for figure in text.find_figures(clause, it.indicator.unit)}
    )
    hint = (
        _("it prints {figures}").format(figures=", ".join(f"{figure:f}" for figure in figures))
        if figures
        else _("quote as much of the measure as has the figure in it")
    )
    said = message.format(value=f"{it.goal.value:f}")
    return Diagnostic(NAME, it.file, (*it.place, "value"), said, hint, related=_passage(it))


def _comparison(it: LocatedTarget, printed: set[Comparison]) -> Diagnostic:
    message = _("the passage does not say “{comparison}” of {value}").format(
        comparison=it.goal.comparison, value=f"{it.goal.value:f}"
    )
    words = ", ".join(word for word in Comparison if word in printed)
    hint = (
        _("write {words}, as it says").format(words=words)
        if words
        else _("quote as much of the measure as says how the figure compares")
    )
    return Diagnostic(NAME, it.file, (*it.place, "comparison"), message, hint, related=_passage(it))


def _direction(it: LocatedTarget, meant: Direction | None) -> Diagnostic:
    message = _("better: {better} does not go with “{comparison}”").format(
        better=it.indicator.better, comparison=it.goal.comparison
    )
    hint = _("write better: {meant}").format(meant=meant)
    related = (it.file, (*it.place, "comparison"))
    return Diagnostic(NAME, it.file, (*it.place[:-2], "better"), message, hint, related=related)


def _passage(it: LocatedTarget) -> tuple[str, KeyPath]:
    return it.file, (*it.place, "text")
