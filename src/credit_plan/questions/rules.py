"""`rules`: the rules of `check`, each on a line."""

from collections.abc import Sequence
from datetime import date

from credit_plan.cells import Label
from credit_plan.diagnostics import SEVERITY_NAMES, Rule
from credit_plan.i18n import _, pgettext
from credit_plan.questions import columns
from credit_plan.questions.columns import Field, field
from credit_plan.table import Answer, Show

_FIELDS: tuple[Field[Rule], ...] = (
    field("rule", _("Rule"), lambda rule: rule.name),
    field("severity", _("Severity"), lambda it: Label(it.severity, SEVERITY_NAMES[it.severity])),
    field("summary", _("What must be true"), lambda rule: rule.summary, wrap=True),
    field("page", pgettext("of a rule", "Page"), lambda rule: rule.page, show=Show.DATA),
)


def answer(rules: Sequence[Rule], day: date) -> Answer:
    """Return the rules in the order in which they are run."""
    caption = _("{count} rules; `credit-plan explain RULE` shows a rule's page").format(
        count=len(rules)
    )
    return Answer("rules", day, (columns.make_table("rules", _FIELDS, rules, caption=caption),))
