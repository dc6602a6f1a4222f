"""`rules`: the rules of `check`, each in a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from credit_plan.cells import Label
from credit_plan.diagnostics import Rule, Severity
from credit_plan.i18n import _
from credit_plan.report.fields import Field, columns, rows
from credit_plan.table import Column, Report, Show, Table

_SEVERITIES: Final = {
    Severity.ERROR: _("error"),
    Severity.WARNING: _("warning"),
    Severity.NOTICE: _("notice"),
}
_RULE: Final[tuple[Field[Rule], ...]] = (
    Field(Column("rule", _("Rule")), lambda it: it.name),
    Field(
        Column("severity", _("Severity")), lambda it: Label(it.severity, _SEVERITIES[it.severity])
    ),
    Field(Column("summary", _("What it holds"), wrap=True), lambda it: it.summary),
    Field(Column("page", _("Manual"), show=Show.DATA), lambda it: it.docs),
)


def rules(manuals: Sequence[Rule], as_of: date) -> Report:
    """The rules in the order in which they are run."""
    caption = _("{count} rules; `credit-plan explain RULE` shows a rule's page").format(
        count=len(manuals)
    )
    table = Table("rules", columns(_RULE), rows(_RULE, manuals), caption=caption)
    return Report("rules", as_of, (table,))
