"""Bytes become text: UTF-8, with or without a byte order mark, with the usual line breaks."""

from __future__ import annotations

import codecs
import re
from typing import Final

from credit_plan.language import _
from credit_plan.load.fault import Fault, UnreadableError, position_in

_ODD_BREAKS: Final = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
"""What YAML takes for the end of a line and an editor does not: line numbers would be wrong."""


def decode(content: bytes) -> str:
    """The text of a file; raises UnreadableError at the first bad byte or odd line break."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableError(_not_utf_8("", _("the file is saved as UTF-16 and not as UTF-8")))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig")
        raise UnreadableError(_not_utf_8(before, _describe(content))) from None
    if odd := _ODD_BREAKS.search(text):
        raise UnreadableError(_odd_break(text, odd.start()))
    return text


def _describe(content: bytes) -> str:
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return _("the file is not text in UTF-8")
    return _("the file is saved as GBK and not as UTF-8")


def _not_utf_8(before: str, message: str) -> Fault:
    line, column = position_in(before, len(before))
    return Fault("not-utf-8", line, column, message, _("save it again with the encoding UTF-8"))


def _odd_break(text: str, at: int) -> Fault:
    return Fault(
        "unreadable-yaml",
        *position_in(text, at),
        _("a line break of an unusual kind stands here (U+{code:04X})").format(code=ord(text[at])),
        _("delete it, and save the file with the line ends of Unix or Windows"),
    )
