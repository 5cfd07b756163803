"""The page of the tables, docs/reference/tables.md, as the columns' own description gives it.

``python -m fiscograph.release.tables.page docs/reference/tables.md`` writes it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fiscograph.release.tables.columns import Column, Kind, Schema, schemas
from fiscograph.vocabulary import PREFIXES

_HEAD = """# Tables: `published/tables/*.csv`

UTF-8, comma, one header row, `\\n` after each row, sorted by key. Several values in one cell are \
joined by `|`. A column that names a thing holds the part of its IRI under the base: \
`https://fiscograph.example/` + `policy/渝财社/2022/155`. Lines are what `\\n` separates, numbered \
from 1; `start` and `end` are the first and last character in the line, counted from 1 in Unicode \
characters, both inclusive. `*_cny` are yuan as plain decimals. An empty cell means that nothing \
is printed. Everything but the ledger is in the graph too.

`tables/datapackage.json` describes the tables as a Fiscal Data Package, `tables/csv-metadata.json` \
by CSV on the Web: [how to use them](../how-to/use-the-tables.md). Both and this page are made \
from `src/fiscograph/release/tables/columns.toml` \
(`python -m fiscograph.release.tables.page docs/reference/tables.md`).

In the tables below: **bold** columns are the key, `!` marks a column that is never empty, and the \
last column says which triple a cell states of the thing that its row describes.
"""
_KINDS = {
    Kind.IRI: "path",
    Kind.TEXT: "text",
    Kind.INTEGER: "integer",
    Kind.DECIMAL: "decimal",
    Kind.BOOLEAN: "boolean",
    Kind.YEAR: "year",
}


def page() -> str:
    """The whole page, in Markdown."""
    return "\n".join([_HEAD, *(_section(schema) for schema in schemas().values())])


def _section(schema: Schema) -> str:
    lines = [
        f"## {schema.name}.csv",
        "",
        f"{schema.zh}：{schema.row_zh} {schema.row_en}",
        "",
        "| column | type | 含义 | meaning | in the graph |",
        "| --- | --- | --- | --- | --- |",
        *(_row(column, schema) for column in schema.columns),
        "",
    ]
    return "\n".join(lines)


def _row(column: Column, schema: Schema) -> str:
    kind = _KINDS[column.kind] + (" list" if column.is_list else "")
    kind = f"**{kind}**" if column.name in schema.key else kind
    stated = "" if column.property is None else f"`{_short(column.property)}`"
    if column.about is not None:
        stated += f" of `{column.about}`"
    needed = " !" if column.required else ""
    return f"| `{column.name}` | {kind}{needed} | {column.zh} | {column.en} | {stated} |"


def _short(iri: str) -> str:
    return next(
        f"{prefix}:{iri.removeprefix(namespace)}"
        for prefix, namespace in PREFIXES.items()
        if iri.startswith(namespace)
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
