"""The codes of styles: those that rich writes."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.style import Style

from credit_plan.formatters import Screen
from credit_plan.formatters.ansi import plain, render, slice_line
from credit_plan.formatters.rich_lines import render_lines

SCREENS = {
    "coloured": Screen(80, styled=True, coloured=True),
    "styled": Screen(80, styled=True),
    "plain": Screen(80),
}
STYLES = ("", "bold", "dim", "bold reverse", "red", "yellow", "green", "cyan", "bold red")
LINES = st.lists(
    st.tuples(st.text(alphabet="市局，ab [bold]:smile:"), st.sampled_from(STYLES)), max_size=6
).map(tuple)


@pytest.mark.parametrize("style", STYLES)
def test_a_style_has_the_codes_of_rich(style: str) -> None:
    shown = Style.parse(style)
    for name, of_rich in (("coloured", shown), ("styled", shown.without_color)):
        expected = of_rich.render("市局", color_system=ColorSystem.STANDARD)
        assert render((("市局", style),), SCREENS[name]) == expected
    assert render((("市局", style),), SCREENS["plain"]) == "市局"


@given(LINES, st.sampled_from([*SCREENS.values()]))
def test_rich_draws_the_same_lines(line: tuple[tuple[str, str], ...], screen: Screen) -> None:
    assert render_lines([line], screen) == [render(line, screen)]


@given(LINES)
def test_a_part_of_a_line_keeps_its_styles(line: tuple[tuple[str, str], ...]) -> None:
    styles = [style for text, style in line for _character in text]
    for start, end in combinations(range(len(styles) + 1), 2):
        part = slice_line(line, start, end)
        assert plain(part) == plain(line)[start:end]
        assert [style for text, style in part for _character in text] == styles[start:end]
