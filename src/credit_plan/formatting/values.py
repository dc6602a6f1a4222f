"""What the models say of their fields, as far as it decides how a value is written and mended."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from io import StringIO
from typing import Any, Final, get_args, get_origin, get_type_hints

from yaml.emitter import Emitter
from yaml.nodes import ScalarNode
from yaml.reader import Reader
from yaml.resolver import Resolver

from credit_plan import dates
from credit_plan.models.records import Record
from credit_plan.models.values import AS_WRITTEN, MeasureId, PrintedNumber
from credit_plan.text import remove_stray_spaces

_PRINTED: Final = (*get_args(PrintedNumber)[1:], *get_args(MeasureId)[1:])
"""What makes a text the number or the id that the table prints."""


@dataclass(frozen=True, slots=True)
class FieldType:
    """The type of a value, or of each value in a list or behind a key.

    `printed` is a number that stays text, and `as_written` a text that is nobody's to mend.
    """

    of: type
    listed: bool = False
    keyed: bool = False
    printed: bool = False
    as_written: bool = False

    @property
    def record(self) -> type[Record] | None:
        """The record that stands here; None for a single value."""
        return self.of if issubclass(self.of, Record) else None


@cache
def field_types(model: type[Record]) -> dict[str, FieldType]:
    """The fields of a record, in its own order."""
    hints = get_type_hints(model, include_extras=True)
    return {name: _field_type(hints[name]) for name in model.model_fields}


def _field_type(annotation: Any) -> FieldType:  # noqa: ANN401  an annotation may be anything
    """The field inside `tuple[X, ...]`, `X | None` and `Annotated[X, …]`."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if not inner:
        return FieldType(annotation)
    if origin is tuple:
        return replace(_field_type(inner[0]), listed=True)
    if origin is dict:
        return replace(_field_type(inner[1]), keyed=True)
    marks = getattr(annotation, "__metadata__", ())
    if any(it in _PRINTED for it in marks):
        return FieldType(str, printed=True)
    field = _field_type(inner[0])
    return replace(field, as_written=True) if AS_WRITTEN in marks else field


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


def write_scalar(value: str, field: FieldType, *, in_flow: bool) -> str:
    """The value without quotes, unless it would be read as something else."""
    if field.printed or (issubclass(field.of, str) and not _stands_plain(value, in_flow=in_flow)):
        return double_quote(value)
    return value


def double_quote(value: str) -> str:
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


def fix_record(data: Any, model: type[Record]) -> Any:  # noqa: ANN401  pydantic decides the type
    """The data of a record with its values put right; what fits no field is left as it is."""
    if not isinstance(data, dict):
        return data
    known = field_types(model)
    return {key: _fix(value, known[key]) if key in known else value for key, value in data.items()}


def fix_value(value: str, field: FieldType) -> str:
    """A single value as it was surely meant."""
    if field.of is date:
        return str(dates.guess_day(value) or value)
    # A space between two names of a list may stand for the comma that divides them.
    if field.of is str and not (field.printed or field.listed or field.as_written):
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
