"""The language is the one that is asked for, and changes nothing that machines read."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from credit_plan.cli import language
from credit_plan.cli.language import Choice, choose_language, parse_language
from credit_plan.i18n import CHINESE, ENGLISH
from tests.conftest import QUESTIONS, ROOT, Run, inherited
from tests.program import run_by_itself


@pytest.mark.parametrize(
    ("words", "environ", "choice"),
    [
        ("due --lang zh", {"CREDIT_PLAN_LANG": "en"}, Choice(CHINESE, "--lang")),
        ("--lang=en due", {"LANG": "zh_CN.UTF-8"}, Choice(ENGLISH, "--lang")),
        ("——lang zh due", {}, Choice(CHINESE, "--lang")),
        ("due －－ｌａｎｇ＝ｚｈ", {}, Choice(CHINESE, "--lang")),
        ("due -- --lang zh", {}, Choice(ENGLISH, "")),
        ("due --lang", {"LANG": "zh_CN"}, Choice(CHINESE, "LANG")),
        ("due", {"CREDIT_PLAN_LANG": "zh", "LC_ALL": "C"}, Choice(CHINESE, "CREDIT_PLAN_LANG")),
        ("due", {"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, Choice(ENGLISH, "LC_ALL")),
        ("due", {"LC_ALL": "", "LC_MESSAGES": "zh_TW.UTF-8"}, Choice(CHINESE, "LC_MESSAGES")),
        ("due", {"LC_MESSAGES": "de_DE", "LANG": "zh_CN"}, Choice(ENGLISH, "LC_MESSAGES")),
        ("due", {"LANG": "zh_CN.GBK"}, Choice(CHINESE, "LANG")),
        ("due", {}, Choice(ENGLISH, "")),
    ],
)
def test_the_first_of_option_variable_and_locale_decides(
    words: str, environ: dict[str, str], choice: Choice
) -> None:
    assert choose_language(words.split(), environ) == choice


def test_windows_says_the_language_where_no_variable_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(
        language.locale, "setlocale", lambda _category: "Chinese (Simplified)_China.936"
    )
    assert choose_language((), {}) == Choice(CHINESE, "Windows")
    assert choose_language((), {"LANG": "en_US"}) == Choice(ENGLISH, "LANG")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        *((it, CHINESE) for it in ("zh", "ZH-cn", "ｚｈ", "zh_CN.UTF-8", "中文")),
        *((it, ENGLISH) for it in ("en", "en_GB.UTF-8", "English_United States.1252")),
        *((it, "") for it in ("", "C", "POSIX", "fr_FR", "zhongwen")),
    ],
)
def test_names_of_languages(name: str, meant: str) -> None:
    assert parse_language(name) == meant


def test_an_unknown_language_is_refused(run: Run) -> None:
    for words, given in ((("--lang", "fr"), {}), ((), {"CREDIT_PLAN_LANG": "fr"})):
        ended = run("units", *words, **given)
        assert (ended.code, ended.out) == (2, "")
        assert "“fr” is neither zh nor en" in ended.err


@pytest.mark.parametrize("damaged", [None, b"", b"no catalogue", b"\xde\x12\x04\x95\0\0\0\0" * 4])
def test_without_translations_it_speaks_english(damaged: bytes | None, tmp_path: Path) -> None:
    source = shutil.copytree(ROOT / "src", tmp_path / "src")
    for catalogue in source.glob("credit_plan/locale/*/*/*.mo"):
        catalogue.unlink()
        if damaged is not None:
            catalogue.write_bytes(damaged)
    environment = {**inherited(), "CREDIT_PLAN_LANG": "zh", "PYTHONPATH": str(source)}
    for words, said in (("unit x", "Error: unknown unit"), ("explain group-lead", "group-lead (n")):
        ended = run_by_itself(words.split(), ROOT, environment)
        assert (ended.out + ended.err).decode().startswith(said)
    doctor = run_by_itself(["doctor"], ROOT, environment).out.decode()
    assert "The translations are missing or damaged" in " ".join(doctor.split())


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_what_machines_read_is_the_same(
    question: tuple[str, ...], run: Run, run_chinese: Run
) -> None:
    for form in (("json",), ("csv", "--keys")):
        in_english, in_chinese = (it(*question, "--format", *form) for it in (run, run_chinese))
        assert in_english.code == in_chinese.code == 0
        assert in_english.out == in_chinese.out


def test_a_language_after_the_command_counts_too(run: Run, run_chinese: Run) -> None:
    chinese = run_chinese("units")
    assert run("units", "--lang", "zh") == run("--lang", "zh", "units") == chinese
    assert run_chinese("units", "--lang", "en") == run("units") != chinese
