"""Values from a short list: codes, Chinese words, and what the error and TAB offer."""

from __future__ import annotations

import os
import re
from enum import StrEnum
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from credit_plan.cli.choice import Choice
from tests.conftest import Run


class Colour(StrEnum):
    """What the tests choose from."""

    RED = "red"
    DARK_RED = "dark-red"


COLOURS = Choice({Colour.RED: ("红", "红色"), Colour.DARK_RED: ("深红",)})


@pytest.mark.parametrize(
    "written", ["dark-red", " Dark-Red ", "深红", "ｄａｒｋ－ｒｅｄ", "深紅", Colour.DARK_RED]
)
def test_a_code_and_its_words_mean_a_value(written: str) -> None:
    assert COLOURS.parse(written) is Colour.DARK_RED


def test_another_word_is_told_codes_and_words() -> None:
    with pytest.raises(
        typer.BadParameter, match=r"“红黑” is not one of: red \(红\), dark-red \(深红\)"
    ):
        COLOURS.parse("红黑")


def test_several_are_repeated_or_have_commas_between_them() -> None:
    assert COLOURS.parse_several(["深红，red", "红色"]) == [Colour.DARK_RED, Colour.RED]
    assert COLOURS.parse_several(["red、dark-red"]) == [Colour.RED, Colour.DARK_RED]
    assert COLOURS.parse_several([]) is None
    with pytest.raises(typer.BadParameter, match="“” is not one of"):
        COLOURS.parse_several(["red,"])


def test_codes_complete_and_words_where_one_was_begun() -> None:
    assert COLOURS.complete("") == [("red", "红"), ("dark-red", "深红")]
    assert COLOURS.complete("d") == [("dark-red", "深红")]
    assert COLOURS.complete("红") == [("红", "red"), ("红色", "red")]
    assert COLOURS.complete_last("红,d") == [("红,dark-red", "深红")]


app = typer.Typer()


@app.command()
def paint(
    ground: Annotated[Colour, COLOURS.option("--ground", "COLOUR", "{values}")] = Colour.RED,
    colours: Annotated[
        list[str] | None, COLOURS.repeatable_option("--colour", "COLOUR", "{values}")
    ] = None,
) -> None:
    typer.echo(f"{ground!r} {colours!r}")


@pytest.mark.parametrize(
    ("words", "painted"),
    [
        ("", "<Colour.RED: 'red'> None"),
        ("--ground 深红 --colour 红", "<Colour.DARK_RED: 'dark-red'> [<Colour.RED: 'red'>]"),
        (
            "--colour dark-red --colour 红，深红",
            "<Colour.RED: 'red'> [<Colour.DARK_RED: 'dark-red'>, <Colour.RED: 'red'>]",
        ),
    ],
)
def test_a_command_gets_the_members(words: str, painted: str) -> None:
    assert CliRunner().invoke(app, words.split()).output == f"{painted}\n"


@pytest.mark.parametrize(
    ("chinese", "codes"),
    [
        ("due --kind 节点 --before 2023", "due --kind milestone --before 2023"),
        ("due --kind 完成时限 --before 2023", "due --kind deadline --before 2023"),
        ("unit 市住建局 --role 责任单位", "unit 市住建局 --role responsible"),
        ("list --unit 市住建局 --role 牵头", "list --unit 市住建局 --role lead"),
        ("status --by 章节", "status --by chapter"),
        ("status --by 年份", "status --by year"),
    ],
)
def test_chinese_and_codes_have_one_answer(run: Run, chinese: str, codes: str) -> None:
    answer = run(*chinese.split(), "--format", "csv")
    assert answer.out
    assert answer == run(*codes.split(), "--format", "csv")


def test_a_value_that_is_not_utf_8_is_no_traceback(run: Run) -> None:
    assert run("list", "--unit", "市住建局", "--role", os.fsdecode(b"\xff")).code == 2


@pytest.mark.english
def test_help_has_the_word_before_the_code_in_chinese(run: Run, run_chinese: Run) -> None:
    """And a metavar is a word, of which the text speaks."""
    said = re.sub(r"\s", "", run_chinese("due", "--help", COLUMNS="100").out)
    assert "牵头（lead）、责任（responsible）" in said
    assert "未报送（not-reported）、" in said
    assert "逾期（overdue）、临期（due-soon）" in said
    assert "--role角色" in said
    said = re.sub(r"\s", "", run("due", "--help", COLUMNS="100").out)
    assert "lead(牵头),responsible(责任)" in said


def test_a_format_may_be_typed_in_capitals(run: Run) -> None:
    assert run("units", "--format", "CSV") == run("units", "--format", "csv")
