"""The Chinese catalogues are whole: what the code says, and nothing else, is in them."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from string import Formatter
from typing import Any

import pytest

from credit_plan import i18n
from credit_plan.plan import STATUSES_IN_CHINESE
from credit_plan.status import STATUS_NAMES, STATUS_WORDS, TIMING_NAMES, TIMING_WORDS, LastStatus
from tests.conftest import ROOT

LANGUAGE = runpy.run_path(str(ROOT / "docs" / "language.py"))
DOMAINS = tuple(LANGUAGE["DOMAINS"])
_HALF_WIDTH = re.compile(r"[\u4e00-\u9fff”][,;:!?]|[\u4e00-\u9fff]\(")
"""A mark of an English keyboard after a Chinese character."""
_CODE = re.compile(r"`[^`]*`|^    .*$", re.MULTILINE)


@pytest.fixture(scope="module", params=DOMAINS)
def catalogue(request: pytest.FixtureRequest) -> Any:  # noqa: ANN401  babel's own
    return LANGUAGE["read_catalogue"](request.param)


def test_the_catalogues_are_those_of_the_code() -> None:
    """`make language` brings them to it: nothing is missing or unused, and all is compiled."""
    assert [file.name for file, _content in LANGUAGE["find_outdated"]()] == []


def test_every_message_is_translated_and_no_translation_is_a_guess(catalogue: Any) -> None:  # noqa: ANN401
    for message in catalogue:
        assert all(_texts(message.string)), message.id
        assert message.id == "" or not message.fuzzy, message.id


def test_a_translation_has_the_placeholders_of_its_message(catalogue: Any) -> None:  # noqa: ANN401
    for message in catalogue:
        # Either form of a plural may leave out the number: “one measure”.
        allowed = set().union(*map(_placeholders, _texts(message.id)))
        for text in _texts(message.string):
            assert _placeholders(text) == allowed or "<" in text, (message.id, text)


def test_chinese_has_the_marks_of_a_chinese_keyboard(catalogue: Any) -> None:  # noqa: ANN401
    for message in catalogue:
        for text in _texts(message.string) if message.id else ():
            assert not _HALF_WIDTH.search(_CODE.sub("", text)), text


@pytest.fixture
def in_chinese() -> Iterator[None]:
    i18n.use_language(i18n.CHINESE)
    yield
    i18n.use_language(i18n.ENGLISH)


def test_lists_and_sentences_are_joined_as_in_english() -> None:
    assert i18n.join_list("abc") == "a, b, c"
    assert i18n.join_alternatives("abc") == "a or b or c"
    assert i18n.join_all("abc") == "a and b and c"
    assert i18n.join_sentences(["A.", "B."]) == "A. B."
    assert i18n.label("Lead", "a") == "Lead: a"


@pytest.mark.usefixtures("in_chinese")
def test_lists_and_sentences_are_joined_as_in_chinese() -> None:
    assert i18n.join_list("甲乙丙") == "甲、乙、丙"
    assert i18n.join_alternatives("甲乙丙") == "甲、乙或丙"
    assert i18n.join_alternatives("甲乙") == "甲或乙"
    assert i18n.join_all("甲乙丙") == "甲、乙和丙"
    assert (i18n.join_all("甲"), i18n.join_all("")) == ("甲", "")
    assert i18n.join_sentences(["甲。", "乙。"]) == "甲。乙。"
    assert i18n.label("牵头单位", "甲") == "牵头单位：甲"


@pytest.mark.usefixtures("in_chinese")
def test_answers_options_and_sheets_say_the_same_of_a_status() -> None:
    for status, chinese in STATUSES_IN_CHINESE.items():
        assert i18n._(STATUS_NAMES[LastStatus(status)]) == chinese
    for names, words in ((STATUS_NAMES, STATUS_WORDS), (TIMING_NAMES, TIMING_WORDS)):
        assert {it: i18n._(name) for it, name in names.items()} == {
            it: first for it, (first, *_others) in words.items()
        }


def _texts(message: str | tuple[str, ...]) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message)


def _placeholders(text: str) -> set[str]:
    try:
        return {name for _text, name, _form, _conversion in Formatter().parse(text) if name}
    except ValueError:
        return set()  # a page with braces of YAML
