"""Write a single value as YAML, and fix values whose meaning is certain."""

import re
import unicodedata
from datetime import date
from io import StringIO
from typing import Any

from yaml.emitter import Emitter
from yaml.nodes import ScalarNode
from yaml.reader import Reader
from yaml.resolver import Resolver

from credit_plan import spans
from credit_plan.models.fields import FieldType, field_types
from credit_plan.models.records import Record
from credit_plan.models.values import SLUG, Mark
from credit_plan.text import remove_stray_spaces
from credit_plan.yaml.repair import find_marks

_EMITTER = Emitter(StringIO(), allow_unicode=True)  # writes nothing: its analysis is used
_RESOLVER = Resolver()
_TEXT = "tag:yaml.org,2002:str"
_NO_TEXT_ELSEWHERE = re.compile(
    r"[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|0o[0-7]+|[yYnN]", re.ASCII
)
"""1e3, 0o7 and y: text to PyYAML, but not to every reader."""
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
"""Escapes that people know."""
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Zs"})


def write_scalar(value: str, field: FieldType, *, in_flow: bool) -> str:
    """Return the value without quotes, unless it would be read as something else."""
    is_text = issubclass(field.of, str) and Mark.DATED not in field.marks
    is_quoted = Mark.PRINTED in field.marks or (
        is_text and not _can_be_plain(value, in_flow=in_flow)
    )
    return double_quote(value) if is_quoted else value


def write_key(key: str) -> str:
    """Return a key of free choice, in quotes unless it is a slug."""
    return key if re.fullmatch(SLUG, key) else double_quote(key)


def double_quote(value: str) -> str:
    """Return the value in double quotes, with escapes for invisible characters."""
    return f'"{"".join(_sign(it) for it in value)}"'


def _can_be_plain(text: str, *, in_flow: bool) -> bool:
    analysis = _EMITTER.analyze_scalar(text)
    if not (analysis.allow_flow_plain if in_flow else analysis.allow_block_plain):
        return False
    if _NO_TEXT_ELSEWHERE.fullmatch(text) or any(_is_unseen(sign) for sign in text):
        return False
    # What `fmt` has written must not be repaired when it is read again.
    if any(find_marks(f"{{key: {text}}}" if in_flow else f"key: {text}")):
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
    """Return whether a character is invisible, or not allowed in YAML."""
    if Reader.NON_PRINTABLE.match(sign):
        return True
    return sign != " " and unicodedata.category(sign) in _UNSEEN


def fix_record(data: Any, model: type[Record]) -> Any:  # noqa: ANN401  a model decides the type
    """Return the data of a record with its values fixed; what fits no field stays as it is."""
    if not isinstance(data, dict):
        return data
    known = field_types(model)
    return {key: _fix(value, known[key]) if key in known else value for key, value in data.items()}


def fix_value(value: str, field: FieldType) -> str:
    """Return a single value in its canonical form."""
    if field.of is date or Mark.DATED in field.marks:
        return str(spans.guess_day(value) or value)
    # A space between two names of a list may be a missing comma.
    if field.of is str and not (field.listed or field.marks & {Mark.PRINTED, Mark.AS_WRITTEN}):
        return remove_stray_spaces(value)
    return value


def _fix(value: Any, field: FieldType) -> Any:  # noqa: ANN401
    if isinstance(value, list):
        return [_fix(entry, field) for entry in value]
    if field.keyed and isinstance(value, dict):
        return {key: _fix(it, field) for key, it in value.items()}
    if field.record is not None:
        return fix_record(value, field.record)
    return fix_value(value, field) if isinstance(value, str) else value
