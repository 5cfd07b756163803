"""The tables by W3C CSV on the Web: ``csv-metadata.json``.

Metadata Vocabulary for Tabular Data, https://www.w3.org/TR/tabular-metadata/. A cell of a column
with a property is one triple of our graph; csv2rdf (minimal mode) makes it. An IRI that csv2rdf
makes has its Chinese percent-encoded (RFC 6570, 3.2.3), where ours has not.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType

from fiscograph.release.contents import Release
from fiscograph.release.tables.columns import Column, Kind, Reference, Schema, schemas
from fiscograph.vocabulary import PREFIXES

_TYPES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.IRI: "string",
        Kind.TEXT: "string",
        Kind.INTEGER: "integer",
        Kind.DECIMAL: "decimal",
        Kind.BOOLEAN: "boolean",
        Kind.YEAR: "gYear",
    }
)
_SEPARATOR = "|"


def csvw(release: Release) -> bytes:
    """The bytes of the metadata of all tables: one line for each column."""
    base = release.ids.base
    tables = ",\n".join(_table(schema, base) for schema in schemas().values())
    head = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "@type": "TableGroup",
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"], "header": True},
    }
    return f'{_line(head)[:-1]},"tables":[\n{tables}\n]}}\n'.encode()


def _line(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _table(schema: Schema, base: str) -> str:
    head: dict[str, object] = {
        "url": schema.file_name,
        "dc:title": _texts(schema.zh, schema.en),
        "dc:description": _texts(schema.row_zh, schema.row_en),
    }
    if schema.about is None:
        head["suppressOutput"] = True
    table: dict[str, object] = {"primaryKey": list(schema.key)}
    references = [_foreign_key(one) for one in schema.references if _is_strict(one, schema)]
    if references:
        table["foreignKeys"] = references
    if schema.about is not None:
        table["aboutUrl"] = f"{base}{{+{schema.about}}}"
    columns = [_line(_column(column, base)) for column in schema.columns]
    if schema.rdf_class is not None:
        columns.append(_line(_type(schema.rdf_class)))
    inner = f'{_line(table)[:-1]},"columns":[\n' + ",\n".join(columns) + "\n]}"
    return f'{_line(head)[:-1]},"tableSchema":{inner}}}'


def _column(column: Column, base: str) -> dict[str, object]:
    described: dict[str, object] = {
        "name": column.name,
        "titles": {"en": column.name, "zh": column.zh},
        "dc:description": column.en,
    }
    if column.kind not in {Kind.IRI, Kind.TEXT}:
        described["datatype"] = _TYPES[column.kind]
    elif column.pattern:
        described["datatype"] = {"base": "string", "format": column.pattern}
    if column.required:
        described["required"] = True
    if column.is_list:
        described["separator"] = _SEPARATOR
    if column.lang:
        described["lang"] = column.lang
    if column.property is None:
        described["suppressOutput"] = True
        return described
    described["propertyUrl"] = column.property
    if column.about is not None:
        described["aboutUrl"] = f"{base}{{+{column.about}}}"
    if column.template is not None:
        described["valueUrl"] = f"{base}{column.template}"
    return described


def _type(iri: str) -> dict[str, object]:
    """The class of the thing that a row describes, in a column that the file has not."""
    return {
        "name": "type",
        "virtual": True,
        "propertyUrl": PREFIXES["rdf"] + "type",
        "valueUrl": iri,
    }


def _is_strict(reference: Reference, schema: Schema) -> bool:
    """Whether each row refers to exactly one other: a validator must see that it does (section
    5.5.2.1), and there an empty cell is none that refers to nothing.
    """
    required = {column.name for column in schema.columns if column.required}
    whole = reference.target == schemas()[reference.table].key
    return whole and required.issuperset(reference.columns)


def _foreign_key(reference: Reference) -> dict[str, object]:
    return {
        "columnReference": list(reference.columns),
        "reference": {
            "resource": schemas()[reference.table].file_name,
            "columnReference": list(reference.target),
        },
    }


def _texts(zh: str, en: str) -> list[dict[str, str]]:
    return [{"@value": zh, "@language": "zh"}, {"@value": en, "@language": "en"}]
