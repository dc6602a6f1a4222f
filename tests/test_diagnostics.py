"""Of one kind in one file, a hundred findings are listed and the rest are counted (attack X12)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from credit_plan.cli.data import count_diagnostics
from credit_plan.diagnostics import MAX_PER_KIND, Diagnostic, Location, Severity, limit
from tests.cases import BASE, lay_out
from tests.conftest import Run

MANY = 3000


def findings(count: int, file: str = "a.yaml", *, fixable: bool = False) -> list[Diagnostic]:
    return [
        Diagnostic("r", file, (), "m", "h", fixable=fixable, location=Location(line, 1, 2))
        for line in range(1, count + 1)
    ]


@pytest.mark.parametrize(
    ("count", "listed", "last"),
    [(99, 99, 1), (100, 100, 1), (101, 101, 1), (102, 101, 2), (3000, 101, 2900)],
)
def test_what_is_not_listed_is_counted(count: int, listed: int, last: int) -> None:
    limited = list(limit(findings(count)))
    assert len(limited) == listed
    assert limited[-1].count == last
    assert limited[:MAX_PER_KIND] == findings(count)[:MAX_PER_KIND]
    assert count_diagnostics(limited) == f"{count:,} errors"
    assert list(limit(limited)) == limited


def test_the_count_comes_after_what_is_listed_of_its_file_and_keeps_its_place() -> None:
    other = findings(1, "b.yaml")
    limited = sorted(limit([*other, *reversed(findings(MANY))]))
    assert [it.count for it in limited] == [*[1] * MAX_PER_KIND, MANY - MAX_PER_KIND, 1]
    assert limited[MAX_PER_KIND].line == MANY - MAX_PER_KIND


def test_each_kind_in_each_file_has_its_own_number() -> None:
    """What `fmt` cannot repair is never hidden behind what it can."""
    found = [*findings(MANY), *findings(MANY, fixable=True), *findings(MANY, "b.yaml")]
    counted = [it for it in limit(found) if it.count > 1]
    assert {(it.file, it.fixable) for it in counted} == {
        ("a.yaml", False),
        ("a.yaml", True),
        ("b.yaml", False),
    }


def test_a_message_has_an_end() -> None:
    (it,) = limit([Diagnostic("r", "f", (), "长" * 10**6, "长" * 10**6)])
    assert len(it.message) == len(it.hint) == 2001


@pytest.fixture
def flooded(tmp_path: Path) -> Path:
    """Return a folder with a plan that has thousands of findings of two rules in one file."""
    lay_out(BASE, tmp_path / "data")
    file = tmp_path / "data" / "measures" / "02.yaml"
    text = file.read_text(encoding="utf-8")
    names = ", ".join(f"市{number}局" for number in range(MANY))
    text = text.replace("lead: [", f"lead: [{names}, ", 1)
    file.write_text(text.replace("page: 2", f"page: 2\n    note: 甲{'按,' * MANY}乙"), "utf-8")
    return tmp_path


@pytest.mark.parametrize("form", ["text", "json", "github", "junit", "sarif"])
def test_every_format_shows_the_count_and_little_more(run: Run, flooded: Path, form: str) -> None:
    answer = run("check", "-f", form, cwd=flooded)
    assert answer.code == 1
    assert answer.out.count("2,900 more findings of this kind in this file") >= 2
    assert len(answer.out) < 600_000


def test_the_closing_line_counts_everything(run: Run, flooded: Path) -> None:
    whole = run("check", cwd=flooded)
    assert whole.out.rstrip().endswith(f"{MANY:,} errors, {MANY:,} warnings")
    one = run("check", "--rule", "unknown-unit", cwd=flooded)
    shown = f"{MANY:,} errors · only unknown-unit · not shown: no errors, {MANY:,} warnings"
    assert shown in one.out
    elsewhere = run("check", "data/measures/01.yaml", cwd=flooded)
    assert elsewhere.code == 0
    assert f"in other files: {MANY:,} errors, {MANY:,} warnings" in elsewhere.out


def test_quiet_keeps_the_count_of_errors_alone(run: Run, flooded: Path) -> None:
    answer = run("check", "-q", cwd=flooded)
    assert answer.code == 1
    assert answer.out.count("error[unknown-unit]") == MAX_PER_KIND + 1
    assert "half-width-mark" not in answer.out


def test_a_question_says_how_many_errors_there_are(run: Run, flooded: Path) -> None:
    answer = run("due", cwd=flooded)
    assert answer.code == 1
    assert f"the data has {MANY:,} errors" in answer.err
    assert len(answer.err) < 100_000


def test_the_count_is_at_the_first_that_is_not_listed(run: Run, flooded: Path) -> None:
    rows = json.loads(run("check", "-f", "json", cwd=flooded).out)["rows"]
    units = [row for row in rows if row["rule"] == "unknown-unit"]
    assert len(units) == MAX_PER_KIND + 1
    assert units[-1]["column"] > units[-2]["column"]
    assert {row["severity"] for row in units} == {Severity.ERROR}
