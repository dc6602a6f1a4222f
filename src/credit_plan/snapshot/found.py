"""Findings as JSON, and back. Thousands of files have thousands of them, with the same words."""

from dataclasses import replace

from credit_plan.diagnostics import UNLOCATED, Diagnostic, KeyPath, Location, Severity, share
from credit_plan.snapshot.encode import Json


def share_words(found: Diagnostic) -> Diagnostic:
    """Return the same diagnostic, with the words that others have as well."""
    location = found.location
    if location is not UNLOCATED:
        location = replace(location, source=share(location.source))
    return replace(
        found,
        path=share(found.path),
        message=share(found.message),
        hint=share(found.hint),
        part=share(found.part),
        quotes=share(found.quotes),
        location=location,
    )


def encode_found(found: Diagnostic) -> Json:
    """Return the values of a diagnostic, in the order of its fields but for the location."""
    location = found.location
    return [
        found.rule,
        found.file,
        found.path,
        found.message,
        found.hint,
        found.severity,
        None
        if location is UNLOCATED
        else [location.line, location.column, location.end_column, location.source],
        found.on_key,
        found.part,
        found.related,
        found.related_at,
        found.fixable,
        found.count,
        found.quotes,
        found.subject,
        found.accepted,
    ]


def decode_found(encoded: Json) -> Diagnostic:
    """Return a diagnostic."""
    rule, file, path, message, hint, severity, location, on_key, part, related, *others = encoded
    related_at, fixable, count, quotes, subject, accepted = others
    return Diagnostic(
        share(rule),
        file,
        share(tuple(path)),
        share(message),
        share(hint),
        Severity(severity),
        on_key,
        share(tuple(part)) if part else None,
        _decode_related(related) if related else None,
        _decode_location(*location) if location else UNLOCATED,
        related_at,
        fixable,
        count,
        share(tuple(quotes)),
        subject,
        accepted,
    )


def _decode_location(line: int, column: int, end_column: int, source: str) -> Location:
    return Location(line, column, end_column, share(source))


def _decode_related(related: Json) -> tuple[str, KeyPath]:
    file, path = related
    return file, tuple(path)
