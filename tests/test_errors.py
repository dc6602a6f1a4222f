"""What the system refuses is said in words of ours, or else as the system says it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from credit_plan.errors import describe_cause, describe_error
from tests.conftest import Run

UNKNOWN = "另一个程序正在使用此文件，进程无法访问。"


@pytest.mark.parametrize("code", [errno.EACCES, errno.ENOENT, errno.ENOSPC, errno.EPIPE])
def test_in_english_the_system_has_its_own_words(code: int) -> None:
    assert describe_error(OSError(code, os.strerror(code), "a.csv")) == (
        f"a.csv: {os.strerror(code)}"
    )
    assert describe_error(OSError(code, os.strerror(code))) == os.strerror(code)


def test_what_windows_says_is_kept() -> None:
    """It is in the language of Windows, and says more than the number that C knows."""
    error = PermissionError(errno.EACCES, UNKNOWN)
    error.winerror = 32  # type: ignore[attr-defined]  only Windows has it
    assert describe_cause(error) == UNKNOWN


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("missing/plan.csv", "没有这个文件或文件夹"),
        ("file/plan.csv", "路径中有一级不是文件夹"),
        (f"{'x' * 300}.csv", "文件名过长"),
    ],
)
def test_in_chinese_it_has_words_of_ours(
    place: str, said: str, tmp_path: Path, run_chinese: Run
) -> None:
    """The C library would say it in English."""
    (tmp_path / "file").touch()
    ended = run_chinese("units", "--output", str(tmp_path / place), LC_ALL="C.UTF-8")
    assert ended.code == 3
    assert ended.err == f"错误：{said}（{tmp_path / place}）\n"
