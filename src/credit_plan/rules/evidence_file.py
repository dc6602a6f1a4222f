"""Every evidence file that a report names is in the data folder and has not been changed.

A file that is lost or changed no longer proves anything. Each report stores the SHA-256 of its
files, so that a change can be detected.

    evidence:
      - {file: evidence/通报.pdf, sha256: 9f86d081884c7d65…}

Questions are still answered and reports can still be recorded: it is known what was reported, and
only the proof is in doubt.

To fix it, restore the original file. If there is a newer version, save it under another name and
name it in a new report.
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
                    _("{name} is not in the data folder").format(name=quote(evidence.file)),
                    _("restore it, or copy it there; the path is relative to the data folder"),
                )
            elif sha256 != evidence.sha256:
                yield Diagnostic(
                    NAME,
                    *report.at("evidence", index, "sha256"),
                    _("{name} is not the file that was reported: its SHA-256 is {sha256}").format(
                        name=quote(evidence.file), sha256=sha256
                    ),
                    _("restore the original file; a newer version belongs in a new report"),
                )
