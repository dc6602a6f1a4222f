"""The line that says how far the reading is, on terminals of all kinds."""

import pytest
from rich.text import Text

from credit_plan.formatters import Screen
from credit_plan.formatters.progress import format_progress


@pytest.mark.parametrize("width", [None, 200, 80, 40])
@pytest.mark.parametrize("left", [0.0, 59.6, 86399.0])
def test_the_line_leaves_room_behind_it(width: int | None, left: float) -> None:
    line = format_progress(1, 81000, left, Screen(width, styled=True), "utf-8")
    shown = Text.from_ansi(line).plain
    assert len(shown) <= min(50, (width or 50) - 3)
    assert "    1/81000" in shown


def test_without_colours_the_rest_of_the_bar_is_blank() -> None:
    line = format_progress(4050, 8100, 61, Screen(80, styled=True), "utf-8")
    assert line == "Reading ━━━━━━━━━━╸           4050/8100 01:01 left"


def test_with_colours_it_is_not() -> None:
    line = format_progress(4050, 8100, 61, Screen(80, styled=True, coloured=True), "utf-8")
    assert line.startswith("Reading \x1b[36m━")
    assert Text.from_ansi(line).plain == "Reading ━━━━━━━━━━╸━━━━━━━━━━ 4050/8100 01:01 left"


def test_another_encoding_gets_hyphens() -> None:
    line = format_progress(4050, 8100, 61, Screen(80, styled=True), "gbk")
    assert line.encode("gbk").startswith(b"Reading ----------  ")
