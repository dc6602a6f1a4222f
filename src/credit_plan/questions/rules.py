"""`rules`: the rules of `check`, each on a line."""

from collections.abc import Sequence
from datetime import date

from credit_plan.cells import Label
from credit_plan.diagnostics import Rule, Severity
from credit_plan.i18n import _, pgettext
from credit_plan.questions import columns
from credit_plan.questions.columns import Field, field
from credit_plan.table import Answer, Show

_SEVERITIES = {
    Severity.ERROR: _("error"),
    Severity.WARNING: _("warning"),
    Severity.NOTICE: _("notice"),
}
_FIELDS: tuple[Field[Rule], ...] = (
    field("rule", _("Rule"), lambda rule: rule.name),
    field("severity", _("Severity"), lambda rule: Label(rule.severity, _SEVERITIES[rule.severity])),
    field("summary", _("What must be true"), lambda rule: rule.summary, wrap=True),
    field("page", pgettext("of a rule", "Page"), lambda rule: rule.docs, show=Show.DATA),
)


def answer(rules: Sequence[Rule], day: date) -> Answer:
    """Return the rules in the order in which they are run."""
    caption = _("{count} rules; `credit-plan explain RULE` shows a rule's page").format(
        count=len(rules)
    )
    return Answer("rules", day, (columns.make_table("rules", _FIELDS, rules, caption=caption),))
