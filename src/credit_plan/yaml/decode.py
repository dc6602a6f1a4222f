"""Decode bytes as text: UTF-8 with or without a byte order mark, and usual line breaks."""

import codecs
import re

from credit_plan.diagnostics import Diagnostic
from credit_plan.i18n import _
from credit_plan.yaml.errors import error_at, position_in

DAMAGE = "\ufffd"
"""The replacement of bytes that cannot be decoded."""

_ODD_BREAKS = "\r(?!\n)|[\x85\u2028\u2029]"
"""Line breaks to YAML but not to editors: line numbers would be wrong."""

_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""Longer marks first: one of them begins with a shorter one."""

_GBK = "gb18030"
_COMMON = 0.9
_TWO_BYTES = "\u07ff"
"""The last character with two bytes in UTF-8; GBK text has many of those by chance."""


def decode(content: bytes) -> tuple[str, Diagnostic | None]:
    """Return the text of a file, and what is wrong with its encoding or its line breaks.

    The diagnostic is fixable where the text is sound in another encoding. Otherwise DAMAGE
    replaces what cannot be decoded.
    """
    if encoding := _detect_utf_16(content):
        return _decode_other(content, encoding, (1, 1))
    # Python's own codec for the mark takes ten times as long.
    body = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        before = body[: error.start].decode()
        position = position_in(before, len(before))
        # Text in UTF-8 that is cut off inside a character may be read as GBK by chance.
        is_cut_off = error.reason == "unexpected end of data"
        if is_cut_off or any(sign > _TWO_BYTES for sign in before):
            return _describe_damage(content, position, _("the file is not valid UTF-8"))
        return _decode_other(content, _GBK, position)
    if any(sign in text for sign in "\r\x85\u2028\u2029") and (odd := re.search(_ODD_BREAKS, text)):
        message = _("this line break is neither Unix nor Windows (U+{code:04X})")
        hint = _("delete it, and save the file with Unix or Windows line endings")
        line, column = position_in(text, odd.start())
        message = message.format(code=ord(odd[0]))
        diagnostic = error_at("unreadable-yaml", line, column, message, hint)
        return re.sub(_ODD_BREAKS, DAMAGE, text), diagnostic
    return text, None


def _detect_utf_16(content: bytes) -> str | None:
    """Return the kind of UTF-16 or UTF-32 of a file; without a mark its beginning tells."""
    start = content[:4]
    if start.isascii() and 0 not in start:
        return None
    for mark, kind in _MARKS.items():
        if content.startswith(mark):
            return kind
    zeros = bytes(byte == 0 for byte in start)
    return {b"\0\1\0\1": "utf-16-le", b"\1\0\1\0": "utf-16-be"}.get(zeros)


def _decode_other(
    content: bytes, encoding: str, position: tuple[int, int]
) -> tuple[str, Diagnostic]:
    """Decode a file that is not UTF-8 from `position` on."""
    text = _decode_soundly(content, encoding)
    kind = "GBK" if encoding == _GBK else encoding.upper()[:6]
    message = _("the file is saved as {kind}, not as UTF-8").format(kind=kind)
    if text is not None:
        hint = _("save it as UTF-8 in your editor, or run “credit-plan fmt”")
        return text, error_at("not-utf-8", *position, message, hint, fixable=True)
    if encoding == _GBK:
        message = _("the file is not valid UTF-8")
    return _describe_damage(content, position, message)


def _describe_damage(
    content: bytes, position: tuple[int, int], message: str
) -> tuple[str, Diagnostic]:
    """Return the text without the characters that cannot be decoded, and the diagnostic."""
    hint = _("retype the damaged characters, and save the file as UTF-8")
    text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    return re.sub(_ODD_BREAKS, DAMAGE, text), error_at("not-utf-8", *position, message, hint)


def _decode_soundly(content: bytes, encoding: str) -> str | None:
    """Decode a file in an encoding; return None where that makes no text of common characters."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    if re.search(_ODD_BREAKS, text):
        return None
    # In GBK, what is Big5 looks like rare characters.
    chinese = [sign for sign in text if sign > _TWO_BYTES]
    common = sum(bool(sign.encode("gb2312", "ignore")) for sign in chinese)
    return text if encoding != _GBK or common >= len(chinese) * _COMMON else None
