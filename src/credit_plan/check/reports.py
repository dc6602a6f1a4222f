"""What was reported of each measure, in the order of the days on which it stood so."""

from __future__ import annotations

from credit_plan.model import Draft, Entry, Listed

Report = Listed[Entry]


def reports(draft: Draft) -> dict[str, list[Report]]:
    """The reports by the ids of their measures; of one day the one recorded later stands last."""
    of_measure: dict[str, list[Report]] = {}
    for listed in sorted(draft.entries, key=lambda listed: listed.record.when):
        of_measure.setdefault(listed.record.measure, []).append(listed)
    return of_measure
