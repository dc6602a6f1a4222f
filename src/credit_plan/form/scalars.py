"""How a single value is written: plain wherever every reader of YAML takes it for what it is.

Where a text may stand plain is PyYAML's own judgement; it knows YAML 1.1, and what YAML 1.2
would read otherwise is added here.
"""

from __future__ import annotations

import re
import unicodedata
from io import StringIO
from typing import Final

from yaml.emitter import Emitter
from yaml.nodes import ScalarNode
from yaml.reader import Reader
from yaml.resolver import Resolver

from credit_plan.form.fields import Field

_EMITTER: Final = Emitter(StringIO(), allow_unicode=True)  # asked for its opinion only
_RESOLVER: Final = Resolver()
_TEXT: Final = "tag:yaml.org,2002:str"

_NO_TEXT_ELSEWHERE: Final = re.compile(
    r"[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|0o[0-7]+|[yYnN]", re.ASCII
)
"""1e3, 0o7 and y: text to PyYAML, but not to every reader."""

_SHORT: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
"""The escapes that people know."""

_UNSEEN: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Zs"})


def plain(value: str, field: Field, *, in_flow: bool) -> str:
    """The value without quotes, unless it would be read as something else."""
    if field.printed or (issubclass(field.of, str) and not _stands_plain(value, in_flow=in_flow)):
        return quoted(value)
    return value


def quoted(value: str) -> str:
    """The value in double quotes, with every character that cannot be seen as its escape."""
    return f'"{"".join(_sign(it) for it in value)}"'


def _stands_plain(text: str, *, in_flow: bool) -> bool:
    analysis = _EMITTER.analyze_scalar(text)
    if not (analysis.allow_flow_plain if in_flow else analysis.allow_block_plain):
        return False
    if _NO_TEXT_ELSEWHERE.fullmatch(text) or any(_is_unseen(sign) for sign in text):
        return False
    tag = _RESOLVER.resolve(ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return bool(tag == _TEXT)


def _sign(sign: str) -> str:
    if sign in _SHORT:
        return _SHORT[sign]
    if not _is_unseen(sign):
        return sign
    code = ord(sign)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004  four digits


def _is_unseen(sign: str) -> bool:
    """Whether a character does not show, or cannot stand in a file of YAML."""
    if Reader.NON_PRINTABLE.match(sign):
        return True
    return sign != " " and unicodedata.category(sign) in _UNSEEN
