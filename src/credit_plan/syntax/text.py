"""Bytes become text: UTF-8, with or without a byte order mark, with the usual line breaks."""

from __future__ import annotations

import codecs
import re
from typing import Final

from credit_plan.language import _
from credit_plan.syntax.fault import Fault, UnreadableError, position_in
from credit_plan.syntax.rules import not_utf_8, unreadable_yaml

_ODD_BREAKS: Final = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
"""What YAML takes for the end of a line and an editor does not: line numbers would be wrong."""

_UTF_16: Final = {
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    b"i\0": "utf-16-le",
    b"\0i": "utf-16-be",
}
"""How a file in UTF-16 begins; the last two are without a mark, and with the key “id”."""


def decode(content: bytes) -> str:
    """The text of a file; raises UnreadableError at the first bad byte or odd line break."""
    if content[:2] in _UTF_16:
        message = _("the file is saved as UTF-16 and not as UTF-8")
        raise UnreadableError(_not_utf_8("", message, final=deciphered(content) is None))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig")
        raise UnreadableError(_other_encoding(before, content)) from None
    if odd := _ODD_BREAKS.search(text):
        raise UnreadableError(_odd_break(text, odd.start()))
    return text


def deciphered(content: bytes) -> str | None:
    """The text of a file that is saved as UTF-16 or as GBK; None where it is neither."""
    encoding = _UTF_16.get(content[:2], "gb18030")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _ODD_BREAKS.search(text) else text


def _other_encoding(before: str, content: bytes) -> Fault:
    if deciphered(content) is None:
        return _not_utf_8(before, _("the file is not text in UTF-8"), final=True)
    return _not_utf_8(before, _("the file is saved as GBK and not as UTF-8"), final=False)


def _not_utf_8(before: str, message: str, *, final: bool) -> Fault:
    hint = (
        _("in your editor, save it with the encoding UTF-8")
        if final
        else _("save it with the encoding UTF-8: “credit-plan fmt” does that, or your editor")
    )
    line, column = position_in(before, len(before))
    return Fault(not_utf_8.NAME, line, column, message, hint, final=final, mendable=not final)


def _odd_break(text: str, at: int) -> Fault:
    return Fault(
        unreadable_yaml.NAME,
        *position_in(text, at),
        _("a line break of an unusual kind stands here (U+{code:04X})").format(code=ord(text[at])),
        _("delete it, and save the file with the line ends of Unix or Windows"),
        final=True,
    )
