"""Diagnostics as JUnit's XML, which most build servers show as tests.

A diagnostic is a test named by its place, in the class of its rule: an error is a failure, an
accepted finding a test that is skipped, any other warning or notice output of the test. A rule that
finds nothing is a test that passes.
"""

import re
from datetime import date
from xml.etree import ElementTree as ET

from credit_plan.diagnostics import CheckResult, Diagnostic, Severity
from credit_plan.formatters import Screen
from credit_plan.formatters.diagnostics_text import format_headline, format_place, format_remarks
from credit_plan.i18n import _
from credit_plan.text import COMMAND_SIGN, escape_controls

_HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'


def format_diagnostics(result: CheckResult, _as_of: date, _screen: Screen) -> str:
    """Return one suite: the diagnostics in order, then the rules that found nothing."""
    broken = {diagnostic.rule for diagnostic in result.found}
    kept = [rule.name for rule in result.rules if rule.name not in broken]
    errors = [it for it in result.found if it.severity is Severity.ERROR]
    counts = {
        "name": "credit-plan check",
        "tests": str(len(result.found) + len(kept)),
        "failures": str(len(errors)),
        "errors": "0",
    }
    suites = ET.Element("testsuites", counts)
    suite = ET.SubElement(suites, "testsuite", counts)
    for diagnostic in result.found:
        _add_test(suite, diagnostic)
    for name in kept:
        ET.SubElement(suite, "testcase", classname=name, name=_("no findings"))
    ET.indent(suites)
    document = re.sub(COMMAND_SIGN, "&#35;", ET.tostring(suites, encoding="unicode"))
    return f"{_HEADER}{document}\n"


def _add_test(suite: ET.Element, diagnostic: Diagnostic) -> None:
    place = format_place(diagnostic)
    test = ET.SubElement(suite, "testcase", classname=diagnostic.rule, name=place)
    if diagnostic.accepted:
        reason = escape_controls(diagnostic.accepted)
        output = ET.SubElement(test, "skipped", message=reason)
    elif diagnostic.severity is Severity.ERROR:
        message = escape_controls(diagnostic.message)
        output = ET.SubElement(test, "failure", type=diagnostic.severity, message=message)
    else:
        output = ET.SubElement(test, "system-out")
    output.text = "\n".join((format_headline(diagnostic), *format_remarks(diagnostic)))
