"""A Chinese screen is Chinese, and its columns line up, at any width."""

from __future__ import annotations

import platform
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from rich.cells import cell_len

from credit_plan.cli import environment
from credit_plan.cli.app import COMMANDS
from credit_plan.rules.registry import RULES
from tests import cases
from tests.conftest import QUESTIONS, ROOT, Outcome, Run

WIDTHS = (40, 80, 160)
ASKED = (
    *QUESTIONS,
    ("due", "--month", "2024-06"),
    ("overdue", "--as-of", "2024-06-30"),
    ("status", "--as-of", "2024-06-30"),
    ("status", "--by", "unit"),
    ("status", "--by", "chapter,year"),
    ("missing",),
    ("stale",),
    ("history",),
    ("indicators",),
    ("indicators", "承诺率"),
    ("rules",),
    ("check",),
    ("doctor",),
)
WRONG = (
    ("unit", "市住健局"),
    ("unit", "审计"),
    ("show", "999"),
    ("chapter", "99"),
    ("due", "--before", "someday"),
    ("due", "--within", "x"),
    ("due", "--foo"),
    ("dua",),
    ("list", "--columns", "nothing"),
    ("explain",),
    ("explain", "nothing"),
    ("--data", "missing", "units"),
)
PROPER = frozenset(
    {
        *("credit", "plan", "CREDIT_PLAN_DATA", "CREDIT_PLAN_LANG", "Tab", "Ctrl", "Enter"),
        *("Excel", "WPS", "CSV", "JSON", "YAML", "Markdown", "Parquet", "DuckDB", "Spark"),
        *("Schema", "GitHub", "SARIF", "JUnit", "git", "UTF", "GBK", "ASCII"),
        *("KiB", "PATH", "HOME", "zh_CN", "XDG_CACHE_HOME", "NO_COLOR", "TERM"),
        *("TSV", "parquet", "MiB", "HEAD", "main", "all"),
        *("Python", "Windows", "Linux", "PowerShell", "bash", "zsh", "fish"),
    }
)
"""Names that have no Chinese form."""

_WORD = re.compile(r"[A-Za-z][A-Za-z_]+")
_CODE = re.compile(
    r"--?[a-z][a-z-]*(?:=\S+)?"  # an option
    r"|<?[A-Za-z_-]+(?:\|[A-Za-z_-]+)+>?|（[a-z-]+）|\{[^}]*\}"  # codes, an entry to be copied
    r"|“credit-plan[^”]*”|`[^`]*`|credit-plan(?: [\w.*/<>-]+)*"  # a command line
    r"|[\w.*~-]*/[\w./*~-]*|\w+\.(?:yaml|csv|json|md|po)|\.\w+"  # a path, a file, an ending
    r"|\[[a-z-]+\]|https?://\S+"  # a rule, an address
)


@pytest.fixture(scope="module")
def demo(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with invented reports."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    assert run("init", "--demo", str(folder)).code == 0
    return folder


@pytest.mark.parametrize("question", ASKED, ids=" ".join)
def test_an_answer_is_in_chinese(question: tuple[str, ...], demo: Path, run_chinese: Run) -> None:
    for folder in (ROOT, demo):
        ended = run_chinese(*question, cwd=folder, COLUMNS="160")
        assert ended.code == 0
        assert ended.out
        assert _latin(ended) <= _known_words(), _latin(ended) - _known_words()


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_an_error_is_in_chinese(words: tuple[str, ...], run_chinese: Run) -> None:
    ended = run_chinese(*words)
    assert ended.code in {2, 3}
    assert ended.out == ""
    assert re.search("[\u4e00-\u9fff]", ended.err)
    assert _latin(ended) <= _known_words() | set(words) | {"x"}


@pytest.mark.parametrize("command", [name for name, *_rest in COMMANDS])
def test_help_is_in_chinese(command: str, run_chinese: Run) -> None:
    ended = run_chinese(command, "--help")
    assert ended.code == 0
    assert _latin(ended) <= _known_words(), _latin(ended) - _known_words()


@pytest.mark.parametrize("rule", [it.name for it in RULES])
def test_the_page_of_a_rule_is_in_chinese(rule: str, run_chinese: Run) -> None:
    page = run_chinese("explain", rule).out
    prose = [it for it in page.split("\n\n")[1:] if not it.startswith("    ")]
    for paragraph in prose:
        assert re.search("[\u4e00-\u9fff]", paragraph), paragraph


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("question", ASKED, ids=" ".join)
def test_no_line_is_wider_than_the_screen(
    question: tuple[str, ...], width: int, demo: Path, run_chinese: Run
) -> None:
    ended = run_chinese(*question, cwd=demo, COLUMNS=str(width))
    # What is to be copied into a file stays on one line.
    for line in (it for it in ended.out.splitlines() if "{rule: " not in it):
        assert cell_len(line) <= width, line


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("question", ASKED, ids=" ".join)
def test_columns_line_up(
    question: tuple[str, ...], width: int, demo: Path, run_chinese: Run
) -> None:
    """Between two headings there is a gap of two cells that runs down through all rows."""
    out = run_chinese(*question, cwd=demo, COLUMNS=str(width)).out
    # A chart has no columns, and the title of a section runs over them.
    for block in re.sub(r"(?s)^.*└─*\n", "", out).split("\n\n"):
        lines = block.splitlines()
        head = next((at for at, it in enumerate(lines) if _is_heading(it)), None)
        if head is None:
            continue
        headings = _spans(lines[head])
        whole = min(len(headings), 3)
        rows = [it for it in lines[head:] if len(_spans(it)) >= whole or it.startswith("  ")]
        for left, right in pairwise(headings):
            is_free = [
                all(_cells(row)[at : at + 2].strip() == "" for row in rows)
                for at in range(left[0], right[1])
            ]
            assert any(is_free), lines[head]


def test_a_report_of_check_is_in_chinese(tmp_path: Path, run_chinese: Run) -> None:
    cases.lay_out(cases.bad("unknown-unit/in-a-report"), tmp_path)
    ended = run_chinese("check", "--data", str(tmp_path))
    assert ended.code == 1
    assert "错误[unknown-unit]" in ended.out
    assert "error" not in ended.out


def _latin(ended: Outcome) -> set[str]:
    """Return the words of Latin letters that are no part of a command line or a path."""
    return {*_WORD.findall(_CODE.sub(" ", ended.out + ended.err))}


def _known_words() -> set[str]:
    """Return commands, names of rules and the like, which stay as they are."""
    return {*PROPER, *(name for name, *_rest in COMMANDS), *_codes()}


@cache
def _codes() -> set[str]:
    from credit_plan.plan import Role  # noqa: PLC0415
    from credit_plan.questions.columns import HEADINGS  # noqa: PLC0415
    from credit_plan.status import LastStatus, Timing  # noqa: PLC0415

    plan = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "data").rglob("*.yaml"))
    words = (*HEADINGS, *LastStatus, *Timing, *Role, *(it.name for it in RULES))
    machine = " ".join((platform.platform(), *environment.LIBRARIES))
    return {
        *_WORD.findall(machine + plan),
        *(part for word in words for part in re.split("-", word)),
    }


def _is_heading(line: str) -> bool:
    return "  " in line.strip() and not re.search(r"\d", line)


def _cells(line: str) -> str:
    """Return a line with a filler behind each wide character, so that an index is a cell."""
    return "".join(it + "\0" * (cell_len(it) - 1) for it in line).replace("\0", "_")


def _spans(heading: str) -> list[tuple[int, int]]:
    """Return where each heading of a line begins and ends, in cells."""
    return [it.span() for it in re.finditer(r"\S+(?: \S+)*", _cells(heading))]


@pytest.mark.parametrize("typed", ["a: b", "市'住'建", 'say "it\'s"', "x (env var: 'Y'): z", r"\n"])
def test_what_was_typed_is_in_an_error_as_it_is(run_chinese: Run, typed: str) -> None:
    for words, parameter in (("due -f", "--format / -f"), ("list --limit", "--limit")):
        error = run_chinese(*words.split(), typed).err
        assert f"错误：值无效（{parameter}）" in error
        assert f"“{typed}”" in error
    assert f"没有命令“{typed}”" in run_chinese(typed).err
    assert run_chinese("form", typed).err.endswith(f"：{typed}\n")


def test_columns_may_be_named_in_traditional_characters(run_chinese: Run) -> None:
    traditional = run_chinese("list", "--columns", "編號，牽頭單位", "--sort", "—完成時限，編號")
    assert traditional.code == 0
    assert traditional == run_chinese(
        "list", "--columns", "编号,牵头单位", "--sort", "-完成时限,编号"
    )


def test_a_sheet_may_be_in_traditional_characters(run_chinese: Run) -> None:
    headings = "措施編號,截至日期,填報單位,進展狀態,指標值,說明"
    sheet = f"{headings}\n3.2,2025-03-01,市營商局,進行中,2.6億元,新\n"
    recorded = run_chinese("record", "--stdin", "--dry-run", stdin=sheet)
    assert recorded.code == 0
    for line in ("unit: 市营商局", "status: in-progress", "{credit-granted: 2.6}", "note: 新"):
        assert line in recorded.out
