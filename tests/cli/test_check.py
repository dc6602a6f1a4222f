"""`check` as an editor, a hook, a clerk and CI call it: what it looks at, and how it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from credit_plan.rules.registry import RULES
from tests.conftest import HELD, ROOT, Outcome, Run, Shell

CLEAN = f"{HELD}: no errors"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a copy of the real data in a folder `plan`, to be broken."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "plan" / "data"))


@pytest.fixture
def broken(data: Path) -> Path:
    """Errors in two files: a misspelt unit in task 13, an impossible date in task 14."""
    replace(data / "measures" / "13.yaml", "[市交通运输局]", "[市交通运输厅]")
    replace(data / "measures" / "14.yaml", "by: 2025-12-31", "by: 2025-02-30")
    return data


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def rules(answer: Outcome) -> list[str]:
    """Return the rules of a JSON answer's rows, in order."""
    return [row["rule"] for row in json.loads(answer.out)["rows"]]


def closing(answer: Outcome) -> str:
    return answer.out.splitlines()[-1]


@pytest.mark.english
def test_the_whole_plan_is_checked(run: Run, broken: Path) -> None:
    answer = run("check", cwd=broken.parent)
    assert answer.code == 1
    assert "data/measures/13.yaml:8:12: error[unknown-unit]" in answer.out
    assert "data/measures/14.yaml:" in answer.out
    assert ": 3 errors" in closing(answer) or ": 2 errors" in closing(answer)


@pytest.mark.english
def test_named_files_are_reported_and_the_rest_is_counted(run: Run, broken: Path) -> None:
    answer = run("check", "data/measures/13.yaml", cwd=broken.parent)
    assert answer.code == 1
    assert "14.yaml" not in answer.out
    assert closing(answer).startswith("1 of 85 files: 1 error · in other files: ")
    sound = run("check", "data/measures/12.yaml", "data/units.yaml", cwd=broken.parent)
    assert sound.code == 0
    assert closing(sound).startswith("2 of 85 files: no errors")


@pytest.mark.english
def test_a_folder_means_the_files_in_it(run: Run, broken: Path) -> None:
    answer = run("check", "data/measures", cwd=broken.parent)
    assert answer.code == 1
    assert closing(answer).startswith("81 of 85 files: ")


@pytest.mark.english
def test_a_file_is_found_from_any_folder(run: Run, broken: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for path in (broken / "measures" / "13.yaml", Path("../plan/data/measures/13.yaml")):
        answer = run("check", str(path), cwd=elsewhere)
        assert answer.code == 1
        assert "13.yaml:8:12: error[unknown-unit]" in answer.out


@pytest.mark.english
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("data/measures/99.yaml",), "data/measures/99.yaml does not exist"),
        (("13.yaml",), "data/measures/13.yaml"),
        (("-o", "found.docx"), ".sarif"),
        (("data/schema/plan.json",), "is not a file of the plan in"),
        (("-",), "check - --as FILE"),
        (("data/units.yaml", "--as", "data/units.yaml"), "check - --as FILE"),
        (("-", "data/units.yaml", "--as", "data/units.yaml"), "check - --as FILE"),
        (("-", "--as", "data/schema/plan.json"), "is not a file of the plan in"),
        (("-", "--as", "data/measures/new.txt"), "does not exist"),
        (("--rule", "unknown-unti"), "unknown-unit"),
        (("--rule", "nothing-like-it"), "`credit-plan rules` lists all rules"),
        (("--format", "xml"), "junit"),
    ],
)
def test_a_mistyped_name_is_never_an_empty_success(
    run: Run, data: Path, words: tuple[str, ...], said: str
) -> None:
    answer = run("check", *words, cwd=data.parent, stdin="")
    assert (answer.code, answer.out) == (2, "")
    assert said in " ".join(answer.err.split())


@pytest.mark.english
def test_a_file_in_no_plan_is_exit_2(run: Run, tmp_path: Path) -> None:
    lonely = tmp_path / "lonely.yaml"
    lonely.write_text("id: 1\n")
    answer = run("check", str(lonely))
    assert answer.code == 2
    assert "is not part of a plan" in answer.err


@pytest.mark.english
def test_an_unsaved_buffer_is_read_in_the_place_of_its_file(run: Run, data: Path) -> None:
    file = data / "measures" / "13.yaml"
    buffer = file.read_text(encoding="utf-8").replace("[市交通运输局]", "[市交通运输厅]")
    answer = run("check", "-", "--as", "data/measures/13.yaml", cwd=data.parent, stdin=buffer)
    assert answer.code == 1
    assert answer.out.startswith("data/measures/13.yaml:8:12: error[unknown-unit]")
    assert "厅" not in file.read_text(encoding="utf-8")
    mended = run("check", "-", "--as", str(file), stdin=file.read_text(encoding="utf-8"))
    assert mended.code == 0


@pytest.mark.english
def test_an_unsaved_buffer_may_be_a_new_file(run: Run, data: Path) -> None:
    answer = run("check", "-", "--as", "data/measures/82.yaml", cwd=data.parent, stdin="id: 82\n")
    assert answer.code == 1
    assert answer.out.count("error[missing-key]") == 1
    assert "the keys “chapter”, “task”, “measures” are missing" in answer.out


@pytest.mark.english
def test_one_rule_may_be_asked_for(run: Run, broken: Path) -> None:
    answer = run("check", "--rule", "unknown-unit", "--format", "json", cwd=broken.parent)
    assert (answer.code, rules(answer)) == (1, ["unknown-unit"])
    other = run("check", "--rule", "repeated_id", cwd=broken.parent)
    assert other.code == 0
    assert "no errors · only repeated-id · not shown: " in closing(other)


@pytest.mark.english
def test_warnings_count_as_errors_only_where_asked(run: Run, data: Path) -> None:
    replace(
        data / "measures" / "13.yaml",
        "lead: [市交通运输局]",
        "lead: [市交通运输局]\n    responsible: [市交通运输局]",
    )
    words = ("check", "data/measures/13.yaml")
    assert run(*words, cwd=data.parent).code == 0
    strict = run(*words, "--warnings-as-errors", cwd=data.parent)
    assert strict.code == 1
    assert "warning[unit-in-both-roles]" in strict.out


@pytest.mark.english
def test_the_shipped_data_is_free_of_findings(run: Run) -> None:
    """What the published table really has is accepted, so that a warning is always news."""
    answer = run("check", "--warnings-as-errors")
    assert (answer.code, answer.out) == (0, f"{CLEAN}, 22 accepted\n")


@pytest.mark.english
def test_accepted_findings_are_listed_where_asked_with_their_reasons(run: Run) -> None:
    answer = run("check", "--accepted", "--format", "json", "--warnings-as-errors")
    rows = json.loads(answer.out)["rows"]
    assert (answer.code, len(rows)) == (0, 22)
    assert all("原表" in row["accepted"] for row in rows)
    text = run("check", "--accepted", "data/measures/12.yaml").out
    assert text.count("    accepted: 原表") == 1
    assert "hint:" not in text
    assert text.endswith(
        "1 of 85 files: no errors, 1 accepted · in other files: no errors, 21 accepted\n"
    )
    assert run("check", "--accepted", "--quiet").out == ""
    only = run("check", "--rule", "group-lead")
    assert (
        closing(only)
        == f"{CLEAN}, 6 accepted · only group-lead · not shown: no errors, 16 accepted"
    )


@pytest.mark.english
def test_lines_that_move_leave_an_acceptance_valid(run: Run, data: Path) -> None:
    for name in ("42.yaml", "79.yaml"):
        file = data / "measures" / name
        lines = file.read_text(encoding="utf-8").splitlines()
        file.write_text(
            "# 行号变了\n\n" + "\n".join(lines).replace("    target: ", "    target:  ")
        )
    assert closing(run("check", cwd=data.parent)) == f"{CLEAN}, 22 accepted"


@pytest.mark.english
def test_a_mended_finding_leaves_an_unused_acceptance_in_its_own_file(run: Run, data: Path) -> None:
    """The whole plan is judged, whatever is reported on."""
    replace(data / "measures" / "42.yaml", "以下工作:有效", "以下工作：有效")
    place = "data/accepted.yaml:4:11: warning[unused-acceptance]"
    for words in ((), ("data/accepted.yaml",), ("--rule", "unused-acceptance")):
        answer = run("check", "--warnings-as-errors", *words, cwd=data.parent)
        assert (answer.code, answer.out.count(place)) == (1, 1), words
    other = run("check", "data/measures/42.yaml", cwd=data.parent)
    assert closing(other).endswith("in other files: no errors, 1 warning, 20 accepted")
    # An unsaved buffer is judged in the place of its file, that of the acceptances too.
    buffer = (data / "accepted.yaml").read_text(encoding="utf-8").split("  - rule")
    unsaved = run(
        *("check", "-", "--as", "data/accepted.yaml"),
        cwd=data.parent,
        stdin="  - rule".join((buffer[0], *buffer[2:])),
    )
    assert closing(unsaved) == "1 of 85 files: no errors · in other files: no errors, 21 accepted"


def test_while_the_plan_has_errors_no_acceptance_is_called_unused(run: Run, data: Path) -> None:
    file = data / "measures" / "42.yaml"
    file.write_text(file.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    answer = run("check", cwd=data.parent)
    assert answer.code == 1
    assert "unused-acceptance" not in answer.out


@pytest.mark.english
def test_no_question_depends_on_what_is_accepted(run: Run, data: Path) -> None:
    (data / "accepted.yaml").write_text("accepted: [\n")
    assert run("due", cwd=data.parent).code == 0
    assert run("check", "-q", cwd=data.parent).code == 1
    (data / "accepted.yaml").unlink()
    assert closing(run("check", cwd=data.parent)) == f"{CLEAN}, 10 warnings, 12 notices"


@pytest.mark.english
def test_quiet_shows_what_decides_and_nothing_else(run: Run, broken: Path, data: Path) -> None:
    answer = run("check", "--quiet", "data/measures/13.yaml", cwd=broken.parent)
    assert answer.code == 1
    assert answer.out.splitlines()[0].startswith("data/measures/13.yaml:8:12: error[unknown-unit]")
    assert answer.out.splitlines()[-1].startswith("    hint: ")
    sound = run("check", "-q", "data/measures/12.yaml", cwd=data.parent)
    assert (sound.code, sound.out, sound.err) == (0, "", "")


@pytest.mark.english
def test_the_page_of_a_job_gets_what_is_not_annotated(
    run: Run, broken: Path, tmp_path: Path
) -> None:
    page = tmp_path / "summary.md"
    page.write_text("before\n")
    answer = run("check", "--format", "github", cwd=broken.parent, GITHUB_STEP_SUMMARY=str(page))
    assert answer.code == 1
    assert answer.out.startswith("::error file=data/measures/13.yaml,line=8,")
    assert page.read_text(encoding="utf-8").startswith("before\n")
    assert "81 tasks" in page.read_text(encoding="utf-8")


@pytest.mark.english
def test_a_page_that_cannot_be_written_does_not_undo_the_check(
    run: Run, broken: Path, tmp_path: Path
) -> None:
    for page, code in ((tmp_path, 1), (tmp_path / "no" / "page.md", 1)):
        answer = run(
            "check", "--format", "github", cwd=broken.parent, GITHUB_STEP_SUMMARY=str(page)
        )
        assert answer.code == code
        assert "cannot write the summary to" in answer.err


@pytest.mark.english
def test_rules_are_listed_and_explained(run: Run) -> None:
    listed = json.loads(run("rules", "--format", "json").out)
    assert [row["rule"] for row in listed["rows"]] == [it.name for it in RULES]
    for it in RULES:
        assert it.name in run("rules").out
    page = run("explain", "unknown-unit")
    assert page.code == 0
    assert page.out.startswith(
        "unknown-unit (error)\n\nEvery unit that a measure or a report names"
    )
    wrong = run("explain", "unknwon-unit")
    assert (wrong.code, wrong.out) == (2, "")
    assert "unknown-unit" in wrong.err


def test_a_finding_is_reported_in_chinese(run_chinese: Run, broken: Path) -> None:
    answer = run_chinese("check", "data/measures/13.yaml", cwd=broken.parent)
    assert answer.code == 1
    assert answer.out.startswith(
        "data/measures/13.yaml:8:12: 错误[unknown-unit] “市交通运输厅”不在单位名录中\n"
        "      lead: [市交通运输厅]\n"
        "             ^^^^^^^^^^^^\n"
        "    改法：是不是“市交通运输局”？\n"
    )


@pytest.mark.parametrize(
    ("form", "codes"),
    [
        ("json", r'"(?:rule|severity|file)": .*'),
        ("github", r"^::\w+ .*?::"),
        ("sarif", r'"(?:ruleId|level|uri)": .*'),
        ("junit", r'(?:classname|type)=".*?"'),
    ],
)
def test_what_programs_read_of_a_finding_is_the_same_in_chinese(
    run: Run, run_chinese: Run, broken: Path, form: str, codes: str
) -> None:
    words = ("check", "--format", form)
    english, chinese = (it(*words, cwd=broken.parent).out for it in (run, run_chinese))
    assert "“市交通运输厅”不在单位名录中" in chinese
    assert re.findall(codes, chinese, re.MULTILINE)
    assert re.findall(codes, english, re.MULTILINE) == re.findall(codes, chinese, re.MULTILINE)


def test_rules_are_listed_and_explained_in_chinese(run_chinese: Run) -> None:
    assert "unknown-unit         错误  措施和报送所写的单位" in run_chinese("rules").out
    page = run_chinese("explain", "unknown-unit").out
    assert page.startswith("unknown-unit（错误）\n\n措施和报送所写的单位")


@pytest.mark.parametrize(
    ("kind", "files"),
    [
        ("measures", "measures/*.yaml"),
        ("units", "units.yaml"),
        ("plan", "plan.yaml"),
        ("accepted", "accepted.yaml"),
    ],
)
def test_the_real_data_is_valid_by_the_schema(
    run: Run, kind: str, files: str, tmp_path: Path
) -> None:
    schema = tmp_path / "schema.json"
    assert run("schema", kind, "--output", str(schema)).code == 0
    described = json.loads(schema.read_text(encoding="utf-8"))
    for record in (described, *described.get("$defs", {}).values()):
        assert record["title"]
        assert record["description"]
        for key, field in record.get("properties", {}).items():
            assert field.get("title"), key
            assert field.get("description"), key
    checked = validated(schema, *sorted((ROOT / "data").glob(files)))
    assert checked.returncode == 0, checked.stdout.decode()


def test_the_schema_refuses_what_check_refuses(broken: Path) -> None:
    schema = ROOT / "data" / "schema" / "measures.json"
    for name in ("13.yaml", "14.yaml"):
        assert validated(schema, broken / "measures" / name).returncode == 1


def test_every_file_names_its_schema() -> None:
    for file in (ROOT / "data").rglob("*.yaml"):
        first = file.read_text(encoding="utf-8").split("\n")[0]
        reference = first.removeprefix("# yaml-language-server: $schema=")
        kind = "measures" if file.parent.name == "measures" else file.stem
        assert (file.parent / reference).resolve() == ROOT / "data" / "schema" / f"{kind}.json"


def validated(schema: Path, *files: Path) -> subprocess.CompletedProcess[bytes]:
    """Return what another validator says of files."""
    words = ("-m", "check_jsonschema", "--schemafile", str(schema), *map(str, files))
    return subprocess.run([sys.executable, *words], capture_output=True, check=False)


@pytest.mark.english
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes among files")
@pytest.mark.parametrize(
    "hostile", ["large", "deep", "bomb", "pipe", "outward", "dangling", "zero"]
)
def test_a_hostile_file_is_one_clean_message(run: Run, data: Path, hostile: str) -> None:
    file = data / "measures" / "13.yaml"
    sound = file.read_bytes()
    file.unlink()
    match hostile:
        case "large":
            with file.open("wb") as hole:
                hole.truncate(200 * 2**20)
        case "deep":
            file.write_text("a: " + "[" * 100_000)
        case "bomb":
            names = "abcdefghij"
            bomb = [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in pairwise(names)]
            file.write_text("\n".join(["a: &a [lol]", *bomb]))
        case "pipe":
            os.mkfifo(file)
        case "outward":
            (data.parent / "13.yaml").write_bytes(sound)
            file.symlink_to(data.parent / "13.yaml")
        case "dangling":
            file.symlink_to(data / "nowhere.yaml")
        case "zero":
            file.symlink_to("/dev/zero")
    answer = run("check", "data/measures/13.yaml", cwd=data.parent)
    assert answer.code == 1
    assert answer.out.count("error[") == 1
    assert answer.out.startswith("data/measures/13.yaml:1:")


def test_a_link_inside_the_data_is_followed(run: Run, data: Path) -> None:
    file = data / "measures" / "13.yaml"
    (data / "kept").mkdir()
    file.rename(data / "kept" / "13.yaml")
    file.symlink_to(data / "kept" / "13.yaml")
    assert run("check", "data/measures/13.yaml", cwd=data.parent).code == 0


@pytest.mark.parametrize(
    "dashes", ["——quiet", "—quiet", "－－quiet", "－q", "–q", "－－ｑｕｉｅｔ", "-ｑ"]
)
def test_the_dashes_of_a_chinese_keyboard_begin_an_option(run: Run, dashes: str) -> None:
    answer = run("check", dashes)
    assert (answer.code, answer.out, answer.err) == (0, "", "")


@pytest.mark.parametrize("name", ["found.json", "found.sarif", "found.xml", "found.TXT"])
def test_the_ending_of_a_file_says_the_format(run: Run, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    answer = run("check", "--accepted", "--output", str(file))
    assert (answer.code, answer.out) == (0, "")
    begins = {".json": "{", ".sarif": "{", ".xml": "<?xml", ".txt": "data/"}
    assert file.read_text(encoding="utf-8").startswith(begins[file.suffix.lower()])


@pytest.mark.english
def test_a_plan_without_its_measures_is_no_reason_to_check_another(run: Run, data: Path) -> None:
    shutil.rmtree(data / "measures")
    for words in (("check",), ("fmt",), ("due",)):
        answer = run(*words, cwd=data.parent)
        assert (answer.code, answer.out) == (3, "")
        assert "it has no folder “measures”" in answer.err


@pytest.mark.english
def test_elsewhere_the_installed_copy_is_checked_and_never_edited(run: Run, tmp_path: Path) -> None:
    checked = run("check", "--quiet", cwd=tmp_path)
    assert checked.code == 0
    assert checked.err.startswith("No plan found here")
    formed = run("fmt", cwd=tmp_path)
    assert (formed.code, formed.out) == (3, "")


@pytest.mark.english
def test_measures_that_are_elsewhere_are_not_followed(run: Run, data: Path, tmp_path: Path) -> None:
    (data / "measures").rename(tmp_path / "elsewhere")
    (data / "measures").symlink_to(tmp_path / "elsewhere")
    answer = run("check", cwd=data.parent)
    assert answer.code == 3
    assert "to a folder outside the data" in answer.err


@pytest.mark.english
def test_a_link_to_itself_is_a_finding(run: Run, data: Path) -> None:
    file = data / "measures" / "13.yaml"
    file.unlink()
    file.symlink_to("13.yaml")
    answer = run("check", "-q", cwd=data.parent)
    assert answer.code == 1
    assert "13.yaml:1:1: error[unreadable-file]" in answer.out


def test_a_closed_standard_input_is_wrong_usage(shell: Shell) -> None:
    done = shell(f"{sys.executable} -m credit_plan check - --as data/units.yaml <&-")
    assert done.returncode == 2
    assert b"standard input is closed" in done.stderr


@pytest.mark.english
def test_thousands_of_findings_are_counted_and_not_all_listed(run: Run, data: Path) -> None:
    file = data / "measures" / "13.yaml"
    replace(file, "“信用交通省”", "信用, " * 20_000)
    answer = run("check", "-q", "--rule", "stray-space", cwd=data.parent)
    assert answer.code == 1
    assert answer.out.count("error[stray-space]") == 101
    assert "19,900 more findings of this kind in this file" in answer.out
