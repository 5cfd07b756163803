"""Lists of what the release holds, each with a filter by a plain form and page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from fiscograph.serving.frame.words import Word
from fiscograph.serving.panels.money import AMOUNT, LINE
from fiscograph.serving.panels.panel import Question
from fiscograph.serving.things.sections import Column, Kind

# More rows than a list's query gives at most; who wants them all narrows it down or takes the table.
MOST_FOUND = 5000


class Choice(Enum):
    """How a filter is set: a region, one of the keys that occur, or a piece of text."""

    REGION = "region"
    KEY = "key"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """``name`` is the parameter of the address, ``variable`` that of the query; ``of`` names the keys
    that can be chosen, as the query ``list-choices`` does, or ``keys`` are they. ``column`` is what
    the query compares: a region's name for what lies in it; of a ``path`` the last part alone; of
    ``bound`` whether it is there, which the second key says.
    """

    name: str
    variable: str
    choice: Choice
    word: Word
    of: str = ""
    keys: tuple[str, ...] = ()
    column: str = ""
    path: bool = False
    bound: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list: what it asks and how it can be narrowed; ``lead`` says what stands in it, ``texts``
    are the columns in which a piece of text is looked for.
    """

    question: Question
    filters: tuple[Filter, ...]
    lead: Word
    texts: tuple[str, ...]
    cube: str | None = None

    @property
    def path(self) -> str:
        return f"/{self.question.name}"


def _region(column: str = "filing") -> Filter:
    return Filter(
        name="region",
        column=column,
        variable="region",
        choice=Choice.REGION,
        word=Word(zh="地区（含下级）", en="region, with those below"),
        of="region",
    )


def _key(name: str, of: str, zh: str, en: str, *keys: str, column: str = "") -> Filter:
    return Filter(
        name=name,
        variable=f"{name}Asked",
        choice=Choice.KEY,
        word=Word(zh=zh, en=en),
        of=of,
        keys=keys,
        column=column or name,
    )


def _piece(zh: str, en: str) -> Filter:
    return Filter(name="q", variable="piece", choice=Choice.TEXT, word=Word(zh=zh, en=en))


_YEAR = Column("year", Kind.TEXT, "年度", "year")
_ORGANIZATION = Column("organization", Kind.LINK, "部门、单位", "department or unit")
_PLACE = Column("place", Kind.LINK, "地区", "region")
_CODE = Column("code", Kind.TEXT, "编码", "code")
_FILING = Column("filing", Kind.LINK, "公开文件", "filing")
_FILINGS_COUNT = Column("filings", Kind.NUMBER, "公开文件", "filings")
_YEAR_ASKED = _key("year", "year", "年度", "year")

_ALL = (
    Listing(
        question=Question(
            name="filings",
            query="list-filings",
            word=Word(zh="公开文件", en="Filings"),
            columns=(
                _FILING,
                _ORGANIZATION,
                _PLACE,
                _YEAR,
                Column("kind", Kind.TEXT, "种类", "kind"),
                AMOUNT,
                Column("findings", Kind.NUMBER, "发现", "findings"),
            ),
        ),
        filters=(
            _region(),
            _YEAR_ASKED,
            _key("kind", "kind", "种类", "kind"),
            _piece("标题或单位名称含有", "title or name has"),
        ),
        texts=("filingLabel", "organizationLabel"),
        lead=Word(
            zh="部门、单位公开的预算和决算。金额是按功能分类的支出合计；已由部门文件涵盖的单位文件，不可与之相加。",
            en="Budgets and final accounts that departments and units disclosed. The amount is the sum of "
            "expenditure by function; a unit's filing that its department's covers must not be added.",
        ),
        cube="expenditure-by-function",
    ),
    Listing(
        question=Question(
            name="regions",
            query="list-regions",
            word=Word(zh="地区", en="Regions"),
            columns=(
                Column("region", Kind.LINK, "地区", "region"),
                Column("above", Kind.LINK, "上级", "above it"),
                Column("organizations", Kind.NUMBER, "部门、单位", "departments and units"),
                _FILINGS_COUNT,
            ),
        ),
        filters=(_piece("名称或代码含有", "name or code has"),),
        texts=("code", "regionLabel"),
        lead=Word(
            zh="有公开文件的地区及其上级；数目含其下各地区。",
            en="Regions that have filings, and those above them; the counts include all below.",
        ),
    ),
    Listing(
        question=Question(
            name="departments",
            query="list-organizations",
            word=Word(zh="部门与单位", en="Departments and units"),
            columns=(
                _ORGANIZATION,
                _CODE,
                _PLACE,
                Column("parent", Kind.LINK, "隶属于", "part of"),
                _FILINGS_COUNT,
                Column("projects", Kind.NUMBER, "项目", "projects"),
            ),
        ),
        filters=(
            _region("place"),
            replace(
                _key("level", "", "层级", "level", "department", "unit", column="parent"),
                bound=True,
            ),
            _piece("名称或编码含有", "name or code has"),
        ),
        texts=("code", "organizationLabel"),
        lead=Word(
            zh="公开文件的部门、单位，和文件里提到的下属单位。",
            en="Those who disclosed filings, and the units that the filings name.",
        ),
    ),
    Listing(
        question=Question(
            name="projects",
            query="list-projects",
            word=Word(zh="项目", en="Projects"),
            columns=(
                Column("budget", Kind.LINK, "项目", "project"),
                _ORGANIZATION,
                _YEAR,
                Column("type", Kind.TEXT, "类型", "type"),
                Column("basis", Kind.TEXT, "政策依据", "policy behind it"),
                AMOUNT,
                LINE,
            ),
        ),
        filters=(
            _region(),
            _YEAR_ASKED,
            _key("type", "type", "类型", "type", column="typeLabel"),
            _key("basis", "", "政策依据", "policy behind it", "yes", "no"),
            _piece("名称或项目编码含有", "name or code has"),
        ),
        texts=("code", "budgetLabel"),
        lead=Word(
            zh="每份公开文件对每个项目的预算各一行；金额可点回印出的位置。同一项目印在几份文件里的，不可相加。",
            en="One row for each project in each filing; the amount leads to where it is printed. A project "
            "that several filings print must not be added up.",
        ),
    ),
    Listing(
        question=Question(
            name="policies",
            query="list-policies",
            word=Word(zh="政策文件", en="Policy documents"),
            columns=(
                Column("document", Kind.LINK, "文件", "document"),
                Column("title", Kind.TEXT, "标题", "title"),
                Column("issuer", Kind.TEXT, "发文机关", "issuer"),
                Column("citations", Kind.NUMBER, "提及次数", "mentions"),
                Column("projects", Kind.NUMBER, "以之为依据的项目", "projects that rest on it"),
            ),
        ),
        filters=(
            _key("year", "issue-year", "发文年份", "year of issue"),
            _key("kind", "document-kind", "种类", "kind", column="kindLabel"),
            _piece("文号、标题或机关含有", "number, title or issuer has"),
        ),
        texts=("documentLabel", "title", "issuer"),
        lead=Word(
            zh="公开文件提到的政策文件。要按任意写法查文号，用“追踪”。",
            en="Documents that filings mention. To find a number in any style, use “Trace”.",
        ),
    ),
    Listing(
        question=Question(
            name="indicators",
            query="list-indicators",
            word=Word(zh="绩效指标", en="Performance indicators"),
            columns=(
                Column("evidence", Kind.LINK, "指标", "indicator"),
                Column("level1", Kind.TEXT, "一级指标", "level 1"),
                Column("level2", Kind.TEXT, "二级指标", "level 2"),
                Column("operator", Kind.TEXT, "性质", "operator"),
                Column("target", Kind.TEXT, "指标值", "target"),
                Column("unitText", Kind.TEXT, "单位", "unit"),
                Column("weight", Kind.TEXT, "权重", "weight"),
                Column("of", Kind.LINK, "项目，或部门整体", "project, or the whole"),
                LINE,
            ),
        ),
        filters=(
            _region(),
            _YEAR_ASKED,
            _key("level", "level", "一级指标", "level 1", column="level1"),
            _piece("指标或项目名称含有", "indicator or project has"),
        ),
        texts=("evidenceLabel", "ofLabel"),
        lead=Word(
            zh="项目和部门整体的绩效指标，照原文刊出。",
            en="The indicators of projects and of departments as a whole, as printed.",
        ),
    ),
    Listing(
        question=Question(
            name="findings",
            query="list-findings",
            word=Word(zh="发现", en="Findings"),
            columns=(
                Column("finding", Kind.LINK, "说明", "message"),
                Column("severity", Kind.TEXT, "程度", "severity"),
                Column("rule", Kind.LINK, "规则", "rule"),
                Column("printed", Kind.TEXT, "印出", "printed"),
                Column("expected", Kind.TEXT, "应为", "expected"),
                _FILING,
                LINE,
            ),
        ),
        filters=(
            _region(),
            _key("severity", "severity", "程度", "severity"),
            replace(_key("rule", "rule", "规则", "rule"), path=True),
            _piece("说明或印出文字含有", "message or printed text has"),
        ),
        texts=("findingLabel", "printed"),
        lead=Word(
            zh="公开文件自相矛盾或残缺之处：印作什么，应为什么，在哪一行。发现从不改动数字。",
            en="Where filings contradict themselves or are damaged: what is printed, what would be expected, "
            "and on which line. A finding never changes a number.",
        ),
    ),
)
LISTINGS: Mapping[str, Listing] = {one.question.name: one for one in _ALL}
