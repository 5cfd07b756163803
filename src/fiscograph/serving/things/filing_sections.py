"""The questions that a filing's pages answer: the first page, and one page for each longer list."""

from __future__ import annotations

from dataclasses import replace

from fiscograph.serving.things.sections import (
    AMOUNT,
    BUDGET,
    CODE,
    INDICATORS,
    LINE,
    STATEMENTS,
    UNIT,
    UNRESOLVED,
    Column,
    Kind,
    Section,
)

_FINDING = (
    Column("finding", Kind.LINK, "说明", "message"),
    Column("severity", Kind.WORD, "程度", "severity"),
    Column("printed", Kind.TEXT, "印出", "printed"),
    Column("expected", Kind.TEXT, "应为", "expected"),
    LINE,
)
TOTALS = Section(
    query="totals-of-filing",
    zh="合计",
    en="Totals",
    columns=(
        Column("cube", Kind.LINK, "按什么合计", "added up by"),
        Column("sum", Kind.MONEY, "各行之和（元）", "sum of the rows (yuan)"),
        Column("printed", Kind.PRINTED, "印出的合计", "printed total"),
        Column("agrees", Kind.AGREES, "比较", "compared"),
        LINE,
    ),
)
SOURCES = Section(
    query="sources-of-filing",
    zh="来源文件",
    en="Its source",
    columns=(
        Column("source", Kind.LINK, "文件", "file"),
        Column("lines", Kind.NUMBER, "行数", "lines"),
        Column("size", Kind.NUMBER, "字节", "bytes"),
        Column("sha256", Kind.HASH, "SHA-256", "SHA-256"),
    ),
)
TABLES = Section(
    query="tables-of-filing",
    zh="文件中的表",
    en="Its tables",
    columns=(
        Column("table", Kind.LINK, "表", "table"),
        Column("numbers", Kind.NUMBER, "金额", "amounts"),
        Column("printed", Kind.NUMBER, "印定", "printed"),
        Column("proved", Kind.NUMBER, "证定", "proved"),
        Column("chosen", Kind.NUMBER, "选定", "chosen"),
        Column("unplaced", Kind.NUMBER, "未定", "unplaced"),
        LINE,
    ),
)
FINDINGS = Section(
    query="findings-of-filing",
    zh="发现：文件自己对不上的地方",
    en="Findings: where the filing contradicts itself",
    columns=_FINDING,
)
FINDINGS_OF_TABLE = Section(query="findings-of-table", zh="发现", en="Findings", columns=_FINDING)
PROJECTS = Section(
    query="projects-with-basis",
    zh="项目与依据",
    en="Projects and what they rest on",
    columns=(
        BUDGET,
        CODE,
        UNIT,
        AMOUNT,
        Column("basis", Kind.LINK, "依据的文件", "documents behind it"),
        LINE,
    ),
    several="basis",
)
CHECKS = Section(
    query="checks-of-filing",
    zh="勾稽校验",
    en="Accounting identities tried on it",
    columns=(
        Column("rule", Kind.LINK, "规则", "rule"),
        Column("holds", Kind.NUMBER, "相符", "hold"),
        Column("rounding", Kind.NUMBER, "四舍五入内相符", "within rounding"),
        Column("fails", Kind.NUMBER, "不符", "fail"),
        Column("unclear", Kind.NUMBER, "无法核对", "not checkable"),
    ),
)
FAILED = Section(
    query="failed-checks-of-filing",
    zh="不符的勾稽关系",
    en="Identities that fail",
    columns=(
        Column("check", Kind.LINK, "关系", "identity"),
        Column("left", Kind.MONEY, "左边（元）", "left side (yuan)"),
        Column("right", Kind.MONEY, "右边（元）", "right side (yuan)"),
        Column("difference", Kind.MONEY, "相差（元）", "difference (yuan)"),
        Column("tolerance", Kind.MONEY, "容许（元）", "allowed (yuan)"),
        LINE,
    ),
    several="line",
)
ALLOCATIONS = Section(
    query="allocations-of-filing",
    zh="按功能分类的支出",
    en="Expenditure by function",
    columns=(
        Column("class", Kind.LINK, "科目", "class"),
        Column("allocation", Kind.LINK, "名称", "label"),
        Column("fund", Kind.LINK, "资金性质", "fund"),
        Column("spendingType", Kind.LINK, "支出类型", "spending type"),
        AMOUNT,
        LINE,
    ),
)
INDICATORS_OF_TABLE = Section(
    query="indicators-of-table",
    zh=INDICATORS.zh,
    en=INDICATORS.en,
    columns=INDICATORS.columns,
)
RIVALS = Section(
    query="rivals-of-table",
    zh="选定的数字还可能在哪一列",
    en="Where else the chosen numbers may stand",
    columns=(
        Column("amount", Kind.LINK, "数字", "number"),
        Column("rowLabel", Kind.TEXT, "行", "row"),
        Column("column", Kind.TEXT, "所选的列", "the column taken"),
        Column("rival", Kind.TEXT, "其他可能的列", "other possible columns"),
        LINE,
    ),
    several="rival",
)
FIRST_PAGE = (TOTALS, FINDINGS, PROJECTS, TABLES, SOURCES)
WHOLE = replace(INDICATORS, zh="整体绩效指标", en="Performance indicators of the whole")
# By the last step of the page's address.
LISTS = {
    "projects": PROJECTS,
    "findings": FINDINGS,
    "allocations": ALLOCATIONS,
    "indicators": WHOLE,
    "statements": STATEMENTS,
    "mentions": UNRESOLVED,
    "checks": CHECKS,
    "failed-checks": FAILED,
}
