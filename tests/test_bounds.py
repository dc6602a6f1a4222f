"""No file within the reader's limits costs more than its size allows (attack X12).

Counts are asserted and never timings: how often words are compared, how much is written. Files
that took minutes or a gigabyte stand here; `benchmarks/bounds.py` times them.
"""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from credit_plan import text
from credit_plan.diagnostics import MAX_PER_KIND, Diagnostic
from credit_plan.loader import reader
from credit_plan.loader.locate import Source
from credit_plan.loader.reader import load
from credit_plan.rules import registry
from credit_plan.yaml.parse import parse
from tests.cases import BASE, lay_out

MANY = 3000
REPORT = (
    '  - {{measure: "2", on: 2024-01-05, unit: {unit}, status: done, {more}'
    "recorded: 2024-02-05T09:30:00+08:00}}\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lay_out(BASE, tmp_path)
    (tmp_path / "progress").mkdir()
    return tmp_path


@pytest.fixture
def comparisons(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Collect how many pairs of characters each search for similar words may compare."""
    made: list[int] = []
    search = difflib.get_close_matches

    def counted(word: str, known: list[str], n: int, cutoff: float) -> list[str]:
        made.append(len(word) * sum(map(len, known)))
        return search(word, known, n, cutoff)

    monkeypatch.setattr(text, "get_close_matches", counted)
    return made


def found_in(folder: Path) -> list[Diagnostic]:
    loaded = load(Source(folder, bundled=False))
    return sorted((*loaded.diagnostics, *loaded.locate(registry.run_rules(loaded.draft))))


def change(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / name
    content = file.read_text(encoding="utf-8")
    assert old in content
    file.write_text(content.replace(old, new, 1), encoding="utf-8")


def lead(*names: str) -> tuple[str, str, str]:
    return "measures/02.yaml", "lead: [", f"lead: [{', '.join(names)}, "


CHANGES = {
    "joined names": lead(*(f"市住建局、市{it}局" for it in range(MANY))),
    "joined unknown names": lead(*(f"市{it}局、县{it}局" for it in range(MANY))),
    "unknown names": lead(*(f"市{it}局" for it in range(MANY))),
    "unknown names twice": lead(*(f"市{it // 2}局" for it in range(MANY))),
    "a name of names": lead("市住建局和" * 20_000),
    "a name of words": lead("和" * 100_000),
    "aliases": (
        "units.yaml",
        "kind: government\n",
        f"kind: government\n    aliases: [{', '.join(f'市别名{it}局' for it in range(MANY))}]\n",
    ),
    "unknown keys": (
        "measures/02.yaml",
        "page: 2",
        "page: 2\n" + "".join(f"    targe{it}: 1\n" for it in range(MANY)),
    ),
    "repeated keys": ("measures/02.yaml", "page: 2", "page: 2\n" + "    page: 2\n" * MANY),
    "empty entries": ("measures/02.yaml", "measures:\n", "measures:\n" + "  -\n" * MANY),
    "texts for records": ("measures/02.yaml", "measures:\n", "measures:\n" + "  - x\n" * MANY),
    "half-width marks": (
        "measures/02.yaml",
        "page: 2",
        "page: 2\n    note: " + "按," * MANY + "按",
    ),
    "invisible characters": (
        "measures/02.yaml",
        "page: 2",
        "page: 2\n    note: 按" + "\u200b" * MANY,
    ),
    "white space": ("measures/02.yaml", "page: 2", "page: 2\n    note: " + "按 " * MANY + "按"),
    "comments": ("measures/02.yaml", "page: 2", "page: 2\n    note: 按" + " #" * MANY),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_no_list_is_searched_or_reported_without_end(
    folder: Path, comparisons: list[int], kind: str
) -> None:
    change(folder, *CHANGES[kind])
    found = found_in(folder)
    rules = {it.rule for it in found}
    assert found
    assert len(found) <= (MAX_PER_KIND + 1) * len(rules)
    assert sum(len(it.message) + len(it.hint) for it in found) < 500_000
    assert sum(comparisons) < 10_000_000


def test_reports_with_thousands_of_unknown_figures_are_searched_a_while(
    folder: Path, comparisons: list[int]
) -> None:
    values = ", ".join(f"credit-{it}: 1" for it in range(MANY))
    entries = "entries:\n" + REPORT.format(unit="市住建局", more=f"values: {{{values}}}, ")
    (folder / "progress" / "02.yaml").write_text(entries, encoding="utf-8")
    names = "".join(
        f"  - {{id: credit-x{it}, name: 甲{it}, unit: 户, better: higher, measure: '2', "
        "goals: [{by: 2025-12-31, comparison: 超过, value: 1, text: 不在其中}]}\n"
        for it in range(800)
    )
    (folder / "indicators.yaml").write_text(f"indicators:\n{names}", encoding="utf-8")
    found = found_in(folder)
    unknown = [it for it in found if it.rule == "unknown-indicator"]
    assert sum(it.count for it in unknown) == MANY
    assert sum(comparisons) < 10_000_000


def test_a_search_that_was_made_is_answered_after_the_last_one() -> None:
    known = text.Vocabulary(f"市{it}局" for it in range(100))
    first = known.suggest("市1局")
    assert first == text.suggest("市1局", (f"市{it}局" for it in range(100)))
    for number in range(MANY):
        known.suggest(f"县{number}局")
    assert known.suggest("市1局") == first
    assert known.suggest("长" * 10**6) == ()


def test_each_of_many_repeated_keys_names_its_first() -> None:
    parsed = parse("".join(f"k{it}: 1\n" for it in range(MANY)) * 2)
    repeated = [it for it in parsed.diagnostics if it.rule == "repeated-key"]
    assert len(repeated) == MANY
    assert [it.related_at for it in repeated[:3]] == ["1:1", "2:1", "3:1"]


def test_the_other_value_of_many_findings_is_looked_up_in_one_tree(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []

    def counted(content: str, *, repairing: bool) -> object:
        parsed.append(content)
        return parse(content, repairing=repairing)

    entries = "entries:\n" + REPORT.format(unit="市教育局", more="") * 50
    (folder / "progress" / "02.yaml").write_text(entries, encoding="utf-8")
    change(folder, "units.yaml", "units:\n", "units:\n  - {name: 市教育局, kind: government}\n")
    monkeypatch.setattr(reader, "parse", counted)
    assert sum(it.rule == "uninvolved-unit" for it in found_in(folder)) == 50
    assert len(parsed) < 10
