"""The Chinese catalogues are whole: what the code says, and nothing else, is in them."""

from __future__ import annotations

import re
import runpy
from string import Formatter
from typing import Any

import pytest

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


def _texts(message: str | tuple[str, ...]) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message)


def _placeholders(text: str) -> set[str]:
    try:
        return {name for _text, name, _form, _conversion in Formatter().parse(text) if name}
    except ValueError:
        return set()  # a page with braces of YAML
