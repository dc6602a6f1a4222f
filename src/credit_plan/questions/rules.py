"""`rules`: the rules of `check`, each on a line."""

from collections.abc import Sequence
from datetime import date

from credit_plan.cells import Label
from credit_plan.diagnostics import Rule, Severity
from credit_plan.i18n import _
from credit_plan.questions import columns
from credit_plan.table import Column, Report, Show

_SEVERITIES = {
    Severity.ERROR: _("error"),
    Severity.WARNING: _("warning"),
    Severity.NOTICE: _("notice"),
}
_FIELDS: tuple[columns.Field[Rule], ...] = (
    columns.Field(Column("rule", _("Rule")), lambda rule: rule.name),
    columns.Field(
        Column("severity", _("Severity")),
        lambda rule: Label(rule.severity, _SEVERITIES[rule.severity]),
    ),
    columns.Field(Column("summary", _("What it holds"), wrap=True), lambda rule: rule.summary),
    columns.Field(Column("page", _("Manual"), show=Show.DATA), lambda rule: rule.docs),
)


def answer(rules: Sequence[Rule], day: date) -> Report:
    """Return the rules in the order in which they are run."""
    caption = _("{count} rules; `credit-plan explain RULE` shows a rule's page").format(
        count=len(rules)
    )
    return Report("rules", day, (columns.make_table("rules", _FIELDS, rules, caption=caption),))
