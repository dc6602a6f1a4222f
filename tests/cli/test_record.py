"""The command `record`: what it takes, what it writes, what it refuses, and twenty at once."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
import typer

from credit_plan.cli.data import check_plan, load_sound
from credit_plan.cli.record import record as run_record
from credit_plan.dates import ZONE
from credit_plan.diagnostics import Diagnostic, Rule, Severity
from credit_plan.errors import ChangedError
from credit_plan.loader import files, reader, validate
from credit_plan.loader.files import read_bytes
from credit_plan.loader.locate import Source
from credit_plan.loader.reader import load
from credit_plan.models.draft import Draft
from credit_plan.models.progress import Entry
from credit_plan.plan import STATUSES_IN_CHINESE, Status
from credit_plan.reporting.append import EMPTY_FILE
from credit_plan.rules import registry
from credit_plan.rules.context import Context
from credit_plan.storage import journal, writer
from credit_plan.yaml.nodes import MAX_VALUES, count_values
from credit_plan.yaml.parse import Parsed, parse, parse_sound
from tests.cases import BASE, lay_out
from tests.conftest import ROOT, Run
from tests.test_storage import posix

STAMP = re.compile(r"recorded: 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00\n")
SAID = (
    EMPTY_FILE.decode()
    + """  - measure: "14"
    on: 2023-12-31
    unit: 市营商局
    status: in-progress
    values: {public-commitment: 61.5}
    note: 已完成“承诺”，by：甲
    evidence:
      - {url: "https://example.org/a?b=1"}
    """
)


UNDO = "to take it back: credit-plan record --undo\n"

ADDRESSES = (
    *("?q={type:notice}", "?filter=a,type:notice", "{a}", "a:b", "a,b", "，by：2", "a，url：b"),
    *("#top", "?a=1&b", "[1]", "*", "!", "%7B", '"', "'", "】", "｛text：x｝"),
)
"""Ends of addresses with the marks of YAML, and with those that a repair looks for."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return the real plan in a folder of its own, in which nothing has been reported."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def file(data: Path) -> Path:
    return data / "progress" / "14.yaml"


def entries(data: Path) -> tuple[Entry, ...]:
    """Everything that was reported, of a plan that must be sound."""
    loaded = load(Source(data, bundled=False))
    assert loaded.diagnostics == ()
    return tuple(located.record for located in loaded.draft.entries)


def unstamped(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    assert STAMP.search(text)
    return STAMP.sub("", text)


@pytest.mark.english
def test_whoever_reports_in_a_checkout_is_told_before_anything_is_written(
    run: Run, data: Path
) -> None:
    """Reports were written beside the published plan without a word (R14)."""
    words = ("record", "14", "--status", "blocked")
    (data.parent / "pyproject.toml").write_text("")
    assert "checkout" not in run(*words, cwd=data.parent).err
    (data.parent / "src" / "credit_plan").mkdir(parents=True)
    assert "checkout" not in run(*words, "--dry-run", cwd=data.parent).err
    warning, written, *_more = run(*words, "--note", "二", cwd=data).err.splitlines()
    assert warning.startswith(f"{data.parent} is a checkout of credit-plan, ")
    assert warning.endswith("“credit-plan init DIR” creates one")
    assert written.startswith("Written to ")


@pytest.mark.english
def test_a_report_is_shown_and_written(run: Run, data: Path, file: Path) -> None:
    before = datetime.now(ZONE).replace(microsecond=0)
    outcome = run(
        *("record", "14", "--status", "in-progress", "--on", "2023年12月31日"),
        *("--value", "承诺率＝６１．５％", "--note", " 已完成“承诺”，by：甲 "),
        *("--evidence", "https://example.org/a?b=1"),
        cwd=data.parent,
    )
    assert (outcome.code, outcome.err) == (0, f"Written to data/progress/14.yaml:3\n{UNDO}")
    assert unstamped(file) == SAID
    lines = outcome.out.splitlines()
    assert lines[:4] == [
        "--- a/data/progress/14.yaml",
        "+++ b/data/progress/14.yaml",
        "@@ -0,0 +1,11 @@",
        "+# yaml-language-server: $schema=../schema/progress.json",
    ]
    (entry,) = entries(data)
    assert before <= entry.recorded <= datetime.now(ZONE)
    assert entry.values == {"public-commitment": Decimal("61.5")}
    assert run("fmt", "--check", cwd=data.parent).code == 0


@pytest.mark.english
def test_a_report_on_a_milestone_is_written_and_asked_for(run: Run, data: Path) -> None:
    said = ("record", "8.1", "--status", "done", "--on", "2022-12-20")
    for_it = run(*said, "--for", "2022年底", cwd=data.parent)
    assert (for_it.code, for_it.err) == (0, f"Written to data/progress/08.yaml:3\n{UNDO}")
    (report,) = entries(data)
    assert (str(report.due), report.status) == ("2022-12-31", Status.DONE)
    assert '+  - measure: "8.1"\n+    due: 2022-12-31\n+    on: 2022-12-20\n' in for_it.out
    due = run("due", "--task", "8", "--before", "2022", "--format", "json", cwd=data.parent)
    row = next(it for it in json.loads(due.out)["rows"] if it["id"] == "8.1")
    assert (row["date"], row["status"], row["timing"]) == ("2022-12-31", "done", "done-on-time")
    # The day of the deadline means the measure.
    assert run(*said, "--for", "2023", cwd=data.parent).code == 0
    assert [it.due for it in entries(data)] == [report.due, None]


@pytest.mark.english
@pytest.mark.parametrize("said", ["2023Q1", "2023年第一季度", "2023年1季度", "2023-03"])
def test_a_report_on_a_quarter_settles_it_alone(run: Run, data: Path, said: str) -> None:
    words = ("record", "35.1", "--unit", "市市场监管局", "--status", "done", "--on", "2023-03-20")
    assert run(*words, "--for", said, cwd=data.parent).code == 0
    (report,) = entries(data)
    assert report.due == "2023Q1"
    due = run("due", "--task", "35", "--year", "2023", "--format", "json", cwd=data.parent)
    rows = [it for it in json.loads(due.out)["rows"] if it["kind"] == "recurring"]
    assert [(it["period"], it["timing"]) for it in rows] == [
        ("2023Q1", "done-on-time"),
        ("2023Q2", "overdue"),
        ("2023Q3", "overdue"),
        ("2023Q4", "overdue"),
    ]
    assert run("fmt", "--check", cwd=data.parent).code == 0
    history = run("history", "35.1", "--format", "csv", cwd=data.parent).out
    assert "2023-03-20,35.1,2023Q1,市市场监管局,done" in history


@pytest.mark.english
def test_done_before_its_period_began_is_recorded_and_warned_of(run: Run, data: Path) -> None:
    words = ("record", "35.1", "--unit", "市市场监管局", "--status", "done", "--on", "2023-05-01")
    early = run(*words, "--for", "2024Q1", cwd=data.parent)
    assert early.code == 0
    said = "warning[early-report] 2024Q1 is reported as done on 2023-05-01, but begins on"
    assert said in early.err + early.out


@pytest.mark.english
def test_a_day_on_which_nothing_falls_due_is_refused_with_those_that_have_something(
    run: Run, data: Path
) -> None:
    refused = run("record", "8.1", "--status", "done", "--for", "2022-06", cwd=data.parent)
    assert refused.code == 2
    lines = refused.err.splitlines()
    assert lines[0] == "Error: --for: nothing of measure 8.1 falls due on “2022-06”"
    assert [line[:19] for line in lines[2:4]] == [
        "  2022-12-31 2022年底",
        "  2023-12-31 在市场监管领",
    ]
    assert lines[-1] == "nothing was written"
    assert entries(data) == ()


@pytest.mark.english
def test_the_next_report_is_behind_what_is_there(run: Run, data: Path, file: Path) -> None:
    file.parent.mkdir()
    held = ("\ufeff" + SAID + "recorded: 2024-01-05T09:30:00+08:00  # 已核\n\n# 完").replace(
        "\n", "\r\n"
    )
    file.write_bytes(held.encode())
    outcome = run("record", "14", "--status", "done", "--on", "2024-01-31", cwd=data)
    assert outcome.code == 0
    assert outcome.err.endswith(f"Written to progress/14.yaml:14\n{UNDO}")
    added = (
        '\r\n  - measure: "14"\r\n    on: 2024-01-31\r\n    unit: 市营商局\r\n    status: done\r\n'
    )
    assert file.read_bytes().startswith((held + added).encode())
    assert "\\r" not in outcome.out
    assert [it.status for it in entries(data)] == [Status.IN_PROGRESS, Status.DONE]


@pytest.mark.english
def test_a_dry_run_shows_and_writes_nothing(run: Run, data: Path) -> None:
    outcome = run("record", "14", "--status", "blocked", "--dry-run", cwd=data.parent)
    assert (outcome.code, outcome.err) == (0, "nothing was written (--dry-run)\n")
    assert "+    status: blocked\n" in outcome.out
    assert not (data / "progress").exists()


def test_evidence_is_a_file_of_the_data_with_its_digest(run: Run, data: Path) -> None:
    report = data / "evidence" / "通报  二.pdf"
    report.parent.mkdir()
    report.write_bytes(b"%PDF")
    for named in ("data/evidence/通报  二.pdf", "evidence/通报  二.pdf", "通报  二.pdf"):
        outcome = run("record", "14", "--status", "done", "--evidence", named, cwd=data.parent)
        assert outcome.code == 0
    shown = [it.evidence[0] for it in entries(data)]
    assert {it.file for it in shown} == {"evidence/通报  二.pdf"}
    assert {it.sha256 for it in shown} == {hashlib.sha256(b"%PDF").hexdigest()}


@pytest.mark.parametrize("flow", [True, False])
def test_an_address_is_kept_whatever_marks_it_holds(run: Run, data: Path, flow: bool) -> None:
    """What `record` accepts, `check` accepts and `fmt` keeps (attack X4)."""
    addresses = [f"https://example.org/{it}" for it in ADDRESSES]
    options = [word for it in addresses for word in ("--evidence", it)]
    assert run("record", "14", "--status", "done", *options, cwd=data.parent).code == 0
    if not flow:
        file = data / "progress" / "14.yaml"
        text = re.sub(r"- \{(url: .*)\}\n", r"-\n        \1\n", file.read_text(encoding="utf-8"))
        file.write_text(text, encoding="utf-8")
    assert run("check", "-q", cwd=data.parent).code == 0
    assert run("fmt", cwd=data.parent).code == 0
    (entry,) = entries(data)
    assert [it.url for it in entry.evidence] == addresses


def test_a_note_of_many_lines_is_read_back_as_it_was_told(run: Run, data: Path) -> None:
    told = " 一：\r\n# 二\r  三\n\n四\t五 \r"
    outcome = run("record", "14", "--status", "done", "--note", told, cwd=data.parent)
    assert outcome.code == 0
    assert r'note: "一：\n# 二\n  三\n\n四\t五"' in outcome.out
    (entry,) = entries(data)
    assert entry.note == "一：\n# 二\n  三\n\n四\t五"


@pytest.mark.english
@pytest.mark.parametrize("sign", [*"\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029\x1b\x7f", "\u200b"])
def test_only_a_line_end_makes_a_line_of_a_note(run: Run, data: Path, sign: str) -> None:
    """What some programs take for a line break, and what nobody sees, is refused (attack X20)."""
    for note, first in ((f"一{sign}二", sign), (f"\u200b{sign}\u200b", "\u200b")):
        outcome = run("record", "14", "--status", "done", "--note", note, cwd=data.parent)
        assert (outcome.code, outcome.out) == (2, "")
        assert f"character (U+{ord(first):04X})" in outcome.err
    assert not (data / "progress").exists()


@pytest.mark.english
def test_lost_evidence_is_an_error_that_keeps_nobody_from_an_answer_or_a_report(
    run: Run, data: Path
) -> None:
    report = data / "evidence" / "通报.pdf"
    report.parent.mkdir()
    report.write_bytes(b"%PDF")
    words = ("record", "14", "--status", "in-progress")
    assert run(*words, "--evidence", str(report), cwd=data.parent).code == 0
    report.unlink()
    outcome = run("check", cwd=data.parent)
    assert outcome.code == 1
    assert outcome.out.count("error[evidence-file]") == 1
    draft = load(Source(data, bundled=False), for_check=True).draft
    assert any(it.rule == "evidence-file" for it in registry.run_rules(draft))
    assert list(registry.find_errors(draft)) == []
    for question in (("show", "14"), ("history", "14"), ("diff", "data", "data"), words):
        outcome = run(*question, cwd=data.parent)
        assert (outcome.code, "evidence-file" in outcome.err) == (0, False), question


def test_no_question_and_no_report_reads_the_evidence(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data / "evidence").mkdir()
    (data / "evidence" / "a.pdf").write_bytes(b"%PDF")
    words = ("record", "14", "--status", "done", "--evidence", "data/evidence/a.pdf")
    assert run(*words, cwd=data.parent).code == 0
    read_of = []
    monkeypatch.setattr(files, "compute_digests", lambda *of: read_of.append(of) or {})
    source = Source(data, bundled=False)
    assert load_sound(source).draft.entries
    run_record(["14"], "done", note="乙", data=data)
    assert len(entries(data)) == 2
    assert read_of == []
    check_plan(source, verbose=False, has_cache=False)
    assert read_of == [(data, {"evidence/a.pdf"})]


def test_the_plan_is_loaded_once_and_the_new_text_is_parsed_once(
    data: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_record(["14"], "in-progress", data=data)
    read: list[Path] = []
    parsed: list[bytes] = []
    located: list[str] = []

    def reads(path: Path, folder: Path) -> bytes:
        read.append(path)
        return read_bytes(path, folder)

    def parses(content: bytes) -> Parsed | None:
        parsed.append(content)
        return parse_sound(content)

    def parses_again(text: str, *, repairing: bool) -> Parsed:
        located.append(text)
        return parse(text, repairing=repairing)

    monkeypatch.setattr(files, "read_bytes", reads)
    monkeypatch.setattr(reader, "parse", parses_again)
    monkeypatch.setattr(validate, "parse_sound", parses)
    before = file.read_bytes()
    run_record(["14"], "in-progress", note="无事可说", data=data)
    # What is accepted does not matter to a report.
    of_plan = {*data.glob("*.yaml"), *data.glob("m*/*.yaml"), file} - {data / "accepted.yaml"}
    assert sorted(read) == sorted(of_plan)
    assert located == []
    assert [it for it in parsed if it.startswith(before)] == [before, file.read_bytes()]


@pytest.mark.english
@pytest.mark.parametrize("target", ["/etc/hostname", "../plan.yaml", "../measures"])
def test_a_link_out_of_the_folder_for_evidence_is_no_evidence(
    run: Run, data: Path, target: str
) -> None:
    """Neither for `record` nor for `check`, which is given a report with its digest."""
    (data / "evidence").mkdir()
    (data / "evidence" / "a.pdf").write_bytes(b"%PDF")
    words = ("record", "14", "--status", "done", "--evidence", "data/evidence/a.pdf")
    assert run(*words, cwd=data.parent).code == 0
    (data / "evidence" / "a.pdf").unlink()
    (data / "evidence" / "a.pdf").symlink_to(target)
    assert run(*words, cwd=data.parent).code == 2
    outcome = run("check", "-q", cwd=data.parent)
    assert outcome.code == 1
    assert "error[evidence-file] “evidence/a.pdf” is not a file in the folder" in outcome.out


def test_evidence_elsewhere_is_refused_with_the_way_to_bring_it(run: Run, data: Path) -> None:
    (data.parent / "the report.pdf").write_bytes(b"%PDF")
    outcome = run(
        "record", "14", "--status", "done", "--evidence", "the report.pdf", cwd=data.parent
    )
    assert (outcome.code, outcome.out) == (2, "")
    assert (
        "mkdir -p data/evidence && cp 'the report.pdf' 'data/evidence/the report.pdf'\n"
        in outcome.err
    )
    assert "--evidence 'data/evidence/the report.pdf'\n" in outcome.err
    assert not (data / "progress").exists()


@pytest.mark.english
@pytest.mark.parametrize(
    "named",
    ["data/progress/03.yaml", "measures/03.yaml", "data/plan.yaml", "data/evidence/link.yaml"],
)
def test_a_file_of_the_plan_is_no_evidence(run: Run, data: Path, named: str) -> None:
    """It is written to again, and would then be another than the one that was reported."""
    (data / "evidence").mkdir()
    (data / "evidence" / "link.yaml").symlink_to(data / "progress" / "03.yaml")
    assert run("record", "3.2", "--status", "in-progress", cwd=data.parent).code == 0
    held = (data / "progress" / "03.yaml").read_bytes()
    outcome = run("record", "3.2", "--status", "done", "--evidence", named, cwd=data.parent)
    assert (outcome.code, outcome.out) == (2, "")
    assert f"“{named}” is not in data/evidence, the folder for evidence" in outcome.err
    assert f"mkdir -p data/evidence && cp {named} data/evidence/" in outcome.err
    assert (data / "progress" / "03.yaml").read_bytes() == held


@pytest.mark.english
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("14",), "name the status of the measure"),
        (("--status", "done"), "name the measure that the report is about"),
        (("14", "--status", "fertig"), "--status: unknown status “fertig”; use not-started"),
        ((), "give ID and --status, or a FILE"),
        (("14", "--status", "done", "--stdin"), "“14” is no file; name only files"),
        (("--status", "done", "-"), "leave out all that describes one, except --on"),
        (("14", "13"), "one measure at a time"),
        (("reports.csv", "7.5"), "“7.5” is no file; name only files"),
        (("data",), "data is a folder; name its files: data/*.csv"),
        (("--stdin",), "standard input contains no report"),
        (
            ("14", "--status", "done", "--on", "2023", "--value", "x=1"),
            "name one, such as 2023-12-31\nError: --value: unknown indicator “x”\n",
        ),
    ],
)
def test_wrong_usage_is_exit_2_and_nothing_is_written(
    run: Run, data: Path, words: tuple[str, ...], said: str
) -> None:
    outcome = run("record", *words, cwd=data.parent, stdin="")
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert not (data / "progress").exists()


@pytest.mark.english
def test_a_text_that_would_fill_the_file_is_refused(run: Run, data: Path) -> None:
    address = "https://example.org/" + "a" * 2000
    for option, text, count in (("note", "长" * 2001, "2,001"), ("evidence", address, "2,020")):
        outcome = run("record", "14", "--status", "done", f"--{option}", text, cwd=data.parent)
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err == (
            f"Error: --{option}: has {count} characters, but at most 2,000 are allowed; "
            "use a file as evidence\nnothing was written\n"
        )
    assert not (data / "progress").exists()
    assert run("record", "14", "--status", "done", "--note", "长" * 2000, cwd=data).code == 0
    assert run("check", cwd=data).code == 0


@pytest.mark.english
def test_without_a_plan_of_its_own_nothing_can_be_recorded(run: Run, tmp_path: Path) -> None:
    outcome = run("record", "14", "--status", "done", cwd=tmp_path)
    assert (outcome.code, outcome.out) == (3, "")
    assert "credit-plan init DIR" in outcome.err


@pytest.mark.english
def test_an_unsound_plan_takes_no_report(run: Run, data: Path) -> None:
    (data / "measures" / "07.yaml").write_text("id: seven\n")
    outcome = run("record", "14", "--status", "done", cwd=data.parent)
    assert (outcome.code, outcome.out) == (1, "")
    assert "data/measures/07.yaml:1:5: error[wrong-type]" in outcome.err
    assert not (data / "progress").exists()


def test_a_file_that_takes_no_line_at_its_end_is_left_as_it_is(
    run: Run, data: Path, file: Path
) -> None:
    file.parent.mkdir()
    said = "measure: '14', on: 2023-12-31, unit: 市营商局, status: done"
    held = f"entries: [{{{said}, recorded: 2024-01-05T09:30:00+08:00}}]\n"
    file.write_text(held, encoding="utf-8")
    outcome = run("record", "14", "--status", "done", cwd=data.parent)
    assert (outcome.code, outcome.out) == (1, "")
    assert "“credit-plan fmt data/progress/14.yaml”" in outcome.err
    assert file.read_text(encoding="utf-8") == held
    assert run("fmt", cwd=data.parent).code == 0
    assert run("record", "14", "--status", "done", cwd=data.parent).code == 0
    assert len(entries(data)) == 2


def reports(numbers: Iterable[object]) -> str:
    """Return reports on measure 14 as a file has them, each with 13 values and its own note."""
    return "".join(
        '  - measure: "14"\n    on: 2023-12-31\n    unit: 市营商局\n    status: in-progress\n'
        f"    note: 第{number}次\n    recorded: 2024-01-05T09:30:00+08:00\n"
        for number in numbers
    )


def full_of_bytes(spare: int) -> str:
    """Return a file that leaves room for so many bytes."""
    held = "entries:\n" + reports([0])
    return "#" * (files.MAX_BYTES - len(held.encode()) - spare - 1) + "\n" + held


def full_of_values(spare: int) -> str:
    """Return a file that leaves room for so many values: some reports have 13, some only 11."""
    values = MAX_VALUES - count_values("entries: []") - spare
    count = next(it for it in range(11) if (values - 13 * it) % 11 == 0)
    others = re.sub(" +note: .*\n", "", reports(range((values - 13 * count) // 11)))
    return f"entries:\n{reports(range(count))}{others}"


@pytest.mark.english
@pytest.mark.parametrize(
    ("held", "written"),
    [
        (full_of_bytes(len(reports([1]).encode())), "14.yaml:9"),
        (full_of_bytes(len(reports([1]).encode()) - 1), "14-2.yaml:3"),
        (full_of_bytes(0), "14-2.yaml:3"),
        (full_of_values(13), "14.yaml:9086"),
        (full_of_values(12), "14-2.yaml:3"),
        (full_of_values(0), "14-2.yaml:3"),
    ],
)
def test_a_report_for_which_a_file_has_no_room_begins_the_next_one(
    run: Run, data: Path, file: Path, held: str, written: str
) -> None:
    """The files hold everything once, and are sound; nobody has to do anything (attack X6)."""
    file.parent.mkdir()
    file.write_text(held, encoding="utf-8")
    before = entries(data)
    words = ("record", "14", "--status", "in-progress", "--on", "2023-12-31", "--note", "新增1")
    tried = run(*words, "--dry-run", cwd=data.parent)
    assert (tried.code, tried.err) == (0, "nothing was written (--dry-run)\n")
    assert [*file.parent.iterdir()] == [file]
    outcome = run(*words, cwd=data.parent)
    assert (outcome.code, outcome.err) == (0, f"Written to data/progress/{written}\n{UNDO}")
    assert tried.out.startswith(f"--- a/data/progress/{written.partition(':')[0]}\n")
    assert file.read_text(encoding="utf-8").startswith(held)
    assert entries(data)[:-1] == before
    assert entries(data)[-1].note == "新增1"
    assert run("check", "--quiet", cwd=data.parent).code == 0


@pytest.mark.english
def test_reports_are_added_to_the_last_file_of_the_task(run: Run, data: Path, file: Path) -> None:
    """A number that is missing between two files makes no difference."""
    file.parent.mkdir()
    for part in ("14.yaml", "14-9.yaml", "14-10.yaml"):
        (file.parent / part).write_text("entries:\n" + reports([0]), encoding="utf-8")
    outcome = run("record", "14", "--status", "done", "--note", "完", cwd=data.parent)
    assert "Written to data/progress/14-10.yaml:8\n" in outcome.err
    assert "14-10.yaml:11:13: warning[done-without-figure]" in outcome.err


@pytest.mark.english
def test_a_batch_fills_as_many_files_as_it_needs(run: Run, data: Path, file: Path) -> None:
    """1,539 reports of a task were a traceback (attack X6)."""
    file.parent.mkdir()
    held = "entries:\n" + reports(range(9))
    file.write_text(held, encoding="utf-8")
    rows = "".join(
        f"{words},in-progress,新增{number}\n"
        for number in range(3200)
        for words in ("14,市营商局", "13,市交通运输局")[: 1 + (number < 1539)]
    )
    told = f"measure,unit,status,note\n{rows}"
    outcome = run("record", "--stdin", cwd=data.parent, stdin=told)
    assert outcome.code == 0
    followed, undated, *said = outcome.err.splitlines(keepends=True)
    assert followed.startswith("4737 reports are followed by one of the same unit")
    assert undated == "4739 rows without a day are about today: 13, 14\n"
    assert "".join(said) == f"4739 reports recorded (2 measures, 2 units)\n{UNDO}"
    names = ("13-2.yaml", "13.yaml", "14-2.yaml", "14-3.yaml", "14.yaml")
    assert tuple(sorted(path.name for path in file.parent.glob("*.yaml"))) == names
    assert file.read_text(encoding="utf-8").startswith(held)
    found = entries(data)
    for measure, first, count in (("13", 0, 1539), ("14", 9, 3200)):
        notes = [it.note for it in found if it.measure == measure]
        assert notes[first:] == [f"新增{number}" for number in range(count)]
    assert run("check", "--quiet", cwd=data.parent).code == 0
    history = run("history", "14", "--format", "csv", cwd=data.parent)
    assert history.out.count("\n") == 1 + 9 + 3200


@pytest.mark.english
def test_a_report_that_no_file_could_hold_is_refused_with_its_line(run: Run, data: Path) -> None:
    shown = ["https://a.cn"] * 6700
    lines = [{"measure": "14", "status": "done", "evidence": it} for it in (shown[:1], shown)]
    told = "".join(f"{json.dumps(line)}\n" for line in lines)
    outcome = run("record", "--stdin", cwd=data.parent, stdin=told)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(
        "standard input:2: measure 14: this report is too large: a file of reports has at most "
        "1,048,576 bytes and 20,000 values; "
    )
    assert not (data / "progress").exists()


@pytest.mark.english
def test_too_much_for_a_batch_is_refused_with_the_way_on(run: Run, data: Path) -> None:
    """100,000 reports are several batches (attack X6)."""
    told = "measure,unit,status\n" + "14,市营商局,done\n" * 100_000
    outcome = run("record", "--stdin", cwd=data.parent, stdin=told)
    assert (outcome.code, outcome.out) == (2, "")
    assert "standard input is larger than 1 MiB; split it, and record the parts" in outcome.err


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything"
)
def test_a_folder_that_may_not_be_written_is_exit_3(run: Run, data: Path, file: Path) -> None:
    assert run("record", "14", "--status", "in-progress", cwd=data.parent).code == 0
    held = file.read_bytes()
    file.parent.chmod(0o555)
    try:
        outcome = run("record", "14", "--status", "done", cwd=data.parent)
    finally:
        file.parent.chmod(0o755)
    assert outcome.code == 3
    assert "data/progress" in outcome.err
    assert file.read_bytes() == held


def test_a_full_disk_is_exit_3_with_the_old_file_whole(data: Path, file: Path) -> None:
    """The limit of the system for a file's size stands for the disk: no byte goes beyond it."""
    resource = pytest.importorskip("resource")
    file.parent.mkdir()
    file.write_bytes(SAID.encode() + b"recorded: 2024-01-05T09:30:00+08:00\n")
    held = file.read_bytes()

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(held), len(held)))

    environment = {key: it for key, it in os.environ.items() if not key.startswith("COVERAGE_")}
    done = subprocess.run(
        [sys.executable, "-m", "credit_plan", "record", "14", "--status", "done"],
        cwd=data.parent,
        env=environment,
        capture_output=True,
        check=False,
        preexec_fn=limit,
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (3, False)
    assert b"data/progress/14.yaml" in done.stderr
    assert file.read_bytes() == held
    assert {it.name for it in file.parent.iterdir()} == {"14.yaml", ".ledger.lock"}


JSON_LINES = """
{"measure": "14", "on": "2023-12-31", "status": "in-progress", "values": {"承诺率": 61.50}}

{"measure": "3.2", "on": "2023-12-31", "status": "done", "note": "一\\n二", "unit": null,
 "values": {"授信": "4,200"}, "evidence": ["https://example.org/a"]}
{"measure": "14", "on": "2024-01-31", "status": "done"}
""".replace(',\n "values"', ', "values"')

TABLE = """进展状态,措施,截至日期,说明,填报单位,指标值
in-progress,14,2023/12/31,,,承诺率=61.50％
,,,,,
done,3.2,2023.12.31,"一
二",银保监,"授信＝4,200"
done,14,2024-01-31,,市营商局,
"""


@pytest.mark.english
@pytest.mark.parametrize(
    "content",
    [
        JSON_LINES.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("gb18030"),
        TABLE.replace(",", "\t").replace("4\t200", "4,200").replace("\n", "\r\n").encode("utf-16"),
        TABLE.replace(",", ";").replace("4;200", "4,200").encode(),
    ],
    ids=["json", "utf-8", "gbk", "utf-16", "semicolons"],
)
def test_many_reports_are_read_however_they_were_saved(
    run: Run, content: bytes, data: Path
) -> None:
    outcome = run("record", "--stdin", cwd=data.parent, stdin=content)
    assert outcome.code == 0, outcome.err
    assert outcome.err.endswith(f"\n3 reports recorded (2 measures, 2 units)\n{UNDO}")
    granted, begun, ended = entries(data)
    assert (granted.measure, granted.unit, granted.note) == ("3.2", "银保监", "一\n二")
    assert granted.values == {"credit-granted": Decimal(4200)}
    assert [it.status for it in (begun, ended)] == [Status.IN_PROGRESS, Status.DONE]
    assert begun.values == {"public-commitment": Decimal("61.50")}
    assert begun.on.isoformat() == "2023-12-31"


@pytest.mark.english
def test_every_mistake_of_every_line_is_said_and_nothing_is_written(run: Run, data: Path) -> None:
    lines = (
        "measure,status,unit,values,evidence",
        "14,done,,,",
        '14,fertig,火星局,"承诺率=一, x=2",',
        "3,done,,,no.pdf",
        ",done,,,",
    )
    outcome = run("record", "--stdin", cwd=data.parent, stdin="\n".join(lines))
    assert (outcome.code, outcome.out) == (2, "")
    said = outcome.err.splitlines()
    for line in (
        "standard input:3: measure 14: status: unknown status “fertig”; use "
        + ", ".join(Status)
        + ", or 未启动、推进中、已完成、受阻",
        "standard input:3: measure 14: unit: unknown unit “火星局”",
        (
            "standard input:3: measure 14: values: “一, x=2” is not a figure in ％; "
            "write it as 98, 4200 or 0.02"
        ),
        "standard input:4: measure 3: measure: “3” has 3 measures; choose one",
        "standard input:5: measure: is missing",
    ):
        assert line in said
    assert any(
        line.startswith("standard input:4: measure 3: evidence: there is no file") for line in said
    )
    assert not any(line.startswith("standard input:2") for line in said)
    assert said[-1] == "nothing was written"
    assert not (data / "progress").exists()


@pytest.fixture
def wrong_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the place of all rules one, to which the note 错 is an error and 疑 a warning."""
    gravity = {"错": Severity.ERROR, "疑": Severity.WARNING}

    def find(context: Context) -> Iterator[Diagnostic]:
        for it in context.draft.entries:
            if severity := gravity.get(it.record.note or ""):
                place = (*it.path, "note")
                yield Diagnostic("made-up", it.file, place, "it is odd", "mend it", severity)

    rule = Rule("made-up", Severity.ERROR, "", find)
    monkeypatch.setattr("credit_plan.rules.registry.RULES", (rule,))
    monkeypatch.setattr("credit_plan.rules.registry._ERRORS", (rule,))


@pytest.mark.usefixtures("wrong_notes")
def test_an_error_of_the_rules_names_the_lines_that_it_came_from(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table = "measure,status,note\n14,done,\n\n3.2,blocked,\n14,done,错\n3.2,blocked,错\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(table.encode())))
    with pytest.raises(typer.Exit) as ended:
        run_record(stdin=True, data=data)
    assert ended.value.exit_code == 2
    said = capsys.readouterr()
    assert said.err.splitlines() == [
        "standard input:5: measure 14: it is odd",
        "  mend it",
        "standard input:6: measure 3.2: it is odd",
        "  mend it",
        "nothing was written",
    ]
    assert said.out == ""
    assert not (data / "progress").exists()


@pytest.mark.usefixtures("wrong_notes")
def test_of_what_is_typed_errors_name_no_line_that_is_not_there_and_warnings_do_not_hinder(
    data: Path, file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)  # xdist sets it
    run_record(["14"], "done", note="疑", data=data)
    warned = capsys.readouterr().err
    assert "progress/14.yaml:7:11: warning[made-up] it is odd\n      note: 疑\n" in warned
    assert "Written to " in warned
    held = file.read_bytes()
    with pytest.raises(typer.Exit) as ended:
        run_record(["14"], "done", note="错", data=data)
    assert ended.value.exit_code == 2
    said = capsys.readouterr()
    # It stands in no file, so that there is no line to name; what was there is not about it.
    assert said.err == "Error: it is odd\n  mend it\nnothing was written\n"
    assert said.out == ""
    assert file.read_bytes() == held


@pytest.mark.usefixtures("wrong_notes")
def test_an_error_that_a_report_makes_of_what_was_there_is_one_of_the_input(
    data: Path, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run_record(["14"], "done", data=data)
    held = file.read_bytes()
    capsys.readouterr()

    def find(context: Context) -> Iterator[Diagnostic]:
        if len(entries := context.draft.entries) > 1:
            yield Diagnostic("made-up", entries[0].file, ("entries", 0, "on"), "odd", "mend")

    rules = (Rule("made-up", Severity.ERROR, "", find),)
    monkeypatch.setattr(registry, "RULES", rules)
    monkeypatch.setattr(registry, "_ERRORS", rules)
    with pytest.raises(typer.Exit) as ended:
        run_record(["14"], "done", note="又", data=data)
    assert ended.value.exit_code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.endswith("progress/14.yaml:4:9: odd\n  mend\nnothing was written\n")
    assert file.read_bytes() == held


FILES = {
    "甲 乙.csv": "措施,进展状态,说明\n14,进行中,甲\n13,,\n".encode("gb18030"),
    "b.tsv": "measure\tstatus\tunit\n13\tdone\t市交通运输局\n".encode("utf-16"),
    "c.jsonl": '{"measure": "15", "status": "blocked", "unit": "市营商局"}\n'.encode(),
}


@pytest.mark.english
@pytest.mark.parametrize("by_pattern", [False, True])
def test_files_are_read_together_and_counted(run: Run, data: Path, by_pattern: bool) -> None:
    """Also where a shell has no < and leaves the * to the program (R2)."""
    (data.parent / "sheets").mkdir()
    for name, content in FILES.items():
        (data.parent / "sheets" / name).write_bytes(content)
    names = ["sheets/*"] if by_pattern else [f"sheets/{name}" for name in FILES]
    outcome = run(
        "record", *names, "-", cwd=data.parent, stdin="id,status,unit\n16,blocked,市营商局\n"
    )
    assert (outcome.code, outcome.out) == (0, ""), outcome.err
    assert outcome.err.splitlines()[-2] == (
        "4 reports recorded (4 measures, 2 units); 1 row without a report passed over: 13"
    )
    assert [it.measure for it in entries(data)] == ["13", "14", "15", "16"]


@pytest.mark.english
def test_the_same_files_again_change_no_byte(run: Run, data: Path) -> None:
    """A file twice in a command, and under two names, is the same as well (R5)."""
    paths = [data.parent / name for name in FILES]
    for path, content in zip(paths, FILES.values(), strict=True):
        path.write_bytes(content)
    names = [str(path) for path in paths]
    assert run("record", *names, names[0], cwd=data.parent).code == 0
    held = {path: path.read_bytes() for path in (data / "progress").iterdir()}
    assert len(held) == 5
    shutil.copy(paths[1], data.parent / "copy.tsv")
    for dry in ((), ("--dry-run",)):
        outcome = run("record", *names, "copy.tsv", *dry, cwd=data.parent)
        assert (outcome.code, outcome.out) == (0, "")
        assert outcome.err.splitlines()[0] == (
            "no new report; 4 already recorded; 1 row without a report passed over: 13"
        )
    assert {path: path.read_bytes() for path in (data / "progress").iterdir()} == held


@pytest.mark.english
def test_a_row_without_a_day_is_no_other_report_on_another_day(run: Run, data: Path) -> None:
    """The same file again changes no byte, whenever that is; --on gives the day of such rows."""
    table = "措施,进展状态,说明,截至日期\n14,进行中,甲,\n13,进行中,,2024-06-30\n"
    on_a_day = run("record", "-", "--on", "2024-03-31", cwd=data.parent, stdin=table)
    assert on_a_day.err.startswith("2 reports recorded (2 measures, 2 units)\n")
    assert [(it.measure, str(it.on)) for it in entries(data)] == [
        ("13", "2024-06-30"),
        ("14", "2024-03-31"),
    ]
    again = run("record", "-", cwd=data.parent, stdin=table)
    assert again.err == "no new report; 2 already recorded\n"
    other = run("record", "-", cwd=data.parent, stdin=table.replace("甲", "乙"))
    assert other.err.startswith(
        "1 row without a day is about today: 14\n1 report recorded (1 measure, 1 unit); 1 already"
    )
    back = run("record", "-", cwd=data.parent, stdin=table)
    assert back.err.startswith("14: this report is there already, but a later one counts; to")
    assert back.err.endswith("no new report; 2 already recorded\n")
    assert len(entries(data)) == 3
    typed = ("record", "14", "--status", "进行中", "--note", "甲")
    assert run(*typed, "--on", "2024-03-30", cwd=data.parent).err.startswith("Written to")


@pytest.mark.english
def test_rows_that_contradict_each_other_are_said(run: Run, data: Path) -> None:
    """Two rows of a unit on a measure and a day: both are kept, and the last one counts."""
    rows = (
        "措施,填报单位,进展状态,说明\n14,市营商局,进行中,甲\n"
        "14,营商局,已完成,乙\n14,市司法局,受阻,丙\n"
    )
    outcome = run("record", "-", "--on", "2024-06-30", cwd=data.parent, stdin=rows)
    assert outcome.code == 0
    assert (
        "1 report is followed by one of the same unit about the same day, which counts instead: 14"
    ) in outcome.err
    assert len(entries(data)) == 3


@pytest.mark.english
def test_a_remark_on_a_report_names_its_row_in_the_file(run: Run, data: Path) -> None:
    (data.parent / "a.csv").write_text(
        '措施,说明,填报单位,进展状态\n14,"一\n二",,进行中\n22.5,"三\n四",市住建局,进行中\n',
        encoding="gb18030",
    )
    outcome = run("record", "a.csv", cwd=data.parent)
    assert (outcome.code, outcome.out) == (0, "")
    said = "a.csv:4: row 3, 第22.5项: warning[uninvolved-unit] "
    assert outcome.err.startswith(said), outcome.err


def test_in_chinese_each_mistake_has_its_row_and_its_heading(run_chinese: Run, data: Path) -> None:
    (data.parent / "a.csv").write_text(
        '措施,说明,填报单位,进展状态\n14,"一\n二",,\n22.5,,火星局,推进中\n7.5,,,推进中,散\n',
        encoding="utf-8",
    )
    outcome = run_chinese("record", "a.csv", cwd=data.parent)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        "a.csv:2: 第14项，进展状态：没有填写\n"
        "a.csv:4: 第3行、第22.5项，填报单位：没有单位“火星局”\n"
        "a.csv:5: 第4行、第7.5项：“散”所在的列没有表头；单元格里有逗号的，须加双引号\n"
        "未写入任何内容\n"
    )
    typed = run_chinese("record", "14", "--status", "快了", "--on", "2023", cwd=data.parent)
    assert typed.err == (
        "错误：--on：“2023”不止一天；须写某一天，如2023-12-31\n"
        "错误：--status：“快了”不是规定的进展状态；可填"
        f"{'、'.join(STATUSES_IN_CHINESE.values())}\n"
        "未写入任何内容\n"
    )


def test_in_chinese_what_became_of_a_sheet_is_one_sentence(run_chinese: Run, data: Path) -> None:
    (data.parent / "a.csv").write_text(
        "措施,进展状态,电话\n14,推进中,1\n22.5,已完成,1\n7.5,,\n", encoding="utf-8"
    )
    first, again = (run_chinese("record", "a.csv", cwd=data.parent) for _time in range(2))
    assert first.err.splitlines()[2:] == [
        "已登记2条报送（2条措施，2个单位）；1行没有填写，已跳过：7.5",
        "如需撤回：credit-plan record --undo",
    ]
    assert again.err.splitlines()[-1] == "没有新的报送；2条已登记过；1行没有填写，已跳过：7.5"


@pytest.mark.english
def test_a_report_that_differs_in_anything_is_no_repetition(run: Run, data: Path) -> None:
    """And another name of the unit is the same unit."""
    words = ["14", "--status", "in-progress", "--on", "2024-06-30", "--unit", "市营商局"]
    assert run("record", *words, cwd=data.parent).code == 0
    same = run("record", *words[:-1], "营商局", cwd=data.parent)
    assert (same.code, same.out, same.err) == (0, "", "no new report; 1 already recorded\n")
    for more in (
        ("--for", "2022"),
        ("--note", "甲"),
        ("--value", "承诺率=61"),
        ("--evidence", "https://a.cn"),
        ("--on", "2024-06-29"),
        ("--unit", "市司法局"),
        ("--status", "blocked"),
    ):
        assert "Written to" in run("record", *words, *more, cwd=data.parent).err
    assert len(entries(data)) == 8
    back = run("record", *words, cwd=data.parent)
    assert (back.code, len(entries(data))) == (0, 8)
    assert "14: this report is there already, but a later one counts; to report" in back.err
    # The later ones are on the measure, and this one is on its milestone.
    of_milestone = run("record", *words, "--for", "2022年底", cwd=data.parent)
    assert of_milestone.err == "no new report; 1 already recorded\n"


@pytest.mark.english
def test_all_files_or_none_with_the_file_and_the_line_of_every_mistake(
    run: Run, data: Path
) -> None:
    (data.parent / "a.csv").write_text("措施,进展状态\n14,进行中\n13,差不多\n", encoding="utf-8")
    (data.parent / "b.csv").write_text("id,status\n\n7.99,done\n", encoding="utf-8")
    outcome = run("record", "a.csv", "b.csv", cwd=data.parent)
    assert (outcome.code, outcome.out) == (2, "")
    places = [line.partition(" ")[0] for line in outcome.err.splitlines()]
    assert {"a.csv:3:", "b.csv:3:"} < set(places)
    assert "a.csv:3: 第13项: 进展状态: unknown status “差不多”" in outcome.err
    assert outcome.err.endswith("nothing was written\n")
    missing = run("record", "a.csv", "none.csv", cwd=data.parent)
    assert (missing.code, missing.err) == (3, "Error: none.csv: No such file or directory\n")
    (data.parent / "empty.csv").write_text("措施,进展状态\n", encoding="utf-8")
    empty = run("record", "a.csv", "empty.csv", cwd=data.parent)
    assert (empty.code, "empty.csv contains no report" in empty.err) == (2, True)
    assert not (data / "progress").exists()


@pytest.mark.parametrize("edits", [2, 3])
def test_a_file_that_is_edited_by_hand_meanwhile_is_read_and_judged_anew(
    data: Path,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    edits: int,
) -> None:
    """Before each of the first tries to write, an editor saves; after three, nothing is written."""
    file.parent.mkdir()
    held = SAID + "recorded: 2024-01-05T09:30:00+08:00\n"
    file.write_text(held, encoding="utf-8")
    saved = []
    replace, judge = writer.replace_files, registry.run_rules
    judged = []

    def and_meanwhile(
        contents: dict[Path, bytes], read: dict[Path, bytes | None] | None = None
    ) -> None:
        if len(saved) < edits:
            saved.append(f"# by hand {len(saved)}\n")
            file.write_text(held + "".join(saved), encoding="utf-8")
        replace(contents, read)

    def judging(draft: Draft) -> Iterator[Diagnostic]:
        judged.append(len(draft.entries))
        return judge(draft)

    monkeypatch.setattr(writer, "replace_files", and_meanwhile)
    monkeypatch.setattr(registry, "run_rules", judging)
    refused = pytest.raises(ChangedError) if edits > 2 else contextlib.nullcontext()
    with refused:
        run_record(["14"], "done", data=data)
    said = capsys.readouterr().err
    changed = "was changed by another program in the meantime; it was not overwritten"
    assert said.count(f"{changed}; trying again\n") == 2
    assert judged == [2, 2, 2]
    text = file.read_text(encoding="utf-8")
    assert text.startswith(held + "".join(saved))
    assert [it.status for it in entries(data)] == [Status.IN_PROGRESS, Status.DONE][: 4 - edits]


@pytest.mark.parametrize("note", ["甲", "乙"])
def test_a_report_that_another_process_adds_meanwhile_is_judged_with_the_new_one(
    run: Run,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    note: str,
) -> None:
    """The same report is not written again, another one behind it."""
    lock, others = writer.lock, []
    words = ("14", "--status", "done", "--on", "2024-01-31", "--note", "甲")

    @contextlib.contextmanager
    def waits(folder: Path) -> Iterator[journal.Recovered]:
        """Lock the folder after another process, which came first, has written and ended."""
        others.append(run("record", *words, cwd=data.parent))
        with lock(folder) as recovered:
            yield recovered

    monkeypatch.setattr(writer, "lock", waits)
    run_record(["14"], "done", on="2024-01-31", note=note, data=data)
    assert [it.code for it in others] == [0]
    said = capsys.readouterr()
    changed = "was changed by another program in the meantime; it was not overwritten"
    assert f"{changed}; trying again\n" in said.err
    # What was shown first was true when it was shown.
    assert said.out.count(f"+    note: {note}\n") == (1 if note == "甲" else 2)
    last = "no new report; 1 already recorded\n" if note == "甲" else f"14.yaml:9\n{UNDO}"
    assert said.err.endswith(last)
    assert [it.note for it in entries(data)] == list(dict.fromkeys(("甲", note)))


def test_nothing_is_written_through_a_link_out_of_the_data(
    run: Run, data: Path, tmp_path: Path
) -> None:
    """Not even what an interrupted batch has left there is undone (attack X5)."""
    outside = tmp_path / "outside"
    outside.mkdir()
    held = {".mine.ledger.tmp": b"mine", journal.JOURNAL: b"[]", "14.yaml": b"mine"}
    for name, content in held.items():
        (outside / name).write_bytes(content)
    (data / "progress").symlink_to(outside)
    assert run("record", "14", "--status", "done", cwd=data.parent).code == 1
    assert run("fmt", cwd=data.parent).code == 0
    assert run("fmt", "data/progress", cwd=data.parent).code == 2
    assert {path.name: path.read_bytes() for path in outside.iterdir()} == held


@pytest.mark.english
@posix
def test_a_batch_that_was_killed_between_two_files_is_undone_by_the_next_record(
    run: Run, data: Path
) -> None:
    """All of them or none: nobody was told that they were recorded (attack X20)."""
    rows = "measure,unit,status\n13,市交通运输局,done\n14,市营商局,done\n15,市营商局,done\n"
    script = (
        "import os; from credit_plan.cli import app\n"
        "replace, replaced = os.replace, []\n"
        "def dies(*names):\n"
        "    replaced.append(names)\n"
        "    if len(replaced) == 4: os._exit(9)\n"
        "    replace(*names)\n"
        "os.replace = dies\n"
        "app.main()\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", script, "record", "--stdin"],
        cwd=data.parent,
        input=rows.encode(),
        capture_output=True,
        check=False,
    )
    assert killed.returncode == 9
    assert len(entries(data)) == 2
    said = run("record", "14", "--status", "in-progress", cwd=data.parent)
    assert said.code == 0
    undone = (
        "removed again from data/progress/13.yaml, data/progress/14.yaml: record them again if "
    )
    assert f"{undone}they are right\n" in said.err
    assert [(it.measure, it.status) for it in entries(data)] == [("14", Status.IN_PROGRESS)]
    assert run("record", "--stdin", cwd=data.parent, stdin=rows).code == 0
    assert [it.measure for it in entries(data)] == ["13", "14", "14", "15"]


def test_twenty_at_once_lose_nothing(tmp_path: Path) -> None:
    """Twenty processes, most of them on one file; takes 6 seconds on two cores."""
    data = tmp_path / "data"
    lay_out(BASE, data)
    measures = ["1.1", "1.2", "2", "1.1"] * 5
    running = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "credit_plan", "record", measure),
                *("--status", "in-progress", "--note", f"第{number}次"),
            ],
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for number, measure in enumerate(measures)
    ]
    said = [process.communicate()[1] for process in running]
    assert [process.returncode for process in running] == [0] * len(running), said
    found = entries(data)
    assert {it.note for it in found} == {f"第{number}次" for number in range(len(running))}
    assert len(found) == len(running)
    for task in ("1", "2"):
        stamps = [it.recorded for it in found if it.measure.partition(".")[0] == task]
        assert stamps == sorted(stamps), "the order of a file is that of recording"


def test_twenty_processes_record_forty_files_and_nothing_is_lost_or_doubled(
    run: Run, data: Path
) -> None:
    """Each sheet of `form` comes in from two clerks at once, beside others; takes 12 seconds."""
    assert run("form", "--each-unit", "-o", "sheets", cwd=data.parent).code == 0
    sheets = sorted((data.parent / "sheets").iterdir())[:40]
    expected = []
    for number, sheet in enumerate(sheets):
        rows = list(csv.DictReader(io.StringIO(sheet.read_text(encoding="utf-8-sig"))))
        for row in rows[:: 1 + number % 3]:
            row |= {"进展状态": "推进中", "截至日期": "2024/6/30", "说明": f"“{number}”，推进。"}
            expected.append((row["措施"], row["填报单位"], row["说明"]))
        text = io.StringIO()
        writer_of = csv.DictWriter(text, rows[0])
        writer_of.writeheader()
        writer_of.writerows(rows)
        sheet.write_text(text.getvalue(), encoding=("gb18030", "utf-8-sig", "utf-16")[number % 3])
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "credit_plan", "record", *map(str, files)],
            cwd=data.parent,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for files in (sheets[at % 10 * 4 : at % 10 * 4 + 4] for at in range(20))
    ]
    said = [process.communicate()[1].decode() for process in running]
    assert [process.returncode for process in running] == [0] * 20, said
    found = entries(data)
    assert sorted((f"第{it.measure}项", it.unit, it.note) for it in found) == sorted(expected)
    counts = [re.findall(r"(\d+) (?:reports? recorded|already recorded)", it) for it in said]
    assert sum(int(count) for it in counts for count in it) == 2 * len(expected)
    assert run("check", "--quiet", cwd=data.parent).code == 0


def test_several_at_once_lose_nothing_where_a_file_has_room_for_one_more(tmp_path: Path) -> None:
    """Whoever comes second begins the next file, whoever is third adds to it (attack X6)."""
    data = tmp_path / "data"
    lay_out(BASE, data)
    report = reports(["#"]).replace('"14"', '"2"').replace("市营商局", "市住建局")
    (data / "progress").mkdir()
    held = "entries:\n" + "".join(report.replace("#", str(it)) for it in range(1537))
    (data / "progress" / "02.yaml").write_text(held, encoding="utf-8")
    running = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "credit_plan", "record", "2"),
                *("--status", "in-progress", "--note", f"同时{number}"),
            ],
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for number in range(3)
    ]
    said = [process.communicate()[1] for process in running]
    assert [process.returncode for process in running] == [0] * 3, said
    assert (data / "progress" / "02.yaml").read_text(encoding="utf-8").startswith(held)
    found = [it.note for it in entries(data)]
    assert found[:1537] == [f"第{number}次" for number in range(1537)]
    assert sorted(found[1537:]) == ["同时0", "同时1", "同时2"]
    assert len(load(Source(data, bundled=False)).texts) == 6
