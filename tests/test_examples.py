"""Every example under `examples/` is judged as it says itself; a new case is a new folder."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from credit_plan import check
from credit_plan.diagnostic import Diagnostic
from credit_plan.load.folder import read
from credit_plan.load.locate import Source

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


@pytest.mark.parametrize("rule", check.RULES, ids=lambda rule: rule.name)
def test_every_rule_has_a_manual_page_and_examples(rule: check.Rule) -> None:
    assert len(rule.manual.page.splitlines()) > 3
    assert any(example.name.startswith(rule.name) for example in BAD)
    assert any(example.name.startswith(rule.name) for example in GOOD)


@pytest.mark.parametrize("example", BAD, ids=lambda example: example.name)
def test_every_message_is_for_a_person(example: Path, workplace: Path) -> None:
    lay_out(example, workplace)
    for it in judged(workplace):
        assert it.hint
        assert "Input should" not in it.message
        assert "pydantic" not in it.message + it.hint


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
        ignore=shutil.ignore_patterns("expect.txt", "remove.txt"),
    )
    for file in filter(Path.is_file, workplace.rglob("*.yaml")):
        # The marks are for the reader of the example, and not for the program.
        file.write_bytes(MARK.sub(b"", file.read_bytes()))
    removed = example / "remove.txt"
    for name in removed.read_text().split() if removed.exists() else ():
        (workplace / name).unlink()


def judged(workplace: Path) -> tuple[Diagnostic, ...]:
    loaded = read(Source(workplace, bundled=False))
    placed = loaded.place(check.findings(loaded.draft))
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
