"""Sound files are read without pydantic, and what is read is what pydantic would read."""

from __future__ import annotations

import random
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from credit_plan.models.fields import annotations, fields_by_key
from credit_plan.models.progress import Entry, Evidence
from credit_plan.models.quick import read_record, read_sound
from credit_plan.models.records import Deadline, Measure, Record, Recurrence, Registry, Task
from credit_plan.models.schema import MODELS
from credit_plan.models.validation import validate_record
from credit_plan.models.values import MAX_REMARK, FaultError, Scalar
from credit_plan.yaml.parse import parse_bytes
from tests.cases import CONTENTS
from tests.conftest import ROOT
from tests.damages import OPERATIONS

FILES = sorted(
    path
    for folder in ("data", "examples/county", "src/credit_plan/demo")
    for path in (ROOT / folder).rglob("*.yaml")
)


def model_of(path: Path) -> type[Record]:
    """Return the model of a file of a plan."""
    named = {str(kind): model for kind, model in MODELS.items()}
    return named.get(path.stem) or named[path.parent.name]


def validated(model: type[Record], data: object) -> Record | None:
    """Return the record as pydantic reads it; None if it finds an error."""
    try:
        return validate_record(model, data)
    except ValidationError:
        return None


def check_agreement(model: type[Record], data: object) -> bool:
    """Return whether data is read quickly; then pydantic must read the same."""
    record = read_sound(model, data)
    if record is None:
        return False
    assert (record, repr(record)) == ((same := validated(model, data)), repr(same))
    return True


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_sound_file_is_read_quickly(path: Path) -> None:
    assert check_agreement(model_of(path), parse_bytes(path.read_bytes()).data)


def test_the_files_are_of_every_kind() -> None:
    assert {model_of(path) for path in FILES} == set(MODELS.values())


def test_what_the_cases_of_the_rules_hold_is_read_alike() -> None:
    read = [
        check_agreement(model, parse_bytes(content, repairing=repairing).data)
        for content in CONTENTS
        for model in MODELS.values()
        for repairing in (True, False)
    ]
    assert any(read)
    assert not all(read)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda it: it.__name__)
def test_damaged_files_are_read_alike(operation: Any) -> None:  # noqa: ANN401  as the damages are
    chance = random.Random(operation.__name__)
    for path in chance.sample(FILES, 30):
        damage = operation(path.read_text("utf-8").split("\n"), chance)
        if damage and damage.content is not None:
            check_agreement(model_of(path), parse_bytes(damage.content).data)


SCALARS = (
    *(None, "", " ", "\u3000", "null", "0", "1", "01", "9", "1" * 9, "1" * 10, "-1", "１"),
    *("2023-12-31", "2023-02-30", "0000-01-01", "2023-1-1", "2023", "2023Q1", "2023Q5", "2023-13"),
    *(
        "03-15",
        "02-29",
        "09",
        "13",
        "true",
        "True",
        "false",
        "yes",
        "98.50",
        "-0",
        "1e5",
        "98.",
        "1\n",
    ),
    *(
        "3",
        "1-1",
        "1-0",
        "7.5",
        "79.1-4",
        "7.0",
        "a",
        "a-b",
        "A",
        "a-",
        "a\n",
        "a" * 64,
        "甲",
        "甲 乙",
    ),
    *("甲" * MAX_REMARK, "甲" * (MAX_REMARK + 1), "year", "quarter", "Year", "政府", "government"),
    *("done", "超过", "higher", "lead", "https://a", "2024-01-05T09:30:00+08:00"),
    *("2024-01-05T09:30:00Z", "2024-01-05T09:30:00", "0001-01-01T00:00:00+08:00"),
    *("9999-12-31T23:59:59-08:00", "2024-02-30T09:30:00Z"),
)
ODD = st.sampled_from((*SCALARS, [], {}, [[]], ["甲"], {"甲": "乙"}, [None], {"": None}))


def make_data(annotation: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401  an annotation
    """Return what makes data of a type, mostly sound."""
    origin, inner = get_origin(annotation), get_args(annotation)
    scalar = next((it for it in inner[1:] if isinstance(it, Scalar)), None)
    if scalar:
        made = st.sampled_from([it for it in SCALARS if is_read(scalar, it)])
    elif origin is Annotated or origin in (Union, UnionType):
        return make_data(inner[0])
    elif origin is tuple:
        made = st.lists(make_data(inner[0]), min_size=1, max_size=2)
    elif origin is dict:
        made = st.dictionaries(st.sampled_from(("a", "甲", "")), make_data(inner[1]), min_size=1)
    elif issubclass(annotation, Record):
        made = make_record(annotation)
    else:
        made = st.sampled_from([it.value for it in annotation])
    return st.integers(0, 60).flatmap(lambda chance: made if chance else ODD)


def make_record(model: type[Record]) -> st.SearchStrategy[Any]:
    """Return what makes data of a record: some keys are missing, and some are unknown."""
    values = {key: make_data(it) for key, it in annotations(model).items()}
    needed = {key: it for key, it in values.items() if fields_by_key(model)[key].is_required}
    more = {key: it for key, it in values.items() if key not in needed}
    sound = st.fixed_dictionaries(needed, optional=more)
    odd = st.fixed_dictionaries({}, optional=values | {"first": ODD, "甲": ODD})
    return st.integers(0, 40).flatmap(lambda chance: sound if chance else odd)


def is_read(scalar: Scalar, text: object) -> bool:
    """Return whether a text is a value."""
    try:
        scalar.read(text)
    except FaultError:
        return False
    return True


@pytest.mark.parametrize(
    "model", [*MODELS.values(), Measure, Deadline, Recurrence, Entry, Evidence]
)
def test_what_chance_makes_is_read_alike(model: type[Record]) -> None:
    read = set()

    @given(make_record(model))
    def check(data: object) -> None:
        read.add(check_agreement(model, data))

    check()
    assert read == {True, False}


UNIT = {"name": "甲", "kind": "government"}
SOUND = read_record(Registry, {"units": [UNIT]}).units[0]


@pytest.mark.parametrize("units", [(UNIT,), [SOUND]])
def test_what_is_only_unusual_is_left_to_pydantic(units: object) -> None:
    assert read_sound(Registry, {"units": units}) is None
    assert read_record(Registry, {"units": units}) == Registry(units=(SOUND,))


@pytest.mark.parametrize("data", [None, [], "甲", {}, {"id": "1"}, {"甲": "乙"}])
def test_what_is_faulty_is_no_record(data: object) -> None:
    assert read_sound(Task, data) is None
    with pytest.raises(ValidationError):
        read_record(Task, data)
