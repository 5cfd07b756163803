"""Forms as data: what ``data/*.toml`` says, as typed values."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from importlib import resources
from typing import Any

from fiscograph.identities import CrossEquality, RowSum
from fiscograph.tables import squeeze

_COMPARISON = "comparison"
# Before the key of a column that prints the budget beside the final account of one form.
PRIOR = "budget_"


class Grammar(Enum):
    """How a form's rows are printed."""

    CODE_ROWS = "code-rows"
    TWO_SIDED = "two-sided"
    ITEM_ROWS = "item-rows"
    ITEM_COLUMNS = "item-columns"
    PROJECT_LIST = "project-list"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSpec:
    """A column of the national form: ``aliases`` are squeezed, the longest first; ``under`` are
    the printings of the header that covers it together with its neighbours, ``last`` the headers
    that stand for it only where no alias is printed; ``above`` the keys of columns that a header of
    this name may cover instead of being one.
    """

    key: str
    kind: str
    aliases: tuple[str, ...]
    under: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    part: str | None = None
    above: tuple[str, ...] = ()

    @property
    def is_amount(self) -> bool:
        return self.kind in {"amount", _COMPARISON}

    @property
    def compares(self) -> bool:
        """Whether the column compares two years, and so belongs to neither."""
        return self.kind == _COMPARISON


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSpec:
    """What a label of a two-sided form stands for; ``labels`` are squeezed."""

    side: str
    role: str
    key: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRule:
    """Columns that the rows of some codes leave blank by their nature."""

    codes: tuple[str, ...]
    blank: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldColumn:
    """The words of running text (a regular expression, squeezed) that an amount of a column follows."""

    column: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One nationally known form.

    ``items`` are the keys of labels that name a row without a code; ``covers`` the classes that such
    a row sums. A form with phases has each amount column twice: before the final account's stands
    the budget's, its key led by ``budget_``.
    """

    id: str
    name: str
    name_en: str
    grammar: Grammar
    scheme: str | None
    fund: str | None
    spending: str | None
    titles: tuple[re.Pattern[str], ...]
    columns: tuple[ColumnSpec, ...]
    identities: tuple[RowSum, ...]
    items: Mapping[str, str]
    covers: Mapping[str, tuple[str, ...]]
    scope: int
    lists_projects: bool
    prefer: tuple[str, ...]
    row_rules: tuple[RowRule, ...] = ()
    told: tuple[ToldColumn, ...] = ()

    @property
    def amount_columns(self) -> tuple[ColumnSpec, ...]:
        return tuple(column for column in self.columns if column.is_amount)

    def column(self, key: str) -> ColumnSpec:
        return next(column for column in self.columns if column.key == key)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetWords:
    """The words of target sheets: fields, indicator columns, levels and operators.

    ``medium`` are labels of what holds for more years than this one; ``fund_columns`` the headers
    of what an evaluation prints as planned and as spent; ``name_else`` print the name of
    an indicator where no other column does. ``second`` are names of levels that stand for a second level wherever a first one is open,
    though they can be a first level too; ``parents`` the first level that a second one belongs to;
    ``margin`` pieces of the label that runs down beside the rows; ``sums`` begin the row that sums
    the weights; ``reasons`` are in the header of a column of remarks that rows may leave blank. ``operators`` are all printings of an operator, of which
    ``misread`` are what optical recognition made of one; ``after`` stand behind a value (以上).
    ``quantitative`` only say that a sign follows; ``qualities`` are values in words;
    ``directions`` give the operator that a direction (正向, 反向) stands for.
    """

    fields: Mapping[str, str]
    medium: frozenset[str]
    fund_columns: Mapping[str, str]
    indicator_columns: Mapping[str, str]
    name_else: frozenset[str]
    level1: tuple[str, ...]
    level2: tuple[str, ...]
    second: frozenset[str]
    parents: Mapping[str, str]
    margin: frozenset[str]
    sums: frozenset[str]
    reasons: tuple[str, ...]
    operators: Mapping[str, str]
    misread: frozenset[str]
    after: Mapping[str, str]
    quantitative: frozenset[str]
    qualities: frozenset[str]
    directions: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountWords:
    """The words of sections that account for one project: the ``title`` of one and how it ends, a
    project's name that may stand as one (``title_else``), its
    ``headings`` by what they print, and what stands before the ``total`` of its budget.
    """

    title: re.Pattern[str]
    title_else: re.Pattern[str]
    title_end: re.Pattern[str]
    headings: Mapping[str, str]
    total: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormBook:
    """All forms, and the words that several of them share."""

    forms: tuple[Form, ...]
    rows: tuple[RowSpec, ...]
    columns: Mapping[str, ColumnSpec]
    cross: tuple[CrossEquality, ...]
    sheet: SheetWords
    account: AccountWords

    def form(self, form_id: str) -> Form:
        return next(form for form in self.forms if form.id == form_id)


@cache
def load_forms() -> FormBook:
    """Read the forms that come with the package."""
    tables = [
        tomllib.loads(entry.read_text(encoding="utf-8"))
        for entry in sorted(
            (resources.files("fiscograph.forms") / "data").iterdir(), key=lambda item: item.name
        )
        if entry.name.endswith(".toml") and entry.name != "columns.toml"
    ]
    columns = _columns()
    forms = tuple(_form(raw, columns) for table in tables for raw in table.get("form", ()))
    rows = tuple(
        RowSpec(
            side=raw["side"],
            role=raw["role"],
            key=raw["key"],
            labels=tuple(squeeze(label) for label in raw["labels"]),
        )
        for table in tables
        for raw in table.get("row", ())
    )
    words = next(table for table in tables if "fields" in table)
    cross = tuple(
        CrossEquality.of(
            rule=raw["rule"],
            zh=raw["zh"],
            en=raw["en"],
            left=raw["left"],
            right=raw["right"],
            soft=raw.get("soft", False),
            when=raw.get("when"),
        )
        for table in tables
        for raw in table.get("cross", ())
    )
    return FormBook(
        forms=forms,
        rows=rows,
        columns=columns,
        cross=cross,
        sheet=_sheet_words(words),
        account=_account_words(words["account"]),
    )


@cache
def amount_headers() -> frozenset[str]:
    """The headers of all amount columns that forms share, squeezed."""
    return frozenset(
        alias for column in _columns().values() if column.is_amount for alias in column.aliases
    )


def _columns() -> dict[str, ColumnSpec]:
    text = (resources.files("fiscograph.forms") / "data" / "columns.toml").read_text(
        encoding="utf-8"
    )
    return {key: _column(key, raw) for key, raw in tomllib.loads(text).items()}


def _column(key: str, raw: Mapping[str, Any]) -> ColumnSpec:
    aliases = sorted({squeeze(alias) for alias in raw["aliases"]}, key=lambda a: (-len(a), a))
    return ColumnSpec(
        key=key,
        kind=raw["kind"],
        aliases=tuple(aliases),
        under=tuple(squeeze(text) for text in raw.get("under", ())),
        last=tuple(squeeze(text) for text in raw.get("last", ())),
        part=raw.get("part"),
        above=tuple(raw.get("above", ())),
    )


def _form(raw: Mapping[str, Any], columns: Mapping[str, ColumnSpec]) -> Form:
    extra = {key: _column(key, value) for key, value in raw.get("extra_columns", {}).items()}
    known = {**columns, **extra}
    own = tuple(known[key] for key in raw["columns"])
    sums = tuple(RowSum.parse(text) for text in raw["identities"])
    if raw.get("phases"):
        own = (*own, *(_prior(column) for column in own if column.is_amount))
        sums = (*sums, *(_prior_sum(identity) for identity in sums))
    return Form(
        id=raw["id"],
        name=raw["name"],
        name_en=raw["name_en"],
        grammar=Grammar(raw["grammar"]),
        scheme=raw.get("scheme"),
        fund=raw.get("fund"),
        spending=raw.get("spending"),
        titles=tuple(re.compile(title) for title in raw["titles"]),
        columns=own,
        identities=sums,
        items={
            squeeze(label): item["key"] for item in raw.get("item", ()) for label in item["labels"]
        },
        covers={item["key"]: tuple(item.get("covers", ())) for item in raw.get("item", ())},
        scope=raw["scope"],
        lists_projects=raw.get("lists_projects", False),
        prefer=tuple(raw.get("prefer", ())),
        row_rules=tuple(
            RowRule(codes=tuple(rule["codes"]), blank=tuple(rule["blank"]))
            for rule in raw.get("row_rule", ())
        ),
        told=tuple(
            ToldColumn(column=said["column"], text=said["text"]) for said in raw.get("told", ())
        ),
    )


def _prior(column: ColumnSpec) -> ColumnSpec:
    """The budget's column beside the final account's: found by its group, by no alias."""
    return replace(column, key=PRIOR + column.key, aliases=(), last=())


def _prior_sum(identity: RowSum) -> RowSum:
    return RowSum(
        total=PRIOR + identity.total, parts=tuple(PRIOR + part for part in identity.parts)
    )


def _sheet_words(raw: Mapping[str, Any]) -> SheetWords:
    def turned(table: Mapping[str, list[str]]) -> dict[str, str]:
        return {squeeze(label): key for key, labels in table.items() for label in labels}

    def printings(table: Mapping[str, list[str]]) -> dict[str, str]:
        return {printed: sign for sign, prints in table.items() for printed in prints}

    columns = turned(raw["indicator_columns"])
    name_else = [label for label, key in columns.items() if key == "name_else"]
    columns = {label: key for label, key in columns.items() if key != "name_else"}
    levels, values, misread = raw["levels"], raw["values"], printings(raw["operators_misread"])
    return SheetWords(
        fields=turned(raw["fields"]),
        medium=frozenset(squeeze(label) for label in raw["terms"]["medium"]),
        fund_columns=turned(raw["fund_columns"]),
        indicator_columns=columns,
        name_else=frozenset(name_else),
        level1=tuple(levels["level1"]),
        level2=tuple(sorted(levels["level2"], key=lambda level: (-len(level), level))),
        second=frozenset(levels["second"]),
        parents=printings(levels["parents"]),
        margin=frozenset(levels["margin"]),
        sums=frozenset(levels["sums"]),
        reasons=tuple(raw["values"]["reasons"]),
        operators={**printings(raw["operators"]), **misread},
        misread=frozenset(misread),
        after=printings(raw["operators_after"]),
        quantitative=frozenset(values["quantitative"]),
        qualities=frozenset(values["qualities"]),
        directions=printings(raw["directions"]),
    )


def _account_words(raw: Mapping[str, Any]) -> AccountWords:
    return AccountWords(
        title=re.compile(raw["title"]),
        title_else=re.compile(raw["title_else"]),
        title_end=re.compile(raw["title_end"]),
        headings={
            squeeze(label): key for key, labels in raw["headings"].items() for label in labels
        },
        total=re.compile(raw["total"]),
    )
