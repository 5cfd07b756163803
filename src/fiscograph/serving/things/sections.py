"""The tables of a thing's page: by its class, which questions are answered and how they look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import Enum
from itertools import groupby
from typing import NamedTuple
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

from fiscograph.queries import QueryEngine, Row, load, text
from fiscograph.serving.data.describe import PAGE_LIMITS
from fiscograph.serving.data.paths import Paths
from fiscograph.serving.frame.coded import coded
from fiscograph.serving.frame.language import say
from fiscograph.serving.things import spans
from fiscograph.vocabulary import DCAT, FG


class Kind(Enum):
    """How a column is shown: a linked thing, text, a word of a closed list, an amount in yuan, a
    number, a line of the source, a printed number with its unit, whether a sum and what is printed
    agree, a checksum.
    """

    LINK = "link"
    TEXT = "text"
    MONEY = "money"
    NUMBER = "number"
    LINE = "line"
    WORD = "word"
    PRINTED = "printed"
    AGREES = "agrees"
    HASH = "hash"


class Column(NamedTuple):
    """``name`` is the query's variable; a link's text is in the variable ``{name}Label``, in
    English in ``{name}LabelEn`` where the data has it.
    """

    name: str
    kind: Kind
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A question about a thing: the query that answers it, its heading and its columns.

    ``several`` is the column of which a row may have several values: the query gives a row for each.
    """

    query: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    several: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a table shows at one place; ``href`` is where it leads, ``more`` what else stands there."""

    text: str
    href: str | None = None
    kind: Kind = Kind.TEXT
    more: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A section with its rows and the address at which the query itself can be run; ``cut`` says
    that the query's own limit cut them.
    """

    section: Section
    rows: tuple[tuple[Cell, ...], ...]
    sparql: str
    run: str
    cut: bool = False


_LIMIT = re.compile(r"\nLIMIT ([0-9]+)\s*\Z")
AMOUNT = Column("amount", Kind.MONEY, "金额（元）", "amount (yuan)")
LINE = Column("line", Kind.LINE, "原文", "printed at")
BUDGET = Column("budget", Kind.LINK, "项目", "project")
CODE = Column("code", Kind.TEXT, "项目编码", "code")
UNIT = Column("unit", Kind.LINK, "实施单位", "run by")
YEAR = Column("year", Kind.TEXT, "年度", "year")
_FILE = Column("url", Kind.LINK, "文件", "file")
_FILE_FACTS = (
    Column("mediaType", Kind.TEXT, "格式", "format"),
    Column("size", Kind.NUMBER, "字节", "bytes"),
    Column("checksum", Kind.HASH, "SHA-256", "SHA-256"),
)
INDICATORS = Section(
    query="indicators-of-budget",
    zh="绩效指标",
    en="Performance indicators",
    columns=(
        Column("level1", Kind.TEXT, "一级指标", "level 1"),
        Column("level2", Kind.TEXT, "二级指标", "level 2"),
        Column("indicator", Kind.LINK, "指标", "indicator"),
        Column("operator", Kind.TEXT, "性质", "operator"),
        Column("target", Kind.TEXT, "指标值", "target"),
        Column("unitText", Kind.TEXT, "单位", "unit"),
        Column("weight", Kind.TEXT, "权重", "weight"),
        LINE,
    ),
)
STATEMENTS = Section(
    query="statements-of-thing",
    zh="文字说明中的数字",
    en="Numbers that its text tells",
    columns=(
        Column("statement", Kind.LINK, "事项", "about"),
        Column("value", Kind.TEXT, "数字", "number"),
        Column("unitText", Kind.TEXT, "单位", "unit"),
        YEAR,
        LINE,
    ),
)
_MONEY = Section(
    query="money-of-project",
    zh="资金来源",
    en="Where its money comes from",
    columns=(
        BUDGET,
        YEAR,
        AMOUNT,
        Column("upper", Kind.MONEY, "上级（元）", "from above (yuan)"),
        Column("own", Kind.MONEY, "本级（元）", "own (yuan)"),
        Column("other", Kind.MONEY, "其他（元）", "other (yuan)"),
        LINE,
    ),
)
_PRINTINGS = Section(
    query="printings-of-project",
    zh="金额印出的各处",
    en="Everywhere its amount is printed",
    columns=(
        Column("evidence", Kind.LINK, "印出", "printed"),
        Column("unitText", Kind.TEXT, "单位", "unit"),
        Column("rowLabel", Kind.TEXT, "行", "row"),
        Column("columnHeader", Kind.TEXT, "栏", "column"),
        LINE,
    ),
)
_RELATIONS = Section(
    query="relations-of-document",
    zh="与其他文件的关系（公开文件所说）",
    en="Relations to other documents, as filings say them",
    columns=(
        Column("from", Kind.LINK, "文件", "document"),
        Column("relation", Kind.TEXT, "关系", "relation"),
        Column("to", Kind.LINK, "对象", "to"),
        Column("score", Kind.NUMBER, "把握", "score"),
        Column("text", Kind.TEXT, "印出", "printed"),
        Column("said", Kind.TEXT, "所在的句子", "the sentence it stands in"),
        LINE,
    ),
)
_CANDIDATES = Section(
    query="candidates-of-thing",
    zh="可能是这些文件（未合并）",
    en="It may be one of these (never merged)",
    columns=(
        Column("document", Kind.LINK, "文件", "document"),
        Column("score", Kind.NUMBER, "把握", "score"),
        Column("reason", Kind.TEXT, "理由", "why"),
    ),
)
UNRESOLVED = Section(
    query="unresolved-of-thing",
    zh="未指明文件的提及",
    en="Mentions that name no document",
    columns=(
        Column("citation", Kind.LINK, "印出文字", "printed text"),
        Column("field", Kind.TEXT, "栏目", "field"),
        LINE,
    ),
)
_SECTIONS: dict[NamedNode, tuple[Section, ...]] = {
    FG.PolicyDocument: (_RELATIONS, _CANDIDATES),
    FG.Citation: (_CANDIDATES,),
    FG.ProjectBudget: (_MONEY, UNRESOLVED, INDICATORS, _PRINTINGS, STATEMENTS),
    FG.Project: (_MONEY, _PRINTINGS),
    DCAT.Catalog: (
        Section(
            query="datasets-of-catalog",
            zh="数据集",
            en="Datasets",
            columns=(
                Column("dataset", Kind.LINK, "数据集", "dataset"),
                Column("series", Kind.LINK, "部门", "series"),
                YEAR,
                Column("distributions", Kind.TEXT, "下载方式", "ways to get it"),
            ),
        ),
        Section(
            query="downloads-of-catalog",
            zh="下载",
            en="Downloads",
            columns=(_FILE, Column("dataset", Kind.LINK, "数据集", "dataset"), *_FILE_FACTS),
        ),
    ),
    DCAT.DatasetSeries: (
        Section(
            query="datasets-of-series",
            zh="数据集",
            en="Datasets",
            columns=(Column("dataset", Kind.LINK, "数据集", "dataset"), YEAR),
        ),
    ),
    DCAT.Dataset: (
        Section(
            query="downloads-of-dataset",
            zh="下载",
            en="Downloads",
            columns=(_FILE, *_FILE_FACTS),
        ),
    ),
}


def answers(engine: QueryEngine, iri: str, types: Iterable[str], paths: Paths) -> Iterator[Answer]:
    """The tables of a thing that have rows, in order.

    Raises:
        QueryError: the store cannot be asked.
    """
    chosen: dict[str, Section] = {}
    for name in types:
        for section in _SECTIONS.get(NamedNode(name), ()):
            chosen.setdefault(section.query, section)
    for section in chosen.values():
        found = answer(engine, section, iri, paths)
        if found.rows:
            yield found


def answer(engine: QueryEngine, section: Section, iri: str, paths: Paths) -> Answer:
    """One of the tables of a thing, empty where there is nothing to tell.

    Raises:
        QueryError: the store cannot be asked.
    """
    rows = engine.select(load(section.query, thing=NamedNode(iri)), PAGE_LIMITS)
    shown = [tuple(_cell(row, column, paths) for column in section.columns) for row in rows]
    limit = _LIMIT.search(text(section.query))
    return Answer(
        section=section,
        rows=tuple(shown if section.several is None else _merged(shown, section)),
        sparql=text(section.query),
        run=run_link(section.query, thing=iri),
        cut=limit is not None and len(rows) >= int(limit[1]),
    )


def _merged(rows: Iterable[tuple[Cell, ...]], section: Section) -> Iterator[tuple[Cell, ...]]:
    """Rows that differ in the one column alone as one row with all its values."""
    place = next(i for i, column in enumerate(section.columns) if column.name == section.several)
    for rest, group in groupby(rows, key=lambda row: (*row[:place], *row[place + 1 :])):
        first, *others = dict.fromkeys(row[place] for row in group)
        yield (*rest[:place], replace(first, more=tuple(others)), *rest[place:])


def run_link(query: str, **bindings: str) -> str:
    """The address of the query form with one of our queries and IRIs bound in it."""
    return with_terms(query, {name: NamedNode(iri) for name, iri in bindings.items()})


def with_terms(query: str, bindings: Mapping[str, NamedNode | Literal]) -> str:
    """The address of the query form with one of our queries and any terms bound in it."""
    pairs = [("query", text(query))]
    pairs += [(f"${name}", str(term)) for name, term in bindings.items()]
    return "/sparql?" + urlencode(pairs)


def _cell(row: Row, column: Column, paths: Paths) -> Cell:
    if column.kind is Kind.AGREES:
        return _agreement(row)
    if column.kind is Kind.PRINTED:
        printed = " ".join(filter(None, (value(row, f"{column.name}Label"), value(row, "unit"))))
        return Cell(text=printed or "—", href=printed_at(row, paths), kind=Kind.MONEY)
    known = value(row, column.name)
    if known is None:
        return Cell(text=value(row, f"{column.name}Label") or "", kind=column.kind)
    if column.kind is Kind.LINK:
        zh = value(row, f"{column.name}Label") or paths.local(known) or known
        label = say(zh, value(row, f"{column.name}LabelEn") or zh)
        return Cell(text=label, href=paths.link(known), kind=Kind.LINK)
    # The row's evidence prints its amount; other sums of the row have none here.
    linked = column.kind is Kind.LINE or column is AMOUNT
    href = printed_at(row, paths) if linked else None
    return Cell(text=_shown(known, column.kind), href=href, kind=column.kind)


def _shown(known: str, kind: Kind) -> str:
    """A value in words or figures."""
    match kind:
        case Kind.WORD:
            word = coded(known)
            return say(word.zh, word.en)
        case Kind.MONEY | Kind.NUMBER:
            return grouped(known)
        case Kind.LINE:
            return line_word(known)
    return known


def _agreement(row: Row) -> Cell:
    """Whether a sum and a printed total agree; by how much they differ where they do not."""
    total, printed = value(row, "sum"), value(row, "amount")
    if total is None or printed is None:
        return Cell(text="—", kind=Kind.AGREES)
    return Cell(text=agreement(Decimal(total), Decimal(printed), allowed(row)), kind=Kind.AGREES)


def agreement(total: Decimal, printed: Decimal, allowed: Decimal | None) -> str:
    """Whether a sum and a printed total in yuan are the same money, in words; ``allowed`` is what
    rounding may bring them apart, None where that is not known.

    >>> agreement(Decimal(712100), Decimal(712000), Decimal(400))
    '相差 100 元，在四舍五入之内'
    """
    apart = abs(total - printed)
    if not apart:
        return say("一致", "they agree")
    told = grouped(str(apart.normalize()))
    if allowed is not None and apart <= allowed:
        return say(f"相差 {told} 元，在四舍五入之内", f"{told} yuan apart, within rounding")
    return say(f"相差 {told} 元", f"{told} yuan apart")


def allowed(row: Row) -> Decimal | None:
    """How far a sum of ``?count`` amounts may be from a total printed as ``?value``, which is
    ``?amount`` yuan, in a table of at most ``?decimals`` decimals: half of the last printed digit for
    each addend and for the total itself. None where the row does not say.
    """
    known = [value(row, name) for name in ("count", "value", "amount", "decimals")]
    numbers = [Decimal(one) for one in known if one is not None]
    if len(numbers) < len(known) or not numbers[1]:
        return None
    count, printed, amount, decimals = numbers
    return (count + 1) * (amount / printed) / 2 * Decimal(10) ** -int(decimals)


def line_word(number: object) -> str:
    """What a place in a source is called.

    >>> line_word(12)
    '第 12 行'
    """
    return say(f"第 {number} 行", f"line {number}")


def value(row: Row, name: str) -> str | None:
    """The value of a variable as text, None where it is unbound."""
    term = row.get(name)
    return term.value if isinstance(term, NamedNode | Literal) else None


def printed_at(row: Row, paths: Paths) -> str | None:
    """Where a row's number is printed: the characters of its evidence, else its line."""
    evidence, source, line = value(row, "evidence"), value(row, "source"), value(row, "line")
    if evidence is not None and (href := in_source(evidence, paths)) is not None:
        return href
    local = None if source is None else paths.link(source)
    return None if local is None or line is None else spans.at(local, f"L{line}")


def in_source(evidence: str, paths: Paths) -> str | None:
    """The place in the source's page that an IRI ``…/source/KEY/at/LOCATOR`` names.

    >>> in_source("https://a.example/source/0f/at/L2C3", Paths(base="https://a.example/"))
    '/source/0f.html#L2C3'
    """
    local = paths.local(evidence)
    source, at, locator = (local or "").partition("/at/")
    if not at or not source.startswith("/source/") or "/" in locator:
        return None
    return spans.at(source, locator)


def grouped(number: str) -> str:
    """A decimal with separators for thousands; text that is none stays as it is.

    >>> grouped("41440000")
    '41,440,000'
    """
    try:
        return format(Decimal(number), ",f")
    except InvalidOperation:
        return number
