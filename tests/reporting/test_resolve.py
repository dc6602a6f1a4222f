"""What people write of a measure is understood, or every mistake in it is said."""

from __future__ import annotations

from typing import Any

import pytest
import typer
from hypothesis import example, given
from hypothesis import strategies as st

from credit_plan.cli.record import record
from credit_plan.errors import MisstatedError, UnknownNameError
from credit_plan.filters import find_measure
from credit_plan.plan import Plan
from credit_plan.reporting.parse import parse_reports
from credit_plan.reporting.reported import InputError, Reported
from credit_plan.reporting.resolve import find_due
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("measure", "status", "options", "said"),
    [
        ("3", "done", {}, "Error: ID: “3” has 3 measures; choose one\n"),
        ("99", "done", {}, "Error: ID: unknown task “99”"),
        ("14", "Fertig", {}, "Error: --status: unknown status “Fertig”; use not-"),
        ("14", "done", {"due": "2023-02-30"}, "Error: --for: “2023-02-30” is not a date"),
        ("14", "done", {"on": "2999-01-01"}, "Error: --on: 2999-01-01 is in the future"),
        ("14", "done", {"on": "2023-02-30"}, "2023-02 has 28 days; write a day as 2023-12-"),
        ("7.12", "done", {}, "Error: --unit: name the unit that reports: 7.12 is led by"),
        ("14", "done", {"unit": "市委"}, "Error: --unit: “市委” matches 4 units"),
        ("14", "done", {"unit": "工商"}, "Error: --unit: “工商” matches 2 units"),
        (
            "14",
            "done",
            {"unit": "旅游局"},
            "Error: --unit: unknown unit “旅游局”\nDid you mean one of these?\n  市文旅局\n",
        ),
        ("14", "done", {"values": ["承诺"]}, "“承诺” has no figure; write NAME=NUMBER"),
        ("1", "done", {"values": ["61"]}, "“61” may be one of 2 indicators of measure 1; "),
        ("14", "done", {"values": ["承诺=6户"]}, "“6户” is not a figure in ％"),
        ("14", "done", {"values": ["授信=3"]}, "credit-granted belongs to measure"),
        (
            "14",
            "done",
            {"values": ["承诺=3", "public-commitment=4"]},
            "Error: --value: public-commitment is given twice",
        ),
        ("14", "done", {"note": "\udcff"}, "Error: --note: is not valid UTF-8"),
        ("14", "done", {"evidence": ["no.pdf"]}, "no file “no.pdf”"),
        (
            "14",
            "done",
            {"evidence": ["WWW.example.org/a"]},
            "“WWW.example.org/a”; write a web address as https://WWW.example.org/a\n",
        ),
        ("14", "done", {"evidence": ["\0", ""]}, "Error: --evidence: there is no file"),
        ("14", "done", {"evidence": ["data"]}, "no file “data”"),
    ],
)
def test_what_is_wrong_is_said_of_the_option(
    capsys: pytest.CaptureFixture[str],
    measure: str,
    status: str,
    options: dict[str, Any],
    said: str,
) -> None:
    with pytest.raises(typer.Exit) as ended:
        record([measure], status, **options, data=ROOT / "data")
    assert ended.value.exit_code == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.endswith("nothing was written\n")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2022-12-31", "2022-12-31"),
        ("2022年底", "2022-12-31"),
        ("２０２２年", "2022-12-31"),
        ("2022-12", "2022-12-31"),
        ("2022", "2022-12-31"),
        # As a spreadsheet writes a day.
        ("2023/12/31 0:00", "2023-12-31"),
        ("20241231", "2024-12-31"),
        # The day of the deadline is the measure itself.
        ("2025年底前", None),
        ("2025", None),
        ("", None),
        (" ", None),
    ],
)
def test_a_date_means_the_milestone_in_it(plan: Plan, text: str, meant: str | None) -> None:
    found = find_due(plan, find_measure(plan, "14"), text)
    assert (str(found) if found else None) == meant


def test_a_date_without_a_milestone_is_refused_with_those_that_have_one(plan: Plan) -> None:
    for text in ("2022-12-30", "2021", "2022-06"):
        with pytest.raises(UnknownNameError) as refused:
            find_due(plan, find_measure(plan, "9.3"), text)
        assert str(refused.value) == f"nothing of measure 9.3 falls due on “{text}”"
        assert [it[:20] for it in refused.value.candidates] == [
            "2023-12-31 2023年底前完善",
            "2024-12-31 2024年投入使用",
            "2025-12-31 依法依规实施守信激",
        ]


def test_a_date_with_several_milestones_is_refused(plan: Plan) -> None:
    """No measure of the published plan has two in one year."""
    measure = find_measure(plan, "9.3")
    twice = plan._replace(
        obligations=tuple(
            it._replace(date=it.date.replace(month=6, day=30, year=2024))
            if it.date.year == 2023
            else it
            for it in plan.obligations
        ),
    )
    assert str(find_due(twice, measure, "2024-06")) == "2024-06-30"
    with pytest.raises(
        UnknownNameError, match=r"several things of measure 9\.3 fall due on “2024”"
    ):
        find_due(twice, measure, "2024")


@pytest.mark.parametrize(
    ("measure", "text", "meant"),
    [
        ("35.1", "2023Q1", "2023Q1"),
        ("35.1", "2023年第一季度", "2023Q1"),
        ("35.1", "２０２３年１季度", "2023Q1"),
        ("35.1", "2023年一季度末", "2023Q1"),
        ("35.1", "2023-03", "2023Q1"),
        ("35.1", "2023-12-31", "2023Q4"),
        ("35.1", "2025-12-31", None),  # the deadline
        ("75.1", "2023H1", "2023H1"),
        ("75.1", "2023年上半年", "2023H1"),
        ("68.3", "2023", "2023"),
        ("68.3", "2023年底", "2023"),
        ("8.7", "2024", "2024"),
        ("8.7", "2024年底前", "2024-12-31"),  # a milestone
        ("22.5", "2023-03-15", "2023-03-15"),
        ("22.5", "2023.3.15", "2023-03-15"),
        ("22.5", "2023年9月份", "2023-09"),
        ("22.5", "2023-09-27", "2023-09-27"),
    ],
)
def test_a_date_means_the_period_of_what_recurs(
    plan: Plan, measure: str, text: str, meant: str | None
) -> None:
    assert find_due(plan, find_measure(plan, measure), text) == meant


@pytest.mark.parametrize(
    ("measure", "text", "listed"),
    [
        ("35.1", "2023", ["2023Q1", "2023Q2", "2023Q3", "2023Q4"]),
        ("35.1", "2023H1", ["2023Q1", "2023Q2"]),
        ("35.1", "2023-02", ["2023Q1", "2022Q4", "2023Q2"]),
        ("35.1", "2030", ["2025-12-31", "2025Q4", "2025Q3"]),
        ("75.1", "2023Q1", ["2023H1", "2022H2", "2023H2"]),
        ("68.3", "2021", ["2022", "2023", "2024"]),
        ("22.5", "2023-03-16", ["2023-03-15", "2023-04-28", "2023-06-05"]),
    ],
)
def test_a_date_that_means_no_period_is_refused_with_the_nearest(
    plan: Plan, measure: str, text: str, listed: list[str]
) -> None:
    with pytest.raises(UnknownNameError) as refused:
        find_due(plan, find_measure(plan, measure), text)
    names = [it.split()[0] for it in refused.value.candidates]
    assert sorted(names[: len(listed)]) == sorted(listed)
    assert len(names) <= 8


def test_a_period_without_its_year_is_refused_with_what_to_write(plan: Plan) -> None:
    for text in ("一季度", "3.15", "Q1"):
        with pytest.raises(MisstatedError, match="write a period as 2023Q1, or a day as"):
            find_due(plan, find_measure(plan, "35.1"), text)


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("14,done\n", 1, "missing here: measure, status"),
        ("\nstatus,on\ndone,2023\n", 2, "missing here: measure"),
        (
            '{"foo": ""}',
            1,
            "a report has measure, due, on, unit, status, values, note, evidence",
        ),
        ('{"recorded": ""}', 1, "“record” sets the time of recording itself"),
        ("measure,status,Status\n", 1, "status is given twice"),
        ("measure,status\n\n14,done,a,b\n", 3, "“a” is in a column without a name"),
        ('measure,status\n14,"done\n', 2, "a quotation mark is not closed"),
        ('{"measure": "14", "stat": "done"}', 1, "did you mean “status”?"),
        # A quote that is missing: of a comma too many Python 3.13 names another column.
        ('{"measure": "14"}\n{"measure": 14, on}', 2, "invalid JSON at column 17"),
        ('{"measure": "14"}\n[14]', 2, "a report must be an object"),
        ('{"measure": "14", "measure": "15"}', 1, "“measure” is given twice"),
        ('{"values": {"a": NaN}}', 1, "NaN is not a figure"),
        (
            '{"values": "a=1"}',
            1,
            'write an object of figures by indicator code, as in {"credit-granted"',
        ),
        ('{"values": {"a": true}}', 1, "write an object of figures by indicator code"),
        ('{"evidence": "a.pdf"}', 1, "write a list of addresses and files"),
        ('{"note": ["a"]}', 1, "write a text in quotes"),
        ('{"a":' * 100_000, 1, "nested too deeply"),
        ('[{"measure": "14"}]', 1, "without a list around them"),
    ],
)
def test_what_is_no_report_is_said_with_its_line(content: str, line: int, said: str) -> None:
    found = [it for it in parse_reports(content.encode()).reports if isinstance(it, InputError)]
    assert [it.line for it in found] == [line]
    assert said in found[0].message


def test_a_number_stays_as_it_is_written() -> None:
    assert parse_reports(
        b'{"measure": 7.10, "status": "done", "values": {"a": 3.20, "b": 1e2}}'
    ).reports == (Reported("7.10", "done", values=(("a", "3.20"), ("b", "1e2")), line=1),)


def test_cells_hold_several_and_headings_go_by_either_name() -> None:
    table = """ 措施 ,STATUS,指标值,佐证材料,

13, done ,"a=1; b＝4,200；c=3、d
e = 5","x；https://example.org/?a=1",

"""
    assert parse_reports(table.encode()).reports == (
        Reported(
            "13",
            "done",
            values=(("a", "1"), ("b", "4,200"), ("c", "3"), ("d", ""), ("e", "5")),
            evidence=("x", "https://example.org/?a=1"),
            line=3,
            has_titles=True,
            row=3,
        ),
    )


@pytest.mark.parametrize("name", ["due", "for", "FOR", "对应节点", "节点"])
def test_the_milestone_goes_by_several_names(name: str) -> None:
    (report,) = parse_reports(f"measure,{name},status\n14,2022年底,done\n".encode()).reports
    assert (report.measure, report.due) == ("14", "2022年底")
    assert parse_reports(f'{{"measure": "14", "{name}": "2022"}}'.encode()).reports == (
        Reported("14", due="2022", line=1),
    )


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf", b",,\n", b"measure,status\n"])
def test_nothing_is_no_report(content: bytes) -> None:
    assert parse_reports(content).reports == ()


@given(
    st.one_of(st.binary(), st.text().map(str.encode), st.text('{"}[]:,;\t\n=a1').map(str.encode))
)
@example(b"\xff\xfe\x00")
def test_whatever_is_given_is_a_report_or_a_mistake(content: bytes) -> None:
    lines = [it.line for it in parse_reports(content).reports]
    assert lines == sorted(lines)
    assert 0 not in lines
