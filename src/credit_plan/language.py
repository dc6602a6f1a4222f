"""The language that the program speaks: every sentence passes through `_` or `ngettext`.

A catalogue is added as `locale/<language>/LC_MESSAGES/credit_plan.mo` in this package;
without one the sentences stay in English, as they are written in the code.
"""

from __future__ import annotations

import gettext
from pathlib import Path

_catalogue = gettext.translation(
    "credit_plan", localedir=str(Path(__file__).parent / "locale"), fallback=True
)

_ = _catalogue.gettext
ngettext = _catalogue.ngettext
