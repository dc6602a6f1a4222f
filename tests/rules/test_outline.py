"""What is found file by file, and in outlines of the files, is what is found in the whole plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter
from pathlib import Path

import pytest

from benchmarks.generate import generate
from credit_plan.diagnostics import Diagnostic
from credit_plan.loader.locate import Source
from credit_plan.loader.reader import load
from credit_plan.models.draft import Draft
from credit_plan.rules import registry
from credit_plan.rules.context import Context
from credit_plan.rules.outline import outline
from tests.cases import BAD, GOOD, TODAY, Case, lay_out
from tests.conftest import ROOT

PLANS = ("data", "src/credit_plan/demo", "examples/county/data")


def read(folder: Path) -> Draft:
    return load(Source(folder, bundled=False), today=TODAY, for_check=True).draft


def find_apart(draft: Draft) -> Iterator[Diagnostic]:
    """Yield what is found in outlines of the tasks, and then in each task on its own."""
    outlines = tuple(outline(task, Context(draft)) for task in draft.tasks)
    context = Context(replace(draft, tasks=outlines), lambda: draft.tasks)
    yield from registry.find_in_plan(context)
    for task in draft.tasks:
        # Nothing else may change what is found in the task.
        names = {task.file, draft.metadata.file if draft.metadata else ""}
        unread = {file: kind for file, kind in draft.unread.items() if file in names}
        alone = Draft(draft.metadata, draft.registry, (), unread)
        yield from registry.find_in_task(task, Context(alone))


def assert_same(draft: Draft) -> None:
    """Assert that what is found of each rule in each file is the same, and in the same order."""
    apart, whole = (
        [
            tuple(getattr(it, name) for name in Diagnostic.__slots__)
            for it in sorted(found, key=attrgetter("rule", "file"))
        ]
        for found in (find_apart(draft), registry.run_rules(draft))
    )
    assert apart == whole


@pytest.mark.parametrize("folder", PLANS)
def test_a_plan_is_judged_by_outlines_as_by_the_whole(folder: str) -> None:
    assert_same(read(ROOT / folder))


def test_a_plan_of_made_texts_is_judged_by_outlines_too(tmp_path: Path) -> None:
    generate(tmp_path / "plan", files=90)
    assert_same(read(tmp_path / "plan"))


@pytest.mark.parametrize("case", [*BAD, *GOOD], ids=str)
def test_a_case_is_judged_by_outlines_as_by_the_whole(case: Case, tmp_path: Path) -> None:
    """Also where files could not be read."""
    lay_out(case, tmp_path)
    assert_same(read(tmp_path))


def test_an_outline_has_no_long_texts_unless_a_report_refers_to_its_task(draft: Draft) -> None:
    context = Context(draft)
    referred = {it.record.measure.partition(".")[0] for it in draft.indicators}
    for task in draft.tasks:
        reduced = outline(task, context)
        assert (reduced == task) == (str(task.record.id) in referred)
        if reduced != task:
            assert max(len(it.text) for it in reduced.record.measures) < 50
            assert not any(it.target or it.note for it in reduced.record.measures)


def test_a_finding_about_an_indicator_names_the_measure_that_only_the_whole_plan_shows(
    draft: Draft,
) -> None:
    first, *others = draft.indicators
    unreferred = next(it for it in draft.tasks if it.record.id not in Context(draft).referred)
    measure = unreferred.record.measures[0]
    goals = tuple(replace(it, text=measure.text) for it in first.record.goals)
    moved = replace(first, record=replace(first.record, goals=goals))
    assert_same(replace(draft, indicators=(moved, *others)))
