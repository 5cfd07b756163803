"""What the API takes and gives, made from the columns of the published tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from fiscograph.release.tables.columns import Column, Kind, Schema, schemas

MOST_PAGES = 100_000
MOST_ROWS = 1_000
ROWS = 100
_AMOUNT = r"^-?[0-9]{1,20}(\.[0-9]{1,10})?$"
_YEAR = "^[0-9]{4}$"
_REGION = "^[0-9]{6}$"
_LONGEST = 500
_TYPES: Mapping[Kind, Any] = {
    Kind.IRI: str,
    Kind.TEXT: str,
    Kind.INTEGER: int,
    Kind.DECIMAL: str,
    Kind.BOOLEAN: bool,
    Kind.YEAR: str,
}


class Problem(BaseModel):
    """出了什么问题（RFC 9457）。 What went wrong, as problem details."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    parameter: str | None = Field(default=None, description="哪个参数 / which parameter")


class Place(BaseModel):
    """印在哪里。 Where it is printed."""

    source: str = Field(description="来源文件 / the source file's identifier")
    line: int | None = Field(description="行，从 1 起 / the line, counted from 1")
    start: int | None = Field(description="首字符，从 1 起 / the first character, counted from 1")
    end: int | None = Field(description="末字符 / the last character")
    href: str = Field(description="在原文中标出 / the place in the text, highlighted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """The models of one table: a row, a page of rows, and the parameters."""

    row: type[BaseModel]
    page: type[BaseModel]
    asked: type[BaseModel]


def models(name: str, example: Mapping[str, Any] | None) -> Models:
    """The models of a table; ``example`` is a row of the release."""
    schema = schemas()[name]
    called = "".join(part.capitalize() for part in name.split("_"))
    fields: dict[str, Any] = {column.name: _field(column) for column in schema.columns}
    fields["href"] = (str, Field(description="在本站的网页 / its page at this server"))
    fields["self"] = (str, Field(description="在本 API 的地址 / its address in this API"))
    fields["printed_at"] = (
        list[Place],
        Field(description="印在哪里：行、字符、链接 / where it is printed: line, characters, link"),
    )
    extra: Any = {"examples": [dict(example)]} if example else {}
    row = create_model(
        f"{called}Row",
        __config__=ConfigDict(json_schema_extra=extra),
        __doc__=f"{schema.row_zh} {schema.row_en}",
        **fields,
    )
    page = create_model(
        f"{called}Page",
        __doc__=f"{schema.zh} {schema.en}",
        total=(int, Field(description="共几行 / how many rows in all")),
        page=(int, Field(description="第几页 / the page")),
        rows=(int, Field(description="每页几行 / rows on a page")),
        items=(list[row], Field(description=schema.row_zh + " " + schema.row_en)),  # type: ignore[valid-type]
    )
    return Models(row=row, page=page, asked=_asked(called, schema))


def _field(column: Column) -> Any:
    kind: Any = _TYPES[column.kind]
    if column.enum and column.kind is Kind.TEXT:
        kind = Literal[column.enum]
    described = Field(description=f"{column.zh} / {column.en}")
    if column.is_list:
        return (list[kind], described)
    return (kind if column.required else kind | None, described)


def equal_columns(schema: Schema) -> tuple[Column, ...]:
    """The columns that a row is asked by: those that hold one value which is no number."""
    kinds = {Kind.IRI, Kind.TEXT, Kind.BOOLEAN}
    return tuple(
        one
        for one in schema.columns
        if not one.is_list and one.kind in kinds and one.name != "region"
    )


def sort_columns(schema: Schema) -> Sequence[str]:
    """What ``sort`` may be: a column, or ``-`` and a column."""
    names = [one.name for one in schema.columns if not one.is_list]
    return [*names, *(f"-{name}" for name in names)]


@cache
def has_filing(name: str) -> bool:
    """Whether the rows of a table belong to a filing, by themselves or by their project budget."""
    return {"filing", "project_budget"} & set(schemas()[name].names) != set()


def has_row_address(name: str) -> bool:
    """Whether one row of a table, or the rows of one filing, are had by a path."""
    return name == "filings" or len(schemas()[name].key) == 1


@cache
def has_document(name: str) -> bool:
    """Whether the rows of a table speak of policy documents."""
    return bool({"policy", "project_budget"} & set(schemas()[name].names))


def _asked(called: str, schema: Schema) -> type[BaseModel]:
    fields: dict[str, Any] = {
        one.name: _equal(one) for one in equal_columns(schema) if one.name not in {"page", "rows"}
    }
    if has_filing(schema.name):
        fields["year"] = _text("年度 / fiscal year", pattern=_YEAR, examples=["2023"])
    elif "year" in schema.names:
        fields["year"] = _text("年份 / the year", pattern=_YEAR, examples=["2022"])
    if has_filing(schema.name) or "region" in schema.names:
        fields["region"] = _text(
            "行政区划代码，含下级 / region code, with the regions below it",
            pattern=_REGION,
            examples=["500000"],
        )
    if has_document(schema.name):
        fields["document"] = _text(
            "政策文件：文号（写法不拘）、标题或标识 / a policy document: its number in any style, its "
            "title or its identifier",
            examples=["渝财社[2022]155"],
        )
    if "amount_cny" in schema.names:
        fields["min_amount"] = _text("最少几元 / the least, in yuan", pattern=_AMOUNT)
        fields["max_amount"] = _text("最多几元 / the most, in yuan", pattern=_AMOUNT)
    fields["text"] = _text("文字栏中有这些词 / every word stands in a column of text")
    fields["sort"] = (
        Literal[tuple(sort_columns(schema))] | None,
        Field(
            default=None,
            description="按此栏排序，- 从大到小 / the column to sort by; - for descending",
        ),
    )
    fields["page"] = (int, Field(default=1, ge=1, le=MOST_PAGES, description="第几页 / the page"))
    fields["rows"] = (
        int,
        Field(default=ROWS, ge=1, le=MOST_ROWS, description="每页几行 / rows on a page"),
    )
    return create_model(f"{called}Asked", __config__=ConfigDict(extra="forbid"), **fields)


def _equal(column: Column) -> Any:
    described = f"{column.zh} / {column.en}"
    if column.kind is Kind.BOOLEAN:
        return (bool | None, Field(default=None, description=described))
    if column.enum:
        return (Literal[column.enum] | None, Field(default=None, description=described))
    return _text(described)


def _text(described: str, **more: Any) -> Any:
    limits: dict[str, Any] = {} if "pattern" in more else {"min_length": 1, "max_length": _LONGEST}
    return (str | None, Field(default=None, description=described, **limits, **more))
