"""A file that is cut off anywhere is one finding, and hides no other (E2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.loader.locate import Source
from credit_plan.loader.reader import load, read_file
from credit_plan.models.schema import MODELS
from credit_plan.plan import RecordKind
from credit_plan.rules import registry
from tests.cases import BASE, lay_out
from tests.conftest import ROOT

REAL = Source(ROOT / "data", bundled=False)
REQUIRED = ("target", "lead", "deadline", "page")


@pytest.fixture
def source(tmp_path: Path) -> Source:
    lay_out(BASE, tmp_path)
    return Source(tmp_path, bundled=False)


@pytest.mark.parametrize("name", ["measures/09.yaml", "measures/13.yaml"])
def test_every_cut_of_a_real_file_is_one_finding_unless_a_whole_record_is_left(name: str) -> None:
    path = REAL.folder / name
    content = path.read_bytes()
    for cut in range(len(content)):
        model = MODELS[RecordKind.MEASURES]
        result = read_file(REAL, path, model, content[:cut], required=REQUIRED)
        is_whole = result.record is not None and not result.diagnostics
        assert len(result.diagnostics) == (0 if is_whole else 1), (cut, result.diagnostics)


@pytest.mark.parametrize(
    "name", ["measures/01.yaml", "measures/02.yaml", "units.yaml", "plan.yaml"]
)
def test_every_cut_is_one_finding_in_the_whole_plan(source: Source, name: str) -> None:
    """No name, no chapter and no number is missed elsewhere because of it."""
    path = source.folder / name
    content = path.read_bytes()
    for cut in range(len(content)):
        found = judge(source, path, content[:cut])
        if str(path) in load(source, {path: content[:cut]}).draft.unread:
            assert len(found) == 1, (cut, found)
            assert found[0].file == str(path)


def judge(source: Source, path: Path, content: bytes) -> list[Diagnostic]:
    """Return the errors in a plan of which one file has other content."""
    loaded = load(source, {path: content})
    placed = loaded.locate(registry.run_rules(loaded.draft))
    return [it for it in (*loaded.diagnostics, *placed) if it.severity is Severity.ERROR]


@pytest.mark.parametrize(
    "end",
    [
        "    lead: [市卫健",
        "    lead: [市卫健局]",
        "    lead: [市卫健局]\n",
        "    lead:",
        "    le",
        "    lead: [市卫健局]\n    deadline:\n      text: 2023年底",
        "    lead: [市卫健局]\n    deadline:\n",
    ],
)
def test_a_cut_hides_no_error_above_it(source: Source, end: str) -> None:
    path = source.folder / "measures" / "01.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("lead: [市住建局]", "lead: [市住健局]").replace(
        "page: 1\n  -", "page: 一\n  -"
    )
    found = judge(source, path, (text.partition("    lead: [市卫健局]")[0] + end).encode())
    assert {it.rule for it in found} >= {"unknown-unit", "wrong-type"}
    assert len(found) == 3


def test_keys_that_a_record_lacks_are_one_finding_with_all_their_names(source: Source) -> None:
    path = source.folder / "measures" / "01.yaml"
    text = path.read_text(encoding="utf-8")
    (found,) = judge(
        source,
        path,
        text.replace("    lead: [市住建局]\n", "").replace("    page: 1\n  -", "  -").encode(),
    )
    assert found.message == "the keys “lead”, “page” are missing"
    assert found.line == 5
    assert "git restore" not in found.hint


def test_what_was_to_come_before_the_end_is_missing_all_the_same(source: Source) -> None:
    """Only keys that follow the last one can be lost with the end of a file."""
    path = source.folder / "measures" / "02.yaml"
    text = path.read_text(encoding="utf-8").replace("    lead: [市住建局]\n", "")
    found = judge(source, path, text.rstrip("\n").replace("page: 2", "page: 二").encode())
    assert sorted(it.rule for it in found) == ["missing-key", "wrong-type"]
