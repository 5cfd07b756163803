"""Panels of money: a classification rolled up, its ways, items beside each other, spending per head."""

from __future__ import annotations

from dataclasses import replace

from pyoxigraph import NamedNode

from fiscograph.queries import Row
from fiscograph.serving.frame.words import Word
from fiscograph.serving.panels.panel import Link, Panel, Picture, Question, Shape, iri, panel
from fiscograph.serving.panels.scope import Scope
from fiscograph.serving.site import Site
from fiscograph.serving.things.sections import Column, Kind, value

# Which cube a scheme's money is summed in: funds and types of spending stand in every cube, and each
# cube is another view of the same money, so that one is chosen.
CUBES = {
    "cofog": "expenditure-by-function",
    "departmental-economic": "expenditure-by-economic-class",
    "function": "expenditure-by-function",
    "fund": "expenditure-by-function",
    "government-economic": "expenditure-by-economic-class",
    "procurement": "procurement",
    "revenue-source": "revenue-by-source",
    "spending-type": "expenditure-by-function",
    "three-public": "three-public-expenses",
}
AMOUNT = Column("amount", Kind.MONEY, "金额（元）", "amount (yuan)")
LINE = Column("line", Kind.LINE, "原文", "printed at")
_COUNT = Column("count", Kind.NUMBER, "笔数", "allocations")
_CLASS = Column("node", Kind.LINK, "类别", "class")
_FILING = Column("filing", Kind.LINK, "公开文件", "filing")
_ORGANIZATION = Column("organization", Kind.LINK, "部门、单位", "department or unit")
_ONCE = Word(
    zh="上级类包括其下各类，各层不可相加。每笔钱只计一次：被部门文件涵盖的单位文件不计。",
    en="A class includes all below it: levels must not be added up. Money is counted once: a unit's "
    "filing that its department's filing covers is left out.",
)
_NOTES = {
    "cofog": Word(
        zh="每个功能科目按本项目的判断归到一个大类；判断不了的不在其中，所以合计小于全部支出。每笔钱只计一次。",
        en="Each function is taken to one division by this project's judgement; what cannot be told is "
        "left out, so that the sum is less than all that is spent. Money is counted once.",
    )
}
_TREE = Question(
    name="tree",
    query="money-tree",
    word=Word(zh="各类金额", en="Money by class"),
    columns=(_CLASS, AMOUNT, _COUNT),
    note=_ONCE,
    picture=Picture(shape=Shape.AREAS, names=(0,), amount=1),
)
_BELOW = Question(
    name="below",
    query="money-below",
    word=Word(zh="下级各类", en="The classes below it"),
    columns=(_CLASS, AMOUNT, _COUNT),
    note=_ONCE,
    picture=Picture(shape=Shape.AREAS, names=(0,), amount=1),
)
_WAYS = Question(
    name="ways",
    query="money-ways",
    word=Word(zh="钱从哪里来，用到哪里去", en="Where the money comes from and goes to"),
    columns=(
        Column("fund", Kind.LINK, "资金性质", "fund"),
        Column("type", Kind.LINK, "支出类型", "type of spending"),
        Column("top", Kind.LINK, "大类", "topmost class"),
        AMOUNT,
    ),
    note=Word(
        zh="各行可以相加，合计即全部支出。",
        en="The rows add up to all that is spent.",
    ),
    picture=Picture(shape=Shape.WAYS, names=(0, 1, 2), amount=3),
)
_BY_FILING = Question(
    name="by-department",
    query="money-of-class",
    word=Word(zh="各部门、单位", en="By department and unit"),
    columns=(_ORGANIZATION, _FILING, AMOUNT, _COUNT),
    picture=Picture(shape=Shape.BARS, names=(0,), amount=2),
    note=Word(
        zh="每笔钱只计一次：被部门文件涵盖的单位文件不计。",
        en="Money is counted once: a unit's filing that its department's filing covers is left out.",
    ),
)
_ALLOCATIONS = Question(
    name="allocations",
    query="allocations-of-class",
    word=Word(zh="逐笔，及印出之处", en="Each allocation, and where it is printed"),
    columns=(
        Column("allocation", Kind.LINK, "名称", "name"),
        _ORGANIZATION,
        Column("fund", Kind.TEXT, "资金性质", "fund"),
        Column("type", Kind.TEXT, "支出类型", "type"),
        AMOUNT,
        LINE,
    ),
    most=150,
)
_ITEMS = Question(
    name="three-public",
    query="items-by-organization",
    word=Word(zh="三公经费", en="The three public expenses"),
    columns=(
        _ORGANIZATION,
        Column("year", Kind.TEXT, "年度", "year"),
        Column("phase", Kind.TEXT, "阶段", "phase"),
        Column("item", Kind.LINK, "项目", "item"),
        AMOUNT,
        LINE,
    ),
    note=Word(
        zh="因公出国（境）、公务用车、公务接待。没有印数的项目没有行，不等于零。同一年度、同一阶段的各行可以相加。",
        en="Travel abroad, official vehicles, official reception. An item that prints no amount has no "
        "row, which is not zero. Rows of one year and phase may be added up.",
    ),
    picture=Picture(shape=Shape.BARS, names=(0, 1, 2), amount=4, parts=3),
)
_HEADS = Question(
    name="per-head",
    query="money-per-head",
    word=Word(zh="人均基本支出", en="Basic spending per head"),
    columns=(
        _ORGANIZATION,
        Column("year", Kind.TEXT, "年度", "year"),
        Column("about", Kind.TEXT, "印作", "printed as"),
        Column("people", Kind.NUMBER, "人数", "people"),
        Column("amount", Kind.MONEY, "基本支出（元）", "basic spending (yuan)"),
        Column("perHead", Kind.MONEY, "人均（元）", "per head (yuan)"),
    ),
    note=Word(
        zh="人均 = 公开文件的基本支出合计 ÷ 文件自己印出的人数，四舍五入到分。只列印出人数的文件；编制数与实有人数"
        "分行，不混用。基本支出含人员经费和公用经费，不是工资。",
        en="Per head = the filing's basic spending divided by the number of people that it prints itself, "
        "to the cent. Only filings that print one are listed; approved posts and people present have "
        "rows of their own. Basic spending is personnel and running costs: it is no salary.",
    ),
    picture=Picture(shape=Shape.BARS, names=(0, 1, 2), amount=5),
)


def tree(site: Site, scheme: str, scope: Scope, word: Word | None = None) -> Panel | None:
    """A scheme's classes that have money; each sum leads to its parts.

    Raises:
        QueryError: the store cannot be asked.
    """
    if scope.period is None:
        return None
    question = replace(
        _TREE,
        name=f"tree-{scheme}",
        word=word or _TREE.word,
        note=_NOTES.get(scheme, _TREE.note),
    )
    values = {"scheme": iri(site, f"code/{scheme}"), **scope.values(site)}
    return panel(site, question, values, link=_parts(site, scope), tree=True)


def ways(site: Site, scheme: str, scope: Scope) -> Panel | None:
    """The money from fund by type of spending to the topmost classes of a scheme.

    Raises:
        QueryError: the store cannot be asked.
    """
    if scope.period is None:
        return None
    values = {"scheme": iri(site, f"code/{scheme}"), **scope.values(site)}
    return panel(site, _WAYS, values, link=_parts(site, scope, "top"))


def of_class(site: Site, thing: NamedNode, scope: Scope) -> tuple[Panel | None, ...]:
    """A class's money: below it, by discloser, and each allocation with its place.

    Raises:
        QueryError: the store cannot be asked.
    """
    if scope.period is None:
        return ()
    values = {"class": thing, **scope.values(site)}
    return (
        panel(site, _BELOW, values, link=_parts(site, scope)),
        panel(site, _BY_FILING, values, link=_to_allocations),
        panel(site, _ALLOCATIONS, values),
    )


def three_public(site: Site, path: str) -> Panel | None:
    """The three public expenses of all years within a scope, each amount where it is printed.

    Raises:
        QueryError: the store cannot be asked.
    """
    values = {
        "scheme": iri(site, "code/three-public"),
        "cube": iri(site, "cube/three-public-expenses"),
        "scope": iri(site, path),
    }
    return panel(site, _ITEMS, values)


def per_head(site: Site, path: str) -> Panel | None:
    """Basic spending per head within a scope, where a filing prints how many people there are.

    Raises:
        QueryError: the store cannot be asked.
    """
    values = {"cube": iri(site, "cube/expenditure-by-function"), "scope": iri(site, path)}

    def link(row: Row, column: Column) -> str | None:
        discloser = value(row, "organization")
        if column.name != "amount" or discloser is None:
            return None
        local = site.paths.link(discloser)
        return None if local is None else f"{local}.html#ways"

    return panel(site, _HEADS, values, link=link)


def _parts(site: Site, scope: Scope, name: str = "node") -> Link:
    """A sum leads to the allocations that it is made of, asked for with the same choice."""

    def link(row: Row, column: Column) -> str | None:
        node = value(row, name)
        local = None if node is None else site.paths.link(node)
        if column.kind is not Kind.MONEY or local is None:
            return None
        return f"{local}.html{scope.address}#allocations"

    return link


def _to_allocations(_row: Row, column: Column) -> str | None:
    return "#allocations" if column.kind is Kind.MONEY else None
