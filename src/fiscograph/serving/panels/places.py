"""The panels of a region and of a department or unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pyoxigraph import NamedNode

from fiscograph.queries import Row
from fiscograph.serving.frame.words import Word
from fiscograph.serving.panels.money import AMOUNT, per_head, three_public, tree, ways
from fiscograph.serving.panels.panel import Panel, Question, iri, panel
from fiscograph.serving.panels.scope import Scope, scope_of
from fiscograph.serving.site import Site
from fiscograph.serving.things.sections import Column, Kind, value

_ORGANIZATION = Column("organization", Kind.LINK, "部门、单位", "department or unit")
_CODE = Column("code", Kind.TEXT, "编码", "code")
_FILINGS_COUNT = Column("filings", Kind.NUMBER, "公开文件", "filings")
_PROJECTS_COUNT = Column("projects", Kind.NUMBER, "项目", "projects")
_FILINGS = Question(
    name="filings",
    query="filings-of-scope",
    word=Word(zh="历年公开文件", en="Filings by year"),
    columns=(
        Column("year", Kind.TEXT, "年度", "year"),
        Column("filing", Kind.LINK, "公开文件", "filing"),
        _ORGANIZATION,
        AMOUNT,
        Column("wider", Kind.LINK, "已由其涵盖", "covered by"),
    ),
    note=Word(
        zh="金额是该文件按功能分类的支出合计。已由部门文件涵盖的，不可与之相加。",
        en="The amount is the sum of the filing's expenditure by function. What a department's filing "
        "covers must not be added to it.",
    ),
)
_BELOW = Question(
    name="regions",
    query="regions-below",
    word=Word(zh="下级地区", en="Regions below it"),
    columns=(
        Column("region", Kind.LINK, "地区", "region"),
        Column("organizations", Kind.NUMBER, "部门、单位", "departments and units"),
        _FILINGS_COUNT,
    ),
)
_ORGANIZATIONS = Question(
    name="departments",
    query="organizations-of-region",
    word=Word(zh="部门与单位", en="Departments and units"),
    columns=(
        _ORGANIZATION,
        _CODE,
        Column("parent", Kind.LINK, "隶属于", "part of"),
        _FILINGS_COUNT,
    ),
)
_DOCUMENTS = Question(
    name="documents",
    query="documents-of-region",
    word=Word(zh="所引用的文件", en="Documents that its filings cite"),
    columns=(
        Column("document", Kind.LINK, "文件", "document"),
        Column("title", Kind.TEXT, "标题", "title"),
        Column("citations", Kind.NUMBER, "提及次数", "mentions"),
        Column("projects", Kind.NUMBER, "以之为依据的项目", "projects that rest on it"),
    ),
    most=50,
)
_UNITS = Question(
    name="units",
    query="units-of-organization",
    word=Word(zh="下属单位", en="Its units"),
    columns=(_ORGANIZATION, _CODE, _FILINGS_COUNT, _PROJECTS_COUNT),
)
_BY_FUNCTION = Word(zh="按功能分类的支出", en="Expenditure by function")
_BY_ECONOMIC = Word(zh="按经济分类的支出", en="Expenditure by economic class")


def of_region(site: Site, thing: NamedNode, path: str, scope: Scope) -> Iterator[Panel | None]:
    """What is below a region, what was disclosed there, and its money.

    Raises:
        QueryError: the store cannot be asked.
    """
    here = {"thing": thing}
    yield panel(site, _BELOW, here)
    yield panel(site, _ORGANIZATIONS, here)
    yield _filings(site, path)
    yield tree(site, "function", scope, _BY_FUNCTION)
    yield ways(site, "function", scope)
    yield three_public(site, path)
    yield per_head(site, path)
    yield panel(site, _DOCUMENTS, here)


def of_organization(
    site: Site, thing: NamedNode, path: str, scope: Scope
) -> Iterator[Panel | None]:
    """What a department or unit disclosed, its units and its money.

    Raises:
        QueryError: the store cannot be asked.
    """
    yield _filings(site, path)
    yield tree(site, "function", scope, _BY_FUNCTION)
    yield ways(site, "function", scope)
    yield tree(
        site, "departmental-economic", _other(scope, "expenditure-by-economic-class"), _BY_ECONOMIC
    )
    yield three_public(site, path)
    yield per_head(site, path)
    yield panel(site, _UNITS, {"thing": thing})


def of_filing(site: Site, path: str) -> Iterator[Panel | None]:
    """The money of one filing: by function, from fund to function, and the three public expenses.

    Raises:
        QueryError: the store cannot be asked.
    """
    scope = scope_of(site, "expenditure-by-function", {}, path)
    yield tree(site, "function", scope, _BY_FUNCTION)
    yield ways(site, "function", scope)
    yield three_public(site, path)


def _filings(site: Site, path: str) -> Panel | None:
    values = {"cube": iri(site, "cube/expenditure-by-function"), "scope": iri(site, path)}

    def link(row: Row, column: Column) -> str | None:
        filing = value(row, "filing")
        return site.paths.link(filing) if filing and column is AMOUNT else None

    return panel(site, _FILINGS, values, link=link)


def _other(scope: Scope, cube: str) -> Scope:
    return replace(scope, cube=cube)
