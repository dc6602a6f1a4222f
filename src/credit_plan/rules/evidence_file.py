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

from credit_plan.diagnostics import Diagnostic, KeyPath, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.progress import Evidence, is_web_address
from credit_plan.rules.context import Context

NAME = "evidence-file"
SEVERITY = Severity.ERROR

Place = tuple[str, KeyPath]


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each invalid address, and each file that is missing or was changed.

    Nothing is found if the draft was loaded without the SHA-256 of the files.
    """
    if context.draft.evidence is None:
        return
    for report in context.draft.entries:
        for index, evidence in enumerate(report.record.evidence):
            if evidence.file is not None:
                sha256 = context.draft.evidence.get(evidence.file)
                diagnostic = _judge_file(report.at("evidence", index), evidence, sha256)
            else:
                diagnostic = _judge_address(report.at("evidence", index), evidence.url or "")
            if diagnostic:
                yield diagnostic


def _judge_address(place: Place, url: str) -> Diagnostic | None:
    if is_web_address(url):
        return None
    message = _("{url} is not a web address").format(url=quote(url))
    hint = _("begin it with http:// or https://, and write %20 for a space")
    return _report(place, "url", message, hint)


def _judge_file(place: Place, evidence: Evidence, sha256: str | None) -> Diagnostic | None:
    """Return what is wrong with a file whose SHA-256 is this one; None if there is no such file."""
    name = quote(evidence.file or "")
    if sha256 is None:
        message = _("{name} is not a file in the folder for evidence").format(name=name)
        hint = _("restore it, or copy it to evidence/ in the data folder: evidence/a.pdf")
        return _report(place, "file", message, hint)
    if sha256 == evidence.sha256:
        return None
    message = _("{name} is not the file that was reported: its SHA-256 is {sha256}")
    hint = _("restore the original file; a newer version belongs in a new report")
    return _report(place, "sha256", message.format(name=name, sha256=sha256), hint)


def _report(place: Place, key: str, message: str, hint: str) -> Diagnostic:
    file, path = place
    return Diagnostic(NAME, file, (*path, key), message, hint)
