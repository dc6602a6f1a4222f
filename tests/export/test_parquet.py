"""An export of Parquet files: typed tables from which SQL answers as the command does."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from credit_plan.as_of import AsOf
from credit_plan.cli.app import COMMANDS
from credit_plan.export.folder import MARKER, quote_value
from credit_plan.export.tables import TABLES
from credit_plan.models.indicators import Indicator as IndicatorRecord
from credit_plan.models.indicators import Target
from credit_plan.models.progress import Entry
from credit_plan.models.records import Measure, Task
from credit_plan.plan import Plan
from tests.cases import BASE, lay_out
from tests.conftest import ROOT, Run
from tests.story import plan_of

pa = pytest.importorskip("pyarrow", reason="pyarrow, an extra, is not installed")
duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
dataset = pytest.importorskip("pyarrow.dataset")
parquet = pytest.importorskip("pyarrow.parquet")

DAY = "2024-06-30"
_PAGE = (ROOT / "docs" / "analytics.md").read_text(encoding="utf-8")
_BLOCKS = re.findall(
    r"```sql\n(.*?)```", _PAGE.partition("\n## DuckDB\n")[2].partition("\n## ")[0], re.DOTALL
)
VIEWS, *QUESTIONS = _BLOCKS
ASKED = {
    it.split("\n")[0].removeprefix("-- credit-plan "): it for it in QUESTIONS if "--" in it[:2]
}
"""The questions of docs/analytics.md by the command whose answer they have."""


@pytest.fixture(scope="module", params=["shipped", "demo"])
def exported(request: pytest.FixtureRequest, run: Run, tmp_path_factory: Any) -> tuple[Path, Path]:
    """Return a plan, without reports or with those of the demo, and the folder of its export."""
    home = tmp_path_factory.mktemp("home")
    data = ROOT / "data"
    if request.param == "demo":
        assert run("init", "--demo", "demo", "--no-git", cwd=home).code == 0
        data = home / "demo" / "data"
    answer = run("export", "parquet", "lake", "--data", str(data), "--as-of", DAY, cwd=home)
    assert (answer.code, answer.err) == (0, "")
    return data, home / "lake"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a small plan beside an empty place for exports."""
    lay_out(BASE, tmp_path / "data")
    return tmp_path


def connect(lake: Path) -> Any:
    """Return DuckDB with the views of docs/analytics.md on an export."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'Asia/Shanghai'")
    connection.execute(VIEWS.replace("'lake/", f"'{lake}/"))
    return connection


def in_sql(connection: Any, query: str) -> list[dict[str, Any]]:
    """Return the rows of a query, as they read in JSON."""
    cursor = connection.execute(query)
    keys = [column[0] for column in cursor.description]
    return [dict(zip(keys, map(as_json, row), strict=True)) for row in cursor.fetchall()]


def as_json(value: Any) -> Any:
    if isinstance(value, list):
        return [as_json(it) for it in value]
    return str(value) if isinstance(value, date) else value


def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True, default=float))


def tree(folder: Path) -> dict[str, bytes]:
    files = (it for it in folder.rglob("*") if it.is_file() and not it.name.startswith("."))
    return {it.relative_to(folder).as_posix(): it.read_bytes() for it in files}


@pytest.mark.parametrize("command", ASKED)
def test_sql_answers_as_the_command_does(
    run: Run, exported: tuple[Path, Path], command: str
) -> None:
    """Row by row, in the columns that the query has."""
    data, lake = exported
    words = (*command.split(), "--data", str(data), "--as-of", DAY, "--format", "json")
    answer = run(*words)
    assert answer.code == 0, answer.err
    expected = json.loads(answer.out, parse_float=Decimal)["rows"]
    rows = in_sql(connect(lake), ASKED[command])
    assert rows or not expected
    narrowed = [{key: row[key] for key in rows[0]} for row in expected] if rows else []
    assert in_order(rows) == in_order(narrowed)


def test_the_questions_of_the_page_are_found_and_those_of_no_command_run(
    exported: tuple[Path, Path],
) -> None:
    assert {it.split()[0] for it in ASKED} <= {name for name, _run, _help in COMMANDS}
    assert len(ASKED) >= 12
    (other,) = [it for it in QUESTIONS if it not in ASKED.values()]
    ((row),) = in_sql(connect(exported[1]), other)
    assert (row["city"], row["as_of"], row["obligations"]) == ("绥芬河市", DAY, 425)


def test_every_column_has_a_value_of_each_row_and_every_table_its_rows(
    exported: tuple[Path, Path],
) -> None:
    """What JSON has of a measure, a target and a report is in the export whole."""
    plan: Plan = plan_of(exported[0].parent)
    as_of = AsOf.of(plan, date.fromisoformat(DAY))
    connection = connect(exported[1])
    for table in TABLES:
        rows = [*table.rows(plan, as_of)]
        partitions = {"plan", "chapter"} if table.by_chapter else {"plan"}
        keys = {it.key for it in table.columns}
        for row in rows:
            own = set(row) - partitions if table.by_chapter else set(row)
            assert keys <= own
            assert keys == own or table.name == "obligations"
        described = connection.execute(f"DESCRIBE {table.name}").fetchall()
        assert [it[0] for it in described if it[0] in keys] == [it.key for it in table.columns]
        assert {it[0] for it in described} == keys | partitions
        count = connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()
        assert count == (len(rows),)


def test_types_are_real_and_nothing_is_null_that_the_plan_requires(
    exported: tuple[Path, Path],
) -> None:
    for table in TABLES:
        first, *others = sorted((exported[1] / table.name).rglob("*.parquet"))
        schema = parquet.read_schema(first)
        for column in table.columns:
            field = schema.field(column.key)
            assert field.nullable == column.optional, column
            assert field.metadata == {b"heading": column.heading.encode()}
        assert all(parquet.read_schema(it).equals(schema, check_metadata=True) for it in others)
    types = {
        name: parquet.read_schema(next((exported[1] / name).rglob("*.parquet")))
        for name in ("reports", "targets", "measures")
    }
    assert types["reports"].field("recorded").type == pa.timestamp("us", tz="Asia/Shanghai")
    assert types["reports"].field("status").type == pa.dictionary(pa.int32(), pa.string())
    assert types["targets"].field("value").type == pa.decimal128(21, 6)
    assert types["measures"].field("deadline").type == pa.date32()


def test_a_time_is_the_moment_that_was_recorded(exported: tuple[Path, Path]) -> None:
    found = dataset.dataset(exported[1] / "reports", partitioning="hive").to_table().to_pylist()
    reports = plan_of(exported[0].parent).reports
    zone = timezone(timedelta(hours=8))
    expected = sorted(it.recorded.astimezone(zone) for it in reports if str(it.on) <= DAY)
    times: list[datetime] = sorted(it["recorded"] for it in found)
    assert times == expected


def test_headings_are_the_titles_of_the_fields() -> None:
    headings = {(it.name, column.key): column.heading for it in TABLES for column in it.columns}
    models: tuple[tuple[str, Any], ...] = (
        ("measures", Measure),
        ("reports", Entry),
        ("targets", IndicatorRecord),
        ("targets", Target),
    )
    for name, model in models:
        for key, field in model.model_fields.items():
            if (name, key) in headings and (name, key) != ("measures", "deadline"):
                assert headings[name, key] == field.title, (name, key)
    assert headings["measures", "task_text"] == Task.model_fields["task"].title
    assert headings["measures", "deadline_text"] == Measure.model_fields["deadline"].title


def test_an_export_replaces_its_own_plan_and_no_other(run: Run, small: Path) -> None:
    other = small / "other"
    shutil.copytree(small / "data", other / "data")
    file = other / "data" / "plan.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("示例市", "邻市"), encoding="utf-8")
    for data in (small, other):
        assert run("export", "parquet", "lake", "--data", str(data), cwd=small).code == 0
    before = tree(small / "lake")
    assert len({it.split("/")[1] for it in before if it != MARKER}) == 2
    assert run("record", "2", "--status", "done", cwd=small).code == 0
    again = run("export", "parquet", "lake", cwd=small)
    assert (again.code, again.err) == (0, "")
    after = tree(small / "lake")
    assert {
        it for it in before | after if before.get(it) != after.get(it) and "邻市" in it
    } == set()
    assert {it.split("/")[0] for it in before | after if before.get(it) != after.get(it)} >= {
        "reports",
        "measures",
    }
    assert connect(small / "lake").execute("SELECT count(*) FROM reports").fetchone() == (1,)
    assert [it.name for it in (small / "lake").glob(".*")] == [".ledger.lock"]


def test_tables_without_rows_have_their_columns(run: Run, small: Path) -> None:
    assert run("export", "parquet", "lake", cwd=small).code == 0
    (file,) = (small / "lake" / "reports").rglob("*.parquet")
    assert parquet.read_table(file).num_rows == 0
    assert parquet.read_schema(file).names == [it.key for it in TABLES[4].columns]


@pytest.mark.parametrize("step", range(0, 16, 3))
def test_an_export_that_fails_changes_nothing(
    small: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    from credit_plan.export.folder import export_plan
    from credit_plan.export.parquet import write_file

    plan, lake = plan_of(small), small / "lake"
    export_plan(plan, date(2023, 12, 31), lake, ".parquet", write_file)
    before, count = tree(lake), 0
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == step + 1:
            raise OSError(28, "No space left on device", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="No space left") as raised:
        export_plan(plan, date(2024, 12, 31), lake, ".parquet", write_file)
    assert raised.value.filename == str(lake)
    assert tree(lake) == before
    assert not [*lake.glob(".*.tmp")]


def test_what_a_killed_export_has_left_is_removed(run: Run, small: Path) -> None:
    left = small / "lake" / f".{'0' * 16}.ledger.tmp"
    assert run("export", "parquet", "lake", cwd=small).code == 0
    (left / "new").mkdir(parents=True)
    assert run("export", "parquet", "lake", cwd=small).code == 0
    assert not left.exists()


@pytest.mark.parametrize(
    "title", ["甲/乙：a=1 100%", '“引”"q" #[x]{y}^', "c:\\d?*|<e>.", "长" * 300, "2025 "]
)
def test_any_title_is_a_folder_and_is_read_back(run: Run, small: Path, title: str) -> None:
    file = small / "data" / "plan.yaml"
    named = re.sub(
        r"^title: .*$",
        lambda _it: f"title: {json.dumps('示例市' + title.strip(), ensure_ascii=False)}",
        file.read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )
    file.write_text(named, encoding="utf-8")
    answer = run("export", "parquet", "lake", cwd=small)
    assert answer.code == 0, answer.err
    connection = connect(small / "lake")
    plans = in_sql(connection, "SELECT plan, title FROM plans")
    assert plans[0]["title"] == "示例市" + title.strip()
    if len(title) < 100:
        assert plans[0]["plan"] == plans[0]["title"]
    read: Callable[..., Any] = dataset.dataset
    measures = read(small / "lake" / "measures", partitioning="hive").to_table()
    assert set(measures["plan"].to_pylist()) == {plans[0]["plan"]}
    (folder,) = (small / "lake" / "plans").iterdir()
    assert folder.name == f"plan={quote_value('示例市' + title.strip())}"
    assert len(folder.name.encode()) < 255
