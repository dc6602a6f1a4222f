"""What `record` refuses `check` refuses too, in a file that was written by hand (attack X15)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from credit_plan.dates import ZONE
from credit_plan.diagnostics import Severity
from credit_plan.loader.build import build_plan
from credit_plan.loader.locate import Source
from credit_plan.loader.reader import load
from credit_plan.reporting.append import make_additions, validate_additions
from credit_plan.reporting.parse import parse_reports
from credit_plan.reporting.reported import InputError
from credit_plan.reporting.resolve import resolve_all
from credit_plan.rules import registry
from tests.cases import BASE, TODAY, lay_out

NOW = datetime.combine(TODAY, datetime.min.time(), ZONE)
SOUND: dict[str, Any] = {
    "measure": "2",
    "on": "2024-06-30",
    "unit": "市住建局",
    "status": "in-progress",
    "values": {"assessment-rate": "59.5"},
    "note": "按计划推进。",
    "evidence": [{"url": "https://example.org/a"}],
}
INDICATORS = """indicators:
  - id: assessment-rate
    name: 等级保护测评率
    unit: ％
    better: higher
    measure: "2"
    goals:
      - {by: 2023-12-31, comparison: 不低于, value: 60, text: 2023年底前测评率不低于60％}
  - id: coverage
    name: 自然人覆盖
    unit: ％
    better: higher
    measure: "1.1"
    goals:
      - {by: 2023-12-31, comparison: 达到, value: 100, text: 2023年底前完成法人组织全覆盖}
"""
WORDS = {
    "measure": "1 4|2²|②|02|2.|2.1|1|1.3|3|0|-1|²|二|2\u200b|2\ufe0f|\0|9999999999",
    "due": "2020-12-31|2023-12-30|2020|2020-12|2023Q1|2023Q5|2023H1|2023-12-3 1|2023-12-3⁰"
    "|yesterday|45473|\0|0",
    "on": "2024-06-3 0|2024-06-31|20 24-06-30|2024|2024-06|2024年|2099-01-01|0000-01-01|2024-06-3⁰"
    "|yesterday|45473|2024-06-30T09:15|30.06.2024|24-06-30|\0|0",
    "unit": "火星局|市|市住健局|市住建局、市卫健局|\0|住\u200b建|\ufffd",
    "status": "fertig|已完|未完成|DONE?|do ne|进 行中|\0|done\u200b|true|1",
    "note": "一\u200b|一\ufeff|\u3164一|一\ufe0f|\u2f08|\ufffd|一\v二|一\f二|\x1b[m"
    "|一\x7f|一\u2028二|一\x85二|\u202e一|\u0378|\ue000|\u200b\u2060|\ud800",
    "figure": "5 9|10²|①|½|1e2|042|4,20|-|+5|.5|5.|1.1234567|1234567890123456|٣|59．5％户|NaN"
    "|五||～|5-|--5|59\u20095|1_000|0x10|1,2345|12345678901234567.5",
    "url": "通报.pdf|javascript:alert(1)|file:///etc/passwd|ftp://a|https://|//a|www.a.org|"
    "|https://a b|https://a\u3000b|https://a\u200bb|https://a\nb|data:text/html,a",
    "file": "/etc/hostname|plan.yaml|measures/01.yaml|evidence|.|..|../x|evidence/none.txt|\0"
    "|evidence/../plan.yaml|evidence/link|evidence/folder|evidence/outside",
}
LONG = {"measure": "9" * 5000, "unit": "局" * 5000, "note": "长" * 2001, "figure": "1" * 5000}
"""What is odd by its length; texts and addresses have the same limit."""

SHAPES: dict[str, Callable[[str], dict[str, Any]]] = {
    "figure": lambda figure: {"values": {"assessment-rate": figure}},
    "indicator": lambda name: {"values": {name: "5"}},
    "url": lambda url: {"evidence": [{"url": url}]},
    "file": lambda file: {"evidence": [{"file": file}]},
}
ODD = [
    *((field, word) for field, words in WORDS.items() for word in words.split("|")),
    *LONG.items(),
    *(("indicator", name) for name in ("coverage", "unknown", "", "x" * 5000)),
    ("url", f"https://a/{'a' * 2000}"),
    ("file", f"evidence/{'a' * 2000}"),
]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """Return a small plan with two indicators, and with what may be taken for evidence."""
    folder = tmp_path_factory.mktemp("alike") / "data"
    lay_out(BASE, folder)
    (folder / "indicators.yaml").write_text(INDICATORS, encoding="utf-8")
    (folder / "evidence" / "folder").mkdir(parents=True)
    (folder / "evidence" / "a.txt").write_text("甲")
    (folder / "evidence" / "link").symlink_to("../plan.yaml")
    (folder / "evidence" / "outside").symlink_to("/etc")
    return Source(folder, bundled=False)


def test_a_sound_report_is_accepted_by_both(source: Source) -> None:
    evidence = [*SOUND["evidence"], {"file": "evidence/a.txt"}]
    report = SOUND | {"due": "2023-12-31", "evidence": evidence, "note": "长" * 2000}
    assert list(refusals_of_record(source, report)) == []
    assert errors_of_check(source, report) == []


@pytest.mark.parametrize(("field", "word"), ODD, ids=lambda it: ascii(it)[:40])
def test_what_record_refuses_check_refuses(source: Source, field: str, word: str) -> None:
    """No exception is known; `check` is the stricter one, as a file has one spelling only."""
    report = SOUND | (SHAPES[field](word) if field in SHAPES else {field: word})
    assert list(refusals_of_record(source, report))
    assert errors_of_check(source, report)


def refusals_of_record(source: Source, report: dict[str, Any]) -> Iterator[InputError]:
    """Yield what is wrong with a report, given as a line of JSON."""
    named = [next(iter(it.values())) for it in report["evidence"]]
    inside = [name if "://" in name else str(source.folder / name) for name in named]
    reports = parse_reports(json.dumps(report | {"evidence": inside}).encode()).reports
    loaded = load(source, today=TODAY)
    pending, errors = resolve_all(build_plan(loaded.draft), source, reports, NOW)
    yield from errors
    if not errors:
        additions, errors = make_additions(loaded, source, pending)
        yield from errors
        yield from validate_additions(loaded, additions)[0]


def errors_of_check(source: Source, report: dict[str, Any]) -> list[str]:
    """Return the rules that find errors in a report, written into a file by hand."""
    written = report | {
        "recorded": "2024-07-05T09:30:00+08:00",
        "evidence": [it | digest(source, it) for it in report["evidence"]],
    }
    # JSON is YAML; what it escapes is what a hand may write between double quotes.
    content = json.dumps({"entries": [written]}).encode()
    path = source.folder / "progress" / "02.yaml"
    loaded = load(source, {path: content}, TODAY, for_check=True)
    found = (*loaded.diagnostics, *registry.run_rules(loaded.draft))
    return [it.rule for it in found if it.severity is Severity.ERROR]


def digest(source: Source, evidence: dict[str, str]) -> dict[str, str]:
    """Return the SHA-256 of a file as a hand may add it, whether it is evidence or not."""
    if "file" not in evidence:
        return {}
    path = Path(source.folder, evidence["file"])
    try:
        content = path.read_bytes()
    except (OSError, ValueError):
        content = b""
    return {"sha256": hashlib.sha256(content).hexdigest()}
