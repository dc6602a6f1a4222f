"""Whatever a file holds: nothing raises, every place exists, and no file is silently absent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode

from credit_plan.diagnostics import CheckResult, Diagnostic, Severity
from credit_plan.filters import Filters
from credit_plan.formatters import (
    ANSWER_FORMATS,
    DIAGNOSTIC_FORMATS,
    Screen,
    format_answer,
    format_diagnostics,
)
from credit_plan.formatting.files import format_file
from credit_plan.loader.build import build_plan
from credit_plan.loader.reader import Loaded
from credit_plan.plan import ObligationKind, RecordKind
from credit_plan.questions import due
from credit_plan.rules import registry
from credit_plan.yaml.decode import decode
from tests.cases import TODAY
from tests.damages import Damage
from tests.fuzz.attack import Case, expect
from tests.fuzz.bench import Bench, kind_of
from tests.mutants import damaged

_LISTS = {
    RecordKind.MEASURES: "measures",
    RecordKind.UNITS: "units",
    RecordKind.PLAN: "chapters",
    RecordKind.INDICATORS: "indicators",
    RecordKind.PROGRESS: "entries",
    RecordKind.ACCEPTED: "accepted",
}
"""By kind: the list that holds most of a file."""


def judge(bench: Bench, case: Case) -> None:
    """Have a file checked, formatted and answered from."""
    target = bench.target(case.file)
    with damaged(target.path, Damage(case.content)):
        loaded, found = bench.examine()
        formatted = format_file(target)
    texts = bench.files | {case.file: case.content}
    for it in (*found, *formatted.reasons):
        _judge_place(bench, texts, it)
    for name in DIAGNOSTIC_FORMATS:
        format_diagnostics(CheckResult(found), name, TODAY, Screen())
    _judge_presence(loaded, found, target.file, case)
    _judge_answers(loaded, found)


def lines_of(content: bytes) -> list[str]:
    """Return the lines of a file as editors count them."""
    text, _diagnostic = decode(content)
    return text.removesuffix("\n").split("\n")


def errors_of(found: Iterable[Diagnostic], file: str = "") -> list[Diagnostic]:
    """Return the errors, all of them or those of a file."""
    return [it for it in found if it.severity is Severity.ERROR and file in ("", it.file)]


def read(content: bytes | str, loader: Any = yaml.SafeLoader) -> Any:  # noqa: ANN401  plain data
    """Return the data of a text as PyYAML reads it, each value as text; raise YAMLError."""
    return _data(yaml.compose(content, loader))


def _data(node: Node | None) -> Any:  # noqa: ANN401  plain data
    if isinstance(node, MappingNode):
        return {key.value: _data(value) for key, value in node.value}
    if isinstance(node, ScalarNode):
        return None if node.tag == "tag:yaml.org,2002:null" else node.value
    return [_data(entry) for entry in node.value] if node else None


def _judge_place(bench: Bench, texts: dict[str, bytes], it: Diagnostic) -> None:
    for file, line, column in _places(it):
        content = texts.get(file.removeprefix(f"{bench.source.folder.as_posix()}/"), b"")
        lines = lines_of(content)
        how = f"{it.rule} at {line}:{column} of {len(lines)} lines: {it.message}"
        expect(1 <= line <= len(lines), "the line of a diagnostic exists", how)
        expect(1 <= column <= len(lines[line - 1]) + 1, "the column of a diagnostic exists", how)
    end, width = it.end_column, len(it.source)
    expect(it.column < end <= max(width, it.column) + 1, "the end of a diagnostic exists", it)


def _places(it: Diagnostic) -> Iterator[tuple[str, int, int]]:
    yield it.file, it.line, it.column
    if it.related_at:
        file, line, column = it.related_at.rsplit(":", 2)
        yield file, int(line), int(column)


def _judge_presence(loaded: Loaded, found: Iterable[Diagnostic], name: str, case: Case) -> None:
    """Expect an error in a file, or everything in it to be there."""
    if errors_of(found, name):
        return
    kind = kind_of(case.file)
    held = _held(loaded, kind, name)
    expect(name not in loaded.draft.unread, "a file that cannot be read has an error", name)
    expect(held, "a file is never silently absent", name)
    data = read(decode(case.content)[0], yaml.CSafeLoader)
    written = len(data[_LISTS[kind]])
    expect(held == written, "all records of a file are there", f"{held} of {written}")


def _held(loaded: Loaded, kind: RecordKind, name: str) -> int:
    """Return how many records of a file are in the draft."""
    draft = loaded.draft
    match kind:
        case RecordKind.MEASURES:
            return sum(len(it.record.measures) for it in draft.tasks if it.file == name)
        case RecordKind.UNITS:
            return len(draft.registry.record.units) if draft.registry else 0
        case RecordKind.PLAN:
            return len(draft.metadata.record.chapters) if draft.metadata else 0
        case RecordKind.INDICATORS:
            return len(draft.indicators)
        case RecordKind.PROGRESS:
            return sum(it.file == name for it in draft.entries)
        case RecordKind.ACCEPTED:
            return len(draft.accepted)


def _judge_answers(loaded: Loaded, found: Iterable[Diagnostic]) -> None:
    """Have `due` answer where there are no errors."""
    obstacles = {it.rule for it in errors_of(found)} - {"evidence-file"}
    own = {it.rule for it in (*loaded.diagnostics, *registry.find_errors(loaded.draft))}
    expect(bool(obstacles) == bool(own), "due refuses what check refuses", obstacles ^ own)
    if not obstacles:
        filters = Filters(day=TODAY)
        answer = due.answer(build_plan(loaded.draft), filters, TODAY, ObligationKind.ALL)
        for name in ANSWER_FORMATS:
            format_answer(answer, name, Screen())
