"""A bounded number of mutants of the real data in each run; `make mutants` makes as many as wanted.

Whatever is not killed must be of a kind that is known and explained here.
"""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from credit_plan.diagnostics import Severity
from tests.conftest import Run
from tests.mutants import DATA, Fate, Mutant, damaged, mutants

NUMBER = 300
SEED = 20261122
LEAST_KILLED = 0.93


@pytest.fixture(scope="module")
def made() -> tuple[Mutant, ...]:
    return tuple(mutants(NUMBER, SEED))


def test_nearly_every_mutant_is_killed_at_its_place(made: tuple[Mutant, ...]) -> None:
    fates = Counter(mutant.fate for mutant in made)
    changed = NUMBER - fates[Fate.EQUIVALENT]
    assert fates[Fate.KILLED] / changed >= LEAST_KILLED, fates
    assert changed > NUMBER * 0.9


def test_every_mutant_that_is_left_is_explained(made: tuple[Mutant, ...]) -> None:
    unexplained = [str(mutant) for mutant in made if not is_explained(mutant)]
    assert unexplained == []


def is_explained(mutant: Mutant) -> bool:
    """Whether it is known why a mutant was not killed where it was damaged."""
    match mutant.fate:
        case Fate.KILLED | Fate.EQUIVALENT | Fate.REMARKED | Fate.PROOFREAD:
            # A remark stands at its place; and words that are sound are proofread in `make test`.
            return True
        case Fate.MISPLACED:
            # A unit or a chapter that is gone is missed where it is named, and nowhere else; and by
            # its unit or its measure a goal is judged, which is what was damaged.
            rules = {it.rule for it in mutant.said if it.severity is Severity.ERROR}
            return mutant.file in MISSED and rules <= MISSED[mutant.file]
        case Fate.SURVIVED:
            return bool(touched(mutant) & OUR_OWN.get(mutant.file, OUR_OWN["measures"]))


MISSED = {
    "units.yaml": {"unknown-unit", "joined-units"},
    "plan.yaml": {"plan-counts", "unknown-chapter", "page-order"},
    "indicators.yaml": {"indicator-date", "indicator-value"},
}
OUR_OWN = {
    # Notes are ours. A merged cell is printed once beside several measures, so that a responsible
    # unit less reads as well; and a milestone on the day of the deadline counts as one obligation
    # with it.
    "measures": {"note", "responsible", "- {by"},
    # Full names, pinyin and the sort of a body are not in the table, nor names that no cell has.
    "units.yaml": {"aliases", "kind", "pinyin", "- name"},
    # Nothing repeats the titles, and nothing else says which years the plan is for. What a measure
    # must have, and from when promises count, is ours.
    "plan.yaml": {"title", "city", "period", "required", "recurrences", "pages", "- {number"},
    # What an indicator is called is ours, and the table does not always print what it counts in.
    "indicators.yaml": {"- id", "name", "unit", "note"},
    # The reasons are ours.
    "accepted.yaml": {"reason"},
}
"""What the published text cannot tell, by file."""


def touched(mutant: Mutant) -> set[str]:
    """Return the keys of the lines that were damaged."""
    lines = (DATA / mutant.file).read_text(encoding="utf-8").split("\n")
    return {lines[line - 1].strip().partition(":")[0] for line in mutant.damage.touched}


def test_the_command_ends_with_1_for_a_mutant_and_never_with_a_traceback(
    run: Run, made: tuple[Mutant, ...], tmp_path: Path
) -> None:
    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    killed = [mutant for mutant in made if mutant.fate is Fate.KILLED]
    for mutant in killed[::30]:
        with damaged(data / mutant.file, mutant.damage):
            answer = run("check", "--quiet", cwd=tmp_path)
        assert answer.code == 1, str(mutant)
        assert "error[" in answer.out
