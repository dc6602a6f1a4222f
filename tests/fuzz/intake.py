"""Reports on stdin: a row is written word for word, or refused by its line; then none is written.

A row is one in which anything is filled in. This holds for sheets and for lines of JSON.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from typing import NamedTuple

from credit_plan.dates import ZONE
from credit_plan.errors import CreditPlanError
from credit_plan.loader.reader import load
from credit_plan.models.progress import Entry
from credit_plan.reporting.append import Addition, make_additions, validate_additions
from credit_plan.reporting.parse import parse_reports
from credit_plan.reporting.reported import FIELDS, FURTHER_NOTE, find_fields
from credit_plan.reporting.resolve import resolve_all
from credit_plan.yaml.decode import decode
from tests.cases import TODAY
from tests.fuzz.attack import BrokenError, Case, expect
from tests.fuzz.bench import Bench
from tests.fuzz.sheets import TITLES

AT = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=ZONE)
_FILLED_IN = ("status", "on", "values", "note", "evidence")
"""The columns that a person fills in."""

_NOTHING = ("/", "／", "-", "－", "--", "—", "——", "无", "无。")
_ID = re.compile(r"[='\"第\s]*[0-9][0-9.。\s-]*[项\"\s]*")

_NAMES = {title: name for name, title in TITLES.items()} | {name: name for name in FIELDS}


class Row(NamedTuple):
    """A row in which anything is filled in: its first line, and its texts by field."""

    line: int
    texts: dict[str, str]


def judge(bench: Bench, case: Case) -> None:
    """Have reports parsed, resolved, appended and loaded again."""
    reports = parse_reports(case.content).reports
    pending, mistakes = resolve_all(bench.plan, bench.source, reports, AT)
    additions: tuple[Addition, ...] = ()
    if not mistakes:
        try:
            additions, mistakes = make_additions(bench.loaded, bench.source, pending)
            if not mistakes:
                mistakes, _remarks = validate_additions(bench.loaded, additions)
        except CreditPlanError as error:
            promise = f"what is refused is refused by its line, not by {type(error).__name__}"
            raise BrokenError(promise, error) from None
    last = decode(case.content)[0].count("\n") + 1
    for it in mistakes:
        expect(1 <= it.line <= last, "the line of a refusal exists", f"{it.line} of {last}: {it}")
    if mistakes:
        return
    rows = list(_read_rows(case.content))
    lines, reported = [row.line for row in rows], [it.report.line for it in pending]
    expect(lines == reported, "each filled row is written or refused", f"{lines}, not {reported}")
    for row, report in zip(rows, pending, strict=True):
        _judge_entry(row, report.entry)
    _judge_files(bench, additions)


def _judge_files(bench: Bench, additions: tuple[Addition, ...]) -> None:
    """Load the plan with the files as they would be written."""
    unsaved = {it.path: it.content for it in additions}
    loaded = load(bench.source, unsaved, TODAY)
    expect(not loaded.diagnostics, "what is written is sound", loaded.diagnostics[:2])
    for it in additions:
        held = tuple(entry.record for entry in loaded.draft.entries if entry.file == it.file)
        expect(held == it.entries, "what is written is found again", held)
        saved = bench.files.get(f"progress/{it.path.name}", b"")
        expect(it.content.startswith(saved), "the bytes of a file stay", it.file)


def _judge_entry(row: Row, entry: Entry) -> None:
    """Compare the words of a row with its entry."""
    if "note" in row.texts:
        note = re.sub("\r\n?", "\n", row.texts["note"]).strip()
        expect((entry.note or "") == note, "a note is written word for word", (entry.note, note))
    for name in ("measure", "on", "values"):
        text = row.texts.get(name, "")
        is_split = re.search(r"\d[^\S\n]+\d", text.strip()) and name != "on"
        is_raised = any(unicodedata.category(sign) in ("No", "Nl") for sign in text)
        expect(not is_split, f"white space in “{name}” is refused", text)
        expect(not is_raised, f"a figure of another kind in “{name}” is refused", text)


def _read_rows(content: bytes) -> Iterator[Row]:
    text, _diagnostic = decode(content)
    return _read_objects(text) if text.lstrip()[:1] == "{" else _read_table(text)


def _read_objects(text: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            texts = {}
            for key, value in json.loads(line, parse_float=str, parse_int=str).items():
                if name := _NAMES.get(_plain(key)):
                    figures = (
                        " ;".join(map(str, value.values())) if name == "values" and value else ""
                    )
                    texts[name] = value if isinstance(value, str) else figures
            yield Row(number, texts)


def _read_table(text: str) -> Iterator[Row]:
    heads = text.split("\n", 20)[:20]
    delimiter = max(
        ",;\t", key=lambda sign: max(sum(map(bool, find_fields(it.split(sign)))) for it in heads)
    )
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    rows, line = list[tuple[int, list[str]]](), 1
    for cells in reader:
        rows.append((line, [cell.strip() for cell in cells]))
        line = reader.line_num + 1
    headings = [at for at, (_line, cells) in enumerate(rows) if _is_heading(cells)]
    columns = find_fields(rows[headings[0]][1])
    for at, (start, cells) in enumerate(rows):
        if at in headings:
            columns = find_fields(cells)
            continue
        pairs = list(zip(columns, cells, strict=False))
        texts = {name: "" if cell in _NOTHING else cell for name, cell in pairs}
        notes = [cell for name, cell in pairs if name in {"note", FURTHER_NOTE}]
        if FURTHER_NOTE in columns:
            texts["note"] = "\n".join(
                dict.fromkeys(it for it in notes if it and it not in _NOTHING)
            )
        has_id = _ID.fullmatch(unicodedata.normalize("NFKC", texts.get("measure", "")))
        is_total = any(
            re.sub(r"[\s:：]", "", it) in {"合计", "总计", "小计", "共计"} for it in cells
        )
        is_filled = any(texts.get(name) for name in _FILLED_IN)
        if is_filled and (has_id or (at > headings[0] and not is_total)):
            yield Row(start, {name: it for name, it in texts.items() if name in FIELDS})


def _is_heading(cells: list[str]) -> bool:
    return {"measure", "status"}.issubset(find_fields(cells))


def _plain(name: str) -> str:
    return name.strip().strip('"').strip().lower()
