"""Findings as JSON, and back."""

from credit_plan.diagnostics import UNLOCATED, Diagnostic, KeyPath, Location, Severity
from credit_plan.snapshot.encode import Json


def encode_found(found: Diagnostic) -> Json:
    """Return a diagnostic; what is as usual is left out at the end."""
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
        rule,
        file,
        tuple(path),
        message,
        hint,
        Severity(severity),
        on_key,
        tuple(part) if part else None,
        _decode_place(related) if related else None,
        Location(*location) if location else UNLOCATED,
        related_at,
        fixable,
        count,
        tuple(quotes),
        subject,
        accepted,
    )


def _decode_place(place: Json) -> tuple[str, KeyPath]:
    file, path = place
    return file, tuple(path)
