"""Reading: no bytes bring more than a diagnostic, and nothing is lost in silence."""

from __future__ import annotations

import os
import random
import shutil
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from credit_plan.diagnostics import Diagnostic
from credit_plan.errors import NoDataError
from credit_plan.loader import files
from credit_plan.loader.build import build_plan
from credit_plan.loader.files import list_task_files
from credit_plan.loader.locate import Source, find_data
from credit_plan.loader.reader import Loaded, load
from credit_plan.rules import registry
from credit_plan.yaml import nodes
from credit_plan.yaml.decode import decode
from credit_plan.yaml.errors import UnreadableError
from credit_plan.yaml.parse import parse
from tests.cases import BASE, lay_out

REAL = sorted((Path(__file__).parents[2] / "data" / "measures").glob("*.yaml"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lay_out(BASE, tmp_path)
    return tmp_path


def loaded(folder: Path) -> Loaded:
    return load(Source(folder, bundled=False), for_check=True)


def rules(folder: Path) -> list[str]:
    outcome = loaded(folder)
    placed = outcome.locate(registry.run_rules(outcome.draft))
    return [it.rule for it in sorted((*outcome.diagnostics, *placed))]


def test_a_plan_is_made_only_of_a_whole_draft(folder: Path) -> None:
    (folder / "measures" / "02.yaml").write_text("id: 2\n")
    with pytest.raises(ValueError, match="unread"):
        build_plan(loaded(folder).draft)


@pytest.mark.parametrize("value", ["1.10", "012", "0123", "no", "12:30", "2023-12-31", "1e3"])
def test_no_text_is_read_by_the_rules_of_yaml_1_1(folder: Path, value: str) -> None:
    file = folder / "measures" / "02.yaml"
    file.write_text(file.read_text().replace("强化信用信息安全防护管理", value))
    assert rules(folder) == []
    assert loaded(folder).draft.tasks[1].record.task == value


@pytest.mark.parametrize("value", ["012", "0x10", "1_0", "+1", "1.0", "１", "1e0", "-1", "9" * 10])
def test_a_number_is_written_in_figures(folder: Path, value: str) -> None:
    file = folder / "measures" / "02.yaml"
    file.write_text(file.read_text().replace("page: 2", f"page: {value}"))
    assert rules(folder) == ["wrong-type"]


def test_a_file_in_the_place_of_a_record_is_never_skipped(folder: Path) -> None:
    measures = folder / "measures"
    (measures / "03.yaml").mkdir()
    (measures / "04.yaml").symlink_to(folder / "nowhere")
    (measures / "05.yml").write_text("id: 5\n")
    (measures / ".hidden").write_text("an editor's own")
    (measures / ".#02.yaml").symlink_to(folder / "an-editors-lock")
    assert rules(folder) == ["unreadable-file", "missing-file", "stray-file"]


def test_a_folder_of_reports_that_is_none_is_never_skipped(folder: Path) -> None:
    report(folder, "note: 按计划推进。")
    progress = folder / "progress"
    progress.rename(folder / "Progress")
    assert rules(folder) == ["stray-file"]
    for name, rule in (("nowhere", "missing-file"), ("progress", "missing-file")):
        progress.symlink_to(name)
        assert rules(folder) == ["stray-file", rule]
        assert str(folder / "progress") in loaded(folder).draft.unread
        progress.unlink()
    progress.write_text("entries:\n")
    assert rules(folder) == ["stray-file", "unreadable-file"]
    progress.unlink()
    progress.symlink_to("Progress")
    assert rules(folder) == []
    assert len(loaded(folder).draft.entries) == 1


def test_a_folder_that_is_a_link_out_of_the_data_is_not_read_and_is_named(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whoever clones a plan from a stranger reads and writes nothing elsewhere (attack X5)."""
    report(folder, "note: 按计划推进。")
    elsewhere = tmp_path_factory.mktemp("outside") / "progress"
    (folder / "progress").rename(elsewhere)
    (folder / "progress").symlink_to(elsewhere)
    found = loaded(folder)
    assert [it.rule for it in found.diagnostics] == ["unreadable-file"]
    assert found.draft.entries == ()
    assert str(folder / "progress") in found.draft.unread
    assert list_task_files(folder, "progress") == []


@pytest.mark.parametrize(
    ("name", "file", "said"),
    [
        ("progres", "notes.txt", "did you mean “progress”?"),
        ("Measures", "notes.txt", "did you mean “measures”?"),
        ("2024", "02.yaml", "task files are read from measures and progress"),
        ("reports", "3.yml", "task files are read from measures and progress"),
        ("evidence", "02.yaml", ""),
        (".progress", "02.yaml", ""),
        ("program", "notes.yaml", ""),
    ],
)
def test_a_folder_that_may_be_meant_for_another_is_named(
    folder: Path, name: str, file: str, said: str
) -> None:
    (folder / name).mkdir()
    (folder / name / file).write_text("")
    found = loaded(folder).diagnostics
    assert [it.rule for it in found] == (["stray-file"] if said else [])
    for it in found:
        assert it.file == str(folder / name)
        assert said in it.hint


def test_of_a_file_that_is_too_large_its_size_and_the_limit_are_said(folder: Path) -> None:
    report(folder, "note: " + "长" * 350_000)
    (found,) = loaded(folder).diagnostics
    size = (folder / "progress" / "02.yaml").stat().st_size
    assert found.rule == "unreadable-file"
    assert f"it has {size:,} bytes, and the limit is 1,048,576" in found.message
    assert "regular file" not in found.hint


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes among files")
def test_a_pipe_in_the_place_of_a_record_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "measures" / "03.yaml")
    assert rules(folder) == ["unreadable-file"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes among files")
def test_evidence_that_is_no_plain_file_is_not_waited_for(folder: Path) -> None:
    evidence = folder / "evidence"
    evidence.mkdir()
    os.mkfifo(evidence / "pipe")
    (evidence / "itself").symlink_to("itself")
    (evidence / "outside").symlink_to("/etc")
    inside = ("pipe", "itself", "outside/hostname", ".", "..", "x" * 1500)
    for name in (*(f"evidence/{it}" for it in inside), "measures", ".", "/dev/zero"):
        report(folder, f"evidence: [{{file: {name}, sha256: {'0' * 64}}}]")
        assert rules(folder) == ["evidence-file"], name


def test_a_report_that_cannot_be_read_hides_nothing_of_the_plan(folder: Path) -> None:
    report(folder, "note: [")
    assert rules(folder) == ["unreadable-yaml"]
    (folder / "measures" / "02.yaml").unlink()
    assert rules(folder) == ["plan-counts", "unreadable-yaml"]
    lay_out(BASE, folder)
    units = folder / "units.yaml"
    unused = "  - {name: 市司法局, kind: government}\n"
    units.write_text(units.read_text(encoding="utf-8") + unused, encoding="utf-8")
    assert rules(folder) == ["unreadable-yaml", "unused-unit"]


@pytest.mark.parametrize("measure", ["9" * 5000, "2." + "1" * 5000, "0", "02", "2.0", "２"])
def test_an_id_that_none_can_be_is_one_finding(folder: Path, measure: str) -> None:
    report(folder, "note: 按计划推进。", measure)
    assert rules(folder) == ["wrong-type"]


def report(folder: Path, more: str, measure: str = "2") -> None:
    """Return a report of a measure, with another line."""
    (folder / "progress").mkdir(exist_ok=True)
    (folder / "progress" / "02.yaml").write_text(
        f"entries:\n  - measure: {measure}\n    on: 2024-06-30\n    unit: 市住建局\n"
        f"    status: in-progress\n    {more}\n    recorded: 2024-07-05T09:30:00+08:00\n",
        encoding="utf-8",
    )


def test_without_libyaml_the_tree_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = REAL[0].read_text(encoding="utf-8")
    with_c = nodes.to_data(nodes.compose(text), [])
    monkeypatch.setattr(nodes, "Loader", yaml.SafeLoader)
    assert nodes.to_data(nodes.compose(text), []) == with_c
    with pytest.raises(UnreadableError) as caught:
        nodes.compose("a: \x07b")
    assert (caught.value.diagnostic.line, caught.value.diagnostic.column) == (1, 4)


@pytest.mark.parametrize("text", ["!", "a: !", '!!l ""', "a: [!x]", "a: &x", "a: !x|\n"])
def test_what_is_beyond_a_record_ends_where_it_is_written_to_end(text: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        nodes.compose(text)
    assert caught.value.diagnostic.end_column <= len(text.strip("|\n")) + 1


def test_a_character_that_was_lost_before_hides_no_error_in_its_line(folder: Path) -> None:
    """In a file whose encoding is sound, it is a character as any other."""
    file = folder / "measures" / "02.yaml"
    text = file.read_text(encoding="utf-8").replace("page: 2", "page: 2\ufffd")
    file.write_bytes(text.encode("utf-16"))
    assert sorted(rules(folder)) == ["not-utf-8", "wrong-type"]


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 100_000,
        "a: " + "{a: " * 100_000,
        "a: " + "{a: " * 1000 + "}" * 1000,
        "a: " + "[b, " * 100_000,
        "a: " + '["]", ' * 100_000,
        "a: " + "[ # c\n" * 50_000,
        "a: " + "{? {" * 50_000,
        "a:\n  " + "- " * 100_000,
        "a:\n  " + "? - " * 50_000,
        "a:\n  " + "-\t" * 50_000,
        "? a\n: " + "- " * 100_000,
        "".join(f"{' ' * depth}a:\n" for depth in range(2000)),
    ],
    ids=lambda text: repr(text[:16]),
)
def test_no_depth_is_too_deep(text: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        nodes.to_data(nodes.compose(text), [])
    assert caught.value.diagnostic.message


@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_a_fault(content: bytes) -> None:
    text, fault = decode(content)
    if fault:
        assert fault.line >= 1
        assert fault.column >= 1
    else:
        assert text.encode() == content.removeprefix(b"\xef\xbb\xbf")
    assert "\r" not in text.replace("\r\n", "\n")


@given(st.text(max_size=200))
def test_any_text_is_a_tree_or_a_fault(text: str) -> None:
    decoded, _fault = decode(text.encode("utf-8", "replace"))
    try:
        nodes.to_data(nodes.compose(decoded), [])
    except UnreadableError as error:
        assert 1 <= error.diagnostic.line <= decoded.count("\n") + 2
        assert error.diagnostic.message
        assert error.diagnostic.hint


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_a_damaged_file_is_a_record_or_a_diagnostic(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    lay_out(BASE, folder)
    chance = random.Random(seed)
    file = folder / "measures" / "01.yaml"
    content = bytearray(file.read_bytes())
    for _damage in range(chance.randint(1, 4)):
        at = chance.randrange(len(content))
        match chance.randrange(3):
            case 0:
                content[at] = chance.randrange(256)
            case 1:
                del content[at : at + chance.randint(1, 30)]
            case _:
                content[at:at] = content[at : at + chance.randint(1, 30)]
    file.write_bytes(content)
    outcome = loaded(folder)
    found = outcome.locate(registry.run_rules(outcome.draft))
    assert all(it.line >= 1 and it.column >= 1 for it in (*outcome.diagnostics, *found))
    assert bool(outcome.draft.unread) == bool(outcome.diagnostics) or not outcome.draft.unread


def test_the_nearest_data_above_the_working_folder_is_used(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "data").mkdir()
    shutil.move(folder / "measures", folder / "data" / "measures")
    deep = folder / "a" / "b"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert find_data(None) == Source(folder / "data", bundled=False)


def test_elsewhere_the_bundled_data_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_data(None).bundled


def test_a_named_folder_may_be_the_data_or_hold_it(folder: Path, tmp_path: Path) -> None:
    assert find_data(folder) == Source(folder, bundled=False)
    (tmp_path / "work").mkdir()
    lay_out(BASE, tmp_path / "work" / "data")
    assert find_data(tmp_path / "work").folder == tmp_path / "work" / "data"
    with pytest.raises(NoDataError, match="does not exist"):
        find_data(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoDataError, match="contains no plan"):
        find_data(tmp_path / "empty")


@pytest.mark.parametrize(
    "words",
    [
        '"推广下列平台\n      app：信易贷"',
        "|-\n      by：2025\n      －信易贷",
        ">-\n      lead:x",
    ],
)
def test_words_over_several_lines_are_never_put_right(words: str) -> None:
    text = f"a:\n  b: {words}\n"
    parsed = parse(text)
    assert parsed.diagnostics == ()
    assert parsed.data == yaml.safe_load(text)


def test_the_files_of_a_task_are_read_in_the_order_of_their_parts(folder: Path) -> None:
    """Of two reports recorded in the same second the later one counts, also in a later file."""
    (folder / "progress").mkdir()
    names = ["02.yaml", "02-2.yaml", "02-3.yaml", "02-10.yaml"]
    for name in reversed(names):
        (folder / "progress" / name).write_text(
            "entries:\n"
            f"  - {{measure: '2', on: 2024-06-30, unit: 市住建局, status: blocked, note: {name}, "
            "recorded: 2024-07-05T09:30:00+08:00}\n",
            encoding="utf-8",
        )
    outcome = loaded(folder)
    assert [it.record.note for it in outcome.draft.entries] == names
    assert build_plan(outcome.draft).reports[-1].note == names[-1]


@pytest.mark.parametrize("is_there_at", ["first", "last"])
def test_a_file_of_reports_that_comes_or_goes_while_it_is_read_is_no_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch, is_there_at: str
) -> None:
    """`record` begins files, and `record --undo` removes them, beside everybody who reads."""
    (folder / "progress").mkdir()
    file = folder / "progress" / "02.yaml"
    list_visible = files._list_visible  # noqa: SLF001  what another process changes, it lists

    def list_and_change(of: Path) -> list[Path]:
        listed = list_visible(of)
        if of == file.parent and is_there_at == "last":
            file.write_text("entries: [\n", encoding="utf-8")
        return [*listed, file] if of == file.parent and is_there_at == "first" else listed

    monkeypatch.setattr(files, "_list_visible", list_and_change)
    outcome = loaded(folder)
    assert "stray-file" not in {it.rule for it in outcome.diagnostics}
    if is_there_at == "first":
        assert outcome.diagnostics == ()
        assert file.name not in str(outcome.draft.unread)


def test_a_file_that_is_removed_before_its_lines_are_looked_up_ends_no_command(
    folder: Path,
) -> None:
    read = loaded(folder)
    (task,) = (it for it in read.names if it.endswith("01.yaml") and "measures" in it)
    read.texts.clear()
    (folder / "measures" / "01.yaml").unlink()
    (found,) = read.locate([Diagnostic("unknown-unit", task, ("measures", 0), "message", "hint")])
    assert found.line == 1
