"""What people type after a question: units, ids of measures, names of indicators."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.main import get_command

from credit_plan.cli.app import COMMANDS, app
from tests.conftest import Run


def ask(run: Run, *words: str) -> list[dict[str, Any]]:
    answer = run(*words, "--format", "json")
    assert answer.code == 0, answer.err
    rows: list[dict[str, Any]] = json.loads(answer.out)["rows"]
    return rows


TAKE_UNITS = ("due", "list", "overdue", "stale", "status", "chapters")


def test_every_question_with_a_unit_and_no_other_argument_takes_units() -> None:
    """`history` takes them as well, beside ids."""
    group = get_command(app)
    found = set()
    for name, _run, _help in COMMANDS:
        command = group.get_command(None, name)  # type: ignore[attr-defined]
        options = {option for parameter in command.params for option in parameter.opts}
        arguments = [it.name for it in command.params if it.param_type_name == "argument"]
        if {"--unit", "--known-by"} <= options and arguments in ([], ["only"]):
            assert arguments == ["only"], name
            found.add(name)
    assert found == set(TAKE_UNITS)


@pytest.mark.parametrize("command", TAKE_UNITS)
def test_units_may_be_arguments(run: Run, command: str) -> None:
    asked = (command, "--as-of", "2024-01-01")
    as_options = run(*asked, "--unit", "市住建局", "--unit", "市文旅局")
    assert run(*asked, "市住建局", "市文旅局") == as_options
    assert run(*asked, "住建", "市住建局", "--unit", "市文旅局", "--unit", "住建") == as_options
    assert run(*asked, "市住建局", "--role", "lead").code == 0


@pytest.mark.parametrize(
    ("command", "typed", "shown"),
    [
        *((command, "7.5", "7.5") for command in (*TAKE_UNITS, "unit")),
        *(("due", typed, shown) for typed, shown in (("7", "7"), ("第7.10项", "7.10"))),
    ],
)
def test_a_measure_in_the_place_of_a_unit_is_recognised(
    run: Run, command: str, typed: str, shown: str
) -> None:
    answer = run(command, typed)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.endswith(f"  --task 7\n  credit-plan show {shown}\n")


def test_a_date_in_the_place_of_a_unit_is_recognised(run: Run) -> None:
    answer = run("due", "2024")
    assert answer.code == 2
    assert answer.err.endswith("  --after 2024 --before 2024\n")
    assert "--after" not in run("stale", "2024").err


@pytest.mark.english
def test_what_is_neither_is_an_unknown_unit(run: Run) -> None:
    answer = run("due", "火星局")
    assert answer.code == 2
    assert "unknown unit “火星局”" in answer.err
    assert "--task" not in answer.err


@pytest.mark.english
def test_history_takes_ids_and_units(run: Run) -> None:
    assert run("history", "7.99").code == 2
    assert "unknown unit “火星局”" in run("history", "7", "火星局").err
    answer = run("history", "7", "市住建局", "--unit", "住建")
    assert answer.out.startswith("0 reports · task 7 · reported by 市住建局")


@pytest.mark.parametrize(
    ("names", "measures", "count"),
    [
        (("68.1",), {"68.1"}, 4),
        (("第68.1项", "ranking"), {"68.1", "1"}, 7),
        (("1",), {"1"}, 4),
        (("68",), {"68.1", "68.3"}, 8),
    ],
)
def test_indicators_are_found_by_the_measure_that_promises_them(
    run: Run, names: tuple[str, ...], measures: set[str], count: int
) -> None:
    rows = ask(run, "indicators", *names)
    assert {row["measure"] for row in rows} == measures
    assert len(rows) == count


@pytest.mark.english
def test_the_only_indicator_of_a_measure_has_its_chart(run: Run) -> None:
    by_id, by_name = run("indicators", "14"), run("indicators", "承诺率")
    assert by_id == by_name
    assert "──○ promised" in by_id.out


@pytest.mark.english
def test_a_measure_without_indicators_says_so(run: Run) -> None:
    answer = run("indicators", "7.5")
    assert answer.code == 0
    assert answer.out.startswith("0 of 43 targets")
    why = "The plan promises no figure in 7.5; to read its target: credit-plan show 7.5\n"
    assert answer.err == why
    both = run("indicators", "7.5", "14", "--format", "json")
    assert both.err.startswith(why)
    assert json.loads(both.out)["rows"]
    assert run("indicators", "99").code == 2
    assert "task 7 has no measure" in run("indicators", "7.99").err
