"""Every case of a rule is judged as it says itself; a new case is a section of an archive."""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from credit_plan import rules
from credit_plan.diagnostics import Rule, Severity
from credit_plan.i18n import CHINESE, ENGLISH
from credit_plan.rules.registry import RULES as ALL_RULES
from tests.cases import (
    ARCHIVES,
    BAD,
    BASE,
    GOOD,
    RULES,
    Case,
    bad,
    judged,
    lay_out,
    shown,
    snapshot_file,
    snapshots,
)
from tests.snapshots import make_reports

JUDGING = [rule for rule in ALL_RULES if rule.find or rule.find_in_task]


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("case", BAD, ids=str)
def test_a_bad_case_is_found_out(case: Case, workplace: Path) -> None:
    lay_out(case, workplace)
    found = judged(workplace)
    lines = (re.sub(r":\d+ ", " ", place) for place in case.places)
    assert Counter(f"{it.file}:{it.line} {it.rule}" for it in found) == Counter(
        (*lines, *case.marked)
    )
    assert {f"{it.file}:{it.line}:{it.column} {it.rule}" for it in found} >= set(case.places)


@pytest.mark.parametrize("case", GOOD, ids=str)
def test_a_good_case_is_left_in_peace(case: Case, workplace: Path) -> None:
    lay_out(case, workplace)
    assert judged(workplace) == ()


def test_the_base_is_sound(workplace: Path) -> None:
    lay_out(BASE, workplace)
    assert judged(workplace) == ()


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.name)
def test_every_rule_has_a_manual_page_and_cases(rule: Rule) -> None:
    assert rule.summary.endswith(".")
    assert "\n\n    " in rule.docs
    assert rule.docs.split("\n\n")[-1].startswith("To fix it, ")
    assert any(case.rule == rule.name for case in BAD)
    assert any(case.rule == rule.name for case in GOOD)


@pytest.mark.parametrize("rule", JUDGING, ids=lambda rule: rule.name)
def test_a_rule_is_found_where_its_name_says(rule: Rule) -> None:
    module = import_module(f"credit_plan.rules.{rule.name.replace('-', '_')}")
    assert getattr(module, "find", None) is rule.find
    assert getattr(module, "find_in_task", None) is rule.find_in_task


def test_every_module_of_a_rule_is_in_its_registry() -> None:
    modules = [import_module(f"credit_plan.rules.{it.name}") for it in iter_modules(rules.__path__)]
    stated = {it.NAME for it in modules if hasattr(it, "NAME")}
    assert stated == {rule.name for rule in JUDGING}
    assert len({rule.name for rule in ALL_RULES}) == len(ALL_RULES)


def test_every_archive_is_of_a_rule_or_of_several() -> None:
    rules = {case.rule for case in (*BAD, *GOOD)}
    assert len(rules) == len(ARCHIVES)
    assert rules == {rule.name for rule in ALL_RULES} | {"several"}


def test_an_archive_has_only_what_can_be_seen() -> None:
    """What an editor or git may change unseen, such as a tab, stands there as an escape."""
    for file in (*RULES.parent.rglob("*.cases"), *RULES.glob("*.shown")):
        text = file.read_bytes().decode()
        assert all(it.isprintable() or it in "\n\u3000" for it in text), file
        assert not re.search(r" $", text, re.MULTILINE), file


@pytest.mark.parametrize("rule", JUDGING, ids=lambda rule: rule.name)
def test_a_rule_states_the_gravest_and_the_mildest_that_it_finds(
    rule: Rule, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found: set[Severity] = set()
    for case in BAD:
        if case.rule == rule.name:
            workplace = tmp_path_factory.mktemp(rule.name)
            lay_out(case, workplace)
            found |= {it.severity for it in judged(workplace) if it.rule == rule.name}
    assert found, f"write a bad case in tests/rules/{rule.name.replace('-', '_')}.cases"
    assert min(found, key=lambda severity: severity.rank) is rule.severity
    assert max(found, key=lambda severity: severity.rank) is rule.mildest


@pytest.mark.parametrize("case", [it for it in BAD if "acceptance" not in it.rule], ids=str)
def test_every_warning_can_be_accepted_and_no_error(case: Case, workplace: Path) -> None:
    """The line that is shown below a finding accepts it, and nothing else."""
    lay_out(case, workplace)
    before = judged(workplace)
    milder = [it for it in before if it.severity is not Severity.ERROR]
    lines = {it.acceptance.replace('""', "原表如此。") for it in milder}
    assert "" not in lines
    assert all(it.acceptance == "" for it in before if it not in milder)
    (workplace / "accepted.yaml").write_text(
        "".join(f"{line}\n" for line in ("accepted:", *sorted(lines))), encoding="utf-8"
    )
    left = judged(workplace)
    assert left == tuple(it for it in before if it not in milder) or not lines


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("repeated-text/plain", Severity.NOTICE),
        ("repeated-text/other-lead", Severity.WARNING),
        ("repeated-text/other-deadline", Severity.WARNING),
    ],
)
def test_a_repeated_text_is_graver_where_the_measures_differ(
    name: str, severity: Severity, workplace: Path
) -> None:
    lay_out(bad(name), workplace)
    assert [it.severity for it in judged(workplace)] == [severity]


@pytest.mark.parametrize("case", BAD, ids=str)
def test_a_finding_is_of_a_listed_rule_and_no_graver_than_it_says(
    case: Case, workplace: Path
) -> None:
    gravest = {rule.name: rule.severity.rank for rule in ALL_RULES}
    lay_out(case, workplace)
    for it in judged(workplace):
        assert it.severity.rank >= gravest[it.rule]
        assert it.hint


@pytest.mark.parametrize("case", BAD, ids=str)
def test_what_is_shown_of_a_bad_case_is_as_it_was(case: Case, workplace: Path) -> None:
    """`make snapshots` writes what is shown today; read the difference before it is committed."""
    lay_out(case, workplace)
    assert shown(workplace) == snapshots(case.rule)[case.name]


def test_what_is_shown_in_chinese_is_as_it_was() -> None:
    """All at once, because a process has one language."""
    for rule, reports in make_reports(CHINESE).items():
        kept = snapshots(rule, CHINESE)
        for name, report in reports.items():
            assert report == kept[name]


@pytest.mark.parametrize("case", BAD, ids=str)
def test_both_languages_show_the_same(case: Case) -> None:
    """The place, the rule, the line with its carets, and the entry that accepts it."""
    fixed = re.compile(
        r"^(\S+:\d+:\d+): \w+(\[[a-z0-9-]+\]) |^( {6}.*)|(- \{rule: .*)", re.MULTILINE
    )
    english, chinese = (
        fixed.findall(snapshots(case.rule, language)[case.name]) for language in (ENGLISH, CHINESE)
    )
    assert english
    assert english == chinese


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_every_snapshot_is_of_a_bad_case(language: str) -> None:
    rules = {case.rule for case in BAD}
    names = [(rule, name) for rule in sorted(rules) for name in snapshots(rule, language)]
    assert sorted(names) == sorted((case.rule, case.name) for case in BAD)


def test_every_snapshot_is_of_a_rule() -> None:
    rules = {case.rule for case in BAD}
    expected = {snapshot_file(rule, language) for rule in rules for language in (ENGLISH, CHINESE)}
    assert {*RULES.glob("*.shown")} == expected


def test_columns_point_at_the_value_itself(workplace: Path) -> None:
    lay_out(bad("unknown-unit/plain"), workplace)
    places = [(it.line, it.column) for it in judged(workplace)]
    assert places == [(10, 12), (17, 18)]
