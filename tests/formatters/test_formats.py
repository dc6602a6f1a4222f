"""Writers: what they make of a report, whatever its cells hold."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from credit_plan import formatters
from credit_plan.cells import Cell, CellValue, DatedText, Described, Label
from credit_plan.cells.bars import Bar, Lights
from credit_plan.cells.marked import Changed, Highlighted
from credit_plan.cells.reports import EvidenceRef, Figure, Figures
from credit_plan.formatters import Screen
from credit_plan.formatters.fold import fold
from credit_plan.formatters.json_document import dump_json
from credit_plan.table import Answer, Column, Layout, Show, Table
from credit_plan.text import escape_controls

DAY = date(2023, 12, 31)
TERMINAL = Screen(width=80, styled=True, coloured=True, boxed=True)
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
HAN = st.text(alphabet="市营商局信用信息，。“”《》（）ABC123 ％", max_size=60)


def report(*rows: tuple[Cell, ...], **how: object) -> Answer:
    columns = (
        Column("id", "ID"),
        Column("lead", "Lead"),
        Column("more", "More", show=Show.IF_ROOM),
        Column("text", "Text", wrap=True),
        Column("hidden", "Hidden", show=Show.DATA),
    )
    return Answer("list", DAY, (Table("rows", columns, rows, **how),))  # type: ignore[arg-type]


ROW: tuple[Cell, ...] = ("1.10", ("市营商局", "法院"), "更多", "推进信用信息共享。", "不见")


@pytest.mark.parametrize("width", [20, 40, 80, 160, None])
@pytest.mark.parametrize("name", formatters.ANSWER_FORMATS)
def test_ids_dates_and_names_are_never_broken(name: str, width: int | None) -> None:
    written = formatters.format_answer(report(ROW, ROW), name, Screen(width=width))
    for whole in ("1.10", "市营商局", "法院"):
        assert written.count(whole) == 2


@given(HAN, st.integers(2, 60))
def test_folding_keeps_every_character_and_the_width(text: str, width: int) -> None:
    lines = fold(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)


@given(HAN)
def test_no_line_begins_or_ends_with_the_wrong_mark(text: str) -> None:
    marks = re.sub(r"[“《（]+[”》），。％]*|[”》），。％ ]+", "", text)
    lines = fold(f"信{marks}，用“信”。", 20)
    assert not any(line[:1] in "，。”》）％" for line in lines[1:] if line)
    assert not any(line[-1:] in "“《（" for line in lines if line)


def test_figures_words_and_names_stay_whole() -> None:
    assert fold("达到12309户", 8) == ["达到", "12309户"]
    assert fold("由市住建局办", 10, ("市住建局",)) == ["由市住建局", "办"]
    assert fold("在市住建局办", 9, ("市住建局",)) == ["在", "市住建局", "办"]
    assert fold("市住建局", 4, ("市住建局",)) == ["市住", "建局"]


def test_a_wide_screen_shows_what_a_narrow_one_leaves_out() -> None:
    wide = formatters.format_answer(report(ROW), "table", Screen(width=100))
    narrow = formatters.format_answer(report(ROW, caption="c"), "table", Screen(width=36))
    assert "更多" in wide
    assert "更多" not in narrow
    assert "no room for: More" in narrow
    assert "不见" not in wide


def test_a_very_narrow_screen_shows_records() -> None:
    row = ("1.10", ("市信用信息共享平台", "法院"), "更多", "推进信用信息共享。", "不见")
    beside = formatters.format_answer(report(row), "table", Screen(width=35))
    assert "ID    1.10\nLead  市信用信息共享平台\n      法院\n" in beside
    below = formatters.format_answer(report(ROW), "table", Screen(width=32))
    assert below.startswith("ID\n  1.10\nLead\n  市营商局\n  法院\n")


def test_rows_stay_on_one_line_in_a_pipe() -> None:
    written = formatters.format_answer(report(ROW, ROW), "table", Screen())
    assert written.splitlines() == [
        "ID    Lead            More  Text",
        "1.10  市营商局、法院  更多  推进信用信息共享。",
        "1.10  市营商局、法院  更多  推进信用信息共享。",
    ]


def test_sections_and_records_in_a_pipe() -> None:
    written = formatters.format_answer(report(ROW, ROW, sections=("甲", "乙")), "table", Screen())
    assert [line for line in written.splitlines() if len(line) == 1] == ["甲", "乙"]
    records = formatters.format_answer(report(ROW, ROW, layout=Layout.RECORDS), "table", Screen())
    assert records.count("ID    1.10\n") == 2


@pytest.mark.parametrize("name", sorted(formatters.ANSWER_FORMATS.keys() - {"json"}))
@pytest.mark.parametrize("screen", [Screen(), TERMINAL])
def test_data_is_text_and_never_markup_or_an_escape(name: str, screen: Screen) -> None:
    evil = "[bold]甲[/bold] \x1b[31m乙\x07 \u202e丙 :smile:"
    answer = report(("1", (evil,), "", evil, ""), title=evil, caption=evil, sections=(evil,))
    written = ESCAPES.sub("", formatters.format_answer(answer, name, screen))
    assert "\x1b" not in written
    assert "\x07" not in written
    assert "\u202e" not in written
    assert r"\x1b[31m" in written.replace("\\\\", "\\").replace("\\[", "[")
    assert "bold" in written
    assert ":smile:" in written


def test_json_carries_the_data_as_it_is() -> None:
    evil = "\x1b[31m"
    document = json.loads(
        formatters.format_answer(report(("1", (), None, evil, True)), "json", Screen())
    )
    assert document == {
        "schema": "credit-plan/list@1",
        "as_of": "2023-12-31",
        "rows": [{"id": "1", "lead": [], "more": None, "text": evil, "hidden": True}],
    }


@pytest.mark.parametrize(
    "figure", ["12345678901.123456", "999999999999999.999999", "0.1", "-0.000001", "5", "100"]
)
def test_json_carries_every_digit_of_a_figure(figure: str) -> None:
    """Floats rounded the last digits; whole numbers stay whole (attack X20)."""
    cells = Figures((Figure("code", "name", Decimal(figure), "％"),)), Decimal(figure)
    written = formatters.format_answer(report(("1", (), "", *cells)), "json", Screen())
    (row,) = json.loads(written, parse_float=Decimal)["rows"]
    assert row["text"] == {"code": Decimal(figure)}
    assert row["hidden"] == Decimal(figure)
    assert written.count(figure) == 2


@given(st.recursive(st.text() | st.integers() | st.none() | st.booleans(), st.lists, max_leaves=9))
def test_json_is_read_back_as_it_was_and_nothing_in_it_acts(data: object) -> None:
    written = dump_json({"a": data, "##[": [(), {}]})
    assert json.loads(written) == {"a": data, "##[": [[], {}]}
    assert not re.search(r"[\x7f-\x9f\ud800-\udfff]|##\w*\[", written)


def test_every_type_of_cell_has_a_form_in_every_format() -> None:
    cells: tuple[Cell, ...] = (
        Label("code", "label"),
        (DatedText(DAY, "到期"),),
        Bar(3, 6),
        (Highlighted("text", "Text", "信用信息", ((0, 2),), "Text"),),
        DAY,
    )
    row = json.loads(formatters.format_answer(report(cells), "json", Screen()))["rows"][0]
    assert row == {
        "id": "code",
        "lead": [{"by": "2023-12-31", "text": "到期"}],
        "more": 3,
        "text": [{"field": "text", "text": "信用信息", "hits": [[0, 2]]}],
        "hidden": "2023-12-31",
    }
    assert "**信用**信息" in formatters.format_answer(report(cells), "markdown", Screen())
    assert "██████████ 3" in formatters.format_answer(report(cells), "table", Screen(width=90))
    assert "\x1b[1;7m信用\x1b[0m" in formatters.format_answer(report(cells), "table", TERMINAL)
    assert "code" in formatters.format_answer(report(cells), "csv", Screen())


EVERY_TYPE: tuple[CellValue, ...] = (
    Bar(3, 6),
    Changed((("2022", "2023"),), "一年"),
    DatedText(DAY, "到期"),
    Described({"group": "各相关单位", "role": "lead"}, ("各相关单位 (牵头)",), "各相关单位 (lead)"),
    EvidenceRef("data/evidence/1.pdf", "0" * 64),
    Figures((Figure("code", "name", Decimal("1.50"), "％"),)),
    Highlighted("text", "Text", "信用信息", ((0, 2),), "Text"),
    Label("code", "label", "red"),
    Lights(1, 2, 3, 6),
)


@pytest.mark.parametrize("cell", EVERY_TYPE, ids=lambda cell: type(cell).__name__)
@pytest.mark.parametrize(
    ("name", "screen"),
    [
        ("table", TERMINAL),
        *((name, Screen()) for name in formatters.ANSWER_FORMATS),
    ],
)
def test_every_type_of_cell_can_be_written(cell: CellValue, name: str, screen: Screen) -> None:
    empty = formatters.format_answer(report(("1", (), "", "", "")), name, screen)
    written = formatters.format_answer(report(("1", cell, "", "", "")), name, screen)
    assert written != empty
    assert type(cell).__name__ not in written


def test_no_type_of_cell_is_forgotten_here() -> None:
    types = {it.__name__ for it in CellValue.__subclasses__()}
    assert {type(it).__name__ for it in EVERY_TYPE} == types


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＠", "\t", "\r"])
def test_no_cell_of_a_csv_is_a_formula(start: str) -> None:
    written = formatters.format_answer(report((f"{start}1+1", (), "", "", "")), "csv", Screen())
    (row,) = csv.DictReader(io.StringIO(written.removeprefix("\ufeff")))
    assert written.startswith("\ufeff")
    assert row["id"].startswith(("'", "\\"))


def test_a_csv_is_read_back_as_it_was() -> None:
    row: tuple[Cell, ...] = ("1", ("甲", "乙"), 'a"b,c', "换\n行", 3)
    written = formatters.format_answer(report(row), "csv", Screen())
    (read,) = csv.DictReader(io.StringIO(written.removeprefix("\ufeff"), newline=""))
    assert (read["lead"], read["more"], read["hidden"]) == ("甲、乙", 'a"b,c', "3")


def test_markdown_keeps_its_own_signs_out_of_the_cells() -> None:
    written = formatters.format_answer(
        report(("a|b", ("*x*",), "", "<b>_y_</b>", "")), "markdown", Screen()
    )
    line = written.splitlines()[2]
    assert line == r"| a\|b | \*x\* |  | \<b\>\_y\_\</b\> |"


@pytest.mark.parametrize(
    "evil",
    [
        *("<img src=x onerror=alert(1)>", "![x](http://a/b)", "[x](javascript:alert(1))"),
        *("`a`", "<!-- x", "&lt;b&gt;", "<http://a/>", r"\\|x\\<b>", "***x***", "a\\", "@user"),
    ],
)
def test_nothing_in_markdown_is_more_than_text(evil: str) -> None:
    """No HTML, image, link, code or mention of the data acts in a report or a job's summary."""
    answer = report((evil, (evil,), "", evil, ""), title=evil, caption=evil, sections=(evil,))
    written = formatters.format_answer(answer, "markdown", Screen())
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(written)
    inner = [it for token in tokens for it in token.children or ()]
    assert {it.type for it in inner} <= {
        "text",
        "text_special",
        "em_open",
        "em_close",
        "html_inline",
    }
    assert {it.content for it in inner if it.type == "html_inline"} <= {"<!-- -->"}
    assert not re.search("@[a-z]", written)
    assert sum(it.type == "td_open" for it in tokens) == 4


def test_colours_are_one_thing_and_styles_another() -> None:
    styled = formatters.format_answer(report(ROW), "table", Screen(width=80, styled=True))
    assert "\x1b[1m" in styled
    assert "\x1b[36m" not in styled
    assert "\x1b[36m" in formatters.format_answer(report(ROW), "table", TERMINAL)


@given(st.text())
def test_visible_text_has_nothing_that_acts(text: str) -> None:
    assert escape_controls(text).replace("\u3000", "").isprintable()
