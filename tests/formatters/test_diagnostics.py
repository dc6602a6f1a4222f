"""Findings in every format: what people, editors, GitHub and build servers are shown of them."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from credit_plan import __version__, formatters
from credit_plan.diagnostics import CheckResult, Diagnostic, Location, Severity
from credit_plan.formatters import Screen
from credit_plan.formatters.diagnostics_text import excerpt
from credit_plan.rules.registry import RULES
from credit_plan.text import escape_controls
from tests.cases import BAD, Case, judged, lay_out
from tests.conftest import HELD, ROOT, Run

DAY = date(2023, 12, 31)
SOURCE = Path(__file__).parents[1] / "source"
SARIF = jsonschema.Draft4Validator(json.loads((SOURCE / "sarif-schema-2.1.0.json").read_bytes()))
JUNIT = xmlschema.XMLSchema(SOURCE / "junit-10.xsd")
COLOURED = Screen(width=80, styled=True, coloured=True)
STYLED = Screen(width=80, styled=True)
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
LONG = "推进信用信息共享，" * 50

UNKNOWN = Diagnostic(
    "unknown-unit",
    "data/measures/13.yaml",
    ("measures", 0, "lead", 0),
    "“市交通运输厅” is not in the registry of units",
    "did you mean “市交通运输局”?",
    location=Location(8, 12, 18, "    lead: [市交通运输厅]"),
)
EVIL = replace(
    UNKNOWN,
    file="data/a,b:100%\n::error::.yaml",
    message="50% of “甲\r\n::add-mask::乙\x1b[31m”, ##[group]丙 [点](http://丁) <b>|`戊`",
    hint="己\n##[group]庚\x00\ufffe",
    location=replace(UNKNOWN.location, source="    lead: [\x1b\x85\x00\ufffe甲]"),
)


def moved(diagnostic: Diagnostic, **place: object) -> Diagnostic:
    """Return the same diagnostic at another place, or with another line there."""
    return replace(diagnostic, location=replace(diagnostic.location, **place))


def at(source: str, value: str, column: int = 0) -> Diagnostic:
    """Return a finding about the first place of a value in a line."""
    column = column or source.index(value) + 1
    return moved(UNKNOWN, column=column, end_column=column + len(value), source=source)


def shown(it: Diagnostic, width: int | None = None) -> list[str]:
    """Return the lines of the text that are the excerpt."""
    it = replace(it, quotes=())
    text = formatters.format_diagnostics(CheckResult((it,)), "text", DAY, Screen(width=width))
    lines = text.splitlines()
    hint = next(at for at, line in enumerate(lines) if line.startswith("    hint: "))
    return lines[hint - 2 : hint]


def many(count: int) -> tuple[Diagnostic, ...]:
    """One notice, one warning, and errors, in the order of their lines."""
    severities = (Severity.NOTICE, Severity.WARNING, *(Severity.ERROR,) * (count - 2))
    return tuple(
        replace(moved(UNKNOWN, line=line), severity=severity)
        for line, severity in enumerate(severities, 1)
    )


def test_text_has_a_line_to_jump_to_the_value_and_the_hint() -> None:
    found = (UNKNOWN, replace(moved(UNKNOWN, source=""), related_at="data/units.yaml:3:5"))
    written = formatters.format_diagnostics(CheckResult(found, "2 errors"), "text", DAY, Screen())
    header = f"data/measures/13.yaml:8:12: error[unknown-unit] {UNKNOWN.message}"
    assert written.splitlines() == [
        header,
        "      lead: [市交通运输厅]",
        "             ^^^^^^^^^^^^",
        "    hint: did you mean “市交通运输局”?",
        header,
        "    also: data/units.yaml:3:5",
        "    hint: did you mean “市交通运输局”?",
        "2 errors",
    ]
    assert formatters.format_diagnostics(CheckResult(()), "text", DAY, Screen()) == ""


@pytest.mark.parametrize(
    ("it", "lines"),
    [
        (at("  text: a\tb", "\t"), ["text: a b", "       ^"]),
        (at("\ttext: a", "\t"), [" text: a", "^"]),
        (at("text: 甲\u200b乙", "\u200b"), ["text: 甲\\u200b乙", "        ^^^^^^"]),
        (at("text: 甲e\u0301乙", "e\u0301"), ["text: 甲e\\u0301乙", "        ^^^^^^^"]),
        (at("text: 甲\x1b[31m乙", "乙"), ["text: 甲\\x1b[31m乙", "                ^^"]),
        (at("text: 甲\u3000乙", "\u3000"), ["text: 甲\u3000乙", "        ^^"]),
        (at("  target:", "", 10), ["target:", "       ^"]),
        (at("  target:", "x", 99), ["target:", "       ^"]),
        (at("  target: 甲", "甲"), ["target: 甲", "        ^^"]),
        (moved(at("  target: 甲", "甲"), end_column=99), ["target: 甲", "        ^^"]),
        (moved(at("  target: 甲", "甲"), end_column=0), ["target: 甲", "        ^"]),
        (at("   ", " ", 2), ["  ", "^"]),
        (at("𠀀甲", "甲"), ["𠀀甲", "  ^^"]),
    ],
)
def test_the_carets_stand_under_the_value(it: Diagnostic, lines: list[str]) -> None:
    assert [line[6:] for line in shown(it)] == lines


@pytest.mark.parametrize(
    ("source", "value", "lines"),
    [
        (f"text: 错字{LONG}", "错字", ["text: 错字推进信用信息共享，推进…", "      ^^^^"]),
        (
            f"text: {LONG}错字{LONG}",
            "错字",
            ["…信用信息共享，错字推进信用信息共…", f"{' ' * 15}^^^^"],
        ),
        (f"text: {LONG}错字", "错字", ["…信息共享，推进信用信息共享，错字", f"{' ' * 29}^^^^"]),
        (f"text: {LONG}", LONG, ["text: 推进信用信息共享，推进信用…", f"{' ' * 6}{'^' * 26}"]),
        (
            f"{LONG}：{LONG}",
            f"：{LONG}",
            ["…息共享，：推进信用信息共享，推进…", f"{' ' * 9}{'^' * 24}"],
        ),
    ],
)
def test_a_long_line_is_cut_around_the_value(source: str, value: str, lines: list[str]) -> None:
    assert [line[6:] for line in shown(at(source, value), 40)] == lines


@pytest.mark.parametrize("width", [1, 30, 40, 80, 100, 160, None])
@given(
    st.text(alphabet="市营商局信用，“”A1 \t\u200b\u0301\x1b\U0001f600\ue000", max_size=200),
    st.integers(1, 210),
    st.integers(0, 210),
)
def test_an_excerpt_fits_and_its_carets_point_at_something(
    width: int | None, source: str, column: int, end: int
) -> None:
    it = moved(UNKNOWN, column=column, end_column=end, source=f"a{source}")
    line, carets = shown(it, width)
    assert max(cell_len(line), cell_len(carets)) <= max(width or 100, 30)
    assert cell_len(carets) <= max(cell_len(line), cell_len(line.rstrip("…")) + 1)
    found = excerpt(it, 94)
    assert found.carets.strip() == "^" * max(1, cell_len(found.value))


def report(it: Diagnostic, width: int | None) -> list[str]:
    closed = CheckResult((it,), f"1 error · {LONG}")
    return formatters.format_diagnostics(closed, "text", DAY, Screen(width=width)).splitlines()


def test_in_a_pipe_the_message_and_the_hint_are_one_line_each() -> None:
    lines = report(replace(UNKNOWN, message=LONG, hint=LONG), None)
    assert lines[0].endswith(f": error[unknown-unit] {LONG}")
    assert lines[-2:] == [f"    hint: {LONG}", f"1 error · {LONG}"]


@pytest.mark.parametrize("width", [40, 60, 80, 160])
def test_on_a_screen_they_are_folded_and_nothing_is_lost(width: int) -> None:
    it = replace(UNKNOWN, message=f"“甲” {LONG}", hint=f"did you mean {LONG}")
    lines = report(it, width)
    assert max(map(cell_len, lines)) <= width
    assert lines[0].startswith("data/measures/13.yaml:8:12:")
    written = "".join("".join(lines).split())
    for text in (f"error[unknown-unit]“甲”{LONG}", f"hint:didyoumean{LONG}", f"1error·{LONG}"):
        assert text in written
    assert [line for line in lines if line.startswith("    hint: ")]
    assert not [line for line in lines[1:] if not line.startswith("    ")][1:]


def test_a_place_is_never_broken_whatever_the_width() -> None:
    """An editor or a terminal could not follow it."""
    long = "data/某个很长的文件夹的名称/measures/13.yaml"
    it = replace(UNKNOWN, file=long, related_at=f"{long}:9:13")
    first, second, *others = report(it, 30)
    assert first == f"{long}:8:12:"
    assert second.startswith("    error[unknown-unit] ")
    assert f"    also: {long}:9:13" in others
    coloured = formatters.format_diagnostics(
        CheckResult((it,)), "text", DAY, COLOURED._replace(width=30)
    )
    assert f"\x1b[1m{long}:8:12\x1b[0m:\n    \x1b[1;31merror\x1b[0m[unknown-unit] " in coloured


def test_colours_are_for_screens_that_have_them() -> None:
    verdict = CheckResult(many(3), "closing")
    plain = formatters.format_diagnostics(verdict, "text", DAY, Screen(width=80))
    coloured = formatters.format_diagnostics(verdict, "text", DAY, COLOURED)
    styled = formatters.format_diagnostics(verdict, "text", DAY, STYLED)
    assert "\x1b" not in plain
    assert ESCAPES.sub("", coloured) == ESCAPES.sub("", styled) == plain
    header, _more, _line, carets, hint, *_others = coloured.splitlines()
    assert header.startswith(
        "\x1b[1mdata/measures/13.yaml:1:12\x1b[0m: \x1b[1;36mnotice\x1b[0m[unknown-unit] “"
    )
    assert carets == f"\x1b[1;36m{' ' * 13}{'^' * 12}\x1b[0m"
    assert hint.startswith("    \x1b[2mhint: ")
    assert "\x1b[1;33mwarning" in coloured
    assert "\x1b[1;31merror" in coloured
    assert set(ESCAPES.findall(styled)) == {"\x1b[1m", "\x1b[2m", "\x1b[0m"}


def test_json_has_the_end_and_the_other_place() -> None:
    found = (UNKNOWN, replace(UNKNOWN, related_at="data/units.yaml:3:5"))
    document = json.loads(formatters.format_diagnostics(CheckResult(found), "json", DAY, COLOURED))
    assert document["schema"] == "credit-plan/check@1"
    assert document["as_of"] == "2023-12-31"
    assert document["rows"][0] == {
        "rule": "unknown-unit",
        "severity": "error",
        "file": "data/measures/13.yaml",
        "line": 8,
        "column": 12,
        "end_column": 18,
        "message": "“市交通运输厅” is not in the registry of units",
        "hint": "did you mean “市交通运输局”?",
        "related": None,
        "count": 1,
        "accepted": None,
    }
    assert document["rows"][1]["related"] == "data/units.yaml:3:5"


def test_github_is_told_the_place_the_rule_and_the_hint() -> None:
    it = replace(UNKNOWN, related_at="data/units.yaml:3:5")
    assert formatters.format_diagnostics(
        CheckResult((it,), "1 error"), "github", DAY, Screen()
    ) == (
        "::error file=data/measures/13.yaml,line=8,endLine=8,col=12,endColumn=18,"
        "title=unknown-unit::“市交通运输厅” is not in the registry of units"
        "%0Aalso: data/units.yaml:3:5%0Ahint: did you mean “市交通运输局”?\n"
        "1 error\n"
    )


def test_github_finds_no_command_in_the_data() -> None:
    annotation, *plain = formatters.format_diagnostics(
        CheckResult((*(EVIL,) * 10, replace(EVIL, file=" ::error::.yaml")), "##[group]"),
        "github",
        DAY,
        Screen(),
    ).splitlines()[9:]
    assert annotation == (
        r"::error file=data/a%2Cb%3A100%25\n%3A%3Aerror%3A%3A.yaml,line=8,endLine=8,col=12,"
        r"endColumn=18,title=unknown-unit::50%25 of “甲\r\n::add-mask::乙\x1b[31m”, #\#[group]丙"
        r" [点](http://丁) <b>|`戊`%0Ahint: 己\n#\#[group]庚\x00\ufffe"
    )
    said = r"50% of “甲\r\n::add-mask::乙\x1b[31m”, #\#[group]丙 [点](http://丁) <b>|`戊`"
    assert plain == [rf" \::error::.yaml:8:12: error[unknown-unit] {said}", r"#\#[group]"]


def test_github_gets_the_ten_most_severe_as_annotations_and_loses_none() -> None:
    verdict = CheckResult(many(13), "11 errors, 1 warning, 1 notice")
    lines = formatters.format_diagnostics(verdict, "github", DAY, Screen()).splitlines()
    assert [re.findall(r"^::error .*,line=(\d+),", line) for line in lines[:10]] == [
        [str(line)] for line in range(3, 13)
    ]
    assert [line.split(" “")[0] for line in lines[10:]] == [
        "data/measures/13.yaml:13:12: error[unknown-unit]",
        "data/measures/13.yaml:2:12: warning[unknown-unit]",
        "data/measures/13.yaml:1:12: notice[unknown-unit]",
        "11 errors, 1 warning, 1 notice",
    ]


def test_the_page_of_the_job_lists_what_is_not_annotated() -> None:
    found = (*many(12), replace(EVIL, severity=Severity.NOTICE))
    lines = formatters.format_job_summary(
        CheckResult(found, "12 findings"), "github", DAY
    ).splitlines()
    assert lines[:6] == [
        "## credit-plan check",
        "",
        "### 12 findings",
        "",
        "| Place | Rule | Finding | Hint |",
        "| --- | --- | --- | --- |",
    ]
    assert lines[6] == (
        rf"| data/measures/13.yaml:2:12 | warning\[unknown-unit\] | {UNKNOWN.message} "
        rf"| {UNKNOWN.hint} |"
    )
    assert r"\<b\>\|\`戊\`" in lines[8]
    assert lines[8].replace(r"\|", "").count("|") == 5
    assert lines[9:] == [
        "",
        "*The 10 most severe findings are annotations beside the lines.*",
        "",
    ]


WARNED = replace(
    UNKNOWN,
    severity=Severity.WARNING,
    subject="13",
    quotes=("甲：“乙”", "2023-12-31"),
)
ACCEPTED = replace(moved(WARNED, line=9), accepted="原表此处 {如此} [点](http://丁)\x1b[31m。")


def test_below_a_warning_is_the_line_that_accepts_it_and_below_an_accepted_one_the_reason() -> None:
    found = (WARNED, ACCEPTED)
    written = formatters.format_diagnostics(CheckResult(found), "text", DAY, Screen()).splitlines()
    line = '- {rule: unknown-unit, ids: ["13"], quotes: ["甲：“乙”", "2023-12-31"], reason: ""}'
    assert written[3:5] == [
        f"    hint: {UNKNOWN.hint}",
        f"    to accept it, add to accepted.yaml: {line}",
    ]
    assert written[8:] == [r"    accepted: 原表此处 {如此} [点](http://丁)\x1b[31m。"]


def test_an_accepted_finding_is_suppressed_skipped_and_never_annotated() -> None:
    found = (ACCEPTED, WARNED)
    accepted, warned = sarif(*found)["results"]
    reason = r"原表此处 {如此} [点](http://丁)\x1b[31m。"
    assert accepted["suppressions"] == [{"kind": "external", "justification": reason}]
    assert warned["suppressions"] == []
    assert "suppressions" not in sarif(WARNED)["results"][0]
    suite = junit(*found)
    assert [it.get("message") for it in suite.iter("skipped")] == [reason]
    github = formatters.format_diagnostics(CheckResult(found), "github", DAY, Screen())
    assert [line.partition(" ")[0] for line in github.splitlines()] == [
        "::warning",
        "data/measures/13.yaml:9:12:",
    ]
    summary = formatters.format_job_summary(CheckResult(found), "github", DAY)
    assert "原表此处" in summary
    document = json.loads(formatters.format_diagnostics(CheckResult(found), "json", DAY, Screen()))
    assert [row["accepted"] for row in document["rows"]] == [ACCEPTED.accepted, None]


def test_the_page_of_the_job_stays_below_what_github_takes() -> None:
    summary = formatters.format_job_summary(CheckResult(many(3000)), "github", DAY)
    assert len(summary.encode()) < 2**20
    assert "2490 more are in the log." in summary
    assert formatters.format_job_summary(CheckResult((), "no errors"), "github", DAY) == (
        "## credit-plan check\n\n### no errors\n\n"
    )


def sarif(*found: Diagnostic) -> dict[str, object]:
    """Return the run of a document that keeps to the schema."""
    document = json.loads(
        formatters.format_diagnostics(CheckResult(found, "", RULES), "sarif", DAY, Screen())
    )
    SARIF.validate(document)
    (run,) = document["runs"]
    assert isinstance(run, dict)
    return run


def test_sarif_has_the_manual_of_every_rule() -> None:
    driver = sarif()["tool"]["driver"]  # type: ignore[index]
    assert (driver["name"], driver["version"]) == ("credit-plan", __version__)
    assert [rule["id"] for rule in driver["rules"]] == [manual.name for manual in RULES]
    rule = next(rule for rule in driver["rules"] if rule["id"] == "unknown-unit")
    assert rule["shortDescription"]["text"].startswith(
        "Every unit that a measure or a report names"
    )
    assert "To fix it, " in rule["help"]["markdown"]
    assert rule["defaultConfiguration"] == {"level": "error"}


def test_sarif_points_at_the_value_and_at_the_other_one() -> None:
    it = replace(UNKNOWN, file="数据/a b.yaml", related_at="数据/x:y.yaml:3:5")
    (result,) = sarif(it)["results"]  # type: ignore[misc]
    place = result["locations"][0]["physicalLocation"]
    assert unquote(place["artifactLocation"]["uri"]) == it.file
    assert place["artifactLocation"]["uri"].isascii()
    assert place["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
    assert place["region"] == {
        "startLine": 8,
        "startColumn": 12,
        "endColumn": 18,
        "snippet": {"text": "市交通运输厅"},
    }
    assert result["message"]["text"].splitlines() == [
        it.message,
        "also: [数据/x:y.yaml:3:5](1)",
        f"hint: {it.hint}",
    ]
    (other,) = result["relatedLocations"]
    assert other["id"] == 1
    assert unquote(other["physicalLocation"]["artifactLocation"]["uri"]) == "数据/x:y.yaml"
    assert other["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 5}


def test_sarif_names_a_file_elsewhere_by_its_whole_uri(tmp_path: Path) -> None:
    (result,) = sarif(replace(UNKNOWN, file=(tmp_path / "数.yaml").as_posix()))["results"]  # type: ignore[misc]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": (tmp_path / "数.yaml").as_uri()}


def test_sarif_knows_a_finding_again_when_its_line_has_moved() -> None:
    def prints(*found: Diagnostic) -> list[str]:
        results = sarif(*found)["results"]
        return [it["partialFingerprints"]["finding/v1"] for it in results]  # type: ignore[attr-defined]

    elsewhere = moved(UNKNOWN, line=80, column=3, end_column=9)
    assert prints(UNKNOWN) == prints(elsewhere)
    assert len(set(prints(UNKNOWN, elsewhere, replace(UNKNOWN, message="another")))) == 3


def test_sarif_has_levels_of_its_own_and_makes_no_links_of_the_data() -> None:
    results = sarif(*many(3), replace(EVIL, rule="no-such-rule"))["results"]
    assert [it["level"] for it in results] == ["note", "warning", "error", "error"]  # type: ignore[attr-defined]
    assert ["ruleIndex" in it for it in results] == [True, True, True, False]  # type: ignore[attr-defined]
    assert r"[点\](http://丁)" in results[3]["message"]["text"]  # type: ignore[index]


@pytest.mark.parametrize(
    "text", ["{0}", "{", "}}", "{{1}}", r"[a](1)", r"[a\](1)", r"[a\\](1)", "[[a]](1)", "a](1)"]
)
def test_nothing_in_a_message_of_sarif_is_a_placeholder_or_a_link(text: str) -> None:
    """A unit named {0} was a placeholder, and a backslash in the data undid an escape (X20)."""
    named = f"data/{text}.yaml:3:5"
    it = replace(UNKNOWN, message=f"“{text}”", hint=text, related_at=named)
    (result,) = sarif(it)["results"]  # type: ignore[misc]
    written = result["message"]["text"]
    assert not set("{}") & set(re.sub(r"\{\{|\}\}", "", written))
    unescaped = re.sub(r"\\[\\\[\]]", "·", written)
    assert len(re.findall(r"\[[^\[\]]*\]\(\d+\)", unescaped)) == 1


def junit(*found: Diagnostic) -> ET.Element:
    """Return the one suite of a document that keeps to the schema."""
    text = formatters.format_diagnostics(CheckResult(found, "", RULES), "junit", DAY, Screen())
    JUNIT.validate(text)
    (suite,) = ET.fromstring(text)  # noqa: S314  it was written a line above
    return suite


def test_junit_fails_for_errors_alone() -> None:
    suite = junit(*many(3), EVIL)
    assert suite.get("name") == "credit-plan check"
    assert (suite.get("tests"), suite.get("failures")) == (str(len(RULES) + 3), "2")
    notice, warning, error, evil, *kept = suite
    assert (notice.get("classname"), notice.get("name")) == (
        "unknown-unit",
        "data/measures/13.yaml:1:12",
    )
    assert [it[0].tag for it in (notice, warning, error, evil)] == [
        "system-out",
        "system-out",
        "failure",
        "failure",
    ]
    assert error[0].attrib == {"type": "error", "message": UNKNOWN.message}
    assert error[0].text == (
        f"data/measures/13.yaml:3:12: error[unknown-unit] {UNKNOWN.message}\nhint: {UNKNOWN.hint}"
    )
    assert r"\x1b[31m" in (evil[0].text or "")
    assert {it.get("name") for it in kept} == {"no findings"}
    assert {it.get("classname") for it in kept} == {
        manual.name for manual in RULES if manual.name != "unknown-unit"
    }


@given(st.text(st.characters(categories=["Cc", "Cs", "Cn", "Po", "Lo"])))
def test_junit_has_only_the_characters_of_xml(text: str) -> None:
    """XML 1.0 forbids most controls, halves of characters, and U+FFFE."""
    it = replace(UNKNOWN, file=f"data/{text}.yaml", message=text, hint=text, related_at=text)
    document = formatters.format_diagnostics(CheckResult((it,), "", ()), "junit", DAY, Screen())
    (test,) = ET.fromstring(document.encode())[0]  # noqa: S314  it was written a line above
    assert test[0].get("message") == escape_controls(text)


def test_junit_of_a_sound_plan_is_a_test_for_each_rule() -> None:
    suite = junit()
    assert (suite.get("tests"), suite.get("failures")) == (str(len(RULES)), "0")
    assert len(suite) == len(RULES)


@pytest.mark.parametrize("case", BAD, ids=str)
def test_every_format_has_a_form_for_every_finding(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lay_out(case, tmp_path)
    found = judged(tmp_path)
    assert_sound(found)
    for line, carets in (shown(it) for it in found if it.source and not it.related_at):
        assert line.strip()
        assert carets.strip("^ ") == ""


def test_every_format_has_a_form_for_what_nobody_expects() -> None:
    unprintable = replace(EVIL, file="\udc80", message="\ud800\x9b")
    assert_sound((EVIL, moved(unprintable, line=1, column=1)))


def assert_sound(found: tuple[Diagnostic, ...]) -> None:
    """Every format writes the findings, and nothing in them acts on whatever shows them."""
    verdict = CheckResult(found, "closing", RULES)
    for name in formatters.DIAGNOSTIC_FORMATS:
        for screen in (Screen(), Screen(width=40), COLOURED):
            text = formatters.format_diagnostics(verdict, name, DAY, screen)
            rest = ESCAPES.sub("", text) if name == "text" and screen.styled else text
            assert {it for it in set(rest) if unicodedata.category(it) == "Cc"} == {"\n"}
    sarif(*found)
    junit(*found)
    summary = formatters.format_job_summary(verdict, "github", DAY)
    assert {it for it in set(summary) if unicodedata.category(it) == "Cc"} == {"\n"}


def test_check_writes_every_format_and_the_page_of_the_job(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n", encoding="utf-8")
    for name in formatters.DIAGNOSTIC_FORMATS:
        answer = run("check", "--format", name, GITHUB_STEP_SUMMARY=str(page), PYTHONUTF8="0")
        assert (answer.code, answer.err) == (0, "")
        assert answer.out
    said = f"{HELD}: no errors, 22 accepted"
    head = f"before\n## credit-plan check\n\n### {said}\n\n"
    assert page.read_text(encoding="utf-8").startswith(head)


def test_a_page_that_cannot_be_written_does_not_undo_the_check(run: Run, tmp_path: Path) -> None:
    answer = run("check", "--format", "github", GITHUB_STEP_SUMMARY=str(tmp_path))
    assert answer.code == 0
    assert answer.out.endswith("no errors, 22 accepted\n")
    assert answer.err == f"cannot write the summary to {tmp_path}: Is a directory\n"
    lay_out(BAD[0], tmp_path)
    assert run("check", "--format", "github", "--data", str(tmp_path), cwd=ROOT).code == 1
