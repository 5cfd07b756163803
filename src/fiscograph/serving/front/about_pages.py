"""``/about``, ``/developers`` and ``/compare``: what the data are, how to take them, and departments
beside each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from fastapi import FastAPI, Request
from pyoxigraph import NamedNode
from starlette.responses import Response

from fiscograph.queries import Row
from fiscograph.release import DUMPS
from fiscograph.serving.data.paths import escape
from fiscograph.serving.frame import language
from fiscograph.serving.frame.words import Word
from fiscograph.serving.panels.money import per_head, three_public
from fiscograph.serving.panels.panel import Panel, Question, panel, plain, rows_of
from fiscograph.serving.panels.scope import scope_of
from fiscograph.serving.site import Site
from fiscograph.serving.things.sections import Column, Kind, value
from fiscograph.vocabulary import FG

_READ = ["GET", "HEAD"]
_COUNT = Column("count", Kind.NUMBER, "数目", "count")
# Classes that a reader asks for, in the order in which they come about.
_COUNTED = (
    FG.Filing,
    FG.Source,
    FG.PrintedAmount,
    FG.Allocation,
    FG.Project,
    FG.ProjectBudget,
    FG.PerformanceIndicator,
    FG.Citation,
    FG.PolicyDocument,
    FG.Statement,
    FG.IdentityCheck,
    FG.Finding,
)
_COUNTS = Question(
    name="counts",
    query="counts",
    word=Word(zh="本发布有什么", en="What this release holds"),
    columns=(Column("type", Kind.LINK, "类", "class"), _COUNT),
)
_CERTAIN = (
    Question(
        name="placements",
        query="placements",
        word=Word(zh="数字属于哪一栏，有多大把握", en="How sure the column of a number is"),
        columns=(Column("placement", Kind.TEXT, "把握", "how sure"), _COUNT),
        note=Word(
            zh="印定：原文画出了栏界；证定：按会计关系，放在别的栏都不成立；选定：不止一栏成立，按公布的次序取第一个，"
            "其余的列为对立放法；未定：所在的表不是已知的表。",
            en="Printed: the source draws the column. Proved: by the filing's own accounting it cannot stand "
            "elsewhere. Chosen: more than one column is possible, the first in a published order is "
            "taken and its rivals are listed. Unplaced: its table is of no known form.",
        ),
    ),
    Question(
        name="checks",
        query="check-outcomes",
        word=Word(zh="会计关系核对的结果", en="What came of checking the accounting"),
        columns=(Column("outcome", Kind.TEXT, "结果", "outcome"), _COUNT),
    ),
    Question(
        name="findings",
        query="finding-severities",
        word=Word(
            zh="公开文件自相矛盾或残缺之处", en="Where filings contradict themselves or are damaged"
        ),
        columns=(Column("severity", Kind.TEXT, "程度", "severity"), _COUNT),
    ),
    Question(
        name="mentions",
        query="mention-certainty",
        word=Word(zh="提到的文件认得出多少", en="How many mentions of documents are understood"),
        columns=(Column("mentions", Kind.TEXT, "提及", "mentions"), _COUNT),
    ),
)
_LICENCES = Question(
    name="licences",
    query="licences",
    word=Word(zh="许可", en="Licence"),
    columns=(
        Column("licence", Kind.LINK, "许可", "licence"),
        Column("count", Kind.NUMBER, "适用的数据集和文件", "datasets and files under it"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the page about the data shows besides its words."""

    counts: Panel | None
    certain: tuple[Panel, ...]
    licences: Panel | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dumped:
    """A dump that can be asked for."""

    href: str
    name: str
    media_type: str


def about(site: Site) -> About:
    """Everything about the release as a whole, in the page's language.

    Raises:
        QueryError: the store cannot be asked.
    """
    return About(
        counts=panel(site, _COUNTS, {}, rows=_counted(rows_of(site, "counts", {}), site)),
        certain=tuple(one for one in (panel(site, asked, {}) for asked in _CERTAIN) if one),
        licences=panel(site, _LICENCES, {}),
    )


def _counted(rows: Iterable[Row], site: Site) -> Iterable[Row]:
    known = {value(row, "type"): row for row in rows}
    for term in _COUNTED:
        row = known.get(term.value)
        if row is not None:
            word = site.words.of(term.value)
            name = language.say(word.zh, word.en or word.zh)
            yield {**row, "typeLabel": plain(name)}


def examples(site: Site) -> dict[str, str]:
    """An address of each main kind of thing that the release really has, for the page's examples.

    Raises:
        QueryError: the store cannot be asked.
    """
    found: dict[str, str] = {}
    for row in rows_of(site, "example-things", {}):
        thing = row["thing"]
        if isinstance(thing, NamedNode) and (local := site.paths.local(thing.value)):
            found.setdefault(value(row, "kind") or "", local)
    return found


def add_about(app: FastAPI, site: Site) -> None:
    """Add the routes."""
    # The release does not change while it is served: each page is asked for once in a language.
    known = cache(lambda _language: about(site))
    things = cache(lambda: examples(site))
    dumps = tuple(
        Dumped(
            href=f"/download/{one.file_name}",
            name=one.file_name,
            media_type=one.media_type,
        )
        for one in DUMPS.values()
    )

    @app.api_route("/about", methods=_READ, include_in_schema=False)
    def about_page() -> Response:
        return site.templates.page("about.html", about=known(language.current()))

    @app.api_route("/developers", methods=_READ, include_in_schema=False)
    def developers(request: Request) -> Response:
        host = str(request.base_url).rstrip("/")
        return site.templates.page(
            "developers.html",
            host=host,
            base=site.paths.base,
            dumps=dumps,
            things=things(),
            limits=site.limits,
            escape=escape,
        )

    @app.api_route("/compare", methods=_READ, include_in_schema=False)
    def compare(request: Request) -> Response:
        scope = scope_of(site, "expenditure-by-function", request.query_params)
        found = [three_public(site, scope.path), per_head(site, scope.path)]
        return site.templates.page(
            "compare.html",
            scope=scope,
            compared=[one for one in found if one],
        )
