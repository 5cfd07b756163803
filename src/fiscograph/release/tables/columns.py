"""What the tables' columns are: read from ``columns.toml``, the one place that says it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Any

from fiscograph.vocabulary import PREFIXES


class Kind(Enum):
    """What the cells of a column are; an IRI stands as its path under the base."""

    IRI = "iri"
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. ``is_list`` cells hold several values; ``ref`` is the table and column that its
    values stand in; ``property`` the IRI of the property that a cell states of the thing in column
    ``about``, ``template`` the path of the thing that it states, ``lang`` the language of its text;
    ``fiscal`` its type in the budget taxonomy of the Fiscal Data Package.
    """

    name: str
    kind: Kind
    is_list: bool
    required: bool
    enum: tuple[str, ...]
    pattern: str | None
    ref: tuple[str, str] | None
    property: str | None
    about: str | None
    template: str | None
    lang: str | None
    fiscal: str | None
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Columns whose cells together are the key of a row of another table, or of this one."""

    columns: tuple[str, ...]
    table: str
    target: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """The columns of a table in their order. ``key`` names a row; ``about`` is the column with the
    thing that a row describes, ``rdf_class`` the IRI of that thing's class.
    """

    name: str
    zh: str
    en: str
    row_zh: str
    row_en: str
    key: tuple[str, ...]
    about: str | None
    rdf_class: str | None
    columns: tuple[Column, ...]
    references: tuple[Reference, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def file_name(self) -> str:
        return f"{self.name}.csv"


@cache
def schemas() -> Mapping[str, Schema]:
    """The tables by name, in the file's order.

    Raises:
        KeyError: ``columns.toml`` says something that is not known here.
    """
    text = files("fiscograph.release.tables").joinpath("columns.toml").read_text("utf-8")
    document = tomllib.loads(text)
    keys = {name: tuple(table["key"]) for name, table in document.items()}
    return {name: _schema(name, table, keys) for name, table in document.items()}


def _schema(name: str, table: Mapping[str, Any], keys: Mapping[str, tuple[str, ...]]) -> Schema:
    columns = tuple(_column(entry) for entry in table["columns"])
    single = [
        Reference(columns=(column.name,), table=column.ref[0], target=(column.ref[1],))
        for column in columns
        if column.ref is not None
    ]
    several = [
        Reference(columns=tuple(one["columns"]), table=one["ref"], target=keys[one["ref"]])
        for one in table.get("composite", ())
    ]
    return Schema(
        name=name,
        zh=table["zh"],
        en=table["en"],
        row_zh=table["row_zh"],
        row_en=table["row_en"],
        key=tuple(table["key"]),
        about=table.get("about"),
        rdf_class=_iri(table.get("class")),
        columns=columns,
        references=(*several, *single),
    )


def _column(entry: Mapping[str, Any]) -> Column:
    kind, name = Kind(entry["type"]), entry["name"]
    table, _, column = entry.get("ref", "").partition(".")
    own = f"{{+{name}}}" if kind is Kind.IRI else None
    return Column(
        name=name,
        kind=kind,
        is_list=entry.get("list", False),
        required=entry.get("required", False),
        enum=tuple(entry.get("enum", ())),
        pattern=entry.get("pattern"),
        ref=(table, column) if table else None,
        property=_iri(entry.get("property")),
        about=entry.get("about"),
        template=entry.get("value", own),
        lang=entry.get("lang"),
        fiscal=entry.get("fiscal"),
        zh=entry["zh"],
        en=entry["en"],
    )


def _iri(name: str | None) -> str | None:
    """A prefixed name as the IRI that it stands for."""
    if name is None:
        return None
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local
