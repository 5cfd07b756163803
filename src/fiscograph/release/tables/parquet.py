"""The tables as Apache Parquet: a file for each, typed; amounts are decimals and never floats."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fiscograph.release.errors import ExtraMissingError
from fiscograph.release.tables import typed
from fiscograph.release.tables.columns import Column, Kind, Schema, schemas

if TYPE_CHECKING:
    import pyarrow as pa

_DIGITS, _PLACES = 38, 10
_ROWS = 65_536


def write(folder: Path, out: Path, base: str) -> Iterator[Path]:
    """Write each table of a release into a folder, and give its file.

    Args:
        folder: the release.
        out: an empty folder.
        base: the base IRI, which the files' metadata name: the cells are paths under it.

    Raises:
        ExtraMissingError: ``pyarrow`` is not installed.
        ManifestError: a table is missing or damaged.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415  an extra
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise ExtraMissingError("parquet", "tables") from error
    for schema in schemas().values():
        target = out / f"{schema.name}.parquet"
        described = _schema(schema, base, pa)
        with pq.ParquetWriter(target, described, compression="zstd") as writer:
            rows = typed.rows(folder, schema)
            while several := list(islice(rows, _ROWS)):
                columns = [
                    pa.array(values, type=field.type)
                    for values, field in zip(zip(*several, strict=True), described, strict=True)
                ]
                writer.write_table(pa.Table.from_arrays(columns, schema=described))
        yield target


def _schema(schema: Schema, base: str, arrow: Any) -> pa.Schema:
    fields = [
        arrow.field(
            column.name,
            _type(column, arrow),
            nullable=not column.required,
            metadata={"zh": column.zh, "en": column.en},
        )
        for column in schema.columns
    ]
    told = {"title:zh": schema.zh, "title:en": schema.en, "base": base}
    return arrow.schema(fields, metadata=told)


def _type(column: Column, arrow: Any) -> pa.DataType:
    types = {
        Kind.IRI: arrow.string(),
        Kind.TEXT: arrow.string(),
        Kind.INTEGER: arrow.int64(),
        Kind.YEAR: arrow.int32(),
        Kind.DECIMAL: arrow.decimal128(_DIGITS, _PLACES),
        Kind.BOOLEAN: arrow.bool_(),
    }
    one = types[column.kind]
    return arrow.list_(one) if column.is_list else one
