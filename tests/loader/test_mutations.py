"""No tree is a traceback: every list and every record of every kind of file is damaged (X3)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest

from credit_plan.formatting.values import fix_record
from credit_plan.loader.locate import Source
from credit_plan.loader.reader import load, read_file
from credit_plan.models.schema import MODELS
from credit_plan.plan import RecordKind
from credit_plan.rules import registry
from credit_plan.yaml.parse import parse
from tests.cases import BASE, lay_out
from tests.conftest import Run

SEED, NUMBER = 10, 1200
MORE = {
    "progress/02.yaml": {
        "entries": [
            {
                "measure": "2",
                "on": "2024-01-05",
                "unit": "市住建局",
                "status": "done",
                "values": {"share": "98"},
                "note": "甲",
                "evidence": [{"url": "https://example.org/"}],
                "recorded": "2024-02-05T09:30:00+08:00",
            }
        ]
    },
    "indicators.yaml": {
        "indicators": [
            {
                "id": "share",
                "name": "比例",
                "unit": "％",
                "better": "higher",
                "measure": "2",
                "goals": [{"by": "2025-12-31", "comparison": "超过", "value": "98", "text": "甲"}],
            }
        ]
    },
}
EMPTY = ('""', "~", "null", "[]", "{}", '" "', "[[]]", "[{}]", '[""]', "{a: }", "", "x, ''")
ODD: tuple[Any, ...] = (
    "",
    " ",
    None,
    [],
    {},
    [[]],
    [{}],
    [None],
    {"a": None},
    "x",
    7,
    ["x"],
    {"": []},
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lay_out(BASE, tmp_path)
    for name, data in MORE.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return tmp_path


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    """Yield the path of every value in a tree."""
    yield path
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from places(value, (*path, key))


def mutated(data: Any, chance: Random) -> Any:  # noqa: ANN401
    """Return a copy of a tree in which one value is replaced, added or missing."""
    whole = {"": deepcopy(data)}
    path = ("", *chance.choice(list(places(data))))
    *way, last = path
    holder: Any = whole
    for step in way:
        holder = holder[step]
    odd = deepcopy(chance.choice(ODD))
    match chance.randrange(4):
        case 0 if isinstance(holder[last], list):
            holder[last].insert(chance.randrange(len(holder[last]) + 1), odd)
        case 1 if len(path) > 1:
            del holder[last]
        case 2 if isinstance(holder[last], dict):
            holder[last][chance.choice(("x", "", "name", "text", "by"))] = odd
        case _:
            holder[last] = odd
    return whole[""]


def test_every_damaged_tree_is_a_draft_and_its_findings(folder: Path) -> None:
    chance = Random(SEED)
    source = Source(folder, bundled=False)
    files = sorted(folder.rglob("*.yaml"))
    trees = {path: parse(path.read_text(encoding="utf-8")).data for path in files}
    for number in range(NUMBER):
        path = chance.choice(files)
        tree = mutated(trees[path], chance)
        if chance.randrange(3) == 0:
            tree = mutated(tree, chance)
        saved = path.read_bytes()
        path.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
        where = f"{number}: {path.name}: {path.read_text(encoding='utf-8')}"
        loaded = load(source, for_check=True)
        found = sorted((*loaded.diagnostics, *loaded.locate(registry.run_rules(loaded.draft))))
        assert all(it.line >= 1 and it.message and it.hint for it in found), where
        kind = RecordKind(path.stem if path.parent == folder else path.parent.name)
        read_file(source, path, MODELS[kind], fix=fix_record)
        path.write_bytes(saved)


@pytest.mark.parametrize("empty", EMPTY)
@pytest.mark.parametrize(
    "command", [("check",), ("check", "-f", "github"), ("due",), ("fmt", "--check")]
)
def test_an_empty_entry_is_a_finding_and_hides_none(
    run: Run, tmp_path: Path, empty: str, command: tuple[str, ...]
) -> None:
    data = tmp_path / "data"
    lay_out(BASE, data)
    first, second = (data / "measures" / name for name in ("01.yaml", "02.yaml"))
    text = second.read_text(encoding="utf-8")
    second.write_text(text.replace("lead: [", f"lead: [{empty}, ", 1), encoding="utf-8")
    first.write_text(first.read_text(encoding="utf-8").replace("page: 1", "page: x"), "utf-8")
    answer = run(*command, cwd=tmp_path)
    assert answer.code == 1
    shown = answer.out + answer.err
    assert "measures/02.yaml" in shown
    assert "measures/01.yaml" in shown


@pytest.mark.parametrize("dash", ["-", "- ", "- # 待定", "- ~"])
def test_a_dash_without_a_value_is_an_empty_entry(run: Run, tmp_path: Path, dash: str) -> None:
    """So it is while somebody types the entry in an editor."""
    data = tmp_path / "data"
    lay_out(BASE, data)
    file = data / "measures" / "02.yaml"
    text = file.read_text(encoding="utf-8")
    at = text.index("    lead: [")
    line = text[at : text.index("\n", at) + 1]
    typed = text.replace(line, f"    lead:\n      - 市住建局\n      {dash}\n", 1)
    number = typed[: typed.index("市住建局\n      -")].count("\n") + 2
    answer = run("check", "-", "--as", "data/measures/02.yaml", cwd=tmp_path, stdin=typed)
    assert answer.code == 1
    assert f"02.yaml:{number}:" in answer.out
    assert "an entry of “lead” is empty" in answer.out
