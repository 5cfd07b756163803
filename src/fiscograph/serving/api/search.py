"""Search for programs and browsers: ``/search``, ``/api/search``, ``/api/suggest`` and the
OpenSearch description (https://github.com/dewitt/opensearch, 1.1 draft 6).
"""

from __future__ import annotations

from typing import Annotated, Literal
from xml.sax.saxutils import escape as xml

from fastapi import FastAPI, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from fiscograph.search import MOST_OF_KIND, MOST_TYPED, Hit, Kind, OfKind
from fiscograph.serving.api.tables import STRICT, documented
from fiscograph.serving.data.freshness import tagged
from fiscograph.serving.front.search_page import address_of, search_page
from fiscograph.serving.site import Site

_READ = ["GET", "HEAD"]
_SUGGESTED = 10
_MOST_PAGES = 1_000
_DESCRIPTION = "application/opensearchdescription+xml"
_SUGGESTIONS = "application/x-suggestions+json"
# https://github.com/dewitt/opensearch, Suggestions 1.1: the text, names, descriptions, addresses.
_SUGGESTED_CONTENT = {
    _SUGGESTIONS: {"schema": {"type": "array", "minItems": 4, "maxItems": 4}},
}
Marks = list[tuple[int, int]]
_Typed = Annotated[
    str,
    Query(
        description=(
            "名称、编码、文号（写法不拘），或正文中的字；几个词用空格分开，每个词都要有；只取前 "
            f"{MOST_TYPED} 字 / a name, a code, a document number in any style, or characters of a text; "
            f"of several words each must be there; only the first {MOST_TYPED} characters count"
        ),
        examples=["渝财社[2022]155"],
    ),
]
_Kinds = Annotated[
    list[Kind] | None, Query(description="只要这些种类 / only these kinds", examples=[["policy"]])
]
_Language = Annotated[
    Literal["zh", "en"], Query(description="种类用哪种语言写 / the language of the kinds")
]
_Page = Annotated[int, Query(description="第几页 / the page", ge=1, le=_MOST_PAGES)]
_Rows = Annotated[int, Query(description="每页几条 / hits on a page", ge=1, le=100)]


class FoundThing(BaseModel):
    """找到的一样东西。 One thing that was found."""

    kind: Kind = Field(description="种类 / its kind", examples=["policy"])
    iri: str = Field(description="标识 / its identifier")
    href: str = Field(description="在本站的网页 / its page at this server")
    name: str = Field(description="名称，没有的为空 / its name, empty where it has none")
    name_marks: Marks = Field(
        description="所查的字在名称中的起止（从 0 起，不含止） / where the words stand in the name (from 0, end exclusive)"
    )
    excerpt: str = Field(description="正文或其片段 / its text or a piece of it")
    excerpt_marks: Marks = Field(description="同上，在正文中 / the same in the excerpt")
    where: str = Field(description="所在的文件等 / where it belongs")
    rank: str = Field(
        description=(
            "code 编码或文号相同, name 名称相同, prefix 名称以此开头, in_name 名称中有, in_text 正文中有, "
            "pieces 每两个相邻的字都有 / how well it fits, the best first"
        ),
        examples=["code"],
    )


class KindCount(BaseModel):
    """一个种类有几条。 How many there are of a kind."""

    kind: Kind
    label_zh: str
    label_en: str
    count: int
    more: bool = Field(description="不止此数 / there are more than this")
    ranked: int = Field(
        description="排了次序、可以翻到的有几条 / how many are ranked and can be had"
    )


class SearchAnswer(BaseModel):
    """搜索的结果。 What a search finds."""

    typed: str
    terms: list[str] = Field(description="所查的词 / the words that were looked for")
    total: int = Field(description="共几条 / how many in all")
    page: int
    rows: int
    kinds: list[KindCount] = Field(description="各种类的条数 / how many of each kind")
    hits: list[FoundThing]
    near: list[FoundThing] = Field(
        description="没有找到时，名称相近的 / names like it, where nothing is found"
    )


def add_search(app: FastAPI, site: Site) -> None:
    """Add the routes."""

    @app.api_route("/search", methods=_READ, include_in_schema=False)
    def page(q: str = "", kind: str = "", page: str = "1") -> Response:
        wanted = next((one for one in Kind if one.value == kind), None)
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1
        found = search_page(site, q, wanted, max(1, number))
        return site.templates.page("search.html", page=found)

    def search(
        request: Request, q: _Typed, kind: _Kinds = None, page: _Page = 1, rows: _Rows = 20
    ) -> Response:
        """名称、编码、文号和正文 / names, codes, document numbers and texts."""
        found = site.search.search(q, tuple(dict.fromkeys(kind or Kind)))
        start = (page - 1) * rows
        answer = SearchAnswer(
            typed=found.asked.typed,
            terms=list(found.asked.terms),
            total=found.count,
            page=page,
            rows=rows,
            kinds=[_counted(one) for one in found.kinds],
            hits=[_thing(site, one) for one in found.shown(found.best[start : start + rows])],
            near=[_thing(site, one) for one in found.near],
        )
        return tagged(site, request, JSONResponse(answer.model_dump(mode="json")))

    app.add_api_route(
        "/api/search",
        search,
        methods=["GET"],
        response_model=SearchAnswer,
        summary="搜索 / Search",
        operation_id="search",
        tags=["搜索"],
        responses=documented(),
        dependencies=STRICT,
        description=(
            "按名称、编码、文号和正文搜索。每个种类最多给出约 "
            f"{MOST_OF_KIND} 条最好的。 Search by name, code, document number and text; of each kind "
            f"some {MOST_OF_KIND} of the best can be had."
        ),
    )
    app.add_api_route(
        "/api/search", search, methods=["HEAD"], include_in_schema=False, dependencies=STRICT
    )
    _add_suggestions(app, site)


def _add_suggestions(app: FastAPI, site: Site) -> None:
    def suggest(
        request: Request, q: _Typed, kind: _Kinds = None, language: _Language = "zh"
    ) -> Response:
        """OpenSearch 的建议格式 / the suggestions format of OpenSearch."""
        found = site.search.suggest(q, _SUGGESTED, kind or Kind)
        names = [one.name for one in found]
        told = [
            f"{getattr(one.kind.words, language)} · {one.where}".removesuffix(" · ")
            for one in found
        ]
        addresses = [_absolute(request, address_of(site, one)) for one in found]
        answer = JSONResponse([q[:MOST_TYPED], names, told, addresses], media_type=_SUGGESTIONS)
        return tagged(site, request, answer)

    app.add_api_route(
        "/api/suggest",
        suggest,
        methods=["GET"],
        summary="搜索建议 / Suggestions while typing",
        operation_id="suggest",
        tags=["搜索"],
        responses=documented({200: {"content": _SUGGESTED_CONTENT, "description": "OpenSearch"}}),
        dependencies=STRICT,
        response_class=Response,
    )
    app.add_api_route(
        "/api/suggest", suggest, methods=["HEAD"], include_in_schema=False, dependencies=STRICT
    )

    @app.api_route("/opensearch.xml", methods=_READ, include_in_schema=False)
    def description(request: Request) -> Response:
        return Response(_description(request), media_type=_DESCRIPTION)


def _absolute(request: Request, path: str) -> str:
    return f"{str(request.base_url).rstrip('/')}{path}"


def _description(request: Request) -> str:
    page, suggestions = (xml(_absolute(request, one)) for one in ("/search", "/api/suggest"))
    answer = xml(_absolute(request, "/api/search"))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>fiscograph</ShortName>
<Description>政府预算公开 Chinese government budget filings</Description>
<InputEncoding>UTF-8</InputEncoding>
<OutputEncoding>UTF-8</OutputEncoding>
<Language>zh-CN</Language>
<Language>en</Language>
<Url type="text/html" rel="results" template="{page}?q={{searchTerms}}"/>
<Url type="application/json" rel="results" template="{answer}?q={{searchTerms}}"/>
<Url type="{_SUGGESTIONS}" rel="suggestions" template="{suggestions}?q={{searchTerms}}"/>
</OpenSearchDescription>
"""


def _counted(one: OfKind) -> KindCount:
    return KindCount(
        kind=one.kind,
        label_zh=one.kind.words.zh,
        label_en=one.kind.words.en,
        count=one.count,
        more=one.more,
        ranked=len(one.best),
    )


def _thing(site: Site, hit: Hit) -> FoundThing:
    return FoundThing(
        kind=hit.kind,
        iri=site.paths.base + hit.path,
        href=address_of(site, hit),
        name=hit.name,
        name_marks=list(hit.name_marks),
        excerpt=hit.excerpt,
        excerpt_marks=list(hit.excerpt_marks),
        where=hit.where,
        rank=hit.rank.name.lower(),
    )
