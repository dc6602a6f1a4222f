"""Bytes become text: UTF-8, with or without a byte order mark, with the usual line breaks."""

from __future__ import annotations

import codecs
import re
from typing import Final

from credit_plan.diagnostics import Diagnostic
from credit_plan.i18n import _
from credit_plan.yaml.errors import UnreadableError, error_at, position_in

_ODD_BREAKS: Final = "\r(?!\n)|[\x85\u2028\u2029]"
"""What YAML takes for the end of a line and an editor does not: line numbers would be wrong."""

_ODD_SIGNS: Final = "\r\x85\u2028\u2029"
_MARKS: Final = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""The longer ones first: one of them begins with a shorter one."""

_COMMON: Final = 0.9
DAMAGE: Final = "\ufffd"
"""What stands for bytes that are no text."""

_TWO_BYTES: Final = "\u07ff"
"""The last character that UTF-8 writes in two bytes, of which GBK has many by chance."""


def decode(content: bytes) -> str:
    """The text of a file; raises UnreadableError at the first bad byte or odd line break."""
    if kind := _utf_16(content):
        message = _("the file is saved as {kind} and not as UTF-8").format(
            kind=kind.upper().removesuffix("-LE").removesuffix("-BE")
        )
        raise UnreadableError(_not_utf_8("", message, fixable=decode_legacy(content) is not None))
    try:
        # Python's own codec for the mark takes ten times as long.
        text = content.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        before = content.removeprefix(codecs.BOM_UTF8)[: error.start].decode()
        raise UnreadableError(_other_encoding(before, content)) from None
    if any(sign in text for sign in _ODD_SIGNS) and (odd := re.search(_ODD_BREAKS, text)):
        raise UnreadableError(_odd_break(text, odd.start()))
    return text


def decode_damaged(content: bytes) -> str:
    """The text of a file that `decode` refuses, with a mark for each thing that is no text."""
    text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    return re.sub(_ODD_BREAKS, DAMAGE, text)


def decode_legacy(content: bytes) -> str | None:
    """The text of a file that is saved as UTF-16 or as GBK; None where it is neither."""
    encoding = _utf_16(content)
    if encoding is None and _is_damaged_utf_8(content):
        return None
    try:
        text = content.decode(encoding or "gb18030")
    except UnicodeDecodeError:
        return None
    if re.search(_ODD_BREAKS, text) or (encoding is None and not _is_common(text)):
        return None
    return text


def _is_common(text: str) -> bool:
    """Whether a text is of common characters; in GBK, what is Big5 looks like rare ones."""
    chinese = [sign for sign in text if sign > _TWO_BYTES]
    common = sum(bool(sign.encode("gb2312", "ignore")) for sign in chinese)
    return common >= len(chinese) * _COMMON


def _other_encoding(before: str, content: bytes) -> Diagnostic:
    if decode_legacy(content) is None:
        return _not_utf_8(before, _("the file is not text in UTF-8"), fixable=False)
    return _not_utf_8(before, _("the file is saved as GBK and not as UTF-8"), fixable=True)


def _not_utf_8(before: str, message: str, *, fixable: bool) -> Diagnostic:
    hint = (
        _("save it with the encoding UTF-8: “credit-plan fmt” does that, or your editor")
        if fixable
        else _("type the words there again, and save the file with the encoding UTF-8")
    )
    line, column = position_in(before, len(before))
    return error_at("not-utf-8", line, column, message, hint, fixable=fixable)


def _odd_break(text: str, at: int) -> Diagnostic:
    return error_at(
        "unreadable-yaml",
        *position_in(text, at),
        _("a line break of an unusual kind stands here (U+{code:04X})").format(code=ord(text[at])),
        _("delete it, and save the file with the line ends of Unix or Windows"),
    )


def _utf_16(content: bytes) -> str | None:
    """The kind of UTF-16 or UTF-32 that a file is saved as; without a mark its beginning tells."""
    for mark, kind in _MARKS.items():
        if content.startswith(mark):
            return kind
    zeros = bytes(byte == 0 for byte in content[:4])
    return {b"\0\1\0\1": "utf-16-le", b"\1\0\1\0": "utf-16-be"}.get(zeros)


def _is_damaged_utf_8(content: bytes) -> bool:
    """Whether most of what is not ASCII is sound UTF-8, which Chinese in GBK hardly ever is."""
    text = content.decode("utf-8", "replace")
    damaged = text.count(DAMAGE)
    return sum(sign > _TWO_BYTES for sign in text) - damaged > damaged
