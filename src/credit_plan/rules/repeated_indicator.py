"""No two indicators have the same id, and no two have the same name.

Reports refer to an indicator by its id, and people by its name.

    - id: credit-granted
      name: “信易贷”平台成功授信金额
    - id: credit-granted
      name: 入驻“信易贷”平台市场主体数量

To fix it, give each its own id and name, or delete the second if it is a copy. A figure that has
targets for several year-ends is one indicator with several entries in `goals`.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Located
from credit_plan.models.indicators import Indicator
from credit_plan.rules.context import Context

NAME = "repeated-indicator"
SEVERITY = Severity.ERROR


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each indicator whose id, or else whose name, is already used."""
    by_id: dict[str, Located[Indicator]] = {}
    by_name: dict[str, Located[Indicator]] = {}
    for indicator in context.draft.indicators:
        same_id = by_id.setdefault(indicator.record.id, indicator)
        same_name = by_name.setdefault(indicator.record.name, indicator)
        if same_id is not indicator:
            message = _("an earlier indicator already has the id {value}")
            message = message.format(value=quote(indicator.record.id))
            yield _diagnostic(indicator, same_id, "id", message)
        elif same_name is not indicator:
            message = _("an earlier indicator already has the name {value}")
            message = message.format(value=quote(indicator.record.name))
            yield _diagnostic(indicator, same_name, "name", message)


def _diagnostic(
    indicator: Located[Indicator], first: Located[Indicator], key: str, message: str
) -> Diagnostic:
    hint = _("give each its own; delete this one if it is a copy")
    return Diagnostic(NAME, *indicator.at(key), message, hint, related=first.at(key))
