"""What no YAML parser may accept is refused here as well, and none of it is a traceback.

The cases are the public ones, see `source/yaml-errors/README.md`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from credit_plan.loader.locate import Source
from credit_plan.loader.reader import load
from credit_plan.yaml.parse import parse_bytes
from tests.cases import BASE, lay_out, sections

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
