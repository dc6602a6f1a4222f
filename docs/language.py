"""Keep the catalogues of messages beside the code: find what is new, and compile all of it.

`python docs/language.py` brings every `.po` below `src/credit_plan/locale` to what the code says
today: a new message has no translation yet, one that resembles an old one has its translation,
marked fuzzy, and what the code no longer says is dropped. Then it compiles the `.mo` files, which
the program reads. With `--check` it only says what is not so, and exits with 1.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from credit_plan.i18n import CHINESE, LOCALE
from credit_plan.models.schema import MODELS, json_schema, list_types
from credit_plan.rules.registry import RULES

PACKAGE = Path(__file__).parents[1] / "src" / "credit_plan"
MANUAL = Path(__file__).parent / "man.py"
FOLDER = LOCALE / CHINESE / "LC_MESSAGES"
_KEYWORDS = {
    "_": None,
    "mark": None,
    "pgettext": ((1, "c"), 2),
    "plural": (1, 2),
    "mark_plural": (1, 2),
}
_HEADER = """\
# The {domain} of credit-plan in Simplified Chinese; `make language` keeps them beside the code.
#"""
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
_VARYING = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Report-Msgid-Bugs-To|Last-Translator'
    r"|Language-Team): .*\n",
    re.MULTILINE,
)
"""Lines of the head that would differ in every commit, or say nothing."""


def extract_messages() -> Catalog:
    """Return what the code says."""
    found = Catalog(charset="utf-8")
    how: dict[str, Any] = {
        "keywords": _KEYWORDS,
        "comment_tags": ("Translators:",),
        "strip_comment_tags": True,
    }
    manual = (("man.py", *it) for it in extract_from_file("python", MANUAL, **how))
    sources = chain(extract_from_dir(PACKAGE, **how), manual)
    for name, _line, message, comments, context in sources:
        found.add(message, None, [(name, 1)], auto_comments=comments, context=context)
    # Pydantic takes the docstrings of the models for their descriptions.
    for it in (it for kind in MODELS for it in list_types(json_schema(kind))):
        found.add(it["description"], None, [("models/schema.py", 1)])
    return found


def extract_pages() -> Catalog:
    """Return the paragraphs of the pages of the rules."""
    found = Catalog(charset="utf-8")
    for rule in RULES:
        for paragraph in rule.docs.split("\n\n"):
            found.add(paragraph, None, [(rule.name, 1)])
    return found


DOMAINS = {"messages": extract_messages, "rules": extract_pages}


def read_catalogue(domain: str) -> Catalog:
    """Return the translations of a domain as its file has them."""
    file = FOLDER / f"{domain}.po"
    if not file.exists():
        return Catalog(locale=CHINESE, project="credit-plan")
    with file.open("rb") as stream:
        return read_po(stream, locale=CHINESE)


def refresh(domain: str) -> Catalog:
    """Return the translations of a domain with the messages that there are today."""
    catalogue = read_catalogue(domain)
    catalogue.update(DOMAINS[domain]())
    catalogue.header_comment = _HEADER.format(domain=domain)
    catalogue.fuzzy = False
    catalogue.creation_date = catalogue.revision_date = _NO_DATE
    return catalogue


def write_texts(catalogue: Catalog) -> dict[str, bytes]:
    """Return the content of the `.po` and the `.mo` file of a catalogue."""
    source, compiled = BytesIO(), BytesIO()
    write_po(
        source, catalogue, width=0, ignore_obsolete=True, include_lineno=False, sort_by_file=True
    )
    write_mo(compiled, catalogue)
    return {
        "po": _VARYING.sub("", source.getvalue().decode()).encode(),
        "mo": compiled.getvalue(),
    }


def find_outdated() -> Iterator[tuple[Path, bytes]]:
    """Yield each file that is not what it must be, with its content."""
    for domain in DOMAINS:
        for ending, content in write_texts(refresh(domain)).items():
            file = FOLDER / f"{domain}.{ending}"
            if not file.exists() or file.read_bytes() != content:
                yield file, content


def main() -> None:
    """Write the catalogues, or check them."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--check", action="store_true")
    check = options.parse_args().check
    outdated = [*find_outdated()]
    for file, content in outdated:
        sys.stdout.write(f"{file.name} is not what the code says: make language\n")
        if not check:
            file.write_bytes(content)
    sys.exit(check and bool(outdated))


if __name__ == "__main__":
    main()
