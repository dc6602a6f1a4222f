"""Reports as text, for people: fitted to the screen, or a line per row where there is none."""

from __future__ import annotations

from credit_plan.render.screen import Screen
from credit_plan.table import Report


def render(report: Report, screen: Screen) -> str:
    """The tables one below the other, as wide as the screen."""
    if screen.width is None:
        from credit_plan.render.unbounded import render_unbounded  # noqa: PLC0415  spares rich

        return render_unbounded(report)
    from credit_plan.render.fitted import render_fitted  # noqa: PLC0415  imports rich's tables

    return render_fitted(report, screen, screen.width)
