"""The keys that a record may have, and which of them somebody meant who wrote another."""

from __future__ import annotations

from difflib import get_close_matches

from pydantic import BaseModel

from credit_plan.diagnostic import KeyPath
from credit_plan.language import _


def record_at(model: type[BaseModel], place: KeyPath) -> type[BaseModel]:
    """The record that belongs at `place`, found by walking the models."""
    for step in place:
        if isinstance(step, str):
            model = _record_in(model.model_fields[step].annotation)
    return model


def nearest(key: str, record: type[BaseModel]) -> str | None:
    """The key of a record that was meant: by its spelling, or by its Chinese title."""
    written = key.strip().lower()
    by_title = {field.title: name for name, field in record.model_fields.items() if field.title}
    if written in by_title:
        return by_title[written]
    near = get_close_matches(written, record.model_fields, n=1)
    if near:
        return near[0]
    titled = get_close_matches(written, by_title, n=1)
    return by_title[titled[0]] if titled else None


def known_keys(key: str, record: type[BaseModel]) -> str:
    """The hint for a key that a record does not have."""
    if near := nearest(key, record):
        return _("did you mean “{key}”?").format(key=near)
    keys = ", ".join(record.model_fields)
    if key.isascii():
        return _("its keys are: {keys}").format(keys=keys)
    return _(
        "its keys are: {keys}; in braces a comma divides: a text that holds one goes in quotes"
    ).format(keys=keys)


def _record_in(annotation: object) -> type[BaseModel]:
    """The record inside `Deadline`, `tuple[Milestone, ...]` or their Annotated forms."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner: tuple[object, ...] = getattr(annotation, "__args__", ())
    return _record_in(inner[0])
