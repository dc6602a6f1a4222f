"""Help: no wider than the terminal, by command name, and what was meant by an unknown one."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from credit_plan.cli.app import COMMANDS, GROUPS
from tests.cli.test_screens import in_a_terminal
from tests.conftest import Run

NAMES = [name for name, _run, _help in COMMANDS]


@pytest.mark.parametrize("width", ["40", "60", "80", "160"])
@pytest.mark.parametrize("name", ["", *NAMES])
def test_no_line_of_help_is_wider_than_the_terminal(run: Run, name: str, width: str) -> None:
    answer = run(*filter(None, (name,)), "--help", COLUMNS=width)
    assert (answer.code, answer.err) == (0, "")
    assert max(map(cell_len, answer.out.splitlines())) <= int(width)


@pytest.mark.english
def test_folding_loses_nothing_and_breaks_no_word(run: Run) -> None:
    wide, middle, narrow = (run("record", "--help", COLUMNS=it).out for it in ("160", "80", "40"))
    assert middle.split() == wide.split()
    assert "".join(narrow.split()) == "".join(wide.split())
    words = {word for choice in wide.split() for word in re.findall(r"[^|]+[|]?", choice)}
    assert {word for part in narrow.split() for word in re.findall(r"[^|]+[|]?", part)} == words


@pytest.mark.english
def test_a_list_of_choices_folds_between_two_of_them(run: Run) -> None:
    shown = run("diff", "--help", COLUMNS="40").out
    assert "  -f, --format <table|json|csv|\n      markdown>\n      Output format." in shown


@pytest.mark.english
def test_a_wide_terminal_has_descriptions_beside_the_options(run: Run) -> None:
    assert "\n  --unit NAME  " in run("due", "--help", COLUMNS="80").out
    assert "\n  --unit NAME\n      " in run("due", "--help", COLUMNS="40").out


@pytest.mark.english
def test_the_list_of_commands_has_whole_sentences(run: Run) -> None:
    text = " ".join(run("--help", COLUMNS="40").out.split())
    for _name, _run, sentence in COMMANDS:
        assert sentence in text


def test_help_of_a_command_is_what_its_option_says(run: Run) -> None:
    for name in ("due", "help", "diff"):
        assert run("help", name) == run(name, "--help")
    assert run("help") == run("--help")
    assert in_a_terminal(40, "help", "due") == in_a_terminal(40, "due", "--help")


@pytest.mark.english
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dua", "due"),
        ("deu", "due"),
        ("fnt", "fmt"),
        ("stauts", "status"),
        ("Shwo", "show"),
        ("unti", "unit"),
        ("hist", "history"),
        ("indicator", "indicators"),
        ("hlep", "help"),
        ("task", "show"),
        ("measure", "show"),
        ("compare", "diff"),
        ("validate", "check"),
    ],
)
def test_an_unknown_command_names_the_one_that_is_meant(run: Run, typed: str, meant: str) -> None:
    for words in ((typed, "7"), ("help", typed)):
        answer = run(*words)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.endswith(f"No such command '{typed}'. Did you mean '{meant}'?\n")


@pytest.mark.english
@pytest.mark.parametrize("typed", ["print", "tsk", "x", "逾期", "start", "test"])
def test_a_far_name_is_not_proposed(run: Run, typed: str) -> None:
    """Of `print`, init was proposed, and of `task`, status (A11)."""
    answer = run(typed)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.endswith(f"No such command '{typed}'.\n")


@pytest.mark.english
def test_help_for_what_is_no_command_says_what_there_is(run: Run) -> None:
    far = run("help", "nothing")
    assert far.code == 2
    assert far.err.endswith(f"No command is called “nothing”. There are: {', '.join(NAMES)}\n")
    rule = run("help", "unknown-unit")
    assert rule.code == 2
    assert "“credit-plan explain unknown-unit”" in rule.err


@pytest.mark.english
def test_the_commands_are_listed_in_three_groups(run: Run) -> None:
    shown = run("--help", COLUMNS="80").out
    titles = [title for title, _commands in GROUPS]
    assert len(titles) == 3
    sections = re.findall(r"^(\S.*):\n((?:  .*\n)+)", shown, re.MULTILINE)
    assert [title for title, _text in sections] == ["Options", *titles, "Examples"]
    names = re.findall(r"^  (\w+)  ", "".join(text for _title, text in sections[1:4]), re.MULTILINE)
    assert names == NAMES
