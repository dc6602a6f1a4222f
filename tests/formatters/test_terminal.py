"""What fits a screen is shown whole; what does not has one line a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from credit_plan.cells import Cell, Label
from credit_plan.cells.bars import Bar, Lights
from credit_plan.cells.marked import Highlighted
from credit_plan.formatters import Screen, format_answer, rich_lines
from credit_plan.formatters.styled import cut
from credit_plan.table import Answer, Chart, Column, Layout, Show, Table

DAY = date(2023, 12, 31)
SENTENCE = "推进信用信息共享，达到12309户，并按照有关规定依法依规公开。" * 3
COLUMNS = (
    Column("id", "ID"),
    Column("state", "State"),
    Column("lead", "Lead"),
    Column("responsible", "Responsible", show=Show.IF_ROOM),
    Column("text", "Text", wrap=True),
)
ID_AND_TEXT = (COLUMNS[0], COLUMNS[-1])
LATE, OPEN = Label("overdue", "红 blocked, 329 d late", "red"), Label("open", "绿 open", "green")
ODD: tuple[Cell, ...] = (OPEN, ("市住建局", "法院", "市公安局"), ("甲",), f"其他{SENTENCE}")
EVEN: tuple[Cell, ...] = (LATE, ("市营商局",), ("市交通运输局",), SENTENCE)


def rows(count: int) -> list[tuple[Cell, ...]]:
    return [(f"{number}.1", *(ODD if number % 2 else EVEN)) for number in range(count)]


def show(
    found: Sequence[tuple[Cell, ...]],
    width: int | None = 80,
    height: int | None = 24,
    columns: tuple[Column, ...] = COLUMNS,
    *,
    is_long: bool = False,
    **how: object,
) -> list[str]:
    table = Table("rows", columns, tuple(found), **how)  # type: ignore[arg-type]
    screen = Screen(width, height, is_long=is_long)
    return format_answer(Answer("list", DAY, (table,)), "table", screen).splitlines()


def test_what_fits_is_whole_and_what_does_not_has_a_line_a_row() -> None:
    whole = show(rows(2), caption="2 rows")
    assert not any("…" in line for line in whole)
    assert whole[-1] == "2 rows"
    short = show(rows(30), caption="30 rows")
    assert len(short) == 32
    assert all(line.endswith("…") for line in short[1:-1])
    assert short[-1] == "30 rows · --long shows everything"


def test_the_height_counts_every_line_and_one_for_the_prompt() -> None:
    lines = len(show(rows(2), height=None))
    assert len(show(rows(2), height=lines + 1)) == lines
    assert len(show(rows(2), height=lines)) == 1 + 2 + 1


def test_long_and_a_pipe_with_a_width_have_whole_sentences() -> None:
    for lines in (show(rows(30), height=None), show(rows(30), is_long=True)):
        assert len(lines) > 150
        assert not any("…" in line for line in lines)


@pytest.mark.parametrize("width", [56, 60, 80, 100, 160])
def test_ids_states_and_names_are_never_cut(width: int) -> None:
    short = show(rows(30), width=width)
    assert len(short) == 32
    assert max(map(cell_len, short)) <= width
    for line in short[1:-1:2]:
        assert re.match(r"\d+\.1 +红 blocked, 329 d late  市营商局  ", line)


def test_names_are_counted_where_not_all_of_them_fit() -> None:
    assert "市住建局 +2" in show(rows(30), width=80)[2]
    assert "市住建局、法院、市公安局" in show(rows(30), width=160)[2]
    narrow = show(rows(30), width=66)
    assert narrow[0].split()[3] == "Res…"
    assert re.search(r"  1  ", narrow[1])
    assert "no room for: Responsible · --long shows everything" in show(rows(30), width=60)[-1]


def test_long_says_below_a_row_what_has_no_room_beside_it() -> None:
    long = show(rows(2), width=60, is_long=True)
    assert "     Responsible: 市交通运输局" in long
    assert "     Responsible: 甲" in long
    assert not any("no room" in line or "--long" in line for line in long)


def test_a_long_state_is_folded_before_a_table_turns_into_records() -> None:
    folded = show(rows(2), width=52)
    assert folded[0].split() == ["ID", "State", "Lead", "Text"]
    assert folded[1].split()[1:3] == ["红", "blocked,"]
    assert folded[2].split()[:3] == ["329", "d", "late"]
    assert show(rows(2), width=40)[0].split() == ["ID"]


def test_what_all_rows_share_is_said_once() -> None:
    same = [("1", LATE, ("甲",), (), "信"), ("2", LATE, ("甲",), (), "用")]
    assert show(same)[:2] == ["State: 红 blocked, 329 d late · Lead: 甲", "ID  Text"]
    assert show(same, title="甲 leads 2")[1] == "State: 红 blocked, 329 d late"
    assert show(same[:1])[0].split() == ["ID", "State", "Lead", "Text"]
    assert show(same, width=None)[0].split() == ["ID", "State", "Lead", "Responsible", "Text"]


def test_the_first_rows_of_a_longer_table_do_not_speak_for_the_rest() -> None:
    same = [("1", LATE, ("甲",), (), "信"), ("2", LATE, ("甲",), (), "用"), ("3", OPEN, (), (), "")]
    assert show(same, preview_rows=2)[0].split() == ["ID", "State", "Lead", "Text"]


def test_several_tables_that_do_not_fit_do_without_rules() -> None:
    table = Table("rows", COLUMNS, tuple(rows(4)))
    screen = Screen(80, 10, boxed=True)
    assert "─" in format_answer(Answer("list", DAY, (table,)), "table", screen)
    assert "─" not in format_answer(Answer("list", DAY, (table, table)), "table", screen)


def test_figures_and_columns_asked_for_stay_in_the_table() -> None:
    figures = (COLUMNS[0], Column("n", "Count", is_count=True), Column("bar", "Bar"))
    shown = show([("1", 3, Bar(1, 1)), ("2", 3, Bar(1, 1))], columns=figures)
    assert shown[0].split() == ["ID", "Count", "Bar"]
    asked = (COLUMNS[0], Column("lead", "Lead", show=Show.ASKED))
    assert show([("1", ("甲",)), ("2", ("甲",))], columns=asked)[0].split() == ["ID", "Lead"]


def test_rows_that_are_all_alike_stay_rows() -> None:
    assert len(show([("1", "信"), ("1", "信")], columns=ID_AND_TEXT)) == 3


def test_bars_give_way_before_a_table_turns_into_records() -> None:
    columns = (Column("unit", "Unit"), Column("lights", "Lights"), Column("done", "Done"))
    found = [("甲", Lights(90, 20, 10, 120), "5"), ("乙", Lights(9, 2, 1, 120), "6")]
    wide, narrow = (show(found, width, columns=columns)[1] for width in (80, 40))
    assert wide.count("█") == 15
    assert 2 < narrow.count("█") < 15
    assert narrow.endswith("90·20·10  5")


def test_a_heading_takes_two_lines_where_that_saves_room() -> None:
    columns = (COLUMNS[0], Column("days", "Days late", is_count=True), COLUMNS[-1])
    found = [(str(number % 10), number, f"{number}{SENTENCE}") for number in range(30)]
    assert show(found, width=30, columns=columns)[:2] == ["ID  Days  Text", "    late"]


def test_a_heading_of_four_chinese_characters_is_two_words() -> None:
    columns = (COLUMNS[0], Column("days", "逾期天数", is_count=True), COLUMNS[-1])
    found = [(str(number % 10), number, f"{number}{SENTENCE}") for number in range(30)]
    assert show(found, width=30, columns=columns)[:2] == ["ID  逾期  Text", "    天数"]
    assert show(found, width=80, columns=columns)[0] == "ID  逾期天数  Text"


def test_a_hit_is_seen_although_the_sentence_is_cut() -> None:
    def hit(at: int) -> Cell:
        text = f"{SENTENCE[:at]}信易贷{SENTENCE}"
        return (Highlighted("text", "Text", text, ((at, at + 3),), "Text"),)

    found = [(str(number), hit(number)) for number in range(30)]
    for line in show(found, width=40, columns=ID_AND_TEXT)[1:-1]:
        assert re.match(r"\d+ +Text: .*信易贷.*…$", line)


def test_sections_stay_and_records_are_whole() -> None:
    titles = tuple(f"{number // 10} {SENTENCE}" for number in range(30))
    short = show(rows(30), sections=titles)
    assert [line[:4] for line in short if line.startswith(("0 推", "1 推", "2 推"))] == [
        "0 推进",
        "1 推进",
        "2 推进",
    ]
    records = show(rows(10), layout=Layout.RECORDS)
    assert not any("…" in line for line in records)


@pytest.mark.parametrize(
    ("found", "how", "drawn_by_rich"),
    [
        (rows(2), {}, False),
        (rows(30), {}, False),
        (rows(30), {"is_long": True}, True),
        (rows(2), {"layout": Layout.RECORDS}, True),
        ([("1", Bar(1, 1))], {"columns": ID_AND_TEXT}, True),
        ([("1", Lights(1, 2, 3, 6))], {"columns": ID_AND_TEXT}, True),
        ([], {"title": "户", "chart": Chart(((DAY, DAY, Decimal(1)),), (), "户")}, True),
    ],
    ids=["whole", "short", "long", "records", "bar", "lights", "chart"],
)
def test_rich_draws_what_is_long_records_and_pictures(
    found: list[tuple[Cell, ...]],
    how: dict[str, object],
    drawn_by_rich: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Importing it takes as long as all the rest of a question."""
    monkeypatch.setattr(rich_lines, "render_lines", lambda _lines, _screen: ["rich"])
    assert (show(found, **how) == ["rich"]) == drawn_by_rich  # type: ignore[arg-type]


WORDS = st.text(alphabet="信用，。市局AB12 ", max_size=60)
CELLS = st.one_of(
    *(st.none(), st.integers(0, 10**6), WORDS, st.dates()),
    st.lists(WORDS, max_size=4).map(tuple),
    st.builds(Label, st.just("code"), WORDS, st.sampled_from(("red", ""))),
)


@given(st.data(), st.integers(1, 200), st.integers(1, 40) | st.none(), st.booleans())
def test_every_table_fits_every_screen(
    data: st.DataObject, width: int, height: int | None, is_long: bool
) -> None:
    kinds = st.sampled_from((Show.ALWAYS, Show.IF_ROOM, Show.ASKED, Show.DATA))
    headings = st.text(alphabet="责任 days", max_size=14)
    column = st.builds(Column, st.just("key"), headings, kinds, st.booleans(), st.booleans())
    columns = tuple(data.draw(st.lists(column, min_size=1, max_size=6)))
    found = data.draw(st.lists(st.tuples(*(CELLS for _column in columns)), max_size=5))
    for line in show(found, width, height, columns, is_long=is_long):
        assert cell_len(line) <= max(width, 30)


@given(
    st.lists(st.sampled_from(("信用", "，", "达到12309户", "95.5％。", "“AB1”"))),
    st.integers(20, 60),
)
def test_no_figure_and_no_word_is_torn(pieces: list[str], width: int) -> None:
    text = "信".join(pieces)
    line = cut(text, width)
    assert cell_len(line) <= width
    assert text.startswith(line.removesuffix("…"))
    words, all_words = (re.findall("[0-9A-Z.]+", it) for it in (line, text))
    assert words == all_words[: len(words)]
