"""What every format for people says of a diagnostic, without anything in it that would act."""

from __future__ import annotations

from credit_plan.diagnostic import Diagnostic
from credit_plan.language import _
from credit_plan.render.cells import visible


def place(diagnostic: Diagnostic) -> str:
    """`file:line:column`, which editors and terminals can follow."""
    return f"{visible(diagnostic.file)}:{diagnostic.line}:{diagnostic.column}"


def headline(diagnostic: Diagnostic) -> str:
    """`file:line:column: severity[rule] message`, in one line."""
    said = f"{diagnostic.severity}[{diagnostic.rule}] {visible(diagnostic.message)}"
    return f"{place(diagnostic)}: {said}"


def remarks(diagnostic: Diagnostic) -> tuple[str, ...]:
    """What follows a message, a line each: where the other value is, and the hint."""
    also = _("also: {place}").format(place=visible(diagnostic.related_at))
    hint = _("hint: {hint}").format(hint=visible(diagnostic.hint))
    return (also, hint) if diagnostic.related_at else (hint,)
