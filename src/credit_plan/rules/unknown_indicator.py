"""A report contains figures only for the indicators of its own measure.

A figure with a misspelt id would not appear in any answer, and a figure for another measure's
indicator would be credited to that measure.

    - measure: "3.2"
      values: {credit-grant: 3.2}

To fix it, write the id as in `indicators.yaml`. Put a figure for another measure into a report on
that measure.
"""

from collections.abc import Iterator, Mapping

from credit_plan import text
from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, join_list, quote
from credit_plan.models.draft import Located
from credit_plan.models.progress import Entry
from credit_plan.plan import RecordKind
from credit_plan.rules.context import Context

NAME = "unknown-indicator"
SEVERITY = Severity.ERROR

_NONE = text.Vocabulary(())


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each figure of an unknown indicator, or of another measure's.

    While an indicator cannot be read, no indicator is called unknown.
    """
    draft, by_id = context.draft, context.measures
    are_all_read = not draft.unread_of(RecordKind.INDICATORS)
    owners: dict[str, list[str]] = {}
    for indicator in draft.indicators:
        owners.setdefault(indicator.record.id, []).append(indicator.record.measure)
    known, by_measure = text.Vocabulary(owners), _index_ids(owners)
    for report in draft.entries:
        measure = report.record.measure
        for name in report.record.values:
            if name not in owners:
                if are_all_read:
                    own = by_measure.get(measure, _NONE)
                    yield _report_unknown(report, name, own, known)
            # An unknown measure, of the report or of the indicator, is reported by another rule.
            elif measure not in owners[name] and {measure, *owners[name]} <= by_id.keys():
                yield _report_foreign(report, name, owners[name][0])


def _index_ids(owners: Mapping[str, list[str]]) -> dict[str, text.Vocabulary]:
    """Return the ids of the indicators of each measure."""
    ids: dict[str, list[str]] = {}
    for name, measures in owners.items():
        for measure in dict.fromkeys(measures):
            ids.setdefault(measure, []).append(name)
    return {measure: text.Vocabulary(own) for measure, own in ids.items()}


def _report_unknown(
    report: Located[Entry], name: str, own: text.Vocabulary, known: text.Vocabulary
) -> Diagnostic:
    measure = report.record.measure
    if similar := own.suggest(name, most=1) or known.suggest(name, most=1):
        hint = _("did you mean “{key}”?").format(key=similar[0])
    elif own.words:
        hint = _("the indicators of measure {id} are {indicators}").format(
            id=measure, indicators=join_list(own.words)
        )
    else:
        hint = _("measure {id} has no indicators").format(id=measure)
    message = _("the plan has no indicator {name}").format(name=quote(name))
    return Diagnostic(NAME, *report.at("values", name), message, hint, on_key=True)


def _report_foreign(report: Located[Entry], name: str, owner: str) -> Diagnostic:
    message = _(
        "{name} is an indicator of measure {owner}, but this report is on measure {id}"
    ).format(name=quote(name), owner=owner, id=report.record.measure)
    hint = _("put the figure into a report on measure {owner}").format(owner=owner)
    return Diagnostic(NAME, *report.at("values", name), message, hint, on_key=True)
