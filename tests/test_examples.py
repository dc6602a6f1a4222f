"""Every example under `examples/` is judged as it says itself; a new case is a new folder."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from credit_plan.rules import registry
from credit_plan import formatters
from credit_plan.cli.manuals import RULES
from credit_plan.diagnostics import Diagnostic
from credit_plan.diagnostics import Rule
from credit_plan.diagnostics import Severity
from credit_plan.diagnostics import CheckResult
from credit_plan.loader.reader import load
from credit_plan.loader.locate import Source
from credit_plan.formatters import Screen
from tests.conftest import ROOT

PACKAGE = ROOT / "src" / "credit_plan"
TODAY = date(2026, 11, 22)
SHOWN = "shown.txt"
"""What `check` prints of a bad example, to the letter."""

EXAMPLES = Path(__file__).parent / "examples"
BAD = sorted((EXAMPLES / "bad").iterdir())
MARK = re.compile(rb"[ \t]*# expect: [^\r\n]+")
GOOD = sorted((EXAMPLES / "good").iterdir())


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("example", BAD, ids=lambda example: example.name)
def test_a_bad_example_is_found_out(example: Path, workplace: Path) -> None:
    lay_out(example, workplace)
    found = judged(workplace)
    assert Counter(f"{it.file}:{it.line} {it.rule}" for it in found) == expected(example)
    for place in exact_places(example):
        assert place in {f"{it.file}:{it.line}:{it.column} {it.rule}" for it in found}


@pytest.mark.parametrize("example", GOOD, ids=lambda example: example.name)
def test_a_good_example_is_left_in_peace(example: Path, workplace: Path) -> None:
    lay_out(example, workplace)
    assert judged(workplace) == ()


def test_the_base_is_sound(workplace: Path) -> None:
    lay_out(EXAMPLES / "base", workplace)
    assert judged(workplace) == ()


@pytest.mark.parametrize("manual", RULES, ids=lambda manual: manual.name)
def test_every_rule_has_a_manual_page_and_examples(manual: Rule) -> None:
    assert manual.summary.endswith(".")
    assert "\n\n    " in manual.page
    assert re.search("[Mm]end|[Cc]orrect", manual.page.split("\n\n")[-1])
    assert any(of_rule(manual.name, example) for example in BAD)
    assert any(of_rule(manual.name, example) for example in GOOD)


@pytest.mark.parametrize("manual", RULES, ids=lambda manual: manual.name)
def test_a_rule_is_found_where_its_name_says(manual: Rule) -> None:
    modules = PACKAGE.glob(f"*/rules/{manual.name.replace('-', '_')}.py")
    assert len(list(modules)) == 1


def test_every_module_of_a_rule_is_in_its_registry() -> None:
    modules = {path.stem.replace("_", "-") for path in PACKAGE.glob("*/rules/[a-z]*.py")}
    assert modules == {manual.name for manual in RULES}
    assert len(RULES) == len(modules)


@pytest.mark.parametrize("rule", registry.RULES, ids=lambda rule: rule.name)
def test_a_rule_states_the_gravest_that_it_finds(
    rule: check.Rule, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found: set[Severity] = set()
    for example in BAD:
        if example.name.startswith(rule.name):
            workplace = tmp_path_factory.mktemp(example.name)
            lay_out(example, workplace)
            found |= {it.severity for it in judged(workplace) if it.rule == rule.name}
    assert min(found, key=lambda severity: severity.rank) is rule.severity


@pytest.mark.parametrize(
    ("example", "severity"),
    [
        ("repeated-text", Severity.NOTICE),
        ("repeated-text-other-lead", Severity.WARNING),
        ("repeated-text-other-deadline", Severity.WARNING),
    ],
)
def test_a_repeated_text_is_graver_where_the_measures_differ(
    example: str, severity: Severity, workplace: Path
) -> None:
    lay_out(EXAMPLES / "bad" / example, workplace)
    assert [it.severity for it in judged(workplace)] == [severity]


@pytest.mark.parametrize("example", BAD, ids=lambda example: example.name)
def test_a_finding_is_of_a_listed_rule_and_no_graver_than_it_says(
    example: Path, workplace: Path
) -> None:
    gravest = {manual.name: manual.severity.rank for manual in RULES}
    lay_out(example, workplace)
    for it in judged(workplace):
        assert it.severity.rank >= gravest[it.rule]
        assert it.hint


@pytest.mark.parametrize("example", BAD, ids=lambda example: example.name)
def test_what_is_shown_of_a_bad_example_is_as_it_was(example: Path, workplace: Path) -> None:
    """`make snapshots` writes what is shown today; read the difference before it is committed."""
    assert (example / SHOWN).read_text(encoding="utf-8") == shown(example, workplace)


def test_columns_point_at_the_value_itself(workplace: Path) -> None:
    lay_out(EXAMPLES / "bad" / "unknown-unit", workplace)
    places = [(it.line, it.column) for it in judged(workplace)]
    assert places == [(10, 12), (17, 18)]


def lay_out(example: Path, workplace: Path) -> None:
    """The base with the example's files laid over it."""
    shutil.copytree(EXAMPLES / "base", workplace, dirs_exist_ok=True)
    shutil.copytree(
        example,
        workplace,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns("expect.txt", "remove.txt", SHOWN),
    )
    for file in filter(Path.is_file, workplace.rglob("*.yaml")):
        # The marks are for the reader of the example, and not for the program.
        file.write_bytes(MARK.sub(b"", file.read_bytes()))
    removed = example / "remove.txt"
    for name in removed.read_text().split() if removed.exists() else ():
        (workplace / name).unlink()


def shown(example: Path, workplace: Path) -> str:
    """What `check` prints of an example; the working folder is where it is laid out."""
    lay_out(example, workplace)
    verdict = CheckResult(judged(workplace))
    return formatters.diagnostics(verdict, "text", TODAY, Screen())


def of_rule(name: str, example: Path) -> bool:
    """Whether an example's name says that it is for a rule, and for none with a longer name."""
    of_longer = any(
        example.name.startswith(other.name)
        for other in RULES
        if other.name.startswith(name) and other.name != name
    )
    return example.name.startswith(name) and not of_longer


def judged(workplace: Path) -> tuple[Diagnostic, ...]:
    loaded = load(Source(workplace, bundled=False), today=TODAY, with_evidence=True)
    placed = loaded.place(registry.run_rules(loaded.draft))
    return tuple(sorted((*loaded.diagnostics, *placed)))


def expected(example: Path) -> Counter[str]:
    """`file:line rule` for every mark in the files and every line of expect.txt."""
    found = Counter(re.sub(r":\d+ ", " ", place) for place in exact_places(example))
    for file in filter(Path.is_file, example.rglob("*.yaml")):
        text = file.read_bytes().decode("utf-8", "replace")
        for number, line in enumerate(text.split("\n"), 1):
            if marked := re.search(r"# expect: (.+)", line):
                name = file.relative_to(example).as_posix()
                found.update(f"{name}:{number} {rule}" for rule in marked[1].split(", "))
    return found


def exact_places(example: Path) -> list[str]:
    stated = example / "expect.txt"
    return stated.read_text().splitlines() if stated.exists() else []
