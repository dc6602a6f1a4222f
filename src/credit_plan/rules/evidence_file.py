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

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Draft

NAME = "evidence-file"
SEVERITY = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each file that is missing or whose SHA-256 differs.

    Nothing is found if the draft was loaded without the SHA-256 of the files.
    """
    if draft.evidence is None:
        return
    for report in draft.entries:
        for index, evidence in enumerate(report.record.evidence):
            if evidence.file is None:
                continue
            sha256 = draft.evidence.get(evidence.file)
            if sha256 is None:
                yield Diagnostic(
                    NAME,
                    *report.at("evidence", index, "file"),
                    _("there is no file {name} in the data folder").format(
                        name=quote(evidence.file)
                    ),
                    _("bring it back, or copy it there; names begin below the data folder"),
                )
            elif sha256 != evidence.sha256:
                yield Diagnostic(
                    NAME,
                    *report.at("evidence", index, "sha256"),
                    _("{name} is not the file that was reported: its SHA-256 is {sha256}").format(
                        name=quote(evidence.file), sha256=sha256
                    ),
                    _("bring the file back as it was; a newer one belongs in a new report"),
                )
