"""Parquet files, one for each partition; the only module that needs pyarrow, which is an extra."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from credit_plan.dates import ZONE
from credit_plan.export.tables import ColumnType, ExportRow, ExportTable

_FIGURE = pa.decimal128(21, 6)
"""What the data files may say: 15 digits, and 6 behind the point."""


def _struct(**types: pa.DataType) -> pa.DataType:
    return pa.struct([pa.field(name, it) for name, it in types.items()])


def _list(of: pa.DataType) -> pa.DataType:
    return pa.list_(pa.field("element", of, nullable=False))


_TYPES = {
    ColumnType.TEXT: pa.string(),
    ColumnType.CODE: pa.dictionary(pa.int32(), pa.string()),
    ColumnType.NUMBER: pa.int32(),
    ColumnType.FLAG: pa.bool_(),
    ColumnType.DAY: pa.date32(),
    ColumnType.TIME: pa.timestamp("us", tz=str(ZONE)),
    ColumnType.FIGURE: _FIGURE,
    ColumnType.NAMES: _list(pa.string()),
    ColumnType.MILESTONES: _list(_struct(by=pa.date32(), text=pa.string())),
    ColumnType.RECURRENCES: _list(
        pa.struct(
            {
                "text": pa.string(),
                "every": pa.string(),
                "on": _list(pa.string()),
                "from": pa.date32(),
                "until": pa.date32(),
            }
        )
    ),
    ColumnType.FIGURES: pa.map_(pa.string(), _FIGURE),
    ColumnType.EVIDENCE: _list(_struct(url=pa.string(), file=pa.string(), sha256=pa.string())),
}


def make_schema(table: ExportTable) -> pa.Schema:
    """Return the columns of a table; each has its Chinese heading as metadata."""
    return pa.schema(
        pa.field(
            column.key,
            _TYPES[column.type],
            nullable=column.optional,
            metadata={"heading": column.heading},
        )
        for column in table.columns
    )


def write_file(path: Path, table: ExportTable, rows: Sequence[ExportRow]) -> None:
    """Write rows to a new file in a new folder."""
    path.parent.mkdir(parents=True)
    content = pa.Table.from_pylist([*rows], schema=make_schema(table))
    parquet.write_table(content, path, compression="zstd")
