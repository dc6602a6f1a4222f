"""Where a line may break, and that no line is too wide and nothing is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from credit_plan.formatters.fold import fill, fold, fold_page


@given(
    st.text("市住建局，。“”（）《a1-./ ", max_size=80),
    st.integers(2, 40),
    st.integers(-4, 60),
)
def test_no_line_is_too_wide_and_only_white_space_is_lost(
    text: str, width: int, taken: int
) -> None:
    lines = fold(text, width, taken=taken)
    assert "".join("".join(lines).split()) == "".join(text.split())
    first, *others = map(cell_len, lines)
    assert not first or first <= max(width - taken, 0)
    assert not others or max(others) <= width


def test_a_word_an_option_and_a_path_stay_whole() -> None:
    assert fold("用 --as-of DATE 或 data/13.yaml", 14) == ["用 --as-of", "DATE 或", "data/13.yaml"]


def test_where_nothing_fits_beside_what_is_there_the_first_line_is_empty() -> None:
    assert fold("市住建局", 8, taken=8) == ["", "市住建局"]
    assert fold("市住建局", 8, taken=4) == ["市住", "建局"]
    assert fold("市住建局", 8, taken=-2) == ["市住建局"]


def test_pieces_stay_together_and_one_that_is_too_wide_is_cut() -> None:
    assert fill(["ab|", "cd|", "efghijkl"], 6) == ["ab|cd|", "efghij", "kl"]


def test_a_page_keeps_its_examples_and_the_entries_of_its_lists() -> None:
    page = "One two three\nfour.\n\n    lead:   [市住建局]\n\n- five six seven\n- eight\n  nine"
    assert fold_page(page, 10).splitlines() == [
        *("One two", "three", "four.", "", "    lead:   [市住建局]", ""),
        *("- five six", "  seven", "- eight", "  nine"),
    ]
