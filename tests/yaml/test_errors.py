"""What no YAML parser may accept is refused here as well, and none of it is a traceback.

The cases are the public ones, see `source/yaml-errors/README.md`.
"""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credit_plan import formatters
from credit_plan.diagnostics import CheckResult
from credit_plan.formatters import Screen
from credit_plan.loader.locate import Source
from credit_plan.loader.reader import load, read_file
from credit_plan.models.schema import MODELS
from credit_plan.plan import RecordKind
from credit_plan.yaml.parse import parse_bytes
from tests.cases import BASE, TODAY, judged, lay_out, sections
from tests.conftest import ROOT

SOURCE = Path(__file__).parents[1] / "source" / "yaml-errors" / "refused.cases"
CASES = {
    path.removesuffix(".yaml"): content
    for section in sections(SOURCE)
    for path, content in section.files.items()
}
READ_ALL_THE_SAME = {
    "9C9N": "libyaml lets a list in brackets go on in the first column",
    "QB6E": "libyaml lets a text in quotes go on in the first column",
    "DK95-01": "libyaml takes a tab for white space on the second line of a text in quotes",
    "SU5Z": "libyaml takes “#” behind a closing quote for a comment",
    "X4QW": "libyaml takes “>#” for the head of a text with a comment",
    "S98Z": "libyaml lets the empty lines of an empty text be indented ever deeper",
    "invalid-merge-1.loader-error": "sound YAML; “<<” is a key like any other to us, and unknown",
    "invalid-merge-2.loader-error": "sound YAML; “<<” is a key like any other to us, and unknown",
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_no_yaml_has_a_fault_with_its_place(case: str) -> None:
    content = CASES[case]
    faults = parse_bytes(content).diagnostics
    assert bool(faults) == (case not in READ_ALL_THE_SAME)
    lines = content.count(b"\n") + content.count(b"\r") + content.count(b"\n\0") + 2
    for fault in faults:
        assert 1 <= fault.line <= lines
        assert fault.column >= 1
        assert fault.message
        assert fault.hint


@pytest.mark.parametrize("case", CASES)
def test_no_such_file_passes_for_a_task(case: str, tmp_path: Path) -> None:
    lay_out(BASE, tmp_path)
    file = tmp_path / "measures" / "02.yaml"
    file.write_bytes(CASES[case])
    loaded = load(Source(tmp_path, bundled=False))
    assert str(file) in loaded.draft.unread
    assert any(it.file == str(file) for it in loaded.diagnostics)


def test_the_cases_are_all_there() -> None:
    assert len(CASES) == 194
    assert set(CASES) >= set(READ_ALL_THE_SAME)


CUT_OFF = """id: 2
chapter: 2
task: 强化信用信息安全防护管理
measures:
  - text: 开展网络安全等级保护测评。
    deadline: {text: 2025年底前, by:"""
"""The content of a file that ends inside braces; its last line is the sixth."""


@pytest.mark.parametrize(
    "rest", ["", "\n", "\n\n\n", "  \n", "\n# 完", "\n\n    # 完\n\n", " # 待\n"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", BOM_UTF8])
def test_a_file_that_is_cut_off_is_blamed_on_its_last_line(
    rest: str, end: str, mark: bytes
) -> None:
    """It has no line after that (attack X17)."""
    content = mark + f"{CUT_OFF}{rest}".replace("\n", end).encode()
    first, *_others = parse_bytes(content).diagnostics
    assert (first.rule, first.line) == ("unreadable-yaml", 6)
    assert first.location.source == CUT_OFF.rpartition("\n")[2] + rest.partition("\n")[0]
    assert first.column <= len(first.location.source) + 1


def test_programs_are_told_a_line_that_exists(tmp_path: Path) -> None:
    lay_out(BASE, tmp_path)
    (tmp_path / "measures" / "02.yaml").write_text(CUT_OFF, encoding="utf-8")
    found = CheckResult(judged(tmp_path))
    sarif = json.loads(formatters.format_diagnostics(found, "sarif", TODAY, Screen()))
    regions = [
        it["locations"][0]["physicalLocation"]["region"] for it in sarif["runs"][0]["results"]
    ]
    assert max(it["startLine"] for it in regions) == 6
    listed = json.loads(formatters.format_diagnostics(found, "json", TODAY, Screen()))
    assert max(it["line"] for it in listed["rows"]) == 6


@settings(max_examples=300)
@given(
    st.sampled_from(sorted((ROOT / "data").rglob("*.yaml"))),
    st.floats(0, 1),
    st.sampled_from([b"", b"", b"\n", b"\r\n\r\n", b"\n  # x"]),
    st.booleans(),
)
def test_of_a_file_that_is_cut_off_no_place_is_outside(
    file: Path, share: float, rest: bytes, windows: bool
) -> None:
    """Wherever it ends, between two characters or inside one."""
    content = file.read_bytes()
    content = content.replace(b"\n", b"\r\n") if windows else content
    content = content[: int(len(content) * share)] + rest
    data = ROOT / "data"
    kind = RecordKind(file.stem if file.parent == data else file.parent.name)
    required = ("target", "lead", "deadline", "page")
    result = read_file(Source(data, bundled=False), file, MODELS[kind], content, required=required)
    assert result.parsed is not None
    lines = result.parsed.text.removesuffix("\n").split("\n")
    for it in result.diagnostics:
        assert 1 <= it.line <= len(lines), it
        assert 1 <= it.column <= len(lines[it.line - 1].rstrip("\r")) + 1, it


def test_text_in_utf_8_that_ends_inside_a_character_is_not_taken_for_gbk() -> None:
    """Read as GBK it would be other words, and `fmt` would write those."""
    content = CUT_OFF.encode()
    chinese = content.index("强".encode())
    for end in range(chinese + 4, len(content)):
        for rest in (b"", b"\n", b"\nby: x\n"):
            assert not any(it.fixable for it in parse_bytes(content[:end] + rest).diagnostics)


def test_quotes_that_close_on_a_later_line_are_not_blamed_for_what_follows() -> None:
    text = "a: \"b\n  c\"\nd: 'e\n\n  it''s'  # f\ng: [h\ni: {j: \"k\n  \", l: 2}\n"
    assert [it.line for it in parse_bytes(text.encode()).diagnostics] == [6]
    assert [it.line for it in parse_bytes(f'{text}m: "n\no: "p"\n'.encode()).diagnostics] == [6, 9]
