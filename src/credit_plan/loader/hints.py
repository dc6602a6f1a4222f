"""What is said of wrong values: which sentence for which kind of fault."""

from credit_plan.i18n import _
from credit_plan.models import values
from credit_plan.models.accepted import Acceptance
from credit_plan.models.indicators import Indicator, Target
from credit_plan.models.progress import Entry, Evidence
from credit_plan.models.records import (
    Deadline,
    Measure,
    Milestone,
    Period,
    Recurrence,
    RecurrencePeriod,
)

VALUE_HINTS = {
    "string_type": _("write a text"),
    "tuple_type": _("write a list: [one, another], or one line beginning with “- ” per entry"),
    "dataclass_type": _("write a record with keys of its own"),
    "whole_number": _("write a whole number, such as 3"),
    "count": _("write a number of at least 1"),
    "flag": _("write true or false"),
    values.PRINTED_NUMBER: _('write a printed number, such as "3" or "1-1"'),
    "figure": _("write a number, such as 98 or 0.02"),
    "stamp": _("write a time with its time zone, such as 2024-01-05T09:30:00+08:00"),
    values.MEASURE_ID: _('write the id of a measure, such as "7.5" or "79.1-4"'),
    values.PINYIN: _("write pinyin in lowercase, such as shi zhu jian ju"),
    values.SLUG: _("write lowercase letters, digits and hyphens, such as credit-granted"),
    values.SHA256: _("write 64 hexadecimal digits in lowercase"),
    "dict_type": _("write values by indicator id: {credit-granted: 3.2}"),
    "string_too_long": _("write at most {most:,} characters").format(most=values.MAX_REMARK),
    "iso_date": _("write an existing day, such as 2023-12-31"),
    "period": _("write a day or a period: 2022-12-31, 2023Q1, 2023H1, 2023-03 or 2023"),
    "year_day": _('write month and day, such as "03-15", or a month, such as "09"'),
}
"""By the kind of the fault, or by the pattern of a text: what is to be done."""

RECORD_HINTS = {
    Deadline: _("write {text: …, by: YYYY-MM-DD}, or {text: …} for a standing duty"),
    Milestone: _("write - {by: YYYY-MM-DD, text: …}"),
    Recurrence: _('write - {text: …, every: quarter}, or - {text: …, on: ["03-15"]}'),
    Measure: _("write a measure: “- ” and its first key, with the other keys below it"),
    Period: _("write {name: …, first: YYYY, last: YYYY}"),
    RecurrencePeriod: _("write {from: YYYY-MM-DD, reason: …}"),
    Indicator: _("write an indicator: “- ” and its first key, with the other keys below it"),
    Entry: _("write a report: “- ” and its first key, with the other keys below it"),
    Acceptance: _(
        "write an accepted finding: “- ” and its first key, with the other keys below it"
    ),
    Evidence: _("write {url: …}, or {file: …, sha256: …}"),
    Target: _("write - {by: YYYY-MM-DD, comparison: 超过, value: 98, text: …}"),
}
"""How records are written that are not written line by line."""

DAY_HINTS = (
    _("write {day}, or run “credit-plan fmt”"),
    _("type {signs} with an English keyboard layout: write {day}, or run “credit-plan fmt”"),
    _("delete the invisible character: write {day}, or run “credit-plan fmt”"),
)
PERIOD_HINTS = (
    _("write {period}"),
    _("type {signs} with an English keyboard layout: write {period}"),
    _("delete the invisible character: write {period}"),
)
"""For a date whose meaning is certain: plain, with wide signs, with an invisible character."""

WRONG = {
    "none": (_("“{key}” is empty"), _("an entry of “{key}” is empty")),
    "record": (_("“{key}” is a record"), _("an entry of “{key}” is a record")),
    "list": (_("“{key}” is a list"), _("an entry of “{key}” is a list")),
    "text": (_("“{key}” is {value}"), _("an entry of “{key}” is {value}")),
    "invisible": (
        _("“{key}” is an invisible character (U+{code:04X})"),
        _("an entry of “{key}” is an invisible character (U+{code:04X})"),
    ),
    "invisible before": (
        _("“{key}” has an invisible character (U+{code:04X}) before {value}"),
        _("an entry of “{key}” has an invisible character (U+{code:04X}) before {value}"),
    ),
    "invisible after": (
        _("“{key}” has an invisible character (U+{code:04X}) after {value}"),
        _("an entry of “{key}” has an invisible character (U+{code:04X}) after {value}"),
    ),
}
"""By what the value is: the message for a key, and for an entry of its list."""

EXAMPLES = {
    "target": "建成信用信息平台",
    "lead": "[财政局]",
    "responsible": "[财政局, 教育局]",
    "deadline": "{text: 2025年底前, by: 2025-12-31}",
    "page": "2",
}
"""By key: examples of what a plan may require of every measure."""
