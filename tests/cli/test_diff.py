"""`credit-plan diff` as it is typed: folders and git revisions, every format, every refusal."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.cases import BASE, lay_out
from tests.compare.test_indicators import INDICATORS
from tests.conftest import ROOT, Outcome, Run

GIT = shutil.which("git") or ""
TASK = "measures/01.yaml"
pytestmark = pytest.mark.skipif(not GIT, reason="no git")


def git(folder: Path, *words: str) -> str:
    """Return what git says, without anything of the person who runs the tests."""
    done = subprocess.run(
        [GIT, "-c", "user.name=甲", "-c", "user.email=jia@example.org", *words],
        cwd=folder,
        env={
            **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
        },
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().strip()


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def commit(folder: Path, message: str = "change") -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository with the small plan in `data`, and a deadline that has moved since."""
    folder = tmp_path / "计划 库"
    lay_out(BASE, folder / "data")
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder)
    git(folder, "tag", "published")
    replace(folder / "data" / TASK, "by: 2023-12-31, ongoing", "by: 2024-12-31, ongoing")
    replace(folder / "data" / TASK, "2023年底前完成并", "2024年底前完成并")
    return folder


def changed(answer: Outcome) -> list[tuple[str, str, str]]:
    assert answer.code == 0, answer.err
    return [(row["change"], row["id"], row["field"]) for row in json.loads(answer.out)["rows"]]


MOVED = [("changed", "1.2", "deadline"), ("changed", "1.2", "deadline_text")]


@pytest.mark.english
@pytest.mark.parametrize("old", ["HEAD", "main", "published", "HEAD@{0}", "refs/tags/published"])
def test_a_revision_against_the_plan_as_it_is(run: Run, repository: Path, old: str) -> None:
    answer = run("diff", old, cwd=repository)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines() == [
        f"Changes from {old} to data",
        "ID   Change   Field       Difference",
        "1  加强信用信息归集",
        "1.2  changed  Deadline    2023-12-31 → 2024-12-31 (366 days later)",
        "1.2  changed  As printed  [-2023-]{+2024+}年底前完成并长期坚持",
        "",
        "1 measure changed",
    ]


def test_two_revisions_and_a_commit_by_the_beginning_of_its_name(
    run: Run, repository: Path
) -> None:
    name = commit(repository)
    assert changed(run("diff", "HEAD~1", name[:8], "-f", "json", cwd=repository)) == MOVED
    assert changed(run("diff", "HEAD", "published", "-f", "json", cwd=repository)) == MOVED
    assert changed(run("diff", "HEAD", "-f", "json", cwd=repository)) == []


@pytest.mark.english
def test_alone_it_compares_the_plan_as_it_is_with_the_last_commit(
    run: Run, repository: Path
) -> None:
    answer = run("diff", cwd=repository)
    assert answer == run("diff", "HEAD", cwd=repository)
    assert answer.out.startswith("Changes from HEAD to data\n")
    commit(repository)
    (repository / "HEAD").mkdir()
    assert changed(run("diff", "-f", "json", cwd=repository)) == []


@pytest.mark.english
def test_alone_it_says_what_there_is_not_to_compare_with(
    run: Run, repository: Path, tmp_path: Path
) -> None:
    apart = {"GIT_CEILING_DIRECTORIES": str(tmp_path)}
    answer = run("diff", cwd=tmp_path, **apart)
    assert (answer.code, answer.out) == (3, "")
    assert "the installed copy has no revisions to compare it with" in answer.err
    shutil.copytree(repository / "data", tmp_path / "new" / "data")
    answer = run("diff", cwd=tmp_path / "new", **apart)
    assert (answer.code, answer.out) == (3, "")
    assert "not a git repository" in answer.err
    assert "“credit-plan diff FOLDER” compares without git" in answer.err
    git(tmp_path / "new", "init", "--quiet")
    for words in (("diff",), ("diff", "HEAD")):
        answer = run(*words, cwd=tmp_path / "new")
        assert (answer.code, answer.out) == (3, "")
        assert answer.err.endswith("has no commit yet\n")


def test_the_exit_code_says_whether_the_plans_differ_if_that_is_asked(
    run: Run, repository: Path
) -> None:
    commit(repository)
    for words, code in ((("published",), 1), (("HEAD",), 0), (("published", "2"), 0)):
        answer = run("diff", "--exit-code", *words, cwd=repository)
        assert answer.code == code
        assert answer.out == run("diff", *words, cwd=repository).out


@pytest.mark.english
@pytest.mark.parametrize(
    "words", [("1",), ("1.2",), ("第1.2项",), ("１。２",), ("HEAD", "2", "1.2")]
)
def test_ids_narrow_it_to_tasks_and_measures(
    run: Run, repository: Path, words: tuple[str, ...]
) -> None:
    replace(repository / "data" / "plan.yaml", "tasks: 2\n", "tasks: 9\n")
    answer = run("diff", *words, "-f", "json", cwd=repository)
    assert changed(answer) == MOVED
    shown = run("diff", *words, cwd=repository).out
    assert "1.2  changed  As printed  [-2023-]{+2024+}年底前完成并长期坚持" in shown
    assert "Tasks" not in shown
    assert "Tasks" in run("diff", cwd=repository).out


@pytest.mark.english
def test_without_a_difference_in_what_is_asked_it_says_that_of_this_alone(
    run: Run, repository: Path
) -> None:
    answer = run("diff", "1.1", "2", cwd=repository)
    assert answer.out == "Changes from HEAD to data · 1.1, 2\nno differences\n"
    assert answer.err.startswith("The records of 1.1, 2 are the same.")


@pytest.mark.english
def test_a_folder_that_is_named_like_a_task_is_a_folder_and_a_branch_is_written_in_full(
    run: Run, repository: Path
) -> None:
    git(repository, "branch", "1")
    assert changed(run("diff", "heads/1", "1", "-f", "json", cwd=repository)) == MOVED
    lay_out(BASE, repository / "1")
    answer = run("diff", "1", cwd=repository)
    assert answer.out.startswith("Changes from 1 to data\n")


def test_folders_need_no_git(run: Run, repository: Path, tmp_path: Path) -> None:
    lay_out(BASE, tmp_path / "old")
    for old in ("old", str(tmp_path / "old")):
        answer = run("diff", old, str(repository), "-f", "json", cwd=tmp_path, PATH="")
        assert changed(answer) == MOVED
    answer = run("diff", "old", "-f", "json", "--data", str(repository), cwd=tmp_path, PATH="")
    assert changed(answer) == MOVED
    answer = run("diff", "old", "-f", "json", cwd=tmp_path, CREDIT_PLAN_DATA=str(repository))
    assert changed(answer) == MOVED


@pytest.mark.english
def test_a_folder_is_a_folder_also_where_a_branch_has_its_name(run: Run, repository: Path) -> None:
    git(repository, "branch", "data")
    assert changed(run("diff", "data", "-f", "json", cwd=repository)) == []
    assert changed(run("diff", "refs/heads/data", "-f", "json", cwd=repository)) == MOVED
    assert run("-v", "diff", "data", cwd=repository).err.startswith(
        f"Data: {repository / 'data'}\n"
    )
    assert changed(run("diff", "data~0", "-f", "json", cwd=repository)) == MOVED


def test_the_repository_is_that_of_the_data_wherever_one_stands(
    run: Run, repository: Path, tmp_path: Path
) -> None:
    data = str(repository / "data")
    words = ("diff", "HEAD", "-f", "json")
    for cwd in (repository / "data" / "measures", tmp_path):
        assert changed(run(*words, "--data", data, cwd=cwd)) == MOVED
    assert changed(run("diff", "HEAD", data, "-f", "json", cwd=tmp_path)) == MOVED
    # A hook is told which repository it runs for, and may look at another.
    assert changed(run(*words, "--data", data, cwd=tmp_path, GIT_DIR=str(tmp_path))) == MOVED


def test_a_plan_that_has_moved_within_the_repository(run: Run, repository: Path) -> None:
    plans = repository / "plans" / "甲"
    plans.mkdir(parents=True)
    (repository / "data").rename(plans / "data")
    words = ("diff", "HEAD", "-f", "json", "--data", str(plans))
    assert changed(run(*words, cwd=repository)) == MOVED


@pytest.mark.english
def test_data_at_the_root_of_a_repository(run: Run, tmp_path: Path) -> None:
    lay_out(BASE, tmp_path)
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    replace(tmp_path / TASK, "by: 2023-12-31, ongoing", "by: 2024-12-31, ongoing")
    answer = run("diff", "HEAD", ".", "-f", "json", cwd=tmp_path)
    assert changed(answer) == MOVED[:1]
    assert answer.err == ". has 1 error; it is compared anyway\n"


@pytest.mark.english
def test_files_of_a_revision_are_named_by_it_and_nothing_of_it_is_left_behind(
    run: Run, repository: Path, tmp_path: Path
) -> None:
    replace(repository / "data" / TASK, "chapter: 1", "chapter: [1")
    commit(repository)
    rooms = tmp_path / "rooms"
    rooms.mkdir()
    answer = run("diff", "HEAD", "published", cwd=repository, TMPDIR=str(rooms))
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("HEAD:data/measures/01.yaml:")
    assert "cannot answer: the data has" in answer.err
    assert str(rooms) not in answer.err
    assert list(rooms.iterdir()) == []
    assert tempfile.gettempdir() not in answer.err
    assert run("diff", "published", "HEAD", cwd=repository).code == 1
    assert run("diff", "published", cwd=repository).code == 1


@pytest.mark.english
def test_a_plan_of_old_may_break_a_rule(run: Run, repository: Path) -> None:
    replace(repository / "data" / "plan.yaml", "tasks: 2\n", "tasks: 9\n")
    commit(repository)
    answer = run("diff", "HEAD", "published", cwd=repository)
    assert answer.code == 0
    assert answer.err == "HEAD has 1 error; it is compared anyway\n"
    assert "changed  Tasks  9 → 2" in answer.out


@pytest.mark.english
def test_verbose_names_both_plans(run: Run, repository: Path) -> None:
    answer = run("-v", "diff", "HEAD", cwd=repository)
    assert answer.err == f"Data: HEAD:data/\nData: {repository / 'data'}\n"


@pytest.mark.english
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("diff", "publish"), "Did you mean one of these?\n  published"),
        (("diff", "mian"), "  main\n"),
        (
            ("diff", "HEAD~9"),
            "“HEAD~9” is neither a folder nor a revision in the git repository at",
        ),
        (("diff", "HEAD:data"), "“HEAD:data” is neither a folder"),
        (("diff", "^HEAD"), "“^HEAD” is neither a folder"),
        (("diff", "HEAD..main"), "“HEAD..main” is neither a folder"),
        (("diff", ""), "“” is neither a folder"),
        (("diff", "--", "--help"), "“--help” is neither a folder"),
        (("diff", "--", "-n1"), "“-n1” is neither a folder"),
        (("diff", "HEAD", "长" * 5000), "长…”"),
        (("diff", "--upload-pack=x"), "No such option"),
        (("diff", "HEAD", "main", "three"), "more than two plans"),
        (("diff", "1.9"), "neither plan has a task or measure “1.9”"),
        (("diff", "HEAD", "1", "3"), "a branch of this name is heads/3, a tag is tags/3"),
    ],
    ids=lambda value: " ".join(value)[:20] if isinstance(value, tuple) else "",
)
def test_what_is_no_revision_is_exit_2(
    run: Run, repository: Path, words: tuple[str, ...], said: str
) -> None:
    answer = run(*words, cwd=repository)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_a_shallow_clone_says_how_to_get_the_rest(
    run: Run, repository: Path, tmp_path: Path
) -> None:
    commit(repository)
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth", "1", repository.as_uri(), str(shallow))
    answer = run("diff", "HEAD~1", cwd=shallow)
    assert answer.code == 2
    assert "git fetch --unshallow" in answer.err


def test_the_indicators_of_a_revision_are_compared_too(run: Run, repository: Path) -> None:
    """Of a revision that has none, every one is added."""
    data = repository / "data"
    git(repository, "checkout", "--quiet", ".")
    (data / "indicators.yaml").write_text(INDICATORS, encoding="utf-8")
    commit(repository)
    git(repository, "tag", "promised")
    replace(data / "indicators.yaml", "value: 60", "value: 70")
    answer = run("diff", "promised", "-f", "json", cwd=repository)
    assert changed(answer) == [("changed", "assessed", "value")]
    assert changed(run("diff", "published", "promised", "-f", "json", cwd=repository)) == [
        ("added", "assessed", "name"),
        ("added", "covered", "name"),
    ]


@pytest.mark.english
def test_reports_of_progress_are_not_looked_at(run: Run, repository: Path) -> None:
    """Whatever is wrong with them, they are no part of the plan."""
    progress = repository / "data" / "progress"
    progress.mkdir()
    (progress / "01.yaml").write_text("entries: [\n", encoding="utf-8")
    (progress / "02.yaml").write_text('entries:\n  - measure: "9.9"\n', encoding="utf-8")
    (progress / "stray.txt").write_text("x", encoding="utf-8")
    assert run("check", cwd=repository).code == 1
    answer = run("diff", "HEAD", "-f", "json", cwd=repository)
    assert (changed(answer), answer.err) == (MOVED, "")
    commit(repository)
    answer = run("diff", "HEAD", "-f", "json", cwd=repository)
    assert changed(answer) == []
    assert "reports of progress are not compared" in answer.err


def test_a_worktree_without_a_branch(run: Run, repository: Path, tmp_path: Path) -> None:
    apart = tmp_path / "apart"
    git(repository, "worktree", "add", "--quiet", "--detach", str(apart))
    assert changed(run("diff", "HEAD", "-f", "json", cwd=apart)) == []
    replace(apart / "data" / TASK, "by: 2023-12-31, ongoing", "by: 2024-12-31, ongoing")
    replace(apart / "data" / TASK, "2023年底前完成并", "2024年底前完成并")
    assert changed(run("diff", "published", "-f", "json", cwd=apart)) == MOVED
    assert changed(run("diff", str(repository), "-f", "json", cwd=apart)) == []


@pytest.mark.english
def test_what_cannot_be_compared_at_all_is_exit_3(
    run: Run, repository: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    lay_out(BASE, outside / "data")
    answer = run("diff", "HEAD", cwd=outside, GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert (answer.code, answer.out) == (3, "")
    assert f"Error: no revisions in {outside / 'data'}: not a git repo" in answer.err
    answer = run("diff", "HEAD", cwd=repository, PATH="")
    assert answer.code == 3
    assert "git is not installed" in answer.err
    (repository / "empty").mkdir()
    answer = run("diff", "HEAD", "empty", cwd=repository)
    assert answer.code == 3
    assert "empty contains no plan" in answer.err
    shutil.rmtree(repository / "data")
    commit(repository)
    answer = run("diff", "HEAD", "published", cwd=repository)
    assert answer.code == 3
    assert "no plan in “HEAD”: there is no folder “measures”" in answer.err
    assert run("diff", "HEAD~1", "published", cwd=repository).code == 0


@pytest.mark.english
def test_links_odd_names_large_files_and_submodules_of_a_revision(
    run: Run, repository: Path
) -> None:
    """They are what they are in a folder: a link within the data is read, the rest is refused."""
    data = repository / "data"
    (data / "measures" / "02.yaml").rename(data / "two.yml")
    (data / "measures" / "02.yaml").symlink_to("../two.yml")
    (data / "measures" / "\t奇 ‘名’\n.txt").write_text("x")
    (data / "measures" / "03.yaml").symlink_to("/etc/passwd")
    (data / "measures" / "04.yaml").write_bytes(b"#" * (2**20 + 1))
    (data / "measures" / "folder").mkdir()
    (data / "measures" / "folder" / "x").write_text("x")
    git(repository, "add", "--all")
    sub = git(repository, "rev-parse", "HEAD")
    git(repository, "update-index", "--add", "--cacheinfo", f"160000,{sub},data/measures/sub")
    git(repository, "commit", "--quiet", "--message", "odd")
    answer = run("diff", "HEAD", "published", cwd=repository)
    assert answer.code == 1
    lines = [line for line in answer.err.splitlines() if line.startswith("HEAD:")]
    assert [line.partition(": error")[0].removeprefix("HEAD:data/") for line in lines] == [
        "measures/\\t奇 ‘名’\\n.txt:1:1",
        "measures/03.yaml:1:1",
        "measures/04.yaml:1:1",
        "measures/folder:1:1",
        "measures/sub:1:1",
        "two.yml:1:1",
    ]
    assert "it is a link that points outside the data folder" in lines[1]
    assert "the file is too large" in lines[2]
    assert "root:" not in answer.err


def test_no_attribute_filter_or_hook_changes_what_is_read(
    run: Run, repository: Path, tmp_path: Path
) -> None:
    attributes = "* eol=crlf filter=spoil\n*.yaml export-ignore export-subst ident\n"
    (repository / ".gitattributes").write_text(attributes, encoding="utf-8")
    replace(repository / "data" / TASK, "推动信息共享。", "推动信息共享$Format:%H$$Id$。")
    ran = tmp_path / "ran"
    git(repository, "config", "filter.spoil.clean", "cat")
    git(repository, "config", "filter.spoil.smudge", f"touch '{ran}'")
    hook = repository / ".git" / "hooks" / "post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch '{ran}'\n", encoding="utf-8")
    hook.chmod(0o755)
    commit(repository)
    answer = run("diff", "published", "HEAD", "-f", "json", cwd=repository)
    assert changed(answer) == [("changed", "1.2", "text"), *MOVED]
    assert "$Format:%H$$Id$" in answer.out
    assert not ran.exists()


@pytest.mark.english
def test_two_revisions_need_no_plan_beside_them(run: Run, repository: Path) -> None:
    commit(repository)
    shutil.rmtree(repository / "data" / "measures")
    assert changed(run("diff", "HEAD~1", "HEAD", "-f", "json", cwd=repository)) == MOVED
    answer = run("diff", "HEAD~1", "HEAD", "--data", "data", cwd=repository)
    assert answer.code == 3
    assert "it has no folder “measures”" in answer.err


@pytest.mark.english
@pytest.mark.parametrize(
    ("form", "start"),
    [
        ("table", "Changes from"),
        ("json", "{"),
        ("csv", "\ufeffchange,kind,id,"),
        ("markdown", "## Changes from"),
    ],
)
def test_every_format_and_no_difference(
    run: Run, repository: Path, tmp_path: Path, form: str, start: str
) -> None:
    answer = run("diff", "HEAD", "--format", form, cwd=repository)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(start)
    answer = run("diff", "HEAD", "published", "--format", form, cwd=repository)
    assert answer.code == 0
    assert answer.out.startswith(start)
    assert answer.err.startswith("All records are the same")
    if form in ("table", "markdown"):
        assert "no differences" in answer.out
    file = tmp_path / "answer.md"
    answer = run("diff", "HEAD", "-o", str(file), cwd=repository)
    assert (answer.out, answer.err) == ("", f"Written to {file}\n")
    assert "~~2023~~ **2024** 年底前" in file.read_text(encoding="utf-8")


@pytest.mark.english
def test_the_real_plan_against_a_small_one(run: Run, tmp_path: Path) -> None:
    """All of it is new beside the small example; every line fits the screen."""
    lay_out(BASE, tmp_path)
    for width in ("40", "80", "160"):
        answer = run("diff", str(tmp_path), str(ROOT / "data"), COLUMNS=width)
        assert (answer.code, answer.err) == (0, "")
        assert "228 measures added" in " ".join(answer.out.split())


@pytest.mark.english
def test_without_a_plan_here_the_bundled_one_is_compared_and_that_is_said(
    run: Run, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "old")
    answer = run("diff", "old", cwd=tmp_path)
    assert answer.code == 0
    assert answer.err.startswith("No plan found here")
    assert "no differences" in answer.out


def test_what_differs_is_said_in_chinese(run_chinese: Run, repository: Path) -> None:
    answer = run_chinese("diff", "HEAD", cwd=repository)
    assert (answer.code, answer.err) == (0, "")
    assert not re.search("[A-Za-z]", answer.out.replace("HEAD", "").replace(" data ", ""))
    for words in ("编号", "变动", "项目", "差异", "（推迟366天）", "修改措施1条"):
        assert words in answer.out
    headings, first, *_others = csv.reader(
        io.StringIO(run_chinese("diff", "HEAD", "-f", "csv", cwd=repository).out[1:])
    )
    assert dict(zip(headings, first, strict=True)).items() >= {
        ("变动", "修改"),
        ("类别", "措施"),
        ("项目", "完成时限"),
    }


def test_what_is_no_revision_is_said_in_chinese(run_chinese: Run, repository: Path) -> None:
    answer = run_chinese("diff", "mian", cwd=repository)
    assert answer.code == 2
    assert answer.err.startswith(f"错误：“mian”不是文件夹，也不是 {repository}")
