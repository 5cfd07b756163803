"""The overviews of tracing as tables: documents by money, shared ones, projects without a document,
departments' shares, mentions that name no document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from fiscograph.queries import Row, load, text
from fiscograph.serving.data.describe import PAGE_LIMITS
from fiscograph.serving.frame.html import percent
from fiscograph.serving.frame.language import say
from fiscograph.serving.frame.words import Word
from fiscograph.serving.site import Site
from fiscograph.serving.things.sections import (
    Cell,
    Column,
    Kind,
    grouped,
    printed_at,
    run_link,
    value,
    with_terms,
)
from fiscograph.serving.traced.filters import bound
from fiscograph.serving.traced.flow import when_of
from fiscograph.tracing import Ranking, Rule, Shares, Unfoundeds, UnionTotal, Wanted

MOST_ROWS = 200
FEW_ROWS = 10
_YEAR = Column("year", Kind.TEXT, "年度", "year")
_REGION = Column("region", Kind.TEXT, "地区", "region")
_PROJECTS = Column("projects", Kind.NUMBER, "项目数", "projects")
_AMOUNT = Column("amount", Kind.MONEY, "金额（元）", "amount (yuan)")
_STATED = Column("stated", Kind.MONEY, "不含推断（元）", "without inferred (yuan)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A table about the whole release; ``rows_in_all`` were found, ``rows`` the first of them."""

    name: str
    word: Word
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    rows_in_all: int
    unions: tuple[UnionTotal, ...]
    rule: Rule | None
    sparql: str
    run: str
    csv: str | None


WORDS = {
    "documents": Word(zh="文件按金额排名", en="Documents by money"),
    "shared": Word(zh="几个地区共同依据的文件", en="Documents shared by regions"),
    "without-basis": Word(zh="没有依据的项目", en="Projects without a document"),
    "shares": Word(zh="各部门有依据的占比", en="Money with a document behind it"),
    "citations": Word(zh="未指明文件的提及", en="Mentions that name no document"),
}


def overview(site: Site, name: str, wanted: Wanted) -> Overview:
    """One of the tables, as far as ``wanted.rows`` goes.

    Raises:
        KeyError: there is none of that name.
        QueryError: the store cannot be asked.
    """
    return _MAKERS[name](site, wanted)


def _documents(site: Site, wanted: Wanted) -> Overview:
    found = site.tracer.ranking(wanted)
    return _ranking(site, "documents", "money-by-document", "ranking", found)


def _shared(site: Site, wanted: Wanted) -> Overview:
    found = site.tracer.shared(wanted)
    return _ranking(site, "shared", "documents-of-several-regions", "shared", found)


def _ranking(site: Site, name: str, query: str, api: str, found: Ranking) -> Overview:
    return _made(
        site,
        name,
        query,
        api,
        found,
        columns=(
            Column("document", Kind.LINK, "文件", "document"),
            Column("issuer", Kind.TEXT, "发文机关", "issuer"),
            _YEAR,
            _REGION,
            _PROJECTS,
            _AMOUNT,
            _STATED,
        ),
        rows=(
            (
                _link(site, f"{one.label} {_title(one.label, one.title)}".strip(), one.document),
                Cell(text=one.issuer or ""),
                Cell(text=when_of(one.fiscal_year, one.phase)),
                Cell(
                    text="、".join(
                        f"{region.name or region.region or '—'} {grouped(str(region.amount_cny))}"
                        if len(one.regions) > 1
                        else (region.name or region.region or "—")
                        for region in one.regions
                    )
                ),
                Cell(text=str(one.projects), kind=Kind.NUMBER),
                _money(one.amount_cny),
                _money(one.stated_cny),
            )
            for one in found.rows
        ),
    )


def _title(label: str, title: str | None) -> str:
    return "" if title is None or title in label else title


def _without_basis(site: Site, wanted: Wanted) -> Overview:
    found = site.tracer.without_basis(wanted)
    return _made(
        site,
        "without-basis",
        "projects-without-basis",
        "without-basis",
        found,
        columns=(
            Column("budget", Kind.LINK, "项目", "project"),
            Column("organization", Kind.LINK, "单位", "run by"),
            _YEAR,
            _REGION,
            _AMOUNT,
        ),
        rows=(
            (
                _link(site, one.name, one.project_budget),
                _link(site, one.organization_name or one.organization or "", one.organization),
                Cell(text=when_of(one.fiscal_year, one.phase)),
                Cell(text=one.region_name or ""),
                _money(one.amount_cny),
            )
            for one in found.rows
        ),
    )


def _shares(site: Site, wanted: Wanted) -> Overview:
    found = site.tracer.shares(wanted)
    return _made(
        site,
        "shares",
        "department-shares",
        "shares",
        found,
        columns=(
            Column("department", Kind.LINK, "部门", "department"),
            _REGION,
            _YEAR,
            Column("projects", Kind.NUMBER, "项目数（有依据）", "projects (with a document)"),
            Column("amount", Kind.MONEY, "项目金额（元）", "project money (yuan)"),
            Column("withBasis", Kind.MONEY, "有依据的金额（元）", "with a document (yuan)"),
            _STATED,
            Column("share", Kind.NUMBER, "占比", "share"),
        ),
        rows=(
            (
                _link(site, one.name or one.department or "—", one.department),
                Cell(text=one.region_name or ""),
                Cell(text=when_of(one.fiscal_year, one.phase)),
                Cell(text=f"{one.projects}（{one.with_basis}）", kind=Kind.NUMBER),
                _money(one.amount_cny),
                _money(one.with_basis_cny),
                _money(one.stated_cny),
                Cell(text=percent(one.share), kind=Kind.NUMBER),
            )
            for one in found.rows
        ),
    )


def _citations(site: Site, wanted: Wanted) -> Overview:
    rows = site.pages.select(load("unresolved-citations"), PAGE_LIMITS)
    kinds = {
        "numbered": say("有文号", "by number"),
        "titled": say("只有标题", "by title alone"),
        "vague": say("未指明", "names none"),
    }
    return Overview(
        name="citations",
        word=WORDS["citations"],
        columns=(
            Column("text", Kind.LINK, "印出文字", "printed text"),
            Column("kind", Kind.TEXT, "提及方式", "kind"),
            Column("field", Kind.TEXT, "栏目", "field"),
            Column("citing", Kind.LINK, "提及者", "mentioned by"),
            Column("filing", Kind.LINK, "公开文件", "filing"),
            Column("candidates", Kind.NUMBER, "可能的文件", "candidates"),
            Column("line", Kind.LINE, "原文", "printed at"),
        ),
        rows=tuple(
            (
                _link(site, value(row, "text") or "", value(row, "citation")),
                Cell(text=kinds.get(value(row, "kind") or "", value(row, "kind") or "")),
                Cell(text=value(row, "field") or ""),
                _citing(site, row),
                _link(site, value(row, "filingLabel") or "", value(row, "filing")),
                Cell(text=value(row, "candidates") or "0", kind=Kind.NUMBER),
                Cell(
                    text=say(f"第 {value(row, 'line')} 行", f"line {value(row, 'line')}"),
                    href=printed_at(row, site.paths),
                    kind=Kind.LINE,
                ),
            )
            for row in rows[: wanted.rows]
        ),
        rows_in_all=len(rows),
        unions=(),
        rule=None,
        sparql=text("unresolved-citations"),
        run=run_link("unresolved-citations"),
        csv=None,
    )


def _citing(site: Site, row: Row) -> Cell:
    """The project that mentions; a mention in the whole department's targets or in the narrative is
    the filing's own.
    """
    citing = value(row, "citing")
    if citing == value(row, "filing"):
        return Cell(text=say("整体", "the whole department"))
    return _link(site, value(row, "citingLabel") or citing or "", citing)


def _made(
    site: Site,
    name: str,
    query: str,
    api: str,
    found: Ranking | Unfoundeds | Shares,
    *,
    columns: tuple[Column, ...],
    rows: Iterable[tuple[Cell, ...]],
) -> Overview:
    filters = dict(found.filters)
    asked = {**filters, "rows": "10000", "format": "csv"}
    if "region" in filters:
        query = f"{query}-within"
    return Overview(
        name=name,
        word=WORDS[name],
        columns=columns,
        rows=tuple(rows),
        rows_in_all=found.rows_in_all,
        unions=() if isinstance(found, Shares) else found.unions,
        rule=found.rule,
        sparql=text(query),
        run=with_terms(query, dict(bound(filters, site.paths.base))),
        csv=f"/api/trace/{api}?{urlencode(asked)}",
    )


_MAKERS: dict[str, Callable[[Site, Wanted], Overview]] = {
    "documents": _documents,
    "shared": _shared,
    "without-basis": _without_basis,
    "shares": _shares,
    "citations": _citations,
}


def _link(site: Site, name: str, iri: str | None) -> Cell:
    return Cell(text=name, href=site.paths.link(iri) if iri else None, kind=Kind.LINK)


def _money(amount: Decimal | None) -> Cell:
    return Cell(text="—" if amount is None else grouped(str(amount)), kind=Kind.MONEY)
