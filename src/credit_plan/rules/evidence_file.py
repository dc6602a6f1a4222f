"""A file that a report names is in the data folder, and is what it was.

Evidence that is lost, or has become something else, shows nothing. The report keeps the SHA-256
of the file, by which everybody can tell.

    evidence:
      - {file: evidence/通报.pdf, sha256: 9f86d081884c7d65…}

Questions are answered all the same, and reports recorded: what was reported is still known, and
only what showed it is in doubt.

Mend it by bringing the file back as it was. What has changed since belongs in a new report, under
another name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Draft

NAME: Final = "evidence-file"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each file that is not in the data folder, or is another by its SHA-256.

    None where nobody has looked at the files.
    """
    if draft.evidence is None:
        return
    for listed in draft.entries:
        for position, evidence in enumerate(listed.record.evidence):
            if evidence.file is None:
                continue
            place = (*listed.path, "evidence", position)
            found = draft.evidence.get(evidence.file)
            if found is None:
                message = _("there is no file {name} in the data folder")
                said = message.format(name=quote(evidence.file))
                hint = _("bring it back, or copy it there; names begin below the data folder")
                yield Diagnostic(NAME, listed.file, (*place, "file"), said, hint)
            elif found != evidence.sha256:
                message = _("{name} is not the file that was reported: its SHA-256 is {sha256}")
                said = message.format(name=quote(evidence.file), sha256=found)
                hint = _("bring the file back as it was; a newer one belongs in a new report")
                yield Diagnostic(NAME, listed.file, (*place, "sha256"), said, hint)
