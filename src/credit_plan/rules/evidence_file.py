"""Evidence is a web address, or a file in `evidence/` that has not been changed.

A file that is lost or changed no longer proves anything. Each report stores the SHA-256 of its
files, so that a change can be detected. A file elsewhere is no evidence: the files of the plan are
edited again, and a file outside the data folder is on one computer only. A web address begins with
`http://` or `https://` and contains no white space; anything else might run when it is clicked.

    evidence:
      - {file: evidence/通报.pdf, sha256: 9f86d081884c7d65…}
      - {url: "www.example.org/a b"}

Questions are still answered and reports can still be recorded: it is known what was reported, and
only the proof is in doubt.

To fix it, restore the original file. If there is a newer version, save it under another name and
name it in a new report. Copy a file from elsewhere to `evidence/` in the data folder, and write the
whole web address: `https://www.example.org/a%20b`.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Draft, Located
from credit_plan.models.progress import Entry, Evidence, is_web_address

NAME = "evidence-file"
SEVERITY = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each address that is none, and each file that is missing or differs.

    Nothing is found if the draft was loaded without the SHA-256 of the files.
    """
    if draft.evidence is None:
        return
    for report in draft.entries:
        for index, evidence in enumerate(report.record.evidence):
            if evidence.file is not None:
                yield from _judge_file(report, index, evidence, draft.evidence.get(evidence.file))
            elif not is_web_address(evidence.url or ""):
                yield Diagnostic(
                    NAME,
                    *report.at("evidence", index, "url"),
                    _("{url} is not a web address").format(url=quote(evidence.url or "")),
                    _("begin it with http:// or https://, and write %20 for a space"),
                )


def _judge_file(
    report: Located[Entry], index: int, evidence: Evidence, sha256: str | None
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for a file whose SHA-256 differs; None if there is no such evidence."""
    name = quote(evidence.file or "")
    if sha256 is None:
        yield Diagnostic(
            NAME,
            *report.at("evidence", index, "file"),
            _("{name} is not a file in the folder for evidence").format(name=name),
            _("restore it, or copy it to evidence/ in the data folder: evidence/a.pdf"),
        )
    elif sha256 != evidence.sha256:
        yield Diagnostic(
            NAME,
            *report.at("evidence", index, "sha256"),
            _("{name} is not the file that was reported: its SHA-256 is {sha256}").format(
                name=name, sha256=sha256
            ),
            _("restore the original file; a newer version belongs in a new report"),
        )
