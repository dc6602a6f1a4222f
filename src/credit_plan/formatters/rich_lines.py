"""Styled lines as rich writes them: with --long, of records, and below charts and beside bars."""

import io
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from credit_plan.formatters import Screen
from credit_plan.formatters.ansi import StyledLine


def render_lines(lines: Iterable[StyledLine], screen: Screen) -> list[str]:
    """Return each line as it is shown on a screen; none is folded or cut, nor read as markup."""
    out = io.StringIO()
    console = Console(
        file=out,
        force_terminal=screen.styled,
        no_color=not screen.coloured,
        color_system="standard" if screen.styled else None,
        legacy_windows=False,
        emoji=False,
        highlight=False,
        markup=False,
    )
    for line in lines:
        console.print(Text.assemble(*line), soft_wrap=True)
    return out.getvalue().splitlines()
