"""The tables as a Fiscal Data Package: ``datapackage.json``.

A Tabular Data Package whose columns say by ``columnType`` what they are in the budget taxonomy of
the Fiscal Data Package 1.0-rc.1 (https://specs.frictionlessdata.io/fiscal-data-package/). Its
profile stays ``tabular-data-package``: that is what the specification's own JSON Schema asks for,
and what a reader can check without fetching that schema.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from fiscograph.release.contents import Release
from fiscograph.release.manifest import FileEntry
from fiscograph.release.tables.columns import Column, Kind, Reference, Schema, schemas

TAXONOMY = "https://specs.frictionlessdata.io/taxonomies/fiscal/budgets.json"
_TYPES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.IRI: "string",
        Kind.TEXT: "string",
        Kind.INTEGER: "integer",
        Kind.DECIMAL: "number",
        Kind.BOOLEAN: "boolean",
        Kind.YEAR: "integer",
    }
)
# One table holds six cubes, whose codes are of six classifications: the taxonomy has a type for
# each classification and none for a column that names its own.
_OWN_TYPES = (
    {"name": "classification:scheme:code", "dataType": "string", "unique": True},
    {
        "name": "classification:item:code",
        "dataType": "string",
        "unique": True,
        "prior": "classification:scheme:code",
    },
    {
        "name": "classification:item:label",
        "dataType": "string",
        "labelOf": "classification:item:code",
    },
    {"name": "legal-basis:generic:code", "dataType": "string", "unique": True},
    {
        "name": "legal-basis:generic:label",
        "dataType": "string",
        "labelOf": "legal-basis:generic:code",
    },
)
_DIALECT = {"delimiter": ",", "lineTerminator": "\n", "header": True, "skipInitialSpace": False}
_CURRENCY = {
    "name": "currency",
    "type": "string",
    "columnType": "value-currency:code",
    "constant": "CNY",
}


def data_package(release: Release, files: Iterable[FileEntry]) -> bytes:
    """The descriptor's bytes.

    Args:
        release: what is published, and by whom.
        files: the tables' files as they were written.

    Raises:
        KeyError: a table's file is missing.
    """
    written = {entry.path.rpartition("/")[2]: entry for entry in files}
    publisher = release.publisher
    contributor = {"title": f"{publisher.name_zh} {publisher.name_en}", "role": "publisher"}
    if publisher.homepage:
        contributor["path"] = publisher.homepage
    head: dict[str, object] = {
        "profile": "tabular-data-package",
        "name": "fiscograph-tables",
        "id": release.ids.in_catalog("dataset", "tables"),
        "title": "部门预决算公开 Government budget filings",
        "description": "部门和单位公开的预决算，一类事物一张表。"
        " What departments and units disclose of their budgets, a table for each kind of thing.",
        "homepage": release.ids.base,
        "countryCode": "CN",
        "contributors": [contributor],
        "columnTypes": [TAXONOMY, list(_OWN_TYPES)],
    }
    if publisher.license:
        head["licenses"] = [{"path": publisher.license}]
    resources = [_resource(one, written[one.file_name]) for one in schemas().values()]
    return _json(head, resources)


def _json(head: Mapping[str, object], resources: Iterable[Mapping[str, object]]) -> bytes:
    """One line for what the package says of itself, one for each table: it is read by programs,
    and compared by people.
    """
    tables = ",\n".join(_line(resource) for resource in resources)
    return f'{_line(head)[:-1]},"resources":[\n{tables}\n]}}\n'.encode()


def _line(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _resource(schema: Schema, entry: FileEntry) -> dict[str, object]:
    table: dict[str, object] = {
        "fields": [_field(column) for column in schema.columns],
        "missingValues": [""],
        "primaryKey": list(schema.key),
    }
    references = [_foreign_key(one, schema) for one in schema.references]
    if references:
        table["foreignKeys"] = references
    if any(column.fiscal == "value" for column in schema.columns):
        table["extraFields"] = [_CURRENCY]
    return {
        "profile": "tabular-data-resource",
        "name": schema.name,
        "title": f"{schema.zh} {schema.en}",
        "description": f"{schema.row_zh} {schema.row_en}",
        "path": schema.file_name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": entry.size,
        "hash": f"sha256:{entry.sha256}",
        "dialect": _DIALECT,
        "schema": table,
    }


def _field(column: Column) -> dict[str, object]:
    """A column as Table Schema has it; several values in a cell are a text of values and ``|``."""
    field: dict[str, object] = {
        "name": column.name,
        "type": "string" if column.is_list else _TYPES[column.kind],
        "title": column.zh,
        "description": column.en,
    }
    constraints: dict[str, object] = {}
    if column.required:
        constraints["required"] = True
    if column.enum:
        constraints["enum"] = list(column.enum)
    if column.pattern:
        constraints["pattern"] = column.pattern
    if constraints:
        field["constraints"] = constraints
    if column.fiscal:
        field["columnType"] = column.fiscal
    return field


def _foreign_key(reference: Reference, schema: Schema) -> dict[str, object]:
    """A reference of a table to itself names no table (Table Schema, foreign keys)."""
    table = "" if reference.table == schema.name else reference.table
    return {
        "fields": list(reference.columns),
        "reference": {"resource": table, "fields": list(reference.target)},
    }
