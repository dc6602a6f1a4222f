"""How wide a text is: as rich measures it, without importing rich for what Chinese texts hold."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import rich.cells
from hypothesis import given
from hypothesis import strategies as st

from credit_plan.formatters.width import cell_len
from credit_plan.text import escape_controls
from tests.conftest import ROOT


def test_every_character_that_is_shown_is_as_wide_as_to_rich() -> None:
    characters = map(chr, range(sys.maxunicode + 1))
    shown = [it for it in characters if it.isprintable() or escape_controls(it) == it]
    assert len(shown) > 140_000
    assert [it for it in shown if cell_len(it) != rich.cells.cell_len(it)] == []


@given(st.text(alphabet="a1 信，“…\u0301\u200d\ufe0f❤👩👧한\t\n\x1b"))
def test_every_text_is_as_wide_as_to_rich(text: str) -> None:
    assert cell_len(text) == rich.cells.cell_len(text)


@pytest.mark.parametrize(
    "text",
    ["".join(map(chr, range(ord(" "), 127))), "█▒░ │└─○●·→“甲”：《》〔〕、。％＋－‰…—"],
    ids=["ASCII", "drawn"],
)
def test_common_characters_need_no_rich(text: str) -> None:
    assert not imports_rich(f"cell_len({text!r})")


def test_the_plan_needs_no_rich() -> None:
    files = [str(file) for file in Path(ROOT, "data").rglob("*.yaml")]
    lines = f"for file in {files!r} for line in open(file, encoding='utf-8')"
    assert not imports_rich(f"[cell_len(line.rstrip()) {lines}]")
    assert imports_rich("cell_len('한')")


def imports_rich(expression: str) -> bool:
    """Return whether Python has loaded rich after it has measured something."""
    script = (
        "import sys; from credit_plan.formatters.width import cell_len\n"
        f"{expression}; print('rich' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script], capture_output=True, text=True, check=True
    )
    return done.stdout == "True\n"
