"""Diagnostics as JUnit's XML, which most build servers show as tests.

A finding is a test named by its place, in the class of its rule: an error fails it, a warning or
a notice is what it says on the way. A rule that finds nothing is a test that passes.
"""

from __future__ import annotations

from datetime import date
from typing import Final
from xml.etree import ElementTree as ET

from credit_plan.diagnostics import CheckResult, Diagnostic, Severity
from credit_plan.formatters import Screen
from credit_plan.formatters.cells import escape_controls
from credit_plan.formatters.diagnostics_text import headline, place, remarks

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SUITE: Final = "credit-plan check"


def format_diagnostics(result: CheckResult, _as_of: date, _screen: Screen) -> str:
    """One suite: the findings in order, then the rules that are kept."""
    found = {it.rule for it in result.found}
    kept = [manual.name for manual in result.rules if manual.name not in found]
    counts = {
        "name": _SUITE,
        "tests": str(len(result.found) + len(kept)),
        "failures": str(sum(it.severity is Severity.ERROR for it in result.found)),
        "errors": "0",
    }
    suites = ET.Element("testsuites", counts)
    suite = ET.SubElement(suites, "testsuite", counts)
    for it in result.found:
        _add(suite, it)
    for rule in kept:
        ET.SubElement(suite, "testcase", classname=rule, name="no findings")
    ET.indent(suites)
    return f"{_HEAD}{ET.tostring(suites, encoding='unicode')}\n"


def _add(suite: ET.Element, it: Diagnostic) -> None:
    case = ET.SubElement(suite, "testcase", classname=it.rule, name=place(it))
    if it.severity is Severity.ERROR:
        said = ET.SubElement(case, "failure", type=it.severity, message=escape_controls(it.message))
    else:
        said = ET.SubElement(case, "system-out")
    said.text = "\n".join((headline(it), *remarks(it)))
