"""Bytes become text: UTF-8, with or without a byte order mark, and nothing else."""

from __future__ import annotations

import codecs

from credit_plan.language import _
from credit_plan.load.fault import Fault, UnreadableError


def decode(content: bytes) -> str:
    """The text of a file; raises UnreadableError at the first bad byte."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableError(_fault(1, 1, _("the file is saved as UTF-16 and not as UTF-8")))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = content[: error.start].decode("utf-8-sig")
        line, column = good.count("\n") + 1, len(good) - good.rfind("\n")
        raise UnreadableError(_fault(line, column, _describe(content))) from None


def _describe(content: bytes) -> str:
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return _("the file is not text in UTF-8")
    return _("the file is saved as GBK and not as UTF-8")


def _fault(line: int, column: int, message: str) -> Fault:
    return Fault("not-utf-8", line, column, message, _("save it again with the encoding UTF-8"))
