"""The reports of a progress file: sorted, and merged from two sides, each with its comments."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_plan.formatting.reports import find_excess, merge_reports, sort_reports
from credit_plan.loader.files import MAX_BYTES
from credit_plan.reporting.append import EMPTY_FILE
from credit_plan.yaml.errors import UnreadableError
from tests.cases import BASE, judged, lay_out
from tests.conftest import Run

HEAD = EMPTY_FILE.decode()


def report(second: int, note: str = "甲。", day: int = 1) -> str:
    return (
        f'  - measure: "2"\n    on: 2024-01-{day:02}\n    unit: 市住建局\n    status: in-progress\n'
        f"    note: {note}\n    recorded: 2024-02-05T09:30:{second:02}+08:00\n"
    )


def merge(base: str, ours: str, theirs: str) -> str:
    return merge_reports(base.encode(), ours.encode(), theirs.encode()).decode()


def test_reports_are_sorted_with_the_comments_above_them() -> None:
    """Those of one second stay in their order, and what is below the last report stays there."""
    block = report(3, "|\n      # 正文\n      第二行。")
    text = f"# 台账\n{HEAD}  # 三\n\n  # 又三\n{block}{report(2, '“乙”')}  # 一\n{report(1)}"
    text += f"{report(1, '乙。')}  # 末\n"
    assert sort_reports(text) == (
        f"# 台账\n{HEAD}  # 一\n{report(1)}{report(1, '乙。')}{report(2, '“乙”')}"
        f"  # 三\n\n  # 又三\n{block}  # 末\n"
    )


def test_fmt_puts_in_order_what_check_finds_out_of_order(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lay_out(BASE, tmp_path / "data")
    file = tmp_path / "data" / "progress" / "02.yaml"
    file.parent.mkdir()
    file.write_text(f"entries:\n{report(2)}{report(1, '乙。')}".replace("\n  ", "\n"))
    (found,) = judged(tmp_path / "data")
    assert (found.rule, found.fixable) == ("report-order", True)
    assert run("fmt", "--check", str(file)).code == 1
    assert run("fmt", str(file)).code == 0
    assert file.read_text() == f"entries:\n{report(1, '乙。')}{report(2)}"
    assert judged(tmp_path / "data") == ()


NUMBERS = st.lists(st.integers(0, 11), min_size=1, max_size=6, unique=True)


@given(st.just([]) | NUMBERS, NUMBERS, NUMBERS)
def test_no_report_is_lost_or_doubled(base: list[int], ours: list[int], theirs: list[int]) -> None:
    """Those that one side has taken out are gone, in whatever order the files are."""

    def write(numbers: list[int]) -> str:
        return HEAD + "".join(f"  # {it}\n{report(it // 3, day=1 + it)}" for it in numbers)

    kept = {*ours, *theirs} - (set(base) - (set(ours) & set(theirs)))
    if not kept:
        return
    merged = merge(write(base) if base else "", write(ours), write(theirs))
    ordered = sorted(kept, key=lambda it: (it // 3, it not in ours, (*ours, *theirs).index(it)))
    assert merged == write(ordered)


def test_a_report_is_the_same_however_it_is_written() -> None:
    plain = report(1)
    quoted = plain.replace("note: 甲。", "note: '甲。'  # 电话")
    for base, ours, theirs, merged in (
        (plain, quoted, plain, quoted),
        (plain, plain, quoted, quoted),
        ("", plain, quoted, plain),
        (plain, f"  # 一\n{plain}", f"  # 二\n{plain}", f"  # 一\n  # 二\n{plain}"),
        (f"  # 一\n{plain}", f"  # 一\n{plain}", plain, plain),
    ):
        old = HEAD + base if base else ""
        assert merge(old, HEAD + ours, HEAD + theirs) == HEAD + merged


def test_our_line_ends_and_our_mark_stay() -> None:
    ours = b"\xef\xbb\xbf" + (HEAD + report(2)).replace("\n", "\r\n").encode()
    merged = merge_reports(b"", ours, (HEAD + report(1)).removesuffix("\n").encode())
    wanted = (HEAD + report(1) + report(2)).replace("\n", "\r\n")
    assert merged == b"\xef\xbb\xbf" + wanted.encode()
    in_gbk = (HEAD + report(1)).encode("gb18030")
    assert merge_reports(b"", ours.replace(b"\r", b""), in_gbk).decode("utf-8-sig") == (
        HEAD + report(1) + report(2)
    )


@pytest.mark.parametrize(
    ("theirs", "why"),
    [
        ("", "the file is empty"),
        (HEAD + report(1).replace("    recorded", "    entered"), "“recorded” is missing"),
        (HEAD + report(1).replace("    unit", "   unit"), "does not belong to anything above"),
        (HEAD + report(1).replace("  - m", "  -\n    m"), "does not begin on a line of its own"),
        ("entries: [{" + report(1)[4:].replace("\n   ", ",").strip() + "}]\n", "of its own"),
        # Our list is indented.
        ((HEAD + report(1)).replace("\n  ", "\n"), "does not belong to anything above"),
        (HEAD.replace("entries:", "entries:  # 台账") + report(1), "is repeated"),
    ],
)
def test_what_cannot_be_taken_apart_is_refused(theirs: str, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        merge("", HEAD + report(2), theirs)


def test_nothing_is_lost_where_the_merged_file_is_too_large(tmp_path: Path, run: Run) -> None:
    for size, note in ((1000, "甲。"), (200, "甲" * 990)):
        for name, first in (("base", 0), ("ours", 0), ("theirs", 1)):
            count = 0 if name == "base" else size
            text = "".join(report(first, f"{note}{it}") for it in range(count))
            (tmp_path / name).write_text(HEAD + text if count else "", encoding="utf-8")
        merged = run("merge", "base", "ours", "theirs", cwd=tmp_path)
        assert (merged.code, merged.out) == (0, "")
        assert "all reports of both sides are kept, but the merged file is too large" in merged.err
        assert "14-2.yaml" in merged.err
        text = (tmp_path / "ours").read_text(encoding="utf-8")
        assert text.count("recorded: ") == 2 * size
        assert find_excess(text.encode())
        assert (len(text.encode()) > MAX_BYTES) == (size == 200)
