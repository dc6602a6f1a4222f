"""Locales: arguments, files and pipes in UTF-8, GBK, GB18030, Big5, and in one without Chinese."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_record import entries
from tests.conftest import ROOT, inherited, locale_named
from tests.program import Ended, run_by_itself

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="neither locales nor names of files are bytes here"
)
CHINESE = ("zh_CN.UTF-8", "zh_CN.GBK", "zh_CN.GB18030", "zh_TW.BIG5")
OTHERS = ("C", "en_US.ISO-8859-1")

Put = Callable[..., Ended]


@pytest.fixture(params=[*CHINESE, *OTHERS])
def name(request: pytest.FixtureRequest) -> str:
    """Return a locale."""
    return str(request.param)


@pytest.fixture
def encoding(name: str) -> str:
    """Return the encoding that the program is to use: UTF-8 where the locale has no Chinese."""
    return name.partition(".")[2] if name in CHINESE else "UTF-8"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a copy of the real plan, in which nothing has been reported."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


@pytest.fixture
def put(name: str, encoding: str, tmp_path: Path) -> Put:
    """Run the command with its words in the encoding of the locale; bytes are left as they are."""
    setting = inherited() | locale_named(name)

    def put_it(*words: str | bytes, stdin: bytes = b"", **environment: str) -> Ended:
        encoded = (it if isinstance(it, bytes) else it.encode(encoding) for it in words)
        ended = run_by_itself([*map(os.fsdecode, encoded)], tmp_path, setting | environment, stdin)
        assert b"Traceback" not in ended.err, ended.err
        return ended

    return put_it


def test_what_is_typed_is_stored(put: Put, data: Path) -> None:
    """The bytes of a note mean what they mean in the locale (attack X9)."""
    answer = put("record", "14", "--status", "done", "--note", "路中")
    assert answer.code == 0, answer.err
    assert [entry.note for entry in entries(data)] == ["路中"]


@pytest.mark.parametrize("name", ["zh_CN.GBK", "zh_CN.GB18030"], indirect=True)
def test_what_is_utf_8_by_chance_is_read_by_the_locale(put: Put, data: Path) -> None:
    """路楼 in GBK was stored as ·¥, which has the same bytes in UTF-8 (attack X9)."""
    assert put("record", "14", "--status", "done", "--note", b"\xc2\xb7\xc2\xa5").code == 0
    assert [entry.note for entry in entries(data)] == ["路楼"]


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--unit", b"\xff\xff"),
        ("record", "14", "--status", "done", "--note", b"\xff\xff"),
    ],
    ids=str,
)
def test_what_the_locale_cannot_read_is_refused(
    put: Put, data: Path, encoding: str, words: tuple[str | bytes, ...]
) -> None:
    """The error says which word and in which encoding, and nothing is stored (attack X9)."""
    answer = put(*words)
    assert (answer.code, answer.out) == (2, b"")
    said = answer.err.decode(encoding)
    assert rf"“\xff\xff” is not valid in {encoding}, the encoding in use" in said
    assert not (data / "progress").exists()


@pytest.mark.parametrize(
    "words", [("list", "-f", "markdown"), ("check", "--accepted")], ids=" ".join
)
def test_people_get_the_encoding_of_the_locale(
    put: Put, encoding: str, words: tuple[str, ...]
) -> None:
    """So grep finds 市住建局; what the encoding does not have is an escape, which is said once."""
    answer = put(*words)
    meant = put(*words, **locale_named("zh_CN.UTF-8")).out.decode()
    assert answer.out == meant.encode(encoding, "backslashreplace")
    has_all = answer.out == meant.encode(encoding, "ignore")
    assert has_all == (encoding != "BIG5")
    assert answer.err.count(b"are written as escapes") == (not has_all)


@pytest.mark.parametrize("name", ["zh_CN.GBK"], indirect=True)
@pytest.mark.parametrize("form", ["csv", "json", "github", "sarif", "junit"])
def test_programs_get_utf_8(put: Put, form: str) -> None:
    words = ("list",) if form == "csv" else ("check", "--accepted")
    answer = put(*words, "--format", form)
    assert "市" in answer.out.decode()
    assert answer.out == put(*words, "--format", form, **locale_named("zh_CN.UTF-8")).out


@pytest.mark.parametrize("name", ["zh_CN.UTF-8", "zh_CN.GBK"], indirect=True)
@pytest.mark.parametrize("variable", ["utf-8", "gbk:strict", "ascii", "latin-1:strict"])
def test_no_encoding_that_python_is_told_changes_a_pipe(put: Put, variable: str) -> None:
    assert put("unit", "法院", PYTHONIOENCODING=variable) == put("unit", "法院")


def test_a_table_is_read_whatever_the_locale(put: Put, data: Path) -> None:
    """What the encoding of a table is, its bytes tell: a spreadsheet does not ask the terminal."""
    rows = "措施,截至日期,填报单位,进展状态,说明\n14,2023-12-28,市营商局,进行中,进展顺利\n"
    answer = put("record", "--stdin", stdin=rows.encode("gbk"))
    assert answer.code == 0, answer.err
    assert [entry.note for entry in entries(data)] == ["进展顺利"]


@pytest.mark.parametrize("name", ["C", "zh_CN.GBK"], indirect=True)
def test_a_path_may_hold_any_bytes(put: Put, tmp_path: Path) -> None:
    """Names of files are bytes; only what is stored must be text."""
    odd = b"\xff\xff"
    for words, code in (
        (("init", odd), 0),
        (("list", "--data", odd + b"/data", "--output", odd + b"/a.csv"), 0),
        (("check", odd + b"/data/units.yaml"), 0),
        (("fmt", odd + b"/data/units.yaml"), 0),
        (("diff", odd + b"/data", odd), 0),
        (("check", odd + b"/no.yaml"), 2),
        (("diff", odd + b"no"), 3),
    ):
        answer = put(*words)
        assert answer.code == code, answer.err
    assert (tmp_path / os.fsdecode(odd) / "a.csv").is_file()


@pytest.mark.parametrize("name", ["C", "zh_CN.GBK", "en_US.ISO-8859-1"], indirect=True)
def test_a_chinese_file_has_the_name_that_is_typed(put: Put, encoding: str, tmp_path: Path) -> None:
    """In a locale without Chinese too, where Python itself could not open the file."""

    def named(name: str) -> str:
        return os.fsdecode(name.encode(encoding))

    assert put("init", "中文").code == 0
    data = tmp_path / named("中文") / "data"
    (data / "evidence").mkdir()
    (data / "evidence" / named("中.pdf")).write_text("x")
    recorded = ("record", "14", "--status", "done", "--evidence", "中.pdf", "--data", "中文")
    assert put(*recorded).code == 0
    (entry,) = entries(data)
    assert entry.evidence[0].file == "evidence/中.pdf"
    written = put("history", "14", "--data", "中文", "--output", "中.csv")
    assert (written.code, written.err) == (0, "Written to 中.csv\n".encode(encoding))
    assert "中.pdf" in (tmp_path / named("中.csv")).read_text(encoding="utf-8")
    assert put("check", "--data", "中文", "--quiet").code == 0
